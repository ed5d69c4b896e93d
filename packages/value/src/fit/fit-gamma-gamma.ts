import type { Work } from '@keepsake/kernel';
import {
  createGammaGamma,
  type GammaGammaParameters,
  type SpendModel,
} from '../models/gamma-gamma.ts';
import { digamma, digammaDifference, logGamma, logGammaRatio } from '../numerics/index.ts';
import type { SpendStatistics } from '../summaries/purchase-totals.ts';
import { type Evaluation, type Maximum, maximise } from './maximise.ts';

/**
 * What the data say of spend. Only the first is good for money; the others say what is missing:
 * enough repeat buyers, a mean at all (q > 1), differences between customers or purchases that the
 * parameters can be told by, and spend that does not go with frequency, which the model assumes.
 */
export type SpendVerdict =
  | 'identified'
  | 'too-little-data'
  | 'mean-not-finite'
  | 'differences-not-identified'
  | 'spend-follows-frequency';

/** A fitted Gamma–Gamma model, and how far it is to be trusted. */
export interface SpendFit {
  readonly verdict: SpendVerdict;
  readonly model: SpendModel;
  readonly standardErrors: GammaGammaParameters;
  /** Of ln p, ln q and ln v, by rows: what parameters are drawn from. */
  readonly covariance: Float64Array;
  readonly logLikelihood: number;
  /** Largest over smallest eigenvalue of the information; ∞ where it is flat. */
  readonly conditionNumber: number;
  /** Customers with a repeat purchase of some value. */
  readonly customers: number;
  /** Of frequency and mean spend, between −1 and 1. */
  readonly correlation: number;
  readonly isConverged: boolean;
}

/** With fewer repeat buyers nothing is said of spend. */
export const SPEND_CUSTOMERS_MIN = 30;
/** Spend and frequency that go together more than this break the assumption of the model. */
export const SPEND_CORRELATION_MAX = 0.3;

/** Logarithms of p, q and of v over the mean spend stay within these. */
const BOUND = Math.log(1e4);
const ROWS_PER_SLICE = 1 << 15;
/** In log-likelihood: three parameters and few passes, so that digits cost little. */
const GAIN_MIN = 1e-10;
const SAMPLE_ROWS = 4000;
const ROUGH_GAIN_MIN = 1e-3;

/**
 * Fits p, q and v by maximum likelihood: some 15 passes over the rows, at 30 ns for a row. Rows
 * without a value above zero are left out; undefined where no row is left.
 */
export function* fitGammaGamma(statistics: SpendStatistics): Work<SpendFit | undefined> {
  const kept = keptRows(statistics);
  const rows = prepareRows(statistics, kept);
  if (rows.customers === 0) return undefined;
  const bounds = { lower: [-BOUND, -BOUND, -BOUND], upper: [BOUND, BOUND, BOUND] };
  const every = Math.floor(kept.length / SAMPLE_ROWS);
  const sample =
    every < 2
      ? rows
      : prepareRows(
          statistics,
          kept.filter((_, i) => i % every === 0),
        );
  const start = yield* startOnSample(sample, rows, bounds);
  const maximum = yield* maximise((point) => evaluateRows(point, rows), {
    ...bounds,
    ...start,
    gainMin: GAIN_MIN,
  });
  return describeFit(maximum, rows);
}

/** Larger bases begin where each n-th row has its optimum, which saves most passes over all. */
function* startOnSample(
  sample: SpendRows,
  rows: SpendRows,
  bounds: { readonly lower: readonly number[]; readonly upper: readonly number[] },
): Work<{ readonly start: ArrayLike<number>; readonly information?: Float64Array }> {
  const start = [0, Math.log(2), 0];
  if (sample === rows) return { start };
  const options = { ...bounds, start, gainMin: ROUGH_GAIN_MIN };
  const found = yield* maximise((point) => evaluateRows(point, sample), options);
  const [p = 0, q = 0, v = 0] = found.point;
  // Newton's first step on all rows is by the sample's information, as many times as large.
  const times = rows.customers / sample.customers;
  return {
    start: [p, q, v + Math.log(sample.scale / rows.scale)],
    information: found.information.map((value) => value * times),
  };
}

/** Rows with a value above zero. */
function keptRows({ spendCount, meanSpend, count }: SpendStatistics): readonly number[] {
  const kept: number[] = [];
  for (let i = 0; i < count.length; i++) {
    if ((spendCount[i] ?? 0) > 0 && (meanSpend[i] ?? 0) > 0 && (count[i] ?? 0) > 0) kept.push(i);
  }
  return kept;
}

/** Rows scaled to a mean of 1; gamma functions depend on the count alone, so these stand once. */
interface SpendRows {
  /** Total of a customer's purchases, and its logarithm. */
  readonly total: Float64Array;
  readonly logTotal: Float64Array;
  readonly count: Float64Array;
  readonly slot: Uint32Array;
  readonly spendCounts: Float64Array;
  /** Customers of each slot. */
  readonly slotCustomers: Float64Array;
  readonly customers: number;
  readonly scale: number;
  /** Σ ln of mean spend: the part that no parameter changes. */
  readonly logMeans: number;
  readonly correlation: number;
}

