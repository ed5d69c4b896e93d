import type { ClassSum } from './sums.ts';

/**
 * A sum laid out in steps, one a variable: a node is what the variables so far come to, an edge one
 * class of the next. Every way from the first node to the last is an assignment that is as wanted.
 */
export interface SumSteps {
  /** Nodes before each step, and at the end. */
  readonly counts: readonly number[];
  /** Edges of each step, three numbers each: node before, cell, node after. */
  readonly edges: readonly Int32Array[];
  /** Least sums to each node from the front and from the back; scratch. */
  readonly ahead: readonly Float64Array[];
  readonly behind: readonly Float64Array[];
  /** What a scan costs in steps of a question. */
  readonly cost: number;
}

/** The cells of one position: which class each stands for. */
export interface Position {
  readonly first: number;
  readonly classes: readonly number[];
}

/** Edges of a sum at most; beyond it the sum bounds nothing. */
const EDGES_MAX = 150_000;
/** Edges scanned in the time of a step. */
const EDGES_STEP = 50;

/** Sums that stay within whatever follows, and those that cannot come within any more. */
const SURE = Number.POSITIVE_INFINITY;
const LOST = Number.NEGATIVE_INFINITY;

/** What the rest of the variables can add at least and at most, after each position. */
function restsOf(sum: ClassSum, positions: readonly Position[]): readonly [number, number][] {
  let [low, high] = [0, 0];
  const rests: [number, number][] = [[0, 0]];
  for (let p = sum.scope.length - 1; p > 0; p--) {
    const amounts = positions[p]?.classes.map((c) => sum.amounts[p]?.[c] ?? 0) ?? [];
    low += Math.min(...amounts);
    high += Math.max(...amounts);
    rests.unshift([low, high]);
  }
  return rests;
}

function settled(sum: ClassSum, total: number, [low, high]: readonly [number, number]): number {
  if (!Number.isFinite(total)) return total;
  if (total + low >= sum.min && total + high <= sum.max) return SURE;
  return total + high < sum.min || total + low > sum.max ? LOST : total;
}

interface Step {
  readonly edges: number[];
  readonly nodes: Map<number, number>;
}

function nodeOf(nodes: Map<number, number>, key: number): number {
  const known = nodes.get(key);
  if (known !== undefined) return known;
  nodes.set(key, nodes.size);
  return nodes.size - 1;
}

/** Adds the variable at a position to every sum so far. */
function takeStep(
  sum: ClassSum,
  before: ReadonlyMap<number, number>,
  at: { readonly p: number; readonly position: Position; readonly rest: readonly [number, number] },
): Step {
  const nodes = new Map<number, number>();
  const edges: number[] = [];
  for (const [total, node] of before) {
    at.position.classes.forEach((c, i) => {
      const key = settled(sum, total + (sum.amounts[at.p]?.[c] ?? 0), at.rest);
      if (key === LOST && sum.whether === undefined) return;
      edges.push(node, at.position.first + i, nodeOf(nodes, key));
    });
  }
  return { edges, nodes };
}

/** Joins the sums that are within to one class of the variable that tells, the rest to the other. */
function tell(before: ReadonlyMap<number, number>, held: number, position: Position): Step {
  const nodes = new Map<number, number>();
  const edges: number[] = [];
  for (const [total, node] of before) {
    position.classes.forEach((c, i) => {
      if ((total === SURE) === (c === held)) {
        edges.push(node, position.first + i, nodeOf(nodes, SURE));
      }
    });
  }
  return { edges, nodes };
}

/**
 * Lays a sum out over the classes that are left, the variable that tells whether it is within at the
 * end; undefined when that takes too many edges.
 */
export function laySteps(sum: ClassSum, positions: readonly Position[]): SumSteps | undefined {
  const rests = restsOf(sum, positions);
  const counts = [1];
  const edges: Int32Array[] = [];
  let nodes: ReadonlyMap<number, number> = new Map([[0, 0]]);
  let total = 0;
  for (const [p, position] of positions.entries()) {
    total += nodes.size * position.classes.length;
    if (total > EDGES_MAX) return undefined;
    const step =
      p < sum.scope.length
        ? takeStep(sum, nodes, { p, position, rest: rests[p] ?? [0, 0] })
        : tell(nodes, sum.whether?.held ?? 1, position);
    nodes = step.nodes;
    counts.push(nodes.size);
    edges.push(Int32Array.from(step.edges));
  }
  const scratch = (): Float64Array[] => counts.map((count) => new Float64Array(count));
  const size = edges.reduce((all, own) => all + own.length / 3, 0);
  const cost = 1 + Math.floor(size / EDGES_STEP);
  return { counts, edges, ahead: scratch(), behind: scratch(), cost };
}

/** For each cell the least sum of the others, over all ways that have it; infinite for none. */
export function scanSteps(steps: SumSteps, sums: Float64Array, marginal: Float64Array): void {
  const { ahead, behind, edges } = steps;
  const last = edges.length;
  for (let p = 0; p <= last; p++) {
    ahead[p]?.fill(p === 0 ? 0 : Number.POSITIVE_INFINITY);
    behind[p]?.fill(p === last ? 0 : Number.POSITIVE_INFINITY);
  }
  for (let p = 0; p < last; p++) {
    relax(edges[p] ?? NO_EDGES, sums, ahead[p] ?? NO_SUMS, ahead[p + 1] ?? NO_SUMS);
  }
  marginal.fill(Number.POSITIVE_INFINITY);
  for (let p = last - 1; p >= 0; p--) {
    const [near, far] = [behind[p] ?? NO_SUMS, behind[p + 1] ?? NO_SUMS];
    const own = edges[p] ?? NO_EDGES;
    relaxBack(own, sums, far, near);
    join(own, ahead[p] ?? NO_SUMS, far, marginal);
  }
}

const NO_EDGES = new Int32Array(0);
const NO_SUMS = new Float64Array(0);

function relax(edges: Int32Array, sums: Float64Array, from: Float64Array, to: Float64Array): void {
  for (let e = 0; e < edges.length; e += 3) {
    const sum = (from[edges[e] ?? 0] ?? 0) + (sums[edges[e + 1] ?? 0] ?? 0);
    const node = edges[e + 2] ?? 0;
    if (sum < (to[node] ?? 0)) to[node] = sum;
  }
}

function relaxBack(
  edges: Int32Array,
  sums: Float64Array,
  from: Float64Array,
  to: Float64Array,
): void {
  for (let e = 0; e < edges.length; e += 3) {
    const sum = (from[edges[e + 2] ?? 0] ?? 0) + (sums[edges[e + 1] ?? 0] ?? 0);
    const node = edges[e] ?? 0;
    if (sum < (to[node] ?? 0)) to[node] = sum;
  }
}

/** The least sum of both sides of each edge, by cell. */
function join(
  edges: Int32Array,
  front: Float64Array,
  back: Float64Array,
  marginal: Float64Array,
): void {
  for (let e = 0; e < edges.length; e += 3) {
    const sum = (front[edges[e] ?? 0] ?? 0) + (back[edges[e + 2] ?? 0] ?? 0);
    const cell = edges[e + 1] ?? 0;
    if (sum < (marginal[cell] ?? 0)) marginal[cell] = sum;
  }
}
