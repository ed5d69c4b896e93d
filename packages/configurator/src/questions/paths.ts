import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { borrowFloats, FLOAT_PLACE } from './scratch.ts';

/** One design: a value for each level, and what its options come to together. */
export interface Path {
  /** By level, root first. */
  readonly values: Int32Array;
  readonly sum: number;
}

/** What each option adds, by option of the problem. */
export interface Amounts {
  readonly optionAt: Int32Array;
  readonly amounts: Float64Array;
}

const INF: number = Number.POSITIVE_INFINITY;

/**
 * The least sum from each node to the last one, written to `up`; `sign` -1 takes the amounts negated.
 * One pass over the edges.
 */
export function leastSums(
  diagram: Diagram,
  { optionAt, amounts }: Amounts,
  sign: 1 | -1,
  up: Float64Array,
): void {
  const { order, nodeAt, edgeAt, values, children } = diagram;
  up[nodeAt[order.length] ?? 0] = 0;
  for (let l = order.length - 1; l >= 0; l--) {
    const base = optionAt[order[l] ?? 0] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      let least = INF;
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const amount = sign * (amounts[base + (values[e] as number)] as number);
        least = Math.min(least, amount + (up[children[e] as number] as number));
      }
      up[n] = least;
    }
  }
}

/** The least and the greatest sum of a design. */
export interface Span {
  readonly least: number;
  readonly greatest: number;
}

/** The least and the greatest sum at once; infinite where there is no design. One pass over the edges. */
export function spanOf(diagram: Diagram, { optionAt, amounts }: Amounts): Span {
  if (isEmpty(diagram)) return { least: INF, greatest: -INF };
  const { order, nodeAt, edgeAt, values, children } = diagram;
  const low = borrowFloats(FLOAT_PLACE.up, diagram.edgeAt.length);
  const high = borrowFloats(FLOAT_PLACE.second, diagram.edgeAt.length);
  const last = nodeAt[order.length] ?? 0;
  low[last] = 0;
  high[last] = 0;
  for (let l = order.length - 1; l >= 0; l--) {
    const base = optionAt[order[l] ?? 0] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      let [least, greatest] = [INF, -INF];
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const amount = amounts[base + (values[e] as number)] as number;
        const child = children[e] as number;
        least = Math.min(least, amount + (low[child] as number));
        greatest = Math.max(greatest, amount + (high[child] as number));
      }
      low[n] = least;
      high[n] = greatest;
    }
  }
  return { least: low[0] ?? INF, greatest: high[0] ?? -INF };
}

/** As `leastSums`, over edges alone that begin a least sum of `first`. */
function leastAmongBest(
  diagram: Diagram,
  keys: readonly [Amounts, Amounts],
  first: Float64Array,
  up: Float64Array,
): void {
  const { order, nodeAt, edgeAt, values, children } = diagram;
  const { optionAt } = keys[0];
  const [ones, twos] = [keys[0].amounts, keys[1].amounts];
  up[nodeAt[order.length] ?? 0] = 0;
  for (let l = order.length - 1; l >= 0; l--) {
    const base = optionAt[order[l] ?? 0] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      let least = INF;
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const option = base + (values[e] as number);
        const child = children[e] as number;
        const isBest = (ones[option] as number) + (first[child] as number) === first[n];
        const sum = (twos[option] as number) + (up[child] as number);
        least = Math.min(least, isBest ? sum : INF);
      }
      up[n] = least;
    }
  }
}

/** The path that takes, at each node, the first edge that `isBest`. */
function follow(
  diagram: Diagram,
  isBest: (node: number, edge: number, level: number) => boolean,
): Int32Array {
  const { order, edgeAt, values, children } = diagram;
  const path = new Int32Array(order.length);
  let node = 0;
  for (let l = 0; l < order.length; l++) {
    const end = (edgeAt[node + 1] ?? 0) - 1;
    let e = edgeAt[node] ?? 0;
    while (e < end && !isBest(node, e, l)) e++;
    path[l] = values[e] ?? 0;
    node = children[e] ?? 0;
  }
  return path;
}

function bestPath(diagram: Diagram, amounts: Amounts, sign: 1 | -1): Path | undefined {
  if (isEmpty(diagram)) return undefined;
  const { order, values, children } = diagram;
  const up = borrowFloats(FLOAT_PLACE.up, diagram.edgeAt.length);
  leastSums(diagram, amounts, sign, up);
  const sum = up[0] ?? INF;
  if (sum === INF) return undefined;
  const path = follow(diagram, (node, e, l) => {
    const option = (amounts.optionAt[order[l] ?? 0] ?? 0) + (values[e] ?? 0);
    return sign * (amounts.amounts[option] ?? 0) + (up[children[e] ?? 0] ?? 0) === up[node];
  });
  return { values: path, sum: sign === 1 ? sum : 0 - sum };
}

/**
 * The design with the least sum; among equal ones the lowest values, root first. Undefined where
 * there is none or all cost infinitely much. One pass over the edges, and one walk down.
 */
export function cheapestPath(diagram: Diagram, amounts: Amounts): Path | undefined {
  return bestPath(diagram, amounts, 1);
}

/** As `cheapestPath`, with the greatest sum. */
export function dearestPath(diagram: Diagram, amounts: Amounts): Path | undefined {
  return bestPath(diagram, amounts, -1);
}

/**
 * The likeliest design where the values of variables are independent but for the rules: `logWeights`
 * are logarithms of how likely each option is, in any base; -infinite excludes. `sum` is the logarithm of
 * the whole. (Viterbi 1967.) Undefined where nothing is possible.
 */
export function likeliest(
  diagram: Diagram,
  question: { readonly optionAt: Int32Array; readonly logWeights: Float64Array },
): Path | undefined {
  return bestPath(diagram, { optionAt: question.optionAt, amounts: question.logWeights }, -1);
}

/**
 * Of the designs with the least sum by the first amounts, one with the least by the second; `sum` is
 * by the second. Amounts must sum exactly, as whole numbers do. Two passes over the edges.
 */
export function cheapestByTwo(
  diagram: Diagram,
  keys: readonly [Amounts, Amounts],
): Path | undefined {
  if (isEmpty(diagram)) return undefined;
  const { order, values, children } = diagram;
  const first = borrowFloats(FLOAT_PLACE.up, diagram.edgeAt.length);
  const second = borrowFloats(FLOAT_PLACE.second, diagram.edgeAt.length);
  leastSums(diagram, keys[0], 1, first);
  if ((first[0] ?? INF) === INF) return undefined;
  leastAmongBest(diagram, keys, first, second);
  const path = follow(diagram, (node, e, l) => {
    const option = (keys[0].optionAt[order[l] ?? 0] ?? 0) + (values[e] ?? 0);
    const child = children[e] ?? 0;
    const isFirst = (keys[0].amounts[option] ?? 0) + (first[child] ?? 0) === first[node];
    return isFirst && (keys[1].amounts[option] ?? 0) + (second[child] ?? 0) === second[node];
  });
  return { values: path, sum: second[0] ?? INF };
}
