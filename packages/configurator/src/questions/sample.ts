import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { borrowFloats, FLOAT_PLACE } from './scratch.ts';
import { type Chances, sharesBelow, weightsOf } from './shares.ts';

/** Chance, injected: a number from 0 to 1, 1 excluded. */
export interface Chance {
  next(): number;
}

interface Drawing {
  readonly diagram: Diagram;
  readonly optionAt: Int32Array;
  readonly weights: Float64Array;
  readonly up: Float64Array;
}

/** The edge that a draw falls on; the last one with a share where rounding leaves a rest. */
function drawEdge(drawing: Drawing, node: number, base: number, draw: number): number {
  const { diagram, weights, up } = drawing;
  const { edgeAt, values, children } = diagram;
  const begin = edgeAt[node] as number;
  const end = edgeAt[node + 1] as number;
  if (end - begin === 1) return begin;
  let whole = 0;
  for (let e = begin; e < end; e++) {
    whole +=
      (weights[base + (values[e] as number)] as number) * (up[children[e] as number] as number);
  }
  let rest = draw * whole;
  let taken = begin;
  for (let e = begin; e < end && rest >= 0; e++) {
    const share =
      (weights[base + (values[e] as number)] as number) * (up[children[e] as number] as number);
    if (share > 0) taken = e;
    rest -= share;
  }
  return taken;
}

/**
 * Designs drawn by chance, each as likely as the product of its options' weights; all alike where there
 * are no weights (Knuth's way of drawing from a diagram, TAOCP 4A, 7.1.4). Answers `count` rows
 * of values by level, root first; none where no design has a weight. Exact but for the rounding of
 * doubles and of the source of chance. One pass over the edges, then the levels of each design.
 */
export function sample(
  diagram: Diagram,
  chances: Chances,
  random: Chance,
  count: number,
): readonly Int32Array[] {
  if (isEmpty(diagram)) return [];
  const { optionAt } = chances;
  const { order, values, children } = diagram;
  const up = borrowFloats(FLOAT_PLACE.up, diagram.edgeAt.length);
  sharesBelow(diagram, chances, up);
  if (!((up[0] ?? 0) > 0)) return [];
  const drawing = { diagram, optionAt, weights: weightsOf(chances), up };
  return Array.from({ length: count }, () => {
    const row = new Int32Array(order.length);
    let node = 0;
    for (let l = 0; l < order.length; l++) {
      const base = optionAt[order[l] as number] as number;
      const edge = drawEdge(drawing, node, base, random.next());
      row[l] = values[edge] as number;
      node = children[edge] as number;
    }
    return row;
  });
}