function prepareRows(statistics: SpendStatistics, kept: readonly number[]): SpendRows {
  const { spendCount, meanSpend, count } = statistics;
  const weighted = (value: (row: number) => number): number =>
    kept.reduce((sum, row) => sum + (count[row] ?? 0) * value(row), 0);
  const customers = weighted(() => 1);
  const scale = weighted((row) => meanSpend[row] ?? 0) / customers;
  const slots = new Map<number, number>();
  const slotCustomers: number[] = [];
  const slot = Uint32Array.from(kept, (row) => {
    const n = spendCount[row] ?? 0;
    const at = slots.get(n) ?? slots.size;
    slots.set(n, at);
    slotCustomers[at] = (slotCustomers[at] ?? 0) + (count[row] ?? 0);
    return at;
  });
  const total = Float64Array.from(
    kept,
    (row) => ((spendCount[row] ?? 0) * (meanSpend[row] ?? 0)) / scale,
  );
  return {
    total,
    logTotal: total.map(Math.log),
    count: Float64Array.from(kept, (row) => count[row] ?? 0),
    slot,
    spendCounts: Float64Array.from(slots.keys()),
    slotCustomers: Float64Array.from(slotCustomers),
    customers,
    scale,
    logMeans: weighted((row) => Math.log(meanSpend[row] ?? 1)),
    correlation: correlationOf(statistics, kept),
  };
}

/** Pearson's, of frequency and mean spend over customers; 0 where one of them does not vary. */
function correlationOf(
  { frequency, meanSpend, count }: SpendStatistics,
  kept: readonly number[],
): number {
  let weight = 0;
  let [meanX, meanY] = [0, 0];
  let [squareX, squareY, product] = [0, 0, 0];
  for (const row of kept) {
    const [x, y, n] = [frequency[row] ?? 0, meanSpend[row] ?? 0, count[row] ?? 0];
    weight += n;
    const [dx, dy] = [x - meanX, y - meanY];
    meanX += (dx * n) / weight;
    meanY += (dy * n) / weight;
    squareX += n * dx * (x - meanX);
    squareY += n * dy * (y - meanY);
    product += n * dx * (y - meanY);
  }
  const size = Math.sqrt(squareX) * Math.sqrt(squareY);
  return size > 0 ? Math.min(1, Math.max(-1, product / size)) : 0;
}

/** The log-likelihood and its gradient by ln p, ln q and ln v. */
function* evaluateRows(point: Float64Array, rows: SpendRows): Work<Evaluation> {
  const [p, q, v] = [...point].map(Math.exp) as [number, number, number];
  const sums = { value: 0, byP: 0, byQ: 0, byV: 0 };
  for (let from = 0; from < rows.total.length; from += ROWS_PER_SLICE) {
    addRows(
      rows,
      { p, q, v },
      { from, to: Math.min(from + ROWS_PER_SLICE, rows.total.length) },
      sums,
    );
    yield { done: from, of: rows.total.length };
  }
  let { value, byP, byQ } = sums;
  const [logGammaQ, digammaQ] = [logGamma(q), digamma(q)];
  rows.spendCounts.forEach((n, slot) => {
    const customers = rows.slotCustomers[slot] ?? 0;
    const slope = digammaDifference(p * n, q);
    value += customers * (logGammaRatio(p * n, q) - logGammaQ);
    byP += customers * n * slope;
    byQ += customers * (digamma(p * n + q) - digammaQ);
  });
  return {
    value: value - rows.logMeans,
    gradient: Float64Array.of(p * byP, q * byQ, v * sums.byV),
  };
}

interface Slice {
  readonly from: number;
  readonly to: number;
}

/** Adds what depends on the totals: pn·ln(M / (v + M)) + q·ln(v / (v + M)) of each row. */
function addRows(
  rows: SpendRows,
  { p, q, v }: GammaGammaParameters,
  { from, to }: Slice,
  sums: { value: number; byP: number; byQ: number; byV: number },
): void {
  const { total, logTotal, count, slot, spendCounts } = rows;
  const logV = Math.log(v);
  let [value, byP, byQ, byV] = [0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const n = spendCounts[slot[i] ?? 0] ?? 0;
    const m = total[i] ?? 0;
    const customers = count[i] ?? 0;
    const logSum = Math.log(v + m);
    const logShare = (logTotal[i] ?? 0) - logSum;
    const logRest = logV - logSum;
    value += customers * (p * n * logShare + q * logRest);
    byP += customers * n * logShare;
    byQ += customers * logRest;
    byV += (customers * ((q * m) / v - p * n)) / (v + m);
  }
  sums.value += value;
  sums.byP += byP;
  sums.byQ += byQ;
  sums.byV += byV;
}

function describeFit(maximum: Maximum, rows: SpendRows): SpendFit {
  const [p, q, scaled] = [...maximum.point].map(Math.exp) as [number, number, number];
  const v = scaled * rows.scale;
  const errorOf = (i: number): number => Math.sqrt(Math.max(0, maximum.covariance[4 * i] ?? 0));
  return {
    verdict: judge(maximum, rows),
    model: createGammaGamma({ p, q, v }),
    standardErrors: { p: p * errorOf(0), q: q * errorOf(1), v: v * errorOf(2) },
    covariance: maximum.covariance,
    logLikelihood: maximum.logLikelihood,
    conditionNumber: maximum.conditionNumber,
    customers: rows.customers,
    correlation: rows.correlation,
    isConverged: maximum.isConverged,
  };
}

function judge(maximum: Maximum, rows: SpendRows): SpendVerdict {
  if (rows.customers < SPEND_CUSTOMERS_MIN) return 'too-little-data';
  if (maximum.atBound.some((isBound) => isBound) || !maximum.isConverged) {
    return 'differences-not-identified';
  }
  if (Math.exp(maximum.point[1] ?? 0) <= 1) return 'mean-not-finite';
  const isFollowing = Math.abs(rows.correlation) > SPEND_CORRELATION_MAX;
  return isFollowing ? 'spend-follows-frequency' : 'identified';
}
