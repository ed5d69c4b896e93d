import type { Meter, Workspace } from './combine.ts';
import { type Diagram, emptyDiagram, narrowed } from './diagram.ts';
import { grown, NO, YES } from './store.ts';
import type { Work } from './work.ts';

/** Edges that are made between two chances to pause: a few milliseconds. */
const SLICE = 1 << 14;
/** Numbers that the states of one level may hold: 200 MB. */
const CELLS_MAX = 50_000_000;

/*
 * Another way from relations to a diagram: from the top down, all relations at once. A node of a
 * level is what the half-read relations still ask for: for each of them a node of its own diagram.
 * What is above restricts what is met below; what is below is not seen until the end, when nodes that
 * lead nowhere are dropped and equal ones merged. Conjoining from the bottom up is the reverse, and
 * each fits in where the other does not.
 */

/** What is read at a level. */
interface Reading {
  /** Slots of the next level: which slot of this one each comes from, or `~root` where it begins. */
  readonly from: Int32Array;
  /** Slots of this level that end at it, which must come to *yes*; beginning and ending ones as `~root`. */
  readonly ending: Int32Array;
}

/** Nodes of one level, each a row of relation nodes. */
interface States {
  readonly width: number;
  count: number;
  cells: Int32Array;
  hash: Int32Array;
  table: Int32Array;
}

function makeStates(width: number): States {
  return {
    width,
    count: 0,
    cells: new Int32Array(Math.max(16, 16 * width)),
    hash: new Int32Array(16),
    table: new Int32Array(64),
  };
}

function hashOf(states: States, at: number): number {
  // Kept in 32 signed bits, as the table stores it: a row of no numbers is found again too.
  let h = 0x9e3779b1 | 0;
  for (let i = at; i < at + states.width; i++) {
    h = Math.imul(h ^ (states.cells[i] ?? 0), 0x85ebca6b);
    h ^= h >>> 15;
  }
  return h;
}

function isSame(states: States, a: number, b: number): boolean {
  for (let i = 0; i < states.width; i++)
    if (states.cells[a + i] !== states.cells[b + i]) return false;
  return true;
}

