import type { Work } from '@keepsake/kernel';
import type { Draws } from '../numerics/index.ts';
import { type Evaluation, maximise, type Objective } from './maximise.ts';
import { resample } from './resample.ts';

/** Likelihood times a weak prior, over the logarithms of parameters. */
export interface Posterior {
  readonly objective: Objective;
  /** Where to look for its maximum, and between which bounds. */
  readonly start: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** What an evaluation costs: rows that it passes over. */
  readonly rows: number;
}

/** From so many customers on parameters are normal: of 3,000 and more, that holds 85 to 92 % of 90. */
export const SAMPLED_CUSTOMERS_MAX = 2000;
/** A third to two thirds of them count. */
const PROPOSALS_PER_DRAW = 4;
const PROPOSALS_MIN = 128;
const PROPOSALS_MAX = 800;
/** Rows passed over for a sample at most, or so: some 0.3 s of the slowest model. */
const ROWS_TOTAL = 200_000;
/** In log-likelihood: proposals need no exact place. */
const GAIN_MIN = 1e-3;

/**
 * Logarithms of parameters from the posterior, about its maximum. Undefined where proposals miss it.
 * Cost: some 20 passes over the rows for the maximum, and 4 a draw, within 200,000 rows passed.
 */
export function* samplePosterior(
  { objective, start, lower, upper, rows }: Posterior,
  count: number,
  draws: Draws,
): Work<readonly Float64Array[] | undefined> {
  const { point: mode, covariance } = yield* maximise(objective, {
    start,
    lower,
    upper,
    gainMin: GAIN_MIN,
  });
  const most = Math.min(PROPOSALS_MAX, Math.floor(ROWS_TOTAL / rows), PROPOSALS_PER_DRAW * count);
  const proposals = Math.max(PROPOSALS_MIN, most);
  const logDensity = function* (point: Float64Array): Work<number> {
    const isWithin = point.every((x, i) => x >= (lower[i] ?? x) && x <= (upper[i] ?? x));
    return isWithin ? (yield* objective(point)).value : Number.NEGATIVE_INFINITY;
  };
  return yield* resample({ logDensity, mode, covariance }, { count, proposals, draws });
}

/** A log-likelihood and a log-prior, added. */
export function withPrior(
  likelihood: Objective,
  prior: (point: Float64Array) => Evaluation,
): Objective {
  return function* (point: Float64Array): Work<Evaluation> {
    const { value, gradient } = yield* likelihood(point);
    const more = prior(point);
    return {
      value: value + more.value,
      gradient: gradient.map((slope, i) => slope + (more.gradient[i] ?? 0)),
    };
  };
}
