import type { Constraints } from './propagation.ts';

/**
 * A tree decomposition of the variables, as the bags that taking them out one by one leaves: each
 * vertex with those that it was joined to when it went.
 */
export interface Elimination {
  /** The vertices, first out first. */
  readonly order: Int32Array;
  /** Of each vertex: its neighbours when it went. */
  readonly bags: readonly Int32Array[];
  /** Of each variable: the vertex that stands for it. */
  readonly vertexOf: Int32Array;
}

/** Scopes up to this width join their variables pairwise; wider ones by a vertex of their own. */
const CLIQUE_MAX = 8;
/** Neighbours from which on the rest is no longer taken apart. */
const WIDTH_MAX = 250;

/**
 * One vertex for all variables of an exclusion, since they are little more than the one variable
 * with many values that they stand for; each variable by itself where it is in none.
 */
function verticesOf({ variables, exclusions }: Constraints): Int32Array {
  const vertexOf = Int32Array.from({ length: variables }, (_, v) => v);
  for (const exclusion of exclusions) {
    const first = vertexOf[(exclusion[0] ?? 0) >> 1] ?? 0;
    for (const lit of exclusion) if (vertexOf[lit >> 1] === lit >> 1) vertexOf[lit >> 1] = first;
  }
  return vertexOf;
}

/** The graph of which vertices share a constraint, with a vertex more for each wide constraint. */
function graphOf(constraints: Constraints, vertexOf: Int32Array): Set<number>[] {
  const graph = Array.from({ length: constraints.variables }, () => new Set<number>());
  const join = (a: number, b: number): void => {
    if (a === b) return;
    graph[a]?.add(b);
    graph[b]?.add(a);
  };
  const joinAll = (lits: readonly number[]): void => {
    const vertices = [...new Set(lits.map((lit) => vertexOf[lit >> 1] ?? 0))];
    if (vertices.length > CLIQUE_MAX) {
      const hub = graph.push(new Set()) - 1;
      for (const v of vertices) join(hub, v);
      return;
    }
    vertices.forEach((v, i) => {
      for (const other of vertices.slice(i + 1)) join(v, other);
    });
  };
  constraints.clauses.forEach(joinAll);
  constraints.exclusions.forEach(joinAll);
  return graph;
}

/** Pairs of neighbours that are not joined, up to `most`. */
function fillOf(graph: readonly Set<number>[], v: number, most: number): number {
  const around = [...(graph[v] ?? [])];
  let fill = 0;
  for (let i = 0; i < around.length && fill < most; i++) {
    const own = graph[around[i] ?? 0];
    for (let j = i + 1; j < around.length; j++) if (!own?.has(around[j] ?? 0)) fill++;
  }
  return fill;
}

/** Neighbours above which a vertex is judged by their number alone. */
const FILL_DEGREE_MAX = 24;

function costOf(graph: readonly Set<number>[], v: number): number {
  const degree = graph[v]?.size ?? 0;
  if (degree <= 1) return 0;
  if (degree > FILL_DEGREE_MAX) return Math.min(degree, WIDTH_MAX + 1) ** 2 / 2;
  return Math.min(fillOf(graph, v, 400) + degree / 100, (degree * degree) / 2);
}

/** Vertices by cost, in buckets; stale entries are skipped when they come up. */
class Buckets {
  readonly #buckets: number[][] = [];
  readonly #cost: Float64Array;
  #least = 0;

  constructor(count: number) {
    this.#cost = new Float64Array(count).fill(-1);
  }

  put(v: number, cost: number): void {
    const bucket = Math.floor(cost);
    if (this.#cost[v] === bucket) return;
    this.#cost[v] = bucket;
    while (this.#buckets.length <= bucket) this.#buckets.push([]);
    this.#buckets[bucket]?.push(v);
    if (bucket < this.#least) this.#least = bucket;
  }

  /** The cheapest vertex, taken out; undefined at the end. */
  take(): number | undefined {
    while (this.#least < this.#buckets.length) {
      const v = this.#buckets[this.#least]?.pop();
      if (v === undefined) this.#least++;
      else if (this.#cost[v] === this.#least) {
        this.#cost[v] = -2;
        return v;
      }
    }
    return undefined;
  }

  isTaken(v: number): boolean {
    return this.#cost[v] === -2;
  }
}

/** Takes a vertex out, joins its neighbours, and answers them. */
function eliminate(graph: Set<number>[], v: number): Int32Array {
  const around = Int32Array.from(graph[v] ?? []);
  for (const a of around) {
    const own = graph[a];
    own?.delete(v);
    for (const b of around) if (b !== a) own?.add(b);
  }
  graph[v] = new Set();
  return around;
}

/**
 * An order of elimination by least fill, for wide neighbourhoods by least degree (Rose 1970;
 * Kjærulff 1990). When more than `WIDTH_MAX` neighbours remain everywhere, the rest is one bag.
 * Vertices after the variables stand for wide constraints. Yields after each few thousand joins.
 */
export function* eliminationOf(constraints: Constraints): Generator<undefined, Elimination> {
  const vertexOf = verticesOf(constraints);
  const graph = graphOf(constraints, vertexOf);
  const buckets = new Buckets(graph.length);
  graph.forEach((_, v) => {
    buckets.put(v, costOf(graph, v));
  });
  const order: number[] = [];
  const bags: Int32Array[] = graph.map(() => new Int32Array(0));
  let joins = 0;
  for (let v = buckets.take(); v !== undefined; v = buckets.take()) {
    const width = graph[v]?.size ?? 0;
    if (width > WIDTH_MAX) {
      const rest = [v, ...graph.keys()].filter(
        (u, i) => i === 0 || (u !== v && !buckets.isTaken(u)),
      );
      rest.forEach((u, i) => {
        order.push(u);
        bags[u] = Int32Array.from(rest.slice(i + 1));
      });
      break;
    }
    order.push(v);
    const around = eliminate(graph, v);
    bags[v] = around;
    for (const u of around) buckets.put(u, costOf(graph, u));
    joins += width * width;
    if (joins > 20_000) {
      joins = 0;
      yield;
    }
  }
  return { order: Int32Array.from(order), bags, vertexOf };
}