function refill(states: States): void {
  const table = new Int32Array(2 * states.table.length);
  for (let n = 0; n < states.count; n++) {
    let slot = (states.hash[n] ?? 0) & (table.length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = n + 1;
  }
  states.table = table;
}

/** The number of the state that was written behind the last one. */
function enter(states: States): number {
  const at = states.count * states.width;
  const h = hashOf(states, at);
  const mask = states.table.length - 1;
  let slot = h & mask;
  for (;;) {
    const known = (states.table[slot] ?? 0) - 1;
    if (known < 0) break;
    if (states.hash[known] === h && isSame(states, known * states.width, at)) return known;
    slot = (slot + 1) & mask;
  }
  const own = states.count++;
  states.table[slot] = own + 1;
  states.hash = grown(states.hash, states.count);
  states.hash[own] = h;
  states.cells = grown(states.cells, (states.count + 1) * states.width);
  if (2 * states.count > states.table.length) refill(states);
  return own;
}

/** What each level reads: a relation has a slot from below its upmost level to its lowest one. */
function planReadings({ store }: Workspace, roots: readonly number[], depth: number): Reading[] {
  const bottoms = roots.map((root) => bottomOf(store, root));
  let open: number[] = [];
  return Array.from({ length: depth }, (_, level) => {
    const present = [
      ...open.map((r, slot) => ({ r, source: slot })),
      ...roots.flatMap((root, r) => (store.level[root] === level ? [{ r, source: ~root }] : [])),
    ];
    const isEnding = ({ r }: { r: number }): boolean => bottoms[r] === level;
    const kept = present.filter((each) => !isEnding(each));
    open = kept.map(({ r }) => r);
    return {
      from: Int32Array.from(kept, ({ source }) => source),
      ending: Int32Array.from(present.filter(isEnding), ({ source }) => source),
    };
  });
}

/** The lowest level that a diagram tests. */
function bottomOf(store: Workspace['store'], root: number): number {
  const seen = new Set([root]);
  let lowest = -1;
  for (const node of seen) {
    if (node <= YES) continue;
    lowest = Math.max(lowest, store.level[node] ?? 0);
    const end = store.edgeAt[node + 1] ?? 0;
    for (let e = store.edgeAt[node] ?? 0; e < end; e++) seen.add(store.children[e] ?? NO);
  }
  return lowest;
}

/** Where a relation stands after a value of a level. */
function stepOf({ store }: Workspace, node: number, level: number, value: number): number {
  if (store.level[node] !== level) return node;
  let low = store.edgeAt[node] ?? 0;
  let high = store.edgeAt[node + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((store.values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  const isThere = low < (store.edgeAt[node + 1] ?? 0) && store.values[low] === value;
  return isThere ? (store.children[low] ?? NO) : NO;
}

/** Edges of a level as they are made: dense, by state and place of the value, -1 where there is none. */
interface Made {
  readonly children: Int32Array;
  readonly next: States;
}

/** Where one value leads from a state, or -1. */
function follow(
  space: Workspace,
  reading: Reading,
  at: {
    readonly states: States;
    readonly state: number;
    readonly level: number;
    readonly value: number;
  },
  next: States,
): number {
  const { states, state, level, value } = at;
  const base = state * states.width;
  const { ending, from } = reading;
  for (let i = 0; i < ending.length; i++) {
    const source = ending[i] ?? 0;
    const node = source < 0 ? ~source : (states.cells[base + source] ?? NO);
    if (stepOf(space, node, level, value) === NO) return -1;
  }
  const to = next.count * next.width;
  for (let i = 0; i < from.length; i++) {
    const source = from[i] ?? 0;
    const node = source < 0 ? ~source : (states.cells[base + source] ?? NO);
    const child = stepOf(space, node, level, value);
    if (child === NO) return -1;
    next.cells[to + i] = child;
  }
  return enter(next);
}

function* expand(
  space: Workspace,
  reading: Reading,
  at: { readonly states: States; readonly level: number; readonly nodesLeft: number },
  meter: Meter,
): Work<Made | undefined> {
  const { states, level, nodesLeft } = at;
  const values = space.alive[level] ?? new Int32Array(0);
  const next = makeStates(reading.from.length);
  if (states.count * values.length > meter.edgesMax) return undefined;
  const children = new Int32Array(states.count * values.length);
  let slice = SLICE;
  for (let state = 0; state < states.count; state++) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      const edge = state * values.length + i;
      children[edge] = follow(space, reading, { states, state, level, value }, next);
    }
    slice -= values.length * (1 + (reading.from.length >> 2));
    if (slice > 0) continue;
    meter.stepsLeft -= SLICE - slice;
    slice = SLICE;
    if (meter.stepsLeft < 0 || next.count > nodesLeft) return undefined;
    if (next.count * next.width > CELLS_MAX) return undefined;
    yield meter.progress;
  }
  return next.count > nodesLeft ? undefined : { children, next };
}

/** Merged nodes of one level, from the bottom up. */
interface Merged {
  /** By state: its merged node, or -1 where it leads nowhere. */
  readonly nodeOf: Int32Array;
  readonly count: number;
  /** Edges of the merged nodes, one node after the other. */
  readonly edgeAt: Int32Array;
  readonly values: Int32Array;
  readonly children: Int32Array;
}

/** Writes the edges of a state behind the last row, by what they lead to; whether there is any. */
function writeRow(rows: States, children: Int32Array, from: number, below: Int32Array): boolean {
  const to = rows.count * rows.width;
  let isAlive = false;
  for (let i = 0; i < rows.width; i++) {
    const child = children[from + i] ?? -1;
    const node = child < 0 ? -1 : (below[child] ?? -1);
    rows.cells[to + i] = node;
    if (node >= 0) isAlive = true;
  }
  return isAlive;
}

/** Rows of children, -1 where there is none, as edges. */
function toEdges({ cells, count, width }: States, values: Int32Array): Omit<Merged, 'nodeOf'> {
  let total = 0;
  for (let i = 0; i < count * width; i++) if ((cells[i] ?? -1) >= 0) total++;
  const edgeAt = new Int32Array(count + 1);
  const [own, children] = [new Int32Array(total), new Int32Array(total)];
  let e = 0;
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < width; i++) {
      const node = cells[n * width + i] ?? -1;
      if (node < 0) continue;
      own[e] = values[i] ?? 0;
      children[e++] = node;
    }
    edgeAt[n + 1] = e;
  }
  return { count, edgeAt, values: own, children };
}

