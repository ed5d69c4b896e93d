import type { HistoryColumns } from './histories.ts';

/**
 * How busily customers buy, in a few levels. Spend and service often go with it: who buys much may
 * return much. Priors that know the level keep the value of whole groups from drifting.
 */
export interface ActivityLevels {
  /** The level of each customer. */
  readonly of: Uint8Array;
  /** What each level stands for: the mean of log purchase rate in it, over that of the base. */
  readonly logs: Float64Array;
}

/** Where levels begin, and what each stands for: by it other customers are put into the same levels. */
export interface ActivityScale {
  /** Time that is added to each age: the mean age of the base that the levels were made on. */
  readonly typicalAge: number;
  /** Logs of purchases over time at which each level but the first begins; growing. */
  readonly edges: readonly number[];
  /** As `ActivityLevels` has them; one more than there are edges. */
  readonly logs: Float64Array;
}

/** Levels that know where they begin. */
export type ScaledLevels = ActivityLevels & ActivityScale;

/** Keeps equations solvable where all customers are of one level. */
const RIDGE = 1e-9;
/** More than Newton's method needs. */
const ROUNDS = 20;
/** Levels at most. */
const LEVELS_MAX = 16;

/**
 * Divides customers into at most 16 levels of like size by the log of their purchases over time, with
 * one purchase and one mean age added, so that who has just come is near the middle. Sorts once.
 */
export function activityLevels(columns: HistoryColumns): ScaledLevels {
  const size = columns.frequency.length;
  let total = 0;
  for (const age of columns.age) total += age;
  // Where nobody has any age, all are alike.
  const typicalAge = total > 0 ? total / size : 1;
  const log = activityLogs(columns, typicalAge);
  const sorted = log.slice().sort();
  const edges: number[] = [];
  for (let level = 1; level < LEVELS_MAX; level++) {
    const edge = sorted[Math.floor((level * size) / LEVELS_MAX)];
    const last = edges.at(-1) ?? sorted[0];
    if (edge !== undefined && last !== undefined && edge > last) edges.push(edge);
  }
  const of = Uint8Array.from(log, (value) => levelOf(edges, value));
  return { of, logs: meansOf(log, of, edges.length + 1), typicalAge, edges };
}

/** The levels that customers have on a scale made on these or on others. */
export function placeLevels(scale: ActivityScale, columns: HistoryColumns): ScaledLevels {
  const { typicalAge, edges, logs } = scale;
  const of = Uint8Array.from(activityLogs(columns, typicalAge), (value) => levelOf(edges, value));
  return { of, logs, typicalAge, edges };
}

function activityLogs(columns: HistoryColumns, typicalAge: number): Float64Array {
  return columns.frequency.map((x, i) => Math.log((x + 1) / ((columns.age[i] ?? 0) + typicalAge)));
}

function levelOf(edges: readonly number[], value: number): number {
  let level = 0;
  while (level < edges.length && value >= (edges[level] ?? Number.POSITIVE_INFINITY)) level++;
  return level;
}

/** The mean of the values of each level, over the mean of all. */
function meansOf(values: Float64Array, levels: Uint8Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  const counts = new Float64Array(count);
  let total = 0;
  values.forEach((value, i) => {
    const level = levels[i] ?? 0;
    sums[level] = (sums[level] ?? 0) + value;
    counts[level] = (counts[level] ?? 0) + 1;
    total += value;
  });
  const mean = total / Math.max(1, values.length);
  return sums.map((sum, level) => sum / Math.max(1, counts[level] ?? 0) - mean);
}

/** A mean that goes with activity: in the middle of the base, and for each unit of log activity. */
export interface Trend {
  readonly middle: number;
  readonly slope: number;
}

/**
 * How a mean goes with activity: the least-squares line through the values of customers over the logs
 * of their levels, each customer by a weight.
 */
export function fitLine(
  levels: ActivityLevels,
  values: Float64Array,
  weights: Float64Array,
): Trend {
  return fitTrend({ levels, values, weights }, { of: (u) => u, slopeAt: () => 1 });
}

/**
 * The same of values above zero, with exp(middle + slope · log activity) for the mean, by the
 * estimating equations of Poisson regression, which ask for no more than a right mean (Gourieroux,
 * Monfort and Trognon 1984).
 */
export function fitCurve(
  levels: ActivityLevels,
  values: Float64Array,
  weights: Float64Array,
): Trend {
  return fitTrend({ levels, values, weights }, { of: Math.exp, slopeAt: Math.exp });
}

interface Observed {
  readonly levels: ActivityLevels;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

interface Mean {
  of(u: number): number;
  slopeAt(u: number): number;
}

/**
 * Newton's method on two estimating equations, over levels. A slope that chance alone may have made
 * (by its sandwich variance) is drawn to 0 in proportion, as by James and Stein (1961).
 */
function fitTrend(observed: Observed, mean: Mean): Trend {
  const { levels } = observed;
  const { weight, value } = totalsByLevel(observed);
  const all = weight.reduce((sum, one) => sum + one, 0);
  if (all === 0) return { middle: 0, slope: 0 };
  const overall = value.reduce((sum, one) => sum + one, 0) / all;
  // The link is the identity or the logarithm: where the mean itself begins.
  const isLine = mean.of(0) === 0;
  if (!isLine && !(overall > 0)) return { middle: 0, slope: 0 };
  let [middle, slope] = [isLine ? overall : Math.log(overall), 0];
  let inverse = { uu: 0, uw: 0, ww: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    let [byU, byW, uu, uw, ww] = [0, 0, 0, 0, RIDGE];
    levels.logs.forEach((log, level) => {
      const n = weight[level] ?? 0;
      const at = middle + slope * log;
      const miss = (value[level] ?? 0) - n * mean.of(at);
      const bend = n * mean.slopeAt(at);
      byU += miss;
      byW += miss * log;
      uu += bend;
      uw += bend * log;
      ww += bend * log * log;
    });
    const determinant = uu * ww - uw * uw;
    if (!(determinant > 0)) break;
    inverse = { uu: ww / determinant, uw: -uw / determinant, ww: uu / determinant };
    middle += clampStep(inverse.uu * byU + inverse.uw * byW);
    slope += clampStep(inverse.uw * byU + inverse.ww * byW);
  }
  const variance = slopeVariance(observed, (log) => mean.of(middle + slope * log), inverse);
  const kept = slope === 0 ? 0 : Math.max(0, 1 - variance / (slope * slope));
  return { middle, slope: slope * kept };
}

/** Of the slope, by the sandwich: what the misses of customers say of it. */
function slopeVariance(
  { levels, values, weights }: Observed,
  meanAt: (log: number) => number,
  inverse: { readonly uw: number; readonly ww: number },
): number {
  let variance = 0;
  values.forEach((own, i) => {
    const log = levels.logs[levels.of[i] ?? 0] ?? 0;
    const miss = (weights[i] ?? 0) * (own - meanAt(log));
    variance += (miss * (inverse.uw + inverse.ww * log)) ** 2;
  });
  return variance;
}

function totalsByLevel({ levels, values, weights }: Observed): {
  readonly weight: Float64Array;
  readonly value: Float64Array;
} {
  const weight = new Float64Array(levels.logs.length);
  const value = new Float64Array(levels.logs.length);
  values.forEach((own, i) => {
    const level = levels.of[i] ?? 0;
    const n = weights[i] ?? 0;
    weight[level] = (weight[level] ?? 0) + n;
    value[level] = (value[level] ?? 0) + n * own;
  });
  return { weight, value };
}

function clampStep(step: number): number {
  return Math.max(-2, Math.min(2, step));
}
