import type { Work } from '@keepsake/kernel';
import type { PredictiveModel, PurchaseStatistics } from '../model.ts';
import { bgBbLikelihood, createBgBb } from '../models/bg-bb.ts';
import { likelihoodRows } from '../models/index.ts';
import { type DropoutFit, type DropoutModel, fitDropout } from './dropout-evidence.ts';

/** Fewer customers than these, or fewer who came again, and nothing is said. */
const CUSTOMERS_MIN = 30;
const REPEAT_BUYERS_MIN = 10;

/** A fitted BG/BB model: α, β, γ and δ in this order where it says values or covariance. */
export interface OccasionFit extends DropoutFit {
  /** What to predict with; where dropout is not identified, one in which nobody stops. */
  readonly model: PredictiveModel;
  readonly customers: number;
}

const SHAPE_MIN = 1e-4;
const SHAPE_MAX = 1e4;

const BG_BB: DropoutModel = {
  likelihood: bgBbLikelihood,
  names: ['alpha', 'beta', 'gamma', 'delta'],
  stop: 2,
  starts: [
    [1, 1, 0.5, 3],
    [0.5, 3, 1, 15],
    [3, 1, 0.5, 0.5],
  ],
  min: [SHAPE_MIN, SHAPE_MIN, SHAPE_MIN, SHAPE_MIN],
  max: [SHAPE_MAX, SHAPE_MAX, SHAPE_MAX, SHAPE_MAX],
};

/**
 * Fits BG/BB by maximum likelihood to rows in whole periods; undefined where there are too few
 * customers or too few who took an occasion. Cost: some 30 passes over the different rows.
 */
export function* fitBgBb(statistics: PurchaseStatistics): Work<OccasionFit | undefined> {
  const { frequency, count } = statistics;
  const customers = count.reduce((sum, n) => sum + n, 0);
  const repeat = count.reduce((sum, n, i) => ((frequency[i] ?? 0) > 0 ? sum + n : sum), 0);
  if (customers < CUSTOMERS_MIN || repeat < REPEAT_BUYERS_MIN) return undefined;
  const fit = yield* fitDropout(BG_BB, likelihoodRows(statistics));
  const [alpha = 0, beta = 0, gamma = 0, delta = 0] = fit.values;
  return { ...fit, model: createBgBb({ alpha, beta, gamma, delta }), customers };
}
