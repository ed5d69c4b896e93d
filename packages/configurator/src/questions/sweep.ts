import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { bottleneck, type Room, type Semiring } from './semiring.ts';

/** What each option weighs in a semiring. */
export interface Weights<T> {
  /** First option of each variable, as in the problem. */
  readonly optionAt: Int32Array;
  weightOf(option: number): T;
}

/** What paths come to: all of them, and those through each option. */
export interface Marginals<T> {
  readonly total: T;
  /** By option of the whole problem; `zero` for options of other diagrams. */
  readonly byOption: Room<T>;
}

/**
 * For each node the sum over all paths from it to the last one, in any semiring. One pass over the edges;
 * nothing is allocated by node but what the semiring's own numbers need. The empty diagram has no node.
 */
export function sweepUp<T>(diagram: Diagram, semiring: Semiring<T>, weights: Weights<T>): Room<T> {
  const { order, nodeAt, edgeAt, values, children } = diagram;
  const up = semiring.room(edgeAt.length - 1);
  if (isEmpty(diagram)) return up;
  up[nodeAt[order.length] ?? 0] = semiring.one;
  for (let l = order.length - 1; l >= 0; l--) {
    const base = weights.optionAt[order[l] ?? 0] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      let sum = semiring.zero;
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const weight = weights.weightOf(base + (values[e] as number));
        sum = semiring.plus(sum, semiring.times(weight, up[children[e] as number] as T));
      }
      up[n] = sum;
    }
  }
  return up;
}

/**
 * For each option the sum over all paths that have it, and the sum over all: one pass up, one down.
 * The reference for the fused loops of `answer`, and enough for whatever is asked rarely.
 */
export function marginals<T>(
  diagram: Diagram,
  semiring: Semiring<T>,
  weights: Weights<T>,
): Marginals<T> {
  const { order, nodeAt, edgeAt, values, children } = diagram;
  const { plus, times } = semiring;
  const byOption = semiring.room(weights.optionAt.at(-1) ?? 0);
  if (isEmpty(diagram)) return { total: semiring.zero, byOption };
  const up = sweepUp(diagram, semiring, weights);
  const down = semiring.room(edgeAt.length - 1);
  down[0] = semiring.one;
  for (let l = 0; l < order.length; l++) {
    const base = weights.optionAt[order[l] ?? 0] ?? 0;
    const endEdge = edgeAt[nodeAt[l + 1] ?? 0] ?? 0;
    let n = nodeAt[l] ?? 0;
    for (let e = edgeAt[n] ?? 0; e < endEdge; e++) {
      if (e >= (edgeAt[n + 1] as number)) n++;
      const option = base + (values[e] as number);
      const child = children[e] as number;
      const through = times(down[n] as T, weights.weightOf(option));
      byOption[option] = plus(byOption[option] as T, times(through, up[child] as T));
      down[child] = plus(down[child] as T, through);
    }
  }
  return { total: up[0] as T, byOption };
}

/**
 * The earliest date of a design, over all and with each option, where a design is there once the latest
 * of its options is: `dates` by option, any number that grows with time. Infinite where there is none.
 */
export function earliest(
  diagram: Diagram,
  question: { readonly optionAt: Int32Array; readonly dates: Float64Array },
): Marginals<number> {
  const { optionAt, dates } = question;
  return marginals(diagram, bottleneck, { optionAt, weightOf: (o) => dates[o] ?? 0 });
}

/** How many nodes each level has, root first: where a diagram is wide. */
export function sizeByLevel({ order, nodeAt }: Diagram): Int32Array {
  return order.map((_, l) => (nodeAt[l + 1] ?? 0) - (nodeAt[l] ?? 0));
}
