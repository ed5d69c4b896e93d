import type { Work } from '@keepsake/kernel';
import type { PurchaseModel } from '../model.ts';
import type { AccountColumns } from './accounts.ts';
import { findContactCost } from './cost-of.ts';
import type { CostTable } from './cost-table.ts';
import { uniqueHistories } from './histories.ts';
import { discountedPurchases, type Horizon } from './horizon.ts';
import {
  fitMargins,
  type MarginPrior,
  marginsOf,
  type OwnMargins,
  shrinkMargin,
} from './margins.ts';
import {
  type BetaPrior,
  type FittedPrior,
  fitBetaBinomial,
  fitGammaPoisson,
  type GammaPrior,
  shrinkRate,
  shrinkShare,
} from './shrinkage.ts';

/** Parameters of Gamma–Gamma (Fader, Hardie and Lee 2005): what purchases are worth on average. */
export interface SpendPrior {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** How service varies in a base, fitted on it. */
export interface ServiceModel {
  /** The probability that something of a purchase is returned. */
  readonly returns: FittedPrior<BetaPrior>;
  /** The share of returned purchases of which nothing is left; one for the whole base. */
  readonly emptied: number;
  /** Lines of a purchase after its first. */
  readonly extraLines: FittedPrior<GammaPrior>;
  /** Contacts for each purchase, by channel. */
  readonly contacts: ReadonlyMap<string, FittedPrior<GammaPrior>>;
  readonly margin: MarginPrior;
  /** What the categories of each customer make of the margin. */
  readonly ownMargins: OwnMargins;
}

/** What the value of one customer is made of. */
export interface Drivers {
  /** The probability that the customer still buys at all. */
  readonly alive: number;
  /** Discounted purchases within the horizon, if alive. */
  readonly purchases: number;
  /** What a purchase is worth of which something is kept, in units of the currency. */
  readonly spend: number;
  /** Share of net revenue. */
  readonly margin: number;
  /** The probability that something of a purchase is returned. */
  readonly returnRate: number;
  /** Lines of a purchase. */
  readonly lines: number;
  /** What contacts cost for each purchase, in units of the currency. */
  readonly contactCost: number;
}

/** What holds for every customer when drivers become money; amounts in units of the currency. */
export interface Rates {
  readonly perOrder: number;
  readonly perLine: number;
  readonly perReturn: number;
  readonly payment: number;
  readonly emptied: number;
}

/** The drivers of many customers, a column each, and the residual purchases, if alive. */
export interface DriverColumns extends Readonly<Record<keyof Drivers, Float64Array>> {
  readonly residual: Float64Array;
}

/**
 * Fits how returns, lines, contacts and margins vary between customers, each apart from the others, on
 * purchases with the first. Channels without a price in the table are left out: `costOf` names them.
 */
export function* fitService(columns: AccountColumns, table: CostTable): Work<ServiceModel> {
  const purchases = columns.frequency.map((frequency) => frequency + 1);
  const extra = columns.lines.map((lines, i) => Math.max(0, lines - (purchases[i] ?? 0)));
  const contacts = new Map<string, FittedPrior<GammaPrior>>();
  for (const [channel, events] of columns.contacts) {
    if (findContactCost(table, channel) === undefined) continue;
    contacts.set(channel, yield* fitGammaPoisson({ events, trials: purchases }));
  }
  const ownMargins = marginsOf(columns, table);
  return {
    returns: yield* fitBetaBinomial({ events: columns.returns, trials: purchases }),
    emptied: emptiedShare(columns),
    extraLines: yield* fitGammaPoisson({ events: extra, trials: purchases }),
    contacts,
    margin: fitMargins(columns, table, ownMargins),
    ownMargins,
  };
}

/** The rates of a table, with what returns leave of purchases in this base. */
export function ratesOf(table: CostTable, service: ServiceModel): Rates {
  const unit = table.minorPerUnit;
  return {
    perOrder: table.perOrderMinor / unit,
    perLine: table.perLineMinor / unit,
    perReturn: table.perReturnMinor / unit,
    payment: table.paymentBasisPoints / 10_000,
    emptied: service.emptied,
  };
}

/**
 * The drivers of every customer. What follows from a history alone is worked out once for each
 * different history; the rest is a handful of operations a customer.
 */
export function driversOf(
  columns: AccountColumns,
  model: {
    readonly purchase: PurchaseModel;
    readonly spend: SpendPrior;
    readonly service: ServiceModel;
  },
  terms: { readonly table: CostTable; readonly horizon: Horizon },
): DriverColumns {
  const { service, spend } = model;
  const { ownMargins } = service;
  const size = columns.customer.length;
  const trials = columns.frequency.map((frequency) => frequency + 1);
  const at = (column: Float64Array, i: number): number => column[i] ?? 0;
  const fill = (of: (i: number) => number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => of(i));
  const contactCost = new Float64Array(size);
  for (const [channel, fitted] of service.contacts) {
    const price = findContactCost(terms.table, channel) ?? 0;
    const events = columns.contacts.get(channel) ?? new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const rate = shrinkRate(fitted.prior, at(events, i), at(trials, i));
      contactCost[i] = at(contactCost, i) + price * rate;
    }
  }
  return {
    ...purchaseDrivers(columns, model.purchase, terms.horizon),
    spend: fill((i) => meanSpendOf(spend, at(columns.spendCount, i), at(columns.meanSpend, i))),
    margin: fill(
      (i) => shrinkMargin(service.margin, at(ownMargins.mean, i), at(ownMargins.weight, i)).mean,
    ),
    returnRate: fill((i) =>
      shrinkShare(service.returns.prior, at(columns.returns, i), at(trials, i)),
    ),
    lines: fill((i) => {
      const extra = Math.max(0, at(columns.lines, i) - at(trials, i));
      return 1 + shrinkRate(service.extraLines.prior, extra, at(trials, i));
    }),
    contactCost,
  };
}

