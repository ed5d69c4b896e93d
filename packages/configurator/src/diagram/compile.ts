import { type Meter, makeWorkspace, TOO_MUCH } from './combine.ts';
import { conjoin } from './conjoin.ts';
import { type Diagram, emptyDiagram } from './diagram.ts';
import { type RankedOrder, rankOrders, siftOrder } from './order.ts';
import { type OrderTask, orderTask, statesOnly } from './order-width.ts';
import { propagate } from './propagate.ts';
import type { Part } from './relation.ts';
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
}

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
/** Nodes of the first round of those; each further round may hold three times as many. */
const NODES_FIRST = 1_200_000;
const ROUND_FACTOR = 3;
/** Steps of an attempt for every node that it may hold. */
const STEPS_PER_NODE = 40;

interface Attempt {
  readonly part: Part;
  readonly order: Int32Array;
  readonly meter: Meter;
}

/** One order, from relations to a diagram with complete levels. */
function* attempt({ part, order, meter }: Attempt): Work<Diagram | undefined> {
  const levelOf = new Int32Array(order.length);
  order.forEach((v, level) => {
    levelOf[v] = level;
  });
  const alive = Array.from(order, (v) => {
    const own = part.alive[v] ?? new Uint8Array(0);
    return Int32Array.from(own.keys()).filter((x) => own[x] === 1);
  });
  const space = makeWorkspace(alive, levelOf);
  const root = yield* conjoin(space, part.relations, meter);
  if (root === TOO_MUCH) return undefined;
  const variables = order.map((v) => part.variables[v] ?? 0);
  return yield* unfold(space, root, variables, meter);
}

interface Try {
  readonly order: Int32Array;
  readonly nodesMax: number;
}

/**
 * Which order is tried with how many nodes: the best ones as they come with little room, for what
 * is easy; then sifted ones, each with more room in every further round.
 */
function* plan(part: Part, options: CompileOptions): Generator<Try | Progress, void> {
  const nodesMax = options.nodesMax ?? NODES_MAX;
  const widths = yield* relationWidths(part, Math.min(NODES_FIRST, nodesMax));
  const byValues = orderTask(part, widths);
  const starts: (readonly [OrderTask, RankedOrder])[] = [];
  const lists: (readonly RankedOrder[])[] = [];
  const tasks = [byValues, statesOnly(byValues)];
  for (const task of tasks) lists.push(yield* rankOrders(task, options.seed ?? 1));
  for (let i = 0; i < STARTS; i++) {
    tasks.forEach((task, t) => {
      const start = lists[t]?.[i];
      if (start !== undefined) starts.push([task, start]);
    });
  }
  for (const [, { order }] of starts.slice(0, EASY)) {
    yield { order, nodesMax: Math.min(NODES_EASY, nodesMax) };
  }
  const sifted: RankedOrder[] = [];
  for (let room = NODES_FIRST; ; room *= ROUND_FACTOR) {
    const own = Math.min(room, nodesMax);
    for (const [i, [task, start]] of starts.entries()) {
      const { order } = sifted[i] ?? (yield* siftOrder(task, start));
      sifted[i] = { order, width: 0 };
      yield { order, nodesMax: own };
    }
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

/**
 * Compiles variables that belong together: takes dead values out, ranks orders, and conjoins the
 * relations under one order after the other with ever more room.
 */
export function* compilePart(part: Part, options: CompileOptions = {}): Work<CompiledPart> {
  const spent: Spent = { peakNodes: 0, ordersTried: 0, steps: 0 };
  const live = yield* propagate(part);
  if (live === undefined) return compiled(emptyDiagram(part.variables), spent);
  const stepsMax = options.stepsMax ?? STEPS_MAX;
  for (const next of plan(live, options)) {
    if (!('order' in next)) {
      yield next;
      continue;
    }
    const { order, nodesMax: own } = next;
    const room = Math.min(own * STEPS_PER_NODE, stepsMax - spent.steps);
    if (room <= 0) break;
    const meter: Meter = {
      nodesMax: own,
      edgesMax: Math.min(own * EDGES_PER_NODE, options.edgesMax ?? Number.POSITIVE_INFINITY),
      stepsLeft: room,
      peakNodes: 0,
      progress: { done: 0, of: 1 },
    };
    const diagram = yield* attempt({ part: live, order, meter });
    spent.ordersTried++;
    spent.steps += room - meter.stepsLeft;
    spent.peakNodes = Math.max(spent.peakNodes, meter.peakNodes);
    if (diagram !== undefined) return compiled(diagram, spent);
  }
  return { kind: 'too-large', stats: { ...spent, nodes: 0, edges: 0 } };
}
