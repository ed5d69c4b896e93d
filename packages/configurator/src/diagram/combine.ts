import type { Progress, Work } from '@keepsake/kernel';
import { grown, makeStore, NO, nodeOf, reserveEdges, type Store, YES } from './store.ts';

/** What both diagrams allow, or what either does. */
export type Operation = 'and' | 'or';

/** What work may still cost. */
export interface Budget {
  /** Edges that may still be looked at, and rows that may still be read. */
  stepsLeft: number;
}

/** What building may cost, and what it has cost. Shared by all that is done for one attempt. */
export interface Meter extends Budget {
  /** Nodes that the store may hold, pairs on the way included. */
  readonly nodesMax: number;
  /** Edges that the store may hold, pairs on the way included. */
  readonly edgesMax: number;
  /** Most nodes held at a time. */
  peakNodes: number;
  progress: Progress;
}

/** The answer of work that ran out of its budget. */
export const TOO_MUCH = -1;

/** Edges that are worked off between two chances to pause: a few milliseconds. */
const SLICE = 1 << 15;

/**
 * Pairs of nodes to combine. Made level by level from the top, so that no recursion is as deep as
 * there are levels, every pair is made once, and the work can pause anywhere. An edge leads to a
 * pair, or to a node `n` as `~n`.
 */
interface Pairs {
  count: number;
  left: Int32Array;
  right: Int32Array;
  /** The next pair of the same level, or -1. */
  next: Int32Array;
  result: Int32Array;
  /** First pair of each level, or -1. */
  readonly heads: Int32Array;
  /** Pairs in the order in which they were expanded, and the first edge of each. */
  sequence: Int32Array;
  startAt: Int32Array;
  expanded: number;
  edgeCount: number;
  values: Int32Array;
  refs: Int32Array;
  table: Int32Array;
  /** Slots of the table that are in use, a power of two, less one. */
  mask: number;
}

/** A store, what its levels are, and room for pairs that every combination uses again. */
export interface Workspace {
  readonly store: Store;
  readonly pairs: Pairs;
  /** Live values of each level, ascending. */
  readonly alive: readonly Int32Array[];
  /** The level of each variable. */
  readonly levelOf: Int32Array;
}

const PAIRS_FIRST = 1 << 8;

/** A workspace over an empty store whose levels have these live values. */
export function makeWorkspace(alive: readonly Int32Array[], levelOf: Int32Array): Workspace {
  const store = makeStore(Int32Array.from(alive, (values) => values.length));
  const room = (): Int32Array => new Int32Array(PAIRS_FIRST);
  const pairs: Pairs = {
    count: 0,
    left: room(),
    right: room(),
    next: room(),
    result: room(),
    heads: new Int32Array(alive.length).fill(-1),
    sequence: room(),
    startAt: room(),
    expanded: 0,
    edgeCount: 0,
    values: room(),
    refs: room(),
    table: new Int32Array(2 * PAIRS_FIRST),
    mask: 2 * PAIRS_FIRST - 1,
  };
  return { store, pairs, alive, levelOf };
}

function reset(pairs: Pairs): void {
  pairs.count = 0;
  pairs.expanded = 0;
  pairs.edgeCount = 0;
  pairs.mask = 2 * PAIRS_FIRST - 1;
  pairs.table.fill(0, 0, pairs.mask + 1);
  pairs.heads.fill(-1);
}

function slotOf(left: number, right: number): number {
  const h = Math.imul(Math.imul(left, 0x9e3779b1) ^ right, 0x85ebca6b);
  return h ^ (h >>> 15);
}

function reservePair(pairs: Pairs): void {
  const needed = pairs.count + 1;
  if (needed > pairs.left.length) {
    pairs.left = grown(pairs.left, needed);
    pairs.right = grown(pairs.right, needed);
    pairs.next = grown(pairs.next, needed);
    pairs.result = grown(pairs.result, needed);
    pairs.sequence = grown(pairs.sequence, needed);
    pairs.startAt = grown(pairs.startAt, needed);
  }
  if (2 * needed <= pairs.mask) return;
  pairs.mask = 2 * pairs.mask + 1;
  if (pairs.mask >= pairs.table.length) pairs.table = new Int32Array(pairs.mask + 1);
  else pairs.table.fill(0, 0, pairs.mask + 1);
  const { table, mask, left, right, count } = pairs;
  for (let p = 0; p < count; p++) {
    let slot = slotOf(left[p] ?? 0, right[p] ?? 0) & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = p + 1;
  }
}

