import type { Work } from '@keepsake/kernel';
import { type Budget, type Meter, makeWorkspace, TOO_MUCH, type Workspace } from './combine.ts';
import { type Diagram, emptyDiagram } from './diagram.ts';
import { planTries, type Try } from './plan.ts';
import { product } from './product.ts';
import { propagate } from './propagate.ts';
import type { Part } from './relation.ts';
import { relationDiagram } from './relation-diagram.ts';

/** What a compilation may cost. */
export interface CompileOptions {
  /** Nodes that may be held at a time, half-made ones included; 4,000,000 where not given. */
  readonly nodesMax?: number;
  /** Edges that may be held at a time; 10 times the nodes where not given. */
  readonly edgesMax?: number;
  /** Edges looked at and rows read in all, at most; 2,000,000,000 where not given. */
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
  /** Edges that were looked at, and rows that were read. */
  readonly steps: number;
}

/** A part as a diagram over the variables of the problem, or the statement that it is too large. */
export type CompiledPart =
  | { readonly kind: 'compiled'; readonly diagram: Diagram; readonly stats: CompileStats }
  | { readonly kind: 'too-large'; readonly stats: CompileStats };

const NODES_MAX = 4_000_000;
const EDGES_PER_NODE = 10;
const STEPS_MAX = 2_000_000_000;
/** Steps of an attempt for every row of its tables, and for every node that it may hold. */
const STEPS_PER_ROW = 2;
const STEPS_PER_NODE = 130;

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
function* attemptOrder(attempt: Attempt): Work<Diagram | undefined> {
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

interface Spent {
  readonly budget: Budget;
  peakNodes: number;
  ordersTried: number;
}

function statsOf({ budget, peakNodes, ordersTried }: Spent, options: CompileOptions): CompileStats {
  const steps = (options.stepsMax ?? STEPS_MAX) - budget.stepsLeft;
  return { nodes: 0, edges: 0, peakNodes, ordersTried, steps };
}

function compiled(diagram: Diagram, spent: Spent, options: CompileOptions): CompiledPart {
  const [nodes, edges] = [diagram.edgeAt.length - 1, diagram.children.length];
  return { kind: 'compiled', diagram, stats: { ...statsOf(spent, options), nodes, edges } };
}

/** Rows of all tables. */
function rowsOf({ relations }: Part): number {
  return relations.reduce((sum, own) => {
    return own.kind === 'rows' ? sum + own.rows.length / own.scope.length : sum;
  }, 0);
}

/** What one order may cost: what its nodes may, and reading the tables. */
function meterFor(next: Try, part: Part, spent: Spent, options: CompileOptions): Meter {
  const { nodesMax } = next;
  const own = nodesMax * STEPS_PER_NODE + STEPS_PER_ROW * rowsOf(part);
  return {
    nodesMax,
    edgesMax: Math.min(nodesMax * EDGES_PER_NODE, options.edgesMax ?? Number.POSITIVE_INFINITY),
    stepsLeft: Math.min(own, spent.budget.stepsLeft),
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
  const meter = meterFor(next, part, spent, options);
  const room = meter.stepsLeft;
  const attempt = { part, order: next.order, meter };
  const diagram = yield* attemptOrder(attempt);
  spent.ordersTried++;
  spent.budget.stepsLeft -= room - meter.stepsLeft;
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

/** The first diagram that fits, or the best of some where it is polished. */
function* tryAll(live: Part, spent: Spent, options: CompileOptions): Work<Diagram | undefined> {
  let triesLeft = options.polish ?? 0;
  let best: Diagram | undefined;
  const plan = planTries(live, {
    nodesMax: options.nodesMax ?? NODES_MAX,
    budget: spent.budget,
    seed: options.seed ?? 1,
    isPolished: options.polish !== undefined,
  });
  for (const next of plan) {
    if (spent.budget.stepsLeft <= 0) break;
    if (!('order' in next)) {
      yield next;
      continue;
    }
    best = smaller(best, yield* tryOrder(live, within(next, best), spent, options));
    if (best !== undefined && triesLeft-- <= 0) break;
  }
  return best;
}

/**
 * Compiles variables that belong together: takes dead values out, ranks orders, and makes a diagram
 * under one order after the other with ever more room.
 */
export function* compilePart(part: Part, options: CompileOptions = {}): Work<CompiledPart> {
  const budget = { stepsLeft: options.stepsMax ?? STEPS_MAX };
  const spent: Spent = { budget, peakNodes: 0, ordersTried: 0 };
  const live = yield* propagate(part, budget);
  if (live === undefined) return compiled(emptyDiagram(part.variables), spent, options);
  const best = live === TOO_MUCH ? undefined : yield* tryAll(live, spent, options);
  if (best !== undefined) return compiled(best, spent, options);
  return { kind: 'too-large', stats: statsOf(spent, options) };
}
