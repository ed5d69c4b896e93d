import { type Meter, makeWorkspace, TOO_MUCH, type Workspace } from './combine.ts';
import { conjoin } from './conjoin.ts';
import { type Diagram, emptyDiagram } from './diagram.ts';
import { type RankedOrder, rankOrders, siftOrder } from './order.ts';
import { type OrderTask, orderTask, statesOnly } from './order-width.ts';
import { product } from './product.ts';
import { propagate } from './propagate.ts';
import type { Part } from './relation.ts';
import { relationDiagram } from './relation-diagram.ts';
import { relationWidths } from './relation-width.ts';
import { unfold } from './unfold.ts';
import type { Progress, Work } from './work.ts';

/** What a compilation may cost. */
export interface CompileOptions {
  /** Nodes that may be held at a time, half-made ones included; 4,000,000 where not given. */
  readonly nodesMax?: number;
  /** Edges that may be held at a time; 10 times the nodes where not given. */
  readonly edgesMax?: number;
  /** Edges that may be looked at in all; 2,000,000,000 where not given. */
  readonly stepsMax?: number;
  /** Of the order lottery. The solutions never depend on it. */
  readonly seed?: number;
  /**
   * Further orders that are tried once one has fitted, in search of a diagram with fewer edges: it is
   * made once and asked often. None where not given.
   */
  readonly polish?: number;
}

/** What a diagram of a family may cost that is kept as a file: some seconds, and some 100 MB. */
export const FAMILY_BUDGET: CompileOptions = {
  nodesMax: 400_000,
  stepsMax: 30_000_000,
  polish: 12,
};

/** What a compilation took. */
export interface CompileStats {
  /** Of the diagram, the last node included. */
  readonly nodes: number;
  readonly edges: number;
  /** Most nodes held at a time while it was made. */
  readonly peakNodes: number;
  readonly ordersTried: number;
  /** Edges that were looked at. */
  readonly steps: number;
}

/** A part as a diagram over the variables of the problem, or the statement that it is too large. */
export type CompiledPart =
  | { readonly kind: 'compiled'; readonly diagram: Diagram; readonly stats: CompileStats }
  | { readonly kind: 'too-large'; readonly stats: CompileStats };

const NODES_MAX = 4_000_000;
const EDGES_PER_NODE = 10;
const STEPS_MAX = 2_000_000_000;
/** Orders that are tried as they come, and the nodes that each may hold. */
const EASY = 2;
const NODES_EASY = 60_000;
/** Orders by either measure of width that are sifted and tried in every round. */
const STARTS = 2;
/** The same where a small diagram is looked for. */
const STARTS_POLISH = 6;
/** Nodes of the first round of those; each further round may hold three times as many. */
const NODES_FIRST = 900_000;
const ROUND_FACTOR = 3;
/** Steps of an attempt for every node that it may hold. */
const STEPS_PER_NODE = { down: 130, up: 12 };

interface Attempt {
  readonly part: Part;
  readonly order: Int32Array;
  readonly meter: Meter;
}

function spaceOf({ part, order }: Attempt): Workspace {
  const levelOf = new Int32Array(order.length);
  order.forEach((v, level) => {
    levelOf[v] = level;
  });
  const alive = Array.from(order, (v) => {
    const own = part.alive[v] ?? new Uint8Array(0);
    return Int32Array.from(own.keys()).filter((x) => own[x] === 1);
  });
  return makeWorkspace(alive, levelOf);
}

/** One order from the top down, all relations at once. */
function* attemptDown(attempt: Attempt): Work<Diagram | undefined> {
  const { part, order, meter } = attempt;
  const space = spaceOf(attempt);
  const roots: number[] = [];
  for (const relation of part.relations) {
    const root = yield* relationDiagram(space, relation, meter);
    if (root === TOO_MUCH) return undefined;
    roots.push(root);
  }
  const variables = order.map((v) => part.variables[v] ?? 0);
  return yield* product(space, roots, variables, meter);
}

/** One order from the bottom up, one relation after the other. */
function* attemptUp(attempt: Attempt): Work<Diagram | undefined> {
  const { part, order, meter } = attempt;
  const space = spaceOf(attempt);
  const root = yield* conjoin(space, part.relations, meter);
  if (root === TOO_MUCH) return undefined;
  const variables = order.map((v) => part.variables[v] ?? 0);
  return yield* unfold(space, root, variables, meter);
}

interface Try {
  readonly order: Int32Array;
  readonly way: 'down' | 'up';
  readonly nodesMax: number;
}

