import { invariant, type Work } from '@keepsake/kernel';
import type { PredictiveModel, PurchaseStatistics } from '../model.ts';
import { type LikelihoodRows, likelihoodRows } from '../models/index.ts';
import { createMbgCnbdK, intervalLogLikelihood, mbgCnbdKLikelihood } from '../models/mbg-cnbd-k.ts';
import { type DropoutFit, fitDropout } from './dropout-evidence.ts';

/** Regularities that are tried: 1 to 6. */
export const REGULARITY_MAX = 6;

const CUSTOMERS_MIN = 30;
const REPEAT_BUYERS_MIN = 10;

/** A fitted MBG/CNBD-k model: r, α, a and b in this order where it says values or covariance. */
export interface RegularityFit extends DropoutFit {
  /** What to predict with; where dropout is not identified, one in which nobody stops. */
  readonly model: PredictiveModel;
  readonly k: number;
  /** The log-likelihood of each k from 1 on, intervals included. */
  readonly byRegularity: readonly number[];
  readonly customers: number;
}

/**
 * Fits MBG/CNBD-k for each regularity, and keeps the most likely. The
 * intervals' sum of logarithms is in the unit of the statistics. Undefined where there are too few
 * customers or too few who came again. Cost: some 40 passes over the rows for each k.
 */
export function* fitMbgCnbdK(
  statistics: PurchaseStatistics,
  logIntervals: number,
): Work<RegularityFit | undefined> {
  const base = describeBase(statistics);
  if (base.customers < CUSTOMERS_MIN || base.repeatBuyers < REPEAT_BUYERS_MIN) return undefined;
  const rows = likelihoodRows(statistics);
  const intervals = { logIntervals, intervals: base.intervals };
  const byRegularity: number[] = [];
  let best: RegularityFit | undefined;
  for (let k = 1; k <= REGULARITY_MAX; k++) {
    const fit = yield* fitRegularity(k, rows, base);
    const logLikelihood = fit.logLikelihood + intervalLogLikelihood(k, intervals);
    byRegularity.push(logLikelihood);
    if (best !== undefined && logLikelihood <= best.logLikelihood) continue;
    const [r = 0, alpha = 0, a = 0, b = 0] = fit.values;
    const model = createMbgCnbdK({ r, alpha, a, b, k });
    best = { ...fit, model, k, byRegularity, logLikelihood, customers: base.customers };
  }
  return best;
}

interface Base {
  readonly customers: number;
  readonly repeatBuyers: number;
  readonly intervals: number;
  readonly meanAge: number;
}

function describeBase({ frequency, recency, age, count }: PurchaseStatistics): Base {
  let [customers, repeatBuyers, intervals, time] = [0, 0, 0, 0];
  count.forEach((n, i) => {
    const [x = 0, last = 0, whole = 0] = [frequency[i], recency[i], age[i]];
    const isHistory = Number.isInteger(x) && x >= 0 && last >= 0 && whole >= last;
    invariant(isHistory && n >= 0, 'rows are counts of purchase histories');
    customers += n;
    if (x > 0) repeatBuyers += n;
    intervals += n * x;
    time += n * whole;
  });
  return { customers, repeatBuyers, intervals, meanAge: time / customers };
}

function fitRegularity(k: number, rows: LikelihoodRows, base: Base): Work<DropoutFit> {
  const { meanAge, customers, intervals } = base;
  // Ticks come k times as often as purchases, at which customers stop somewhere on the way.
  const alpha = (0.5 * meanAge * customers) / (k * Math.max(intervals, 1));
  return fitDropout(
    {
      likelihood: mbgCnbdKLikelihood(k),
      names: ['r', 'alpha', 'a', 'b'],
      stop: 2,
      starts: [
        [0.7, alpha, 0.8, 2.5],
        [0.7, alpha, 1, 15],
      ],
      min: [1e-4, 1e-6 * meanAge, 1e-4, 1e-4],
      max: [1e4, 1e8 * meanAge, 1e4, 1e4],
    },
    rows,
  );
}
