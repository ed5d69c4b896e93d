import type { Progress, Work } from '@keepsake/kernel';

/** Edges that are merged between two chances to pause. */
const SLICE = 1 << 16;

/** Nodes of one level, in numbers of their own, with edges to those of the next. */
export interface Level {
  readonly count: number;
  /** First edge of each node, and the number of edges behind the last. */
  readonly edgeAt: Int32Array;
  readonly values: Int32Array;
  readonly children: Int32Array;
}

/** Edges of states; what is merged is written over them from the front. */
interface Draft {
  readonly edgeAt: Int32Array;
  readonly values: Int32Array;
  readonly children: Int32Array;
}

/** Moves the edges of a state that lead on to `to`; where they end. */
function moveEdges(
  { values, children }: Draft,
  at: { readonly begin: number; readonly end: number },
  to: number,
  below: Int32Array,
): number {
  let out = to;
  for (let e = at.begin; e < at.end; e++) {
    const node = below[children[e] as number] as number;
    if (node < 0) continue;
    values[out] = values[e] as number;
    children[out++] = node;
  }
  return out;
}

function hashOf({ values, children }: Draft, from: number, to: number): number {
  let h = to - from;
  for (let e = from; e < to; e++) {
    h = Math.imul(h ^ (values[e] as number), 0x85ebca6b);
    h = Math.imul((h >>> 13) ^ h ^ (children[e] as number), 0xc2b2ae35);
  }
  return h ^ (h >>> 16);
}

function isSame({ values, children }: Draft, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) {
    if (children[a + i] !== children[b + i] || values[a + i] !== values[b + i]) return false;
  }
  return true;
}

/** The node with the edges from `from` to `to`, among `count` that stand before them, or `count`. */
function findNode(
  draft: Draft,
  nodes: { readonly table: Int32Array; readonly count: number },
  from: number,
  to: number,
): number {
  const { edgeAt } = draft;
  const { table, count } = nodes;
  const mask = table.length - 1;
  let slot = hashOf(draft, from, to) & mask;
  for (;;) {
    const node = (table[slot] as number) - 1;
    if (node < 0) break;
    const first = edgeAt[node] as number;
    const isLong = (edgeAt[node + 1] as number) - first === to - from;
    if (isLong && isSame(draft, first, from, to - from)) return node;
    slot = (slot + 1) & mask;
  }
  table[slot] = count + 1;
  return count;
}

/**
 * States of a level as nodes: those with the same edges become one, those without any go. `below`
 * tells the node of each state of the next level, or -1; so does the answer of this one's. Linear in
 * the edges, which are overwritten.
 */
export function* mergeLevel(
  draft: Draft,
  below: Int32Array,
  progress: Progress,
): Work<{ readonly level: Level; readonly nodeOf: Int32Array }> {
  const { edgeAt, values, children } = draft;
  const nodeOf = new Int32Array(edgeAt.length - 1).fill(-1);
  let size = 16;
  while (size < 2 * edgeAt.length) size *= 2;
  const table = new Int32Array(size);
  let [count, out, begin, slice] = [0, 0, 0, SLICE];
  for (let state = 0; state < nodeOf.length; state++) {
    // Read before a node may be written over it: there are never more nodes than states.
    const end = edgeAt[state + 1] as number;
    const to = moveEdges(draft, { begin, end }, out, below);
    begin = end;
    if (to > out) {
      const node = findNode(draft, { table, count }, out, to);
      nodeOf[state] = node;
      if (node === count) {
        edgeAt[++count] = to;
        out = to;
      }
    }
    if (end < slice) continue;
    slice = end + SLICE;
    yield progress;
  }
  const level = {
    count,
    edgeAt: edgeAt.slice(0, count + 1),
    values: values.slice(0, out),
    children: children.slice(0, out),
  };
  return { level, nodeOf };
}
