import type { ClassTable } from '../solve/problem.ts';
import { listOrders } from './old-order.ts';
import { DEAD, HOLDS, readTable, type TableStates } from './table-states.ts';

/**
 * An ordered multi-valued decision diagram: one level a variable. `children[l]` holds for each node
 * of level `l` and each class the node of level `l + 1`, or -1. The one node behind the last level
 * stands for *yes*. Every node lies on a way to it.
 */
export interface Diagram {
  /** The variable of each level. */
  readonly order: Int32Array;
  /** Classes of each level's variable. */
  readonly sizes: Int32Array;
  readonly children: readonly Int32Array[];
  readonly nodeCount: number;
}

/** A component to compile: its variables, how many classes each has, and what binds them. */
export interface DiagramTask {
  readonly variables: readonly number[];
  /** By variable of the whole problem. */
  readonly sizes: Int32Array;
  readonly tables: readonly ClassTable[];
}

/** Nodes that a component's builds may make in all before it is left to search. */
export const NODES_MAX = 60_000;
/** Edges of one level, so that a wide attribute cannot fill the memory: 8 MB. */
const EDGES_MAX = 2_000_000;
/** Orders that are tried at most. */
const ORDERS_MAX = 3;
/** Nodes that are worked off between two chances to pause: a few milliseconds. */
const SLICE = 64;

/** Work that can be paused: each step is one slice, the last one brings the result. */
export type Work<T> = Generator<undefined, T>;

/** Compiles a component; undefined when no order tried stays within the budget of nodes. */
export function* compileDiagram(
  task: DiagramTask,
  nodesMax: number = NODES_MAX,
): Work<Diagram | undefined> {
  const local = new Map(task.variables.map((v, i) => [v, i]));
  const sizes = Int32Array.from(task.variables, (v) => task.sizes[v] ?? 1);
  const tables = task.tables.map(({ scope, rows }) => ({
    scope: scope.map((v) => local.get(v) ?? 0),
    rowCount: rows.length,
  }));
  let left = nodesMax;
  for (const order of listOrders(sizes, tables, ORDERS_MAX)) {
    yield;
    const variables = Int32Array.from(order, (i) => task.variables[i] ?? 0);
    const built = yield* build(task, variables, left);
    if (built.diagram !== undefined) return yield* reduce(built.diagram);
    left -= built.nodeCount;
    if (left < nodesMax / 4) return undefined;
  }
  return undefined;
}

interface Reading {
  readonly states: TableStates;
  /** Which of its variables the table reads at this level. */
  readonly position: number;
  /** Its place in the keys of this level, or -1 at its first variable. */
  readonly slot: number;
}

/** Which tables are half read before each level, and which read at it. */
interface Schedule {
  readonly open: readonly (readonly number[])[];
  readonly readings: readonly ReadonlyMap<number, Reading>[];
}

function schedule(tables: readonly TableStates[], order: Int32Array): Schedule {
  const placeOf = new Map(Array.from(order, (v, l) => [v, l]));
  const open: number[][] = Array.from({ length: order.length + 1 }, () => []);
  const readings = Array.from(order, () => new Map<number, Reading>());
  tables.forEach((states, t) => {
    const levels = states.reads.map((v) => placeOf.get(v) ?? 0);
    const [first = 0, last = 0] = [levels[0], levels.at(-1)];
    for (let l = first + 1; l <= last; l++) open[l]?.push(t);
    levels.forEach((l, position) => {
      readings[l]?.set(t, { states, position, slot: position === 0 ? -1 : 0 });
    });
  });
  return {
    open,
    readings: readings.map(
      (at, l) =>
        new Map([...at].map(([t, each]) => [t, { ...each, slot: open[l]?.indexOf(t) ?? -1 }])),
    ),
  };
}

/**
 * Builds level by level: a node is what the half-read tables still ask for. Without a diagram when
 * the budget of nodes ran out.
 */
