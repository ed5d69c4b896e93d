import type { Diagram } from '../diagram/diagram.ts';
import { onesFor } from './scratch.ts';

/** How likely each option is taken, apart from rules: any numbers of at least 0; 1 where left out. */
export interface Chances {
  readonly optionAt: Int32Array;
  readonly weights?: Float64Array;
}

/** The weights of all options. */
export function weightsOf({ optionAt, weights }: Chances): Float64Array {
  return weights ?? onesFor(optionAt.at(-1) ?? 0);
}

/**
 * For each node how much weight lies below it, divided level by level so that the greatest of a level is 1:
 * only shares within a level matter, and nothing overflows. One pass over the edges.
 */
export function sharesBelow(diagram: Diagram, chances: Chances, up: Float64Array): void {
  const { optionAt } = chances;
  const weights = weightsOf(chances);
  const { order, nodeAt, edgeAt, values, children } = diagram;
  up[nodeAt[order.length] ?? 0] = 1;
  for (let l = order.length - 1; l >= 0; l--) {
    const base = optionAt[order[l] ?? 0] ?? 0;
    const from = nodeAt[l] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    let most = 0;
    for (let n = from; n < to; n++) {
      let sum = 0;
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const weight = weights[base + (values[e] as number)] as number;
        sum += weight * (up[children[e] as number] as number);
      }
      up[n] = sum;
      most = Math.max(most, sum);
    }
    divide(up, from, to, most);
  }
}

/** Divides what stands between two places by their greatest. */
export function divide(numbers: Float64Array, from: number, to: number, most: number): void {
  if (most <= 0) return;
  for (let i = from; i < to; i++) numbers[i] = (numbers[i] as number) / most;
}
