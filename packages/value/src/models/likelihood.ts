import type { PurchaseStatistics } from '../model.ts';
import { digammaDifference, logGammaRatio } from '../numerics/index.ts';

/** Statistics with their different frequencies listed once, since gamma functions depend on these. */
export interface LikelihoodRows extends PurchaseStatistics {
  /** The different frequencies. */
  readonly frequencies: Float64Array;
  /** Which of them a row has. */
  readonly slot: Uint32Array;
}

/**
 * Adds the log-likelihood of rows `from` to `to`, times their counts, to the first of the sums, and
 * the gradient by the logarithms of the parameters to those that follow.
 */
export type AddRows = (from: number, to: number, sums: Float64Array) => void;

/** The likelihood of a model at natural parameters. */
export type Likelihood = (parameters: Float64Array, rows: LikelihoodRows) => AddRows;

/** Lists the different frequencies. Cost: linear in the rows. */
export function likelihoodRows(statistics: PurchaseStatistics): LikelihoodRows {
  const slots = new Map<number, number>();
  const slot = new Uint32Array(statistics.frequency.length);
  statistics.frequency.forEach((frequency, row) => {
    let found = slots.get(frequency);
    if (found === undefined) {
      found = slots.size;
      slots.set(frequency, found);
    }
    slot[row] = found;
  });
  return { ...statistics, frequencies: Float64Array.from(slots.keys()), slot };
}

/** One row, to be filled again and again: nothing is allocated where a likelihood is summed. */
export interface Row {
  frequency: number;
  recency: number;
  age: number;
  count: number;
  slot: number;
}

/** An empty row. */
export function emptyRow(): Row {
  return { frequency: 0, recency: 0, age: 0, count: 0, slot: 0 };
}

/** Fills the row with that of an index. */
export function readRow(rows: LikelihoodRows, i: number, row: Row): void {
  row.frequency = rows.frequency[i] ?? 0;
  row.recency = rows.recency[i] ?? 0;
  row.age = rows.age[i] ?? 0;
  row.count = rows.count[i] ?? 0;
  row.slot = rows.slot[i] ?? 0;
}

/** Adds to sums, one by one. */
export function addTo(sums: Float64Array, parts: readonly number[]): void {
  for (let i = 0; i < parts.length; i++) sums[i] = (sums[i] ?? 0) + (parts[i] ?? 0);
}

/** ln Γ(a + n) / Γ(a) and its derivative by a, for each n = frequency + `more`. */
export function gammaTable(
  a: number,
  frequencies: Float64Array,
  more = 0,
): { log: Float64Array; slope: Float64Array } {
  return {
    log: frequencies.map((x) => logGammaRatio(a, x + more)),
    slope: frequencies.map((x) => digammaDifference(a, x + more)),
  };
}

/** ln(1 + eˣ). */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
