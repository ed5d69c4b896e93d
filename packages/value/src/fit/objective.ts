import type { Work } from '@keepsake/kernel';
import type { PurchaseStatistics } from '../model.ts';
import { type Likelihood, type LikelihoodRows, likelihoodRows } from '../models/index.ts';
import type { Evaluation, Objective } from './maximise.ts';

/** Rows between two pauses: one or two milliseconds of the slowest model. */
const SLICE = 1024;

/** A likelihood over rows as something to be maximised over the logarithms of its parameters. */
export function likelihoodObjective(likelihood: Likelihood, rows: LikelihoodRows): Objective {
  const size = rows.count.length;
  return function* (logs: Float64Array): Work<Evaluation> {
    const add = likelihood(logs.map(Math.exp), rows);
    const total = new Float64Array(logs.length + 1);
    for (let from = 0; from < size; from += SLICE) {
      // Sums of sums keep more digits than one long sum.
      const part = new Float64Array(total.length);
      add(from, Math.min(from + SLICE, size), part);
      part.forEach((value, i) => {
        total[i] = (total[i] ?? 0) + value;
      });
      yield { done: Math.min(from + SLICE, size), of: size };
    }
    return { value: total[0] ?? 0, gradient: total.slice(1) };
  };
}

/**
 * About `rowsMax` of the rows, standing for all: those that many customers share are kept, of the
 * others each n-th, counted n times. The rows themselves where they are no more.
 */
export function sampleRows(rows: LikelihoodRows, rowsMax: number): LikelihoodRows {
  const size = rows.count.length;
  if (size <= 2 * rowsMax) return rows;
  const every = Math.ceil((2 * size) / rowsMax);
  const kept: number[] = [];
  const counts: number[] = [];
  // Where counts are large everywhere, this would keep too many.
  const shared = Float64Array.from(rows.count).sort()[size - Math.floor(rowsMax / 2)] ?? 0;
  const large = Math.max(every, shared);
  let seen = 0;
  for (let row = 0; row < size; row++) {
    const count = rows.count[row] ?? 0;
    if (count > large) {
      kept.push(row);
      counts.push(count);
    } else if (seen++ % every === every >> 1) {
      kept.push(row);
      counts.push(count * every);
    }
  }
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(kept, (row) => column[row] ?? 0);
  const sample: PurchaseStatistics = {
    frequency: pick(rows.frequency),
    recency: pick(rows.recency),
    age: pick(rows.age),
    count: Float64Array.from(counts),
  };
  return likelihoodRows(sample);
}