/** The drivers of customer i. */
export function driversAt(columns: DriverColumns, i: number): Drivers {
  return {
    alive: columns.alive[i] ?? 0,
    purchases: columns.purchases[i] ?? 0,
    spend: columns.spend[i] ?? 0,
    margin: columns.margin[i] ?? 0,
    returnRate: columns.returnRate[i] ?? 0,
    lines: columns.lines[i] ?? 0,
    contactCost: columns.contactCost[i] ?? 0,
  };
}

/** What one purchase is expected to bring, less what serving it costs, in units of the currency. */
export function contributionOf(
  drivers: Omit<Drivers, 'alive' | 'purchases'>,
  rates: Rates,
): number {
  const net = drivers.spend * (1 - drivers.returnRate * rates.emptied);
  const service =
    rates.perOrder +
    drivers.lines * rates.perLine +
    drivers.returnRate * rates.perReturn +
    drivers.contactCost;
  return net * (drivers.margin - rates.payment) - service;
}

/** Value within the horizon, in units of the currency: purchases times what each is expected to bring. */
export function valueOfDrivers(drivers: Drivers, rates: Rates): number {
  return drivers.alive * drivers.purchases * contributionOf(drivers, rates);
}

/** The mean of what a customer's purchases are worth, after `count` of a mean (shrunk to the base). */
export function meanSpendOf(prior: SpendPrior, count: number, mean: number): number {
  return (prior.p * (prior.v + count * mean)) / (prior.p * count + prior.q - 1);
}

function purchaseDrivers(
  columns: AccountColumns,
  model: PurchaseModel,
  horizon: Horizon,
): Pick<DriverColumns, 'alive' | 'purchases' | 'residual'> {
  const { first, rowOf } = uniqueHistories(columns);
  const alive = new Float64Array(first.length);
  const purchases = new Float64Array(first.length);
  const residual = new Float64Array(first.length);
  first.forEach((i, row) => {
    const frequency = columns.frequency[i] ?? 0;
    const recency = columns.recency[i] ?? 0;
    const age = columns.age[i] ?? 0;
    const share = model.probabilityAlive(frequency, recency, age);
    if (share <= 0) return;
    const expected = discountedPurchases(model, { frequency, recency, age }, horizon);
    alive[row] = share;
    purchases[row] = expected.within / share;
    residual[row] = expected.residual / share;
  });
  const spread = (column: Float64Array): Float64Array =>
    Float64Array.from(rowOf, (row) => column[row] ?? 0);
  return { alive: spread(alive), purchases: spread(purchases), residual: spread(residual) };
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
