import type { Work } from '@keepsake/kernel';
import type { SpendFit } from '../fit/fit-gamma-gamma.ts';
import { fitGammaGamma } from '../fit/fit-gamma-gamma.ts';
import type { SpendHistory, SpendModel } from '../models/gamma-gamma.ts';
import type { AccountColumns } from './accounts.ts';
import { type ActivityLevels, fitCurve } from './activity.ts';

/**
 * Gamma–Gamma supposes that spend and frequency have nothing to do with each other. Where they have,
 * spend is first divided by what goes with activity: the model is of the rest.
 */
export interface TrendedSpend {
  readonly model: SpendModel;
  /** Spend goes with activity as exp(slope · log activity). */
  readonly slope: number;
}

/** The spend of one customer, and the log of his activity over that of the base. */
export interface SpendAt extends SpendHistory {
  readonly log: number;
}

/** Fits spend with its trend; undefined where nobody has spent anything on a repeat purchase. */
export function* fitSpend(
  columns: AccountColumns,
  levels: ActivityLevels,
): Work<(TrendedSpend & { readonly fit: SpendFit }) | undefined> {
  const { frequency, spendCount, meanSpend } = columns;
  const { slope } = fitCurve(levels, meanSpend, spendCount);
  const rest = meanSpend.map(
    (mean, i) => mean / Math.exp(slope * (levels.logs[levels.of[i] ?? 0] ?? 0)),
  );
  const count = new Float64Array(meanSpend.length).fill(1);
  const fit = yield* fitGammaGamma({ frequency, spendCount, meanSpend: rest, count });
  return fit === undefined ? undefined : { model: fit.model, slope, fit };
}

/** What a purchase of this customer is expected to be worth; infinite where the model has no mean. */
export function expectedSpend(spend: TrendedSpend, history: SpendAt): number {
  const scale = Math.exp(spend.slope * history.log);
  const { p, q, v } = spend.model.parameters;
  const { spendCount, meanSpend } = history;
  const shape = p * spendCount + q - 1;
  if (shape <= 0) return Number.POSITIVE_INFINITY;
  return (p * (v * scale + spendCount * meanSpend)) / shape;
}
