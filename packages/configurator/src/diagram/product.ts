import type { Work } from '@keepsake/kernel';
import type { Meter, Workspace } from './combine.ts';
import { type Diagram, emptyDiagram, narrowed } from './diagram.ts';
import { type Level, mergeLevel } from './merge-level.ts';
import { enter, makeStates, type States } from './states.ts';
import { grown, NO, YES } from './store.ts';

/** Edges that are made between two chances to pause: a few milliseconds. */
const SLICE = 1 << 14;
/** Numbers that the states of one level may hold: 200 MB. */
const CELLS_MAX = 50_000_000;

/*
 * From relations to a diagram: from the top down, all relations at once. A node of a level is what
 * the half-read relations still ask for: for each of them a node of its own diagram. What is above
 * restricts what is met below; what is below is not seen until the end, when nodes that lead nowhere
 * are dropped and equal ones merged.
 */

/** What is read at a level. */
interface Reading {
  /** Slots of the next level: which slot of this one each comes from, or `~root` where it begins. */
  readonly from: Int32Array;
  /** Slots of this level that end at it, which must come to *yes*; beginning and ending ones as `~root`. */
  readonly ending: Int32Array;
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

/** Where the relations stand in a state: what is read of them at a level. */
interface Heads {
  /** Of each slot of the next level, then of each that ends: its node. */
  readonly nodes: Int32Array;
  /** The first edge that was not passed over, or -1 where the node does not test the level. */
  readonly at: Int32Array;
  readonly end: Int32Array;
}

function makeHeads({ from, ending }: Reading): Heads {
  const count = from.length + ending.length;
  return { nodes: new Int32Array(count), at: new Int32Array(count), end: new Int32Array(count) };
}

/** Sets the heads to a state; tells which of those that test the level has fewest edges, or -1. */
function readState(
  { store }: Workspace,
  { from, ending }: Reading,
  { nodes, at, end }: Heads,
  where: { readonly states: States; readonly state: number; readonly level: number },
): number {
  const { states, state, level } = where;
  const base = state * states.width;
  let lead = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < nodes.length; i++) {
    const source = (i < from.length ? from[i] : ending[i - from.length]) as number;
    const node = source < 0 ? ~source : (states.cells[base + source] as number);
    nodes[i] = node;
    at[i] = -1;
    if (store.level[node] !== level) continue;
    const first = store.edgeAt[node] as number;
    const stop = store.edgeAt[node + 1] as number;
    at[i] = first;
    end[i] = stop;
    if (stop - first >= least) continue;
    least = stop - first;
    lead = i;
  }
  return lead;
}

