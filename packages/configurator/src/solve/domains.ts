/*
 * Domains of all variables in one Int32Array: variable v owns the words from `at[v]` to `at[v + 1]`,
 * one bit a class. A whole store is copied at each search level: that is cheaper than a trail at
 * these sizes, and nothing can be undone wrongly.
 */

/** How the domains lie in a store. */
export interface Layout {
  /** Classes of each variable. */
  readonly sizes: Int32Array;
  /** First word of each variable, and the total at the end. */
  readonly at: Int32Array;
}

/** The domains of all variables. */
export type Store = Int32Array;

/** Lays out domains of the given sizes. */
export function layOut(sizes: readonly number[]): Layout {
  const at = new Int32Array(sizes.length + 1);
  sizes.forEach((size, v) => {
    at[v + 1] = (at[v] ?? 0) + ((size + 31) >>> 5);
  });
  return { sizes: Int32Array.from(sizes), at };
}

/** A word with the lowest `count` bits set; all of them from 32 on. */
export function lowBits(count: number): number {
  return count >= 32 ? -1 : count <= 0 ? 0 : (1 << count) - 1;
}

/** A store in which every class is still there. */
export function fullStore(layout: Layout): Store {
  const store = new Int32Array(layout.at[layout.sizes.length] ?? 0);
  layout.sizes.forEach((size, v) => {
    const from = layout.at[v] ?? 0;
    for (let w = 0; w << 5 < size; w++) store[from + w] = lowBits(size - (w << 5));
  });
  return store;
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** How many classes a variable has left. */
export function countOf(layout: Layout, store: Store, v: number): number {
  let count = 0;
  const to = layout.at[v + 1] ?? 0;
  for (let w = layout.at[v] ?? 0; w < to; w++) count += bitCount(store[w] ?? 0);
  return count;
}

/** Whether a class is still there. */
export function hasClass(layout: Layout, store: Store, v: number, c: number): boolean {
  return (((store[(layout.at[v] ?? 0) + (c >>> 5)] ?? 0) >>> (c & 31)) & 1) === 1;
}

/** Adds a class to a domain. */
export function addClass(layout: Layout, store: Store, v: number, c: number): void {
  const w = (layout.at[v] ?? 0) + (c >>> 5);
  store[w] = (store[w] ?? 0) | (1 << (c & 31));
}

/** Takes a class out of a domain. */
export function dropClass(layout: Layout, store: Store, v: number, c: number): void {
  const w = (layout.at[v] ?? 0) + (c >>> 5);
  store[w] = (store[w] ?? 0) & ~(1 << (c & 31));
}

/** Leaves one class in a domain; false when it was not there. */
export function assign(layout: Layout, store: Store, v: number, c: number): boolean {
  if (!hasClass(layout, store, v, c)) return false;
  store.fill(0, layout.at[v] ?? 0, layout.at[v + 1] ?? 0);
  addClass(layout, store, v, c);
  return true;
}

/** The lowest class of a domain from `from` on, or -1. */
export function nextClass(layout: Layout, store: Store, v: number, from: number): number {
  const base = layout.at[v] ?? 0;
  const words = (layout.at[v + 1] ?? 0) - base;
  for (let w = from >>> 5; w < words; w++) {
    let word = store[base + w] ?? 0;
    if (w === from >>> 5) word &= -1 << (from & 31);
    if (word !== 0) return (w << 5) + 31 - Math.clz32(word & -word);
  }
  return -1;
}