/** Starts by either measure of width, the best of each first. */
function* startsOf(part: Part, options: CompileOptions): Work<readonly Start[]> {
  const nodesMax = options.nodesMax ?? NODES_MAX;
  const widths = yield* relationWidths(part, Math.min(NODES_FIRST, nodesMax));
  const byValues = orderTask(part, widths);
  const tasks = [byValues, statesOnly(byValues)];
  const lists: (readonly RankedOrder[])[] = [];
  for (const task of tasks) lists.push(yield* rankOrders(task, options.seed ?? 1));
  const starts: Start[] = [];
  for (let i = 0; i < (options.polish === undefined ? STARTS : STARTS_POLISH); i++) {
    tasks.forEach((task, t) => {
      const ranked = lists[t]?.[i];
      if (ranked !== undefined) starts.push({ task, ranked });
    });
  }
  return starts;
}

/** An order to begin with, and how its width was predicted. */
interface Start {
  readonly task: OrderTask;
  readonly ranked: RankedOrder;
}

/**
 * Which order is tried with how many nodes: the best ones as they come with little room, for what
 * is easy; then sifted ones, each with more room in every further round. From the top down first:
 * from the bottom up costs more where it fails.
 */
function* plan(part: Part, options: CompileOptions): Generator<Try | Progress, void> {
  const nodesMax = options.nodesMax ?? NODES_MAX;
  const starts = yield* startsOf(part, options);
  for (const { ranked } of starts.slice(0, EASY)) {
    yield { order: ranked.order, way: 'down', nodesMax: Math.min(NODES_EASY, nodesMax) };
    yield { order: ranked.order, way: 'up', nodesMax: Math.min(NODES_EASY, nodesMax) };
  }
  const sifted: Int32Array[] = [];
  for (let room = NODES_FIRST; ; room *= ROUND_FACTOR) {
    const own = Math.min(room, nodesMax);
    for (const [i, { ranked, task }] of starts.entries()) {
      const order = sifted[i] ?? (yield* siftOrder(task, ranked)).order;
      sifted[i] = order;
      yield { order, way: 'down', nodesMax: own };
    }
    for (const order of sifted.slice(0, EASY)) yield { order, way: 'up', nodesMax: own };
    if (own === nodesMax) return;
  }
}

interface Spent {
  peakNodes: number;
  ordersTried: number;
  steps: number;
}

function compiled(diagram: Diagram, spent: Spent): CompiledPart {
  const [nodes, edges] = [diagram.edgeAt.length - 1, diagram.children.length];
  return { kind: 'compiled', diagram, stats: { ...spent, nodes, edges } };
}

/** What one order may cost. */
function meterFor(next: Try, spent: Spent, options: CompileOptions): Meter {
  const { nodesMax, way } = next;
  const stepsLeft = (options.stepsMax ?? STEPS_MAX) - spent.steps;
  return {
    nodesMax,
    edgesMax: Math.min(nodesMax * EDGES_PER_NODE, options.edgesMax ?? Number.POSITIVE_INFINITY),
    stepsLeft: Math.min(nodesMax * STEPS_PER_NODE[way], stepsLeft),
    peakNodes: 0,
    progress: { done: 0, of: 1 },
  };
}

/** Tries one order and adds up what it took. */
function* tryOrder(
  part: Part,
  next: Try,
  spent: Spent,
  options: CompileOptions,
): Work<Diagram | undefined> {
  const meter = meterFor(next, spent, options);
  const room = meter.stepsLeft;
  const attempt = { part, order: next.order, meter };
  const diagram = yield* next.way === 'down' ? attemptDown(attempt) : attemptUp(attempt);
  spent.ordersTried++;
  spent.steps += room - meter.stepsLeft;
  spent.peakNodes = Math.max(spent.peakNodes, meter.peakNodes);
  return diagram;
}

/** With no more room than a diagram with fewer edges can need. */
function within(next: Try, best: Diagram | undefined): Try {
  if (best === undefined) return next;
  return { ...next, nodesMax: Math.min(next.nodesMax, 2 * best.edgeAt.length) };
}

/** The diagram with fewer edges. */
function smaller(a: Diagram | undefined, b: Diagram | undefined): Diagram | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.children.length < a.children.length ? b : a;
}

/**
 * Compiles variables that belong together: takes dead values out, ranks orders, and makes a diagram
 * under one order after the other with ever more room.
 */
export function* compilePart(part: Part, options: CompileOptions = {}): Work<CompiledPart> {
  const spent: Spent = { peakNodes: 0, ordersTried: 0, steps: 0 };
  const live = yield* propagate(part);
  if (live === undefined) return compiled(emptyDiagram(part.variables), spent);
  let triesLeft = options.polish ?? 0;
  let best: Diagram | undefined;
  for (const next of plan(live, options)) {
    if (!('order' in next)) {
      yield next;
      continue;
    }
    if (spent.steps >= (options.stepsMax ?? STEPS_MAX)) break;
    best = smaller(best, yield* tryOrder(live, within(next, best), spent, options));
    if (best !== undefined && triesLeft-- <= 0) break;
  }
  if (best !== undefined) return compiled(best, spent);
  return { kind: 'too-large', stats: { ...spent, nodes: 0, edges: 0 } };
}