/** The first edge from `low` on whose value is not less. */
function seek(values: Int32Array, low: number, end: number, value: number): number {
  if (low < end && (values[low] as number) >= value) return low;
  let [from, to] = [low, end];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((values[middle] as number) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Moves every head that tests the level to a value; whether all have it. */
function agree({ store }: Workspace, { at, end }: Heads, value: number): boolean {
  for (let i = 0; i < at.length; i++) {
    const low = at[i] as number;
    if (low < 0) continue;
    const stop = end[i] as number;
    const found = seek(store.values, low, stop, value);
    at[i] = found;
    if (found >= stop || store.values[found] !== value) return false;
  }
  return true;
}

/** The state that the heads lead to. */
function nextState({ store }: Workspace, { nodes, at }: Heads, next: States): number {
  const to = next.count * next.width;
  for (let i = 0; i < next.width; i++) {
    const edge = at[i] as number;
    next.cells[to + i] = edge < 0 ? (nodes[i] as number) : (store.children[edge] as number);
  }
  return enter(next);
}

/** A level under construction: edges of states, to states of the next level. */
interface Draft {
  readonly edgeAt: Int32Array;
  values: Int32Array;
  children: Int32Array;
  edges: number;
}

function reserve(draft: Draft, more: number): void {
  if (draft.edges + more <= draft.values.length) return;
  draft.values = grown(draft.values, draft.edges + more);
  draft.children = grown(draft.children, draft.edges + more);
}

/** Every value that no relation asks for leads to the same. */
function passOn(space: Workspace, level: number, child: number, draft: Draft): number {
  const values = space.alive[level] ?? new Int32Array(0);
  reserve(draft, values.length);
  draft.values.set(values, draft.edges);
  draft.children.fill(child, draft.edges, draft.edges + values.length);
  draft.edges += values.length;
  return values.length;
}

/** Writes the edges of a state; tells how many it looked at. */
function expandState(
  space: Workspace,
  { reading, heads, next }: { reading: Reading; heads: Heads; next: States },
  where: { readonly states: States; readonly state: number; readonly level: number },
  draft: Draft,
): number {
  const { store } = space;
  const lead = readState(space, reading, heads, where);
  if (lead < 0) return passOn(space, where.level, nextState(space, heads, next), draft);
  const first = heads.at[lead] as number;
  const end = heads.end[lead] as number;
  reserve(draft, end - first);
  for (let e = first; e < end; e++) {
    const value = store.values[e] as number;
    heads.at[lead] = e;
    if (!agree(space, heads, value)) continue;
    draft.values[draft.edges] = value;
    draft.children[draft.edges++] = nextState(space, heads, next);
  }
  return end - first;
}

function* expand(
  space: Workspace,
  reading: Reading,
  at: { readonly states: States; readonly level: number; readonly room: Room },
  meter: Meter,
): Work<{ readonly made: Draft; readonly next: States } | undefined> {
  const { states, level, room } = at;
  const next = makeStates(reading.from.length);
  const made: Draft = {
    edgeAt: new Int32Array(states.count + 1),
    values: new Int32Array(states.count),
    children: new Int32Array(states.count),
    edges: 0,
  };
  const tools = { reading, heads: makeHeads(reading), next };
  const share = 1 + (tools.heads.nodes.length >> 2);
  const isBeyond = (): boolean =>
    meter.stepsLeft < 0 ||
    next.count > room.nodes ||
    made.edges > room.edges ||
    next.count * next.width > CELLS_MAX;
  let steps = 0;
  for (let state = 0; state < states.count; state++) {
    steps += share * (1 + expandState(space, tools, { states, state, level }, made));
    made.edgeAt[state + 1] = made.edges;
    if (steps < SLICE) continue;
    meter.stepsLeft -= steps;
    steps = 0;
    if (isBeyond()) return undefined;
    yield meter.progress;
  }
  meter.stepsLeft -= steps;
  return isBeyond() ? undefined : { made, next };
}

/** What may still be held. */
interface Room {
  nodes: number;
  edges: number;
}

/** Joins merged levels to one diagram. All nodes are reached: each level was made from the one above. */
function join(space: Workspace, levels: readonly Level[], order: Int32Array): Diagram {
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
  const made: Draft[] = [];
  const room: Room = { nodes: meter.nodesMax - 1, edges: meter.edgesMax };
  let states = makeStates(0);
  states.count = 1;
  for (const [level, reading] of readings.entries()) {
    meter.progress = { done: level, of: order.length };
    const expanded = yield* expand(space, reading, { states, level, room }, meter);
    if (expanded === undefined) return undefined;
    if (expanded.next.count === 0) return emptyDiagram(order);
    made.push(expanded.made);
    states = expanded.next;
    room.nodes -= states.count;
    room.edges -= expanded.made.edges;
    meter.peakNodes = Math.max(meter.peakNodes, meter.nodesMax - room.nodes);
  }
  const levels: Level[] = [];
  let below: Int32Array = Int32Array.of(0);
  for (const level of made.toReversed()) {
    const merged = yield* mergeLevel(level, below, meter.progress);
    levels.unshift(merged.level);
    below = merged.nodeOf;
  }
  return (below[0] ?? -1) < 0 ? emptyDiagram(order) : join(space, levels, order);
}
