import type { Work } from '@keepsake/kernel';
import { type Draws, eigenSymmetric, matrixFunction, multiply } from '../numerics/index.ts';

/** A density known up to a factor, and a normal one that is like it. */
export interface RoughDensity {
  /** ln of the density; −∞ or not a number where there is none. */
  readonly logDensity: (point: Float64Array) => Work<number>;
  readonly mode: Float64Array;
  /** n × n by rows; directions without variance stay at the mode. */
  readonly covariance: Float64Array;
}

export interface ResampleOptions {
  readonly count: number;
  readonly proposals: number;
  readonly draws: Draws;
}

/** Degrees of freedom of the proposals: their tails are heavier than those of most posteriors. */
const FREEDOM = 5;
/** Along no axis of the covariance do proposals deviate more, where the density is flat. */
const DEVIATION_MAX = 1.5;
/** Fewer proposals than these that count, and the normal density was not like it at all. */
const EFFECTIVE_MIN = 10;

/**
 * Draws from a density by sampling, importance and resampling (Rubin 1988): proposals from a
 * multivariate t, weights cut at √n times their mean (Ionides 2008), systematic resampling. A proposal
 * may be drawn more than once. Undefined where too few proposals count. Cost: an evaluation each.
 */
export function* resample(
  { logDensity, mode, covariance }: RoughDensity,
  { count, proposals, draws }: ResampleOptions,
): Work<readonly Float64Array[] | undefined> {
  const size = mode.length;
  const spread = matrixFunction(eigenSymmetric(covariance, size), (variance) =>
    Math.min(Math.sqrt(Math.max(variance, 0)), DEVIATION_MAX),
  );
  const points: Float64Array[] = [];
  const logWeights = new Float64Array(proposals);
  for (let i = 0; i < proposals; i++) {
    const scale = Math.sqrt(FREEDOM / (2 * draws.gamma(FREEDOM / 2)));
    const standard = mode.map(() => draws.normal() * scale);
    const square = standard.reduce((sum, value) => sum + value * value, 0);
    const moved = multiply(spread, standard);
    const point = mode.map((value, k) => value + (moved[k] ?? 0));
    const log = yield* logDensity(point);
    const logProposal = -((FREEDOM + size) / 2) * Math.log1p(square / FREEDOM);
    logWeights[i] = Number.isNaN(log) ? Number.NEGATIVE_INFINITY : log - logProposal;
    points.push(point);
    yield { done: i, of: proposals };
  }
  const weights = cutWeights(logWeights);
  return effectiveSize(weights) < EFFECTIVE_MIN
    ? undefined
    : drawSystematically(points, weights, { count, draws });
}

/** Weights that sum to 1, none above √n times the mean before the cut. */
function cutWeights(logWeights: Float64Array): Float64Array {
  const most = logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = logWeights.map((log) => Math.exp(log - most));
  const limit = sumOf(weights) / Math.sqrt(weights.length);
  const cut = weights.map((weight) => Math.min(weight, limit));
  const total = sumOf(cut);
  return cut.map((weight) => weight / total);
}

/** (Σw)² / Σw² of weights that sum to 1; 0 where they are not numbers. */
function effectiveSize(weights: Float64Array): number {
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  return squares > 0 ? 1 / squares : 0;
}

/** One place drawn, the others at equal steps from it: each point floor or ceil of its share. */
function drawSystematically(
  points: readonly Float64Array[],
  weights: Float64Array,
  { count, draws }: Pick<ResampleOptions, 'count' | 'draws'>,
): readonly Float64Array[] {
  const first = draws.uniform();
  const drawn: Float64Array[] = [];
  let passed = 0;
  points.forEach((point, i) => {
    passed += (weights[i] ?? 0) * count;
    while (drawn.length < count && drawn.length + first < passed) drawn.push(point);
  });
  // Rounding may leave the last place beyond the sum.
  const last = drawn.at(-1);
  while (last !== undefined && drawn.length < count) drawn.push(last);
  return drawn;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
