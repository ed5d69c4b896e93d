import type { Work } from '@keepsake/kernel';
import type { AccountColumns } from './accounts.ts';
import { type ActivityScale, activityLevels, placeLevels, type ScaledLevels } from './activity.ts';
import { findContactCost } from './cost-of.ts';
import type { CostTable } from './cost-table.ts';
import { fitMargins, type MarginPrior, marginsOf, type OwnMargins } from './margins.ts';
import {
  type BetaPrior,
  type FittedPriors,
  fitBetaBinomial,
  fitGammaPoisson,
  type GammaPrior,
} from './shrinkage.ts';

/** How service varies in a base, fitted on it; good for customers of any number. */
export interface FittedService {
  readonly levels: ActivityScale;
  /** The probability that something of a purchase is returned. */
  readonly returns: FittedPriors<BetaPrior>;
  /** The share of returned purchases of which nothing is left; one for the whole base. */
  readonly emptied: number;
  /** Lines of a purchase after its first. */
  readonly extraLines: FittedPriors<GammaPrior>;
  /** Contacts for each purchase, by channel. */
  readonly contacts: ReadonlyMap<string, FittedPriors<GammaPrior>>;
  readonly margin: MarginPrior;
}

/** The same with what it says of each customer, by index. */
export interface ServiceModel extends FittedService {
  readonly levels: ScaledLevels;
  /** What the categories of each customer make of the margin. */
  readonly ownMargins: OwnMargins;
}

/** What holds for every customer when drivers become money; amounts in units of the currency. */
export interface Rates {
  readonly perOrder: number;
  readonly perLine: number;
  readonly perReturn: number;
  readonly payment: number;
  readonly emptied: number;
}

/**
 * Fits how returns, lines, contacts and margins vary between customers, each apart from the others, on
 * purchases with the first. Channels without a price in the table are left out: `costOf` names them.
 */
export function* fitService(columns: AccountColumns, table: CostTable): Work<ServiceModel> {
  const levels = activityLevels(columns);
  const purchases = columns.frequency.map((frequency) => frequency + 1);
  const extra = columns.lines.map((lines, i) => Math.max(0, lines - (purchases[i] ?? 0)));
  const contacts = new Map<string, FittedPriors<GammaPrior>>();
  for (const [channel, events] of columns.contacts) {
    if (findContactCost(table, channel) === undefined) continue;
    contacts.set(channel, yield* fitGammaPoisson({ events, trials: purchases, levels }));
  }
  const ownMargins = marginsOf(columns, table);
  return {
    levels,
    returns: yield* fitBetaBinomial({ events: columns.returns, trials: purchases, levels }),
    emptied: emptiedShare(columns),
    extraLines: yield* fitGammaPoisson({ events: extra, trials: purchases, levels }),
    contacts,
    margin: fitMargins(columns, { table, own: ownMargins, levels }),
    ownMargins,
  };
}

/** What was fitted on some customers, said of others: their levels by its scale, their own margins. */
export function placeService(
  fitted: FittedService,
  columns: AccountColumns,
  table: CostTable,
): ServiceModel {
  return {
    ...fitted,
    levels: placeLevels(fitted.levels, columns),
    ownMargins: marginsOf(columns, table),
  };
}

/** The rates of a table, with what returns leave of purchases in this base. */
export function ratesOf(table: CostTable, service: FittedService): Rates {
  const unit = table.minorPerUnit;
  return {
    perOrder: table.perOrderMinor / unit,
    perLine: table.perLineMinor / unit,
    perReturn: table.perReturnMinor / unit,
    payment: table.paymentBasisPoints / 10_000,
    emptied: service.emptied,
  };
}

function emptiedShare(columns: AccountColumns): number {
  let [repeats, empty, returns] = [0, 0, 0];
  columns.frequency.forEach((frequency, i) => {
    repeats += frequency;
    empty += frequency - (columns.spendCount[i] ?? 0);
    returns += columns.returns[i] ?? 0;
  });
  if (repeats === 0 || returns === 0) return 0;
  const returned = returns / (repeats + columns.frequency.length);
  return Math.min(1, Math.max(0, empty / repeats / returned));
}
