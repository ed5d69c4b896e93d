import { type Meter, makeWorkspace, TOO_MUCH } from './combine.ts';
import { conjoin } from './conjoin.ts';
import type { Diagram } from './diagram.ts';
import { type RankedOrder, rankOrders, siftOrder } from './order.ts';
import { orderTask } from './order-width.ts';
import { propagate } from './propagate.ts';
import type { Part } from './relation.ts';
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
/** Orders that are sifted and tried in every round. */
const SIFTED = 3;
/** Nodes of the first round of those; each further round may hold three times as many. */
const NODES_FIRST = 400_000;
const ROUND_FACTOR = 3;
/** Steps of an attempt for every node that it may hold. */
const STEPS_PER_NODE = 60;

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
  const task = orderTask(part);
  const nodesMax = options.nodesMax ?? NODES_MAX;
  const ranked = yield* rankOrders(task, options.seed ?? 1);
  for (const { order } of ranked.slice(0, EASY)) {
    yield { order, nodesMax: Math.min(NODES_EASY, nodesMax) };
  }
  const sifted: RankedOrder[] = [];
  for (let room = NODES_FIRST; ; room *= ROUND_FACTOR) {
    const own = Math.min(room, nodesMax);
    for (let i = 0; i < SIFTED; i++) {
      const start = ranked[i];
      if (start === undefined) break;
      sifted[i] ??= yield* siftOrder(task, start);
      yield { order: sifted[i]?.order ?? start.order, nodesMax: own };
    }
    if (own === nodesMax) return;
  }
}

function noDiagram(variables: Int32Array): Diagram {
  return {
    order: variables,
    nodeAt: new Int32Array(variables.length + 2),
    edgeAt: new Int32Array(1),
    values: new Uint8Array(0),
    children: new Int32Array(0),
  };
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
  if (live === undefined) return compiled(noDiagram(part.variables), spent);
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