/** Nodes with the same edges become one; those without edges go. */
function merge(children: Int32Array, values: Int32Array, below: Int32Array): Merged {
  const width = values.length;
  const rows = makeStates(width);
  const nodeOf = new Int32Array(children.length / Math.max(1, width)).fill(-1);
  for (let state = 0; state < nodeOf.length; state++) {
    if (writeRow(rows, children, state * width, below)) nodeOf[state] = enter(rows);
  }
  return { nodeOf, ...toEdges(rows, values) };
}

/** Joins merged levels to one diagram. All nodes are reached: each level was made from the one above. */
function join(space: Workspace, levels: readonly Merged[], order: Int32Array): Diagram {
  const nodeAt = new Int32Array(order.length + 2);
  levels.forEach(({ count }, l) => {
    nodeAt[l + 1] = (nodeAt[l] ?? 0) + count;
  });
  const yes = nodeAt[order.length] ?? 0;
  nodeAt[order.length + 1] = yes + 1;
  const edges = levels.reduce((sum, { children }) => sum + children.length, 0);
  const edgeAt = new Int32Array(yes + 2).fill(edges);
  const values = new Int32Array(edges);
  const children = new Int32Array(edges);
  let e = 0;
  levels.forEach((level, l) => {
    for (let n = 0; n < level.count; n++) edgeAt[(nodeAt[l] ?? 0) + n] = e + (level.edgeAt[n] ?? 0);
    values.set(level.values, e);
    const base = nodeAt[l + 1] ?? 0;
    level.children.forEach((child, i) => {
      children[e + i] = base + child;
    });
    e += level.children.length;
  });
  const top = space.alive.reduce((most, own) => Math.max(most, own.at(-1) ?? 0), 0);
  return { order, nodeAt, edgeAt, values: narrowed(values, top), children };
}

/**
 * A diagram of relations, given as nodes of a store, with complete levels; undefined where the budget
 * does not suffice. Steps are edges made. The result is reduced: no two nodes of a level are alike.
 */
export function* product(
  space: Workspace,
  roots: readonly number[],
  order: Int32Array,
  meter: Meter,
): Work<Diagram | undefined> {
  if (roots.includes(NO)) return emptyDiagram(order);
  const readings = planReadings(
    space,
    roots.filter((root) => root !== YES),
    order.length,
  );
  const made: Int32Array[] = [];
  let states = makeStates(0);
  states.count = 1;
  let nodes = 1;
  for (const [level, reading] of readings.entries()) {
    meter.progress = { done: level, of: order.length };
    const nodesLeft = meter.nodesMax - nodes;
    const next = yield* expand(space, reading, { states, level, nodesLeft }, meter);
    if (next === undefined) return undefined;
    if (next.next.count === 0) return emptyDiagram(order);
    made.push(next.children);
    states = next.next;
    nodes += states.count;
    meter.peakNodes = Math.max(meter.peakNodes, nodes);
  }
  const levels: Merged[] = [];
  let below: Int32Array = Int32Array.of(0);
  for (let level = order.length - 1; level >= 0; level--) {
    const merged = merge(
      made[level] ?? new Int32Array(0),
      space.alive[level] ?? new Int32Array(0),
      below,
    );
    levels.unshift(merged);
    below = merged.nodeOf;
    yield meter.progress;
  }
  return (below[0] ?? -1) < 0 ? emptyDiagram(order) : join(space, levels, order);
}
