import type { Diagram } from '../diagram/diagram.ts';

/** A node that cannot be reached any more, or that leads nowhere. */
export const DEAD = 0x7fffffff;
/** A node that was reached and has no number yet. */
export const SEEN = 0x7ffffffe;

/*
 * While a diagram is remade, `place` tells where each old node goes, counted from the first new node
 * below the last decided level: those below are 0, 1, 2 … and are kept whole, those above -1, -2 …
 * as they are written from the bottom up. At the end one addition makes numbers of them all.
 */
export interface Work {
  readonly from: Diagram;
  /** The value that each level must have, or -1. */
  readonly only: Int32Array;
  /** First and last level with a decision. */
  readonly first: number;
  readonly last: number;
  readonly place: Int32Array;
  /** New nodes of each old level; 0 for those that go. */
  readonly counts: Int32Array;
}

/** The lower part: levels after the last decided one. */
export interface Lower {
  readonly nodes: number;
  readonly edges: number;
  /** From this level on all nodes are kept. */
  readonly wholeFrom: number;
}

/** The upper part: levels before the last decided one, remade in scratch from the end backwards. */
export interface Upper {
  readonly values: Int32Array;
  readonly children: Int32Array;
  /** The first edge in scratch of the n-th node written, from 1. */
  readonly nodeEdge: Int32Array;
  readonly table: Int32Array;
  readonly end: number;
  /** Nodes written so far. */
  count: number;
  /** Size of the table for the level at hand, less one. */
  mask: number;
}

/** The levels that stay. */
export function openOrder({ from, only }: Work): Int32Array {
  return from.order.filter((_, l) => (only[l] ?? -1) < 0);
}

function emptyLike(values: Diagram['values'], length: number): Diagram['values'] {
  if (values instanceof Uint8Array) return new Uint8Array(length);
  if (values instanceof Uint16Array) return new Uint16Array(length);
  return new Int32Array(length);
}

/** Makes room for the new diagram; counts of levels that stay are those of `counts`. */
export function makeRoom(
  work: Work,
  sizes: { nodes: number; edges: number; sameTo: number },
): Diagram {
  const { from, only, counts } = work;
  const kept = openOrder(work);
  const nodeAt = new Int32Array(kept.length + 2);
  let at = 0;
  for (let l = 0; l <= from.order.length; l++) {
    if ((only[l] ?? -1) >= 0) continue;
    const old = (from.nodeAt[l + 1] ?? 0) - (from.nodeAt[l] ?? 0);
    nodeAt[at + 1] = (nodeAt[at] ?? 0) + (l < sizes.sameTo ? old : (counts[l] ?? 0));
    at++;
  }
  const edgeAt = new Int32Array(sizes.nodes + 1);
  edgeAt[sizes.nodes] = sizes.edges;
  const children = new Int32Array(sizes.edges);
  const values = emptyLike(from.values, sizes.edges);
  return { order: kept, nodeAt, edgeAt, values, children };
}

/** Writes the upper part: what is as it was, then what was remade. */
export function writeUpper(work: Work, upper: Upper, sameTo: number, to: Diagram): void {
  const { nodeAt, edgeAt, values, children } = work.from;
  const sameNodes = nodeAt[sameTo] ?? 0;
  const sameEdges = edgeAt[sameNodes] ?? 0;
  to.edgeAt.set(edgeAt.subarray(0, sameNodes));
  to.values.set(values.subarray(0, sameEdges));
  to.children.set(children.subarray(0, sameEdges));
  const nodes = sameNodes + upper.count;
  const begin = upper.nodeEdge[upper.count] ?? 0;
  for (let k = upper.count; k > 0; k--) {
    to.edgeAt[nodes - k] = sameEdges + (upper.nodeEdge[k] ?? 0) - begin;
  }
  to.values.set(upper.values.subarray(begin, upper.end), sameEdges);
  for (let p = begin, e = sameEdges; p < upper.end; p++, e++) {
    to.children[e] = (upper.children[p] ?? 0) + nodes;
  }
}

/** How many nodes and edges are written. */
interface Written {
  readonly nodes: number;
  readonly edges: number;
}

/** Writes the reached nodes of the lower part, behind what is written. */
export function writeReached(work: Work, to: Diagram, whole: number, above: Written): Written {
  const { from, place, last } = work;
  const { nodeAt, edgeAt, values, children } = from;
  let { nodes, edges } = above;
  for (let n = nodeAt[last + 1] ?? 0; n < whole; n++) {
    if (place[n] === DEAD) continue;
    to.edgeAt[nodes++] = edges;
    const end = edgeAt[n + 1] as number;
    for (let e = edgeAt[n] as number; e < end; e++, edges++) {
      to.values[edges] = values[e] as number;
      to.children[edges] = (place[children[e] as number] as number) + above.nodes;
    }
  }
  return { nodes, edges };
}

/** Writes the nodes from `whole` on as they are, behind what is written. */
export function writeWhole(from: Diagram, to: Diagram, whole: number, above: Written): void {
  const { edgeAt, values, children } = from;
  const firstEdge = edgeAt[whole] ?? 0;
  const edgeShift = above.edges - firstEdge;
  const nodeShift = above.nodes - whole;
  to.values.set(values.subarray(firstEdge), above.edges);
  for (let n = whole; n < edgeAt.length; n++) {
    to.edgeAt[n + nodeShift] = (edgeAt[n] as number) + edgeShift;
  }
  for (let e = firstEdge; e < children.length; e++) {
    to.children[e + edgeShift] = (children[e] as number) + nodeShift;
  }
}