/** The pair of two nodes, new or known. Both operations commute, so the smaller stands left. */
function pairOf({ pairs, store }: Workspace, a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  reservePair(pairs);
  const { table, mask, left, right } = pairs;
  let slot = slotOf(low, high) & mask;
  for (;;) {
    const known = (table[slot] ?? 0) - 1;
    if (known < 0) break;
    if (left[known] === low && right[known] === high) return known;
    slot = (slot + 1) & mask;
  }
  const pair = pairs.count++;
  table[slot] = pair + 1;
  left[pair] = low;
  right[pair] = high;
  const [upper, lower] = [store.level[low] ?? 0, store.level[high] ?? 0];
  const level = upper < lower ? upper : lower;
  pairs.next[pair] = pairs.heads[level] ?? -1;
  pairs.heads[level] = pair;
  return pair;
}

function both(space: Workspace, a: number, b: number): number {
  if (a === b || b === YES) return ~a;
  if (a === YES) return ~b;
  if (a === NO || b === NO) return ~NO;
  return pairOf(space, a, b);
}

function either(space: Workspace, a: number, b: number): number {
  if (a === b || b === NO) return ~a;
  if (a === NO) return ~b;
  if (a === YES || b === YES) return ~YES;
  return pairOf(space, a, b);
}

function addEdge(pairs: Pairs, value: number, ref: number): void {
  if (ref === ~NO) return;
  pairs.values[pairs.edgeCount] = value;
  pairs.refs[pairs.edgeCount] = ref;
  pairs.edgeCount++;
}

function reservePairEdges(pairs: Pairs, more: number): void {
  const needed = pairs.edgeCount + more;
  if (needed <= pairs.values.length) return;
  pairs.values = grown(pairs.values, needed);
  pairs.refs = grown(pairs.refs, needed);
}

/** Every edge of the upper node, each with the lower one. */
function descend(space: Workspace, upper: number, lower: number): void {
  const { store, pairs } = space;
  const { edgeAt, values, children } = store;
  const end = edgeAt[upper + 1] ?? 0;
  for (let e = edgeAt[upper] ?? 0; e < end; e++) {
    addEdge(pairs, values[e] ?? 0, both(space, children[e] ?? 0, lower));
  }
}

/** Values that both nodes have; a lower node has every value, and stays. */
function expandAnd(space: Workspace, upper: number, lower: number): void {
  const { store, pairs } = space;
  const { level, edgeAt, values, children } = store;
  let e = edgeAt[upper] ?? 0;
  const end = edgeAt[upper + 1] ?? 0;
  reservePairEdges(pairs, end - e);
  if (level[upper] !== level[lower]) {
    descend(space, upper, lower);
    return;
  }
  let f = edgeAt[lower] ?? 0;
  const stop = edgeAt[lower + 1] ?? 0;
  while (e < end && f < stop) {
    const x = values[e] as number;
    const y = values[f] as number;
    if (x === y) addEdge(pairs, x, both(space, children[e++] as number, children[f++] as number));
    else if (x < y) e++;
    else f++;
  }
}

/** Every live value, with the upper node's edge where it has one, and the lower node. */
function descendAll(space: Workspace, upper: number, lower: number): void {
  const { store, pairs, alive } = space;
  const { level, edgeAt, values, children } = store;
  const own = alive[level[upper] as number] ?? new Int32Array(0);
  const end = edgeAt[upper + 1] as number;
  let e = edgeAt[upper] as number;
  reservePairEdges(pairs, own.length);
  for (const x of own) {
    const has = e < end && values[e] === x;
    addEdge(pairs, x, has ? either(space, children[e++] as number, lower) : ~lower);
  }
}

/** Values that either node has; a lower node has every live value. */
function expandOr(space: Workspace, upper: number, lower: number): void {
  const { store, pairs } = space;
  const { level, edgeAt, values, children } = store;
  if (level[upper] !== level[lower]) {
    descendAll(space, upper, lower);
    return;
  }
  const end = edgeAt[upper + 1] as number;
  const stop = edgeAt[lower + 1] as number;
  let e = edgeAt[upper] as number;
  let f = edgeAt[lower] as number;
  reservePairEdges(pairs, end - e + stop - f);
  while (e < end && f < stop) {
    const x = values[e] as number;
    const y = values[f] as number;
    if (x === y) addEdge(pairs, x, either(space, children[e++] as number, children[f++] as number));
    else if (x < y) addEdge(pairs, x, ~(children[e++] as number));
    else addEdge(pairs, y, ~(children[f++] as number));
  }
  for (; e < end; e++) addEdge(pairs, values[e] as number, ~(children[e] as number));
  for (; f < stop; f++) addEdge(pairs, values[f] as number, ~(children[f] as number));
}

