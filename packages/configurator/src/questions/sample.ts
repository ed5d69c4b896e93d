import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { borrowFloats, FLOAT_PLACE } from './scratch.ts';
import { type Chances, sharesBelow } from './shares.ts';

/** Chance, injected: a number from 0 to 1, 1 excluded. */
export interface Chance {
  next(): number;
}

/** The edge that a draw falls on; the last one with a share where rounding leaves a rest. */
function drawEdge(
  diagram: Diagram,
  node: number,
  shareOf: (edge: number) => number,
  draw: number,
): number {
  const { edgeAt } = diagram;
  const begin = edgeAt[node] ?? 0;
  const end = edgeAt[node + 1] ?? 0;
  let whole = 0;
  for (let e = begin; e < end; e++) whole += shareOf(e);
  let rest = draw * whole;
  let taken = begin;
  for (let e = begin; e < end; e++) {
    const share = shareOf(e);
    if (share <= 0) continue;
    taken = e;
    if (rest < share) break;
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
  const { optionAt, weights } = chances;
  const { order, values, children } = diagram;
  const up = borrowFloats(FLOAT_PLACE.up, diagram.edgeAt.length);
  sharesBelow(diagram, chances, up);
  if (!((up[0] ?? 0) > 0)) return [];
  return Array.from({ length: count }, () => {
    const row = new Int32Array(order.length);
    let node = 0;
    for (let l = 0; l < order.length; l++) {
      const base = optionAt[order[l] ?? 0] ?? 0;
      const shareOf = (e: number): number =>
        (weights?.[base + (values[e] ?? 0)] ?? 1) * (up[children[e] ?? 0] ?? 0);
      const edge = drawEdge(diagram, node, shareOf, random.next());
      row[l] = values[edge] ?? 0;
      node = children[edge] ?? 0;
    }
    return row;
  });
}