function* build(
  task: DiagramTask,
  order: Int32Array,
  nodesMax: number,
): Work<{ readonly diagram?: Diagram; readonly nodeCount: number }> {
  const placeOf = new Map(Array.from(order, (v, l) => [v, l]));
  const tables = task.tables.map((table) =>
    readTable(table, task.sizes, (v) => placeOf.get(v) ?? 0),
  );
  const plan = schedule(tables, order);
  const sizes = Int32Array.from(order, (v) => task.sizes[v] ?? 1);
  const children: Int32Array[] = [];
  let level: readonly Int32Array[] = [new Int32Array(0)];
  let nodeCount = 0;
  for (let l = 0; l < order.length; l++) {
    nodeCount += level.length;
    if (nodeCount > nodesMax) return { nodeCount };
    const most = nodesMax - nodeCount;
    const size = sizes[l] ?? 1;
    const next = yield* expand(level, { plan, level: l, size, starts: tables, most });
    if (next === undefined) return { nodeCount: nodesMax };
    children.push(next.children);
    level = next.nodes;
  }
  return { diagram: { order, sizes, children, nodeCount }, nodeCount };
}

interface Expansion {
  readonly plan: Schedule;
  readonly level: number;
  readonly size: number;
  readonly starts: readonly TableStates[];
  /** Nodes that the next level may have, give or take those of one node. */
  readonly most: number;
}

/** The edges of a level and the nodes of the next; undefined where there would be too many. */
function* expand(
  nodes: readonly Int32Array[],
  at: Expansion,
): Work<{ readonly children: Int32Array; readonly nodes: readonly Int32Array[] } | undefined> {
  const { plan, level, size, starts } = at;
  const before = plan.open[level] ?? [];
  const after = plan.open[level + 1] ?? [];
  const readings = plan.readings[level] ?? new Map<number, Reading>();
  const slots = after.map((t) => before.indexOf(t));
  if (nodes.length * size > EDGES_MAX) return undefined;
  const children = new Int32Array(nodes.length * size).fill(-1);
  const next: NewLevel = { idOf: new Map(), nodes: [] };
  for (const [n, node] of nodes.entries()) {
    if (n % SLICE === SLICE - 1) yield;
    if (next.nodes.length > at.most) return undefined;
    for (let c = 0; c < size; c++) {
      const read = readAll(readings, node, c, starts);
      if (read === undefined) continue;
      const child = Int32Array.from(after, (t, i) => read.get(t) ?? node[slots[i] ?? -1] ?? HOLDS);
      children[n * size + c] = intern(next, child);
    }
  }
  return { children, nodes: next.nodes };
}

/** The nodes of a level that is being made, and their numbers by what they ask for. */
interface NewLevel {
  readonly idOf: Map<string, number>;
  readonly nodes: Int32Array[];
}

function intern(level: NewLevel, node: Int32Array): number {
  const key = node.join();
  const known = level.idOf.get(key);
  if (known !== undefined) return known;
  const id = level.nodes.length;
  level.idOf.set(key, id);
  level.nodes.push(node);
  return id;
}

/** The states of the tables that read this class, or undefined where one of them dies of it. */
function readAll(
  readings: ReadonlyMap<number, Reading>,
  node: Int32Array,
  c: number,
  starts: readonly TableStates[],
): ReadonlyMap<number, number> | undefined {
  const states = new Map<number, number>();
  for (const [t, reading] of readings) {
    const from = reading.slot < 0 ? (starts[t]?.start ?? DEAD) : (node[reading.slot] ?? DEAD);
    if (from === DEAD) return undefined;
    const to = reading.states.step(reading.position, from, c);
    if (to === DEAD) return undefined;
    states.set(t, to);
  }
  return states;
}

/** Takes out nodes without a way to *yes*, and joins nodes that look alike, from the bottom up. */
function* reduce(diagram: Diagram): Work<Diagram> {
  const { order, sizes } = diagram;
  const children: Int32Array[] = [];
  let renamed = Int32Array.of(0);
  let nodeCount = 0;
  for (let l = order.length - 1; l >= 0; l--) {
    yield;
    const size = sizes[l] ?? 1;
    const old = diagram.children[l] ?? new Int32Array(0);
    const names = new Int32Array(old.length / size).fill(-1);
    const seen = new Map<string, number>();
    const kept: number[] = [];
    for (let n = 0; n < names.length; n++) {
      const row = old.slice(n * size, n * size + size);
      const own = row.map((child) => (child < 0 ? -1 : (renamed[child] ?? -1)));
      if (own.every((child) => child < 0)) continue;
      const key = own.join();
      const known = seen.get(key) ?? seen.size;
      if (known === seen.size) {
        seen.set(key, known);
        kept.push(...own);
      }
      names[n] = known;
    }
    nodeCount += seen.size;
    children.push(Int32Array.from(kept));
    renamed = names;
  }
  return { order, sizes, children: children.reverse(), nodeCount };
}
