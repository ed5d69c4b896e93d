import { InvariantError } from '@keepsake/kernel';
import { addClass, type Layout, type Store } from '../solve/domains.ts';
import type { Diagram } from './old-compile.ts';

/** Which class each level must have, or -1 where it is free. */
export type Fixed = Int32Array;

/** The amounts of each class of each level, in minor units. */
export type Amounts = readonly Float64Array[];

/** One level, as a sweep walks it: its nodes, and the classes that may be taken there. */
interface Walk {
  readonly count: number;
  readonly size: number;
  readonly edges: Int32Array;
  readonly from: number;
  readonly to: number;
}

const NO_EDGES = new Int32Array(0);

function walkOf(diagram: Diagram, level: number, only = -1): Walk {
  const size = diagram.sizes[level] ?? 1;
  const edges = diagram.children[level] ?? NO_EDGES;
  const [from, to] = only < 0 ? [0, size] : [only, only + 1];
  return { count: edges.length / size, size, edges, from, to };
}

const NOWHERE = new Float64Array(0);

/** The best sum from each node of a level; `sign` is 1 for the least and -1 for the largest. */
function relax(walk: Walk, below: Float64Array, amounts: Float64Array, sign: 1 | -1): Float64Array {
  const { count, size, edges, from, to } = walk;
  const best = new Float64Array(count).fill(sign * Number.POSITIVE_INFINITY);
  for (let n = 0; n < count; n++) {
    for (let c = from; c < to; c++) {
      const child = edges[n * size + c] ?? -1;
      if (child < 0) continue;
      const sum = (below[child] ?? 0) + (amounts[c] ?? 0);
      if (sign * sum < sign * (best[n] ?? 0)) best[n] = sum;
    }
  }
  return best;
}

/** The (min, +) or (max, +) sweep under what is fixed, by level. One pass over the edges. */
export function sweepUp(
  diagram: Diagram,
  fixed: Fixed,
  amounts: Amounts,
  sign: 1 | -1,
): readonly Float64Array[] {
  const depth = diagram.order.length;
  const best: Float64Array[] = Array.from({ length: depth + 1 }, () => NOWHERE);
  best[depth] = new Float64Array(1);
  for (let l = depth - 1; l >= 0; l--) {
    const walk = walkOf(diagram, l, fixed[l]);
    best[l] = relax(walk, best[l + 1] ?? NOWHERE, amounts[l] ?? NOWHERE, sign);
  }
  return best;
}

/** The nodes of the next level that can be reached from those of this one. */
function reach(walk: Walk, here: Uint8Array, nextCount: number): Uint8Array {
  const { count, size, edges, from, to } = walk;
  const next = new Uint8Array(nextCount);
  for (let n = 0; n < count; n++) {
    if (here[n] !== 1) continue;
    for (let c = from; c < to; c++) {
      const child = edges[n * size + c] ?? -1;
      if (child >= 0) next[child] = 1;
    }
  }
  return next;
}

/** The classes of a level on some path from a reached node to one with a way on. */
function openClasses(walk: Walk, here: Uint8Array, below: Float64Array): Uint8Array {
  const { count, size, edges } = walk;
  const open = new Uint8Array(size);
  for (let n = 0; n < count; n++) {
    if (here[n] !== 1) continue;
    for (let c = 0; c < size; c++) {
      const child = edges[n * size + c] ?? -1;
      if (child >= 0 && (below[child] ?? 0) < Number.POSITIVE_INFINITY) open[c] = 1;
    }
  }
  return open;
}

/**
 * Marks the classes of each variable that some path has which keeps all that is fixed about the
 * *other* levels: above by the way down, below by the way up (`least` sums).
 */
export function markValid(
  diagram: Diagram,
  fixed: Fixed,
  least: readonly Float64Array[],
  into: { readonly layout: Layout; readonly store: Store },
): void {
  let here: Uint8Array = Uint8Array.of(1);
  for (let l = 0; l < diagram.order.length; l++) {
    const v = diagram.order[l] ?? 0;
    const below = least[l + 1] ?? NOWHERE;
    openClasses(walkOf(diagram, l), here, below).forEach((isOpen, c) => {
      if (isOpen === 1) addClass(into.layout, into.store, v, c);
    });
    here = reach(walkOf(diagram, l, fixed[l]), here, below.length);
  }
}

/** The lowest class that begins a cheapest way on from a node. */
function cheapestClass(
  diagram: Diagram,
  at: { readonly level: number; readonly node: number; readonly only: number },
  min: readonly Float64Array[],
  amounts: Amounts,
): number {
  const { level, node, only } = at;
  const size = diagram.sizes[level] ?? 1;
  const aim = min[level]?.[node] ?? 0;
  const [from, to] = only < 0 ? [0, size] : [only, only + 1];
  for (let c = from; c < to; c++) {
    const child = diagram.children[level]?.[node * size + c] ?? -1;
    const sum = (min[level + 1]?.[child] ?? 0) + (amounts[level]?.[c] ?? 0);
    if (child >= 0 && sum === aim) return c;
  }
  throw new InvariantError('a node with a least sum has a way to it');
}

/** The classes along a cheapest path, by level; undefined where nothing keeps what is fixed. */
export function cheapestPath(
  diagram: Diagram,
  fixed: Fixed,
  amounts: Amounts,
): Int32Array | undefined {
  const min = sweepUp(diagram, fixed, amounts, 1);
  // A contradictory component has no root at all.
  if ((min[0]?.[0] ?? Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY) return undefined;
  const path = new Int32Array(diagram.order.length);
  let node = 0;
  for (let level = 0; level < path.length; level++) {
    const c = cheapestClass(diagram, { level, node, only: fixed[level] ?? -1 }, min, amounts);
    path[level] = c;
    node = diagram.children[level]?.[node * (diagram.sizes[level] ?? 1) + c] ?? 0;
  }
  return path;
}