/** Expands pairs of a level until a slice is used up; true when the level is done. */
function expandLevel(space: Workspace, level: number, operation: Operation): boolean {
  const { pairs, store } = space;
  const until = pairs.edgeCount + pairs.expanded + SLICE;
  const expand = operation === 'and' ? expandAnd : expandOr;
  for (;;) {
    const pair = pairs.heads[level] as number;
    if (pair < 0) return true;
    if (pairs.edgeCount + pairs.expanded >= until) return false;
    pairs.heads[level] = pairs.next[pair] as number;
    pairs.sequence[pairs.expanded] = pair;
    pairs.startAt[pairs.expanded] = pairs.edgeCount;
    pairs.expanded++;
    const a = pairs.left[pair] as number;
    const b = pairs.right[pair] as number;
    if ((store.level[a] as number) <= (store.level[b] as number)) expand(space, a, b);
    else expand(space, b, a);
  }
}

/** Writes the edges of an expanded pair behind those of the store; where they end. */
function writeEdges({ store, pairs }: Workspace, start: number, stop: number): number {
  const { values, refs, result } = pairs;
  reserveEdges(store, stop - start);
  let end = store.edgeCount;
  for (let e = start; e < stop; e++) {
    const ref = refs[e] as number;
    const child = ref < 0 ? ~ref : (result[ref] as number);
    if (child === NO) continue;
    store.values[end] = values[e] as number;
    store.children[end] = child;
    end++;
  }
  return end;
}

/** Makes nodes of expanded pairs from the last back, those from `from` on. */
function settle(space: Workspace, from: number, until: number): void {
  const { store, pairs } = space;
  const { result, sequence, startAt, left, right } = pairs;
  for (let k = until - 1; k >= from; k--) {
    const stop = k + 1 < pairs.expanded ? (startAt[k + 1] as number) : pairs.edgeCount;
    const end = writeEdges(space, startAt[k] as number, stop);
    const pair = sequence[k] as number;
    const upper = store.level[left[pair] as number] as number;
    const lower = store.level[right[pair] as number] as number;
    result[pair] = nodeOf(store, Math.min(upper, lower), end);
  }
}

function isBeyond({ store, pairs }: Workspace, meter: Meter): boolean {
  return (
    meter.stepsLeft <= 0 ||
    store.nodeCount + pairs.count > meter.nodesMax ||
    store.edgeCount + pairs.edgeCount > meter.edgesMax
  );
}

function* expandAll(space: Workspace, operation: Operation, meter: Meter): Work<boolean> {
  const { pairs } = space;
  for (let level = 0; level < space.alive.length; level++) {
    for (let isDone = false; !isDone; ) {
      const before = pairs.edgeCount + pairs.expanded;
      isDone = expandLevel(space, level, operation);
      meter.stepsLeft -= pairs.edgeCount + pairs.expanded - before;
      if (isBeyond(space, meter)) return false;
      if (!isDone) yield meter.progress;
    }
  }
  return true;
}

/**
 * Combines two diagrams of a store; `TOO_MUCH` where the budget does not suffice. Takes steps and
 * memory in proportion to the pairs of nodes that meet, at most the product of both sizes.
 */
export function* combine(
  space: Workspace,
  operation: Operation,
  nodes: readonly [number, number],
  meter: Meter,
): Work<number> {
  const { store, pairs } = space;
  reset(pairs);
  const root = (operation === 'and' ? both : either)(space, ...nodes);
  if (root < 0) return ~root;
  if (!(yield* expandAll(space, operation, meter))) return TOO_MUCH;
  const slice = 1 + Math.floor((SLICE * pairs.expanded) / (pairs.edgeCount + 1));
  for (let until = pairs.expanded; until > 0; until -= slice) {
    settle(space, Math.max(0, until - slice), until);
    if (until > slice) yield meter.progress;
  }
  meter.peakNodes = Math.max(meter.peakNodes, store.nodeCount);
  return pairs.result[root] ?? NO;
}
