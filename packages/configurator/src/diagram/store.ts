/*
 * The nodes that a compilation makes: reduced, hash-consed, in typed arrays that grow. A node tests
 * the variable of its level; a value without an edge leads to *no*. A node whose live values all
 * lead to the same child is that child, so edges may be long. Equal functions are equal numbers.
 */

/** The node that says *no*. */
export const NO = 0;
/** The node that says *yes*. */
export const YES = 1;

/** A hash-consed store. The numbers of children are smaller than those of their parents. */
export interface Store {
  /** Live values of the variable of each level: a node with as many equal edges is left out. */
  readonly spans: Int32Array;
  nodeCount: number;
  edgeCount: number;
  /** By node; the two answers stand behind all levels. */
  level: Int32Array;
  /** First edge of each node, and the number of edges behind the last. */
  edgeAt: Int32Array;
  hash: Int32Array;
  /** By edge, ascending within a node. */
  values: Int32Array;
  children: Int32Array;
  /** Open addressing: node numbers, 0 where free. */
  table: Int32Array;
}

const NODES_FIRST = 1 << 8;

/** An empty store for variables with these many live values, by level. */
export function makeStore(spans: Int32Array): Store {
  const store: Store = {
    spans,
    nodeCount: 2,
    edgeCount: 0,
    level: new Int32Array(NODES_FIRST),
    edgeAt: new Int32Array(NODES_FIRST + 1),
    hash: new Int32Array(NODES_FIRST),
    values: new Int32Array(NODES_FIRST),
    children: new Int32Array(NODES_FIRST),
    table: new Int32Array(2 * NODES_FIRST),
  };
  store.level[NO] = spans.length;
  store.level[YES] = spans.length;
  return store;
}

/** The same numbers with room for at least as many as are needed; half as much again. */
export function grown(array: Int32Array, needed: number): Int32Array {
  if (needed <= array.length) return array;
  const larger = new Int32Array(Math.max(needed, Math.ceil(array.length * 1.5)));
  larger.set(array);
  return larger;
}

/** Makes room for more edges behind the last one. */
export function reserveEdges(store: Store, more: number): void {
  const needed = store.edgeCount + more;
  if (needed <= store.values.length) return;
  store.values = grown(store.values, needed);
  store.children = grown(store.children, needed);
}

function reserveNode(store: Store): void {
  const count = store.nodeCount + 1;
  if (count > store.level.length) {
    store.level = grown(store.level, count);
    store.hash = grown(store.hash, count);
    store.edgeAt = grown(store.edgeAt, store.level.length + 1);
  }
  if (2 * count > store.table.length) fillTable(store, 2 * store.table.length);
}

/** Enters every node into a table of a size, a power of two. */
function fillTable(store: Store, size: number): void {
  store.table = new Int32Array(size);
  const { table, hash, nodeCount } = store;
  for (let n = 2; n < nodeCount; n++) {
    let slot = (hash[n] ?? 0) & (size - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (size - 1);
    table[slot] = n;
  }
}

function hashOf(store: Store, level: number, until: number): number {
  const { values, children } = store;
  let h = Math.imul(level + 1, 0x9e3779b1);
  for (let e = store.edgeCount; e < until; e++) {
    h = Math.imul(h ^ (values[e] ?? 0), 0x85ebca6b);
    h = Math.imul((h >>> 13) ^ h ^ (children[e] ?? 0), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h;
}

function isNode(store: Store, node: number, level: number, until: number): boolean {
  const { values, children, edgeCount } = store;
  const first = store.edgeAt[node] ?? 0;
  const shift = first - edgeCount;
  if (store.level[node] !== level) return false;
  if ((store.edgeAt[node + 1] ?? 0) !== until + shift) return false;
  for (let e = edgeCount; e < until; e++) {
    if (values[e] !== values[e + shift] || children[e] !== children[e + shift]) return false;
  }
  return true;
}

function isSkipped(store: Store, level: number, until: number): boolean {
  const { children, edgeCount } = store;
  if (until - edgeCount !== store.spans[level]) return false;
  const child = children[edgeCount];
  for (let e = edgeCount + 1; e < until; e++) if (children[e] !== child) return false;
  return true;
}

/**
 * The node of a level with the edges that were written behind the last edge of the store, up to
 * `until`: values ascending, children other than `NO`. Found, left out, or added.
 */
export function nodeOf(store: Store, level: number, until: number): number {
  const { edgeCount } = store;
  if (until === edgeCount) return NO;
  if (isSkipped(store, level, until)) return store.children[edgeCount] ?? NO;
  reserveNode(store);
  const h = hashOf(store, level, until);
  const { table, hash } = store;
  let slot = h & (table.length - 1);
  for (;;) {
    const known = table[slot] ?? 0;
    if (known === 0) break;
    if (hash[known] === h && isNode(store, known, level, until)) return known;
    slot = (slot + 1) & (table.length - 1);
  }
  const node = store.nodeCount++;
  table[slot] = node;
  hash[node] = h;
  store.level[node] = level;
  store.edgeCount = until;
  store.edgeAt[node + 1] = until;
  return node;
}

/** The node of a level with some edges, told apart from the store. */
export function nodeWith(
  store: Store,
  level: number,
  edges: { readonly values: ArrayLike<number>; readonly children: ArrayLike<number> },
): number {
  const count = edges.values.length;
  reserveEdges(store, count);
  let end = store.edgeCount;
  for (let e = 0; e < count; e++) {
    const child = edges.children[e] ?? NO;
    if (child === NO) continue;
    store.values[end] = edges.values[e] ?? 0;
    store.children[end] = child;
    end++;
  }
  return nodeOf(store, level, end);
}
