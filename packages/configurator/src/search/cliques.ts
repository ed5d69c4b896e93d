import type { Inner } from './literals.ts';

/** Groups smaller than this stay pairs. */
const MEMBERS_MIN = 4;
/** Looks at a neighbour, for each pair, that the search for groups may take. */
const LOOKS_PER_PAIR = 24;

/** What is left of pairs after groups are taken out of them. */
export interface Cliques {
  /** Literals of which at most one holds. */
  readonly groups: readonly Int32Array[];
  /** The other clauses of two literals, in turns. */
  readonly pairs: number[];
}

interface Graph {
  readonly at: Int32Array;
  readonly to: Int32Array;
  /** Of each end of an edge: the edge. */
  readonly edge: Int32Array;
  readonly isCovered: Uint8Array;
}

function graphOf(pairs: ArrayLike<number>, literalCount: number): Graph {
  const at = new Int32Array(literalCount + 1);
  for (let i = 0; i < pairs.length; i++) {
    const own = (pairs[i] ?? 0) ^ 1;
    at[own + 1] = (at[own + 1] ?? 0) + 1;
  }
  for (let l = 0; l < literalCount; l++) at[l + 1] = (at[l + 1] ?? 0) + (at[l] ?? 0);
  const next = at.slice();
  const to = new Int32Array(pairs.length);
  const edge = new Int32Array(pairs.length);
  for (let i = 0; i < pairs.length; i++) {
    const own = (pairs[i] ?? 0) ^ 1;
    const place = next[own] ?? 0;
    next[own] = place + 1;
    to[place] = (pairs[i ^ 1] ?? 0) ^ 1;
    edge[place] = i >> 1;
  }
  return { at, to, edge, isCovered: new Uint8Array(pairs.length >> 1) };
}

/** One growing clique: how many of its members each literal excludes. */
interface Growth {
  readonly marks: Int32Array;
  readonly touched: number[];
  /** Of each literal: the number of the join that met it last, for pairs may be told twice. */
  readonly metBy: Int32Array;
  joins: number;
  looks: number;
}

function join(graph: Graph, growth: Growth, literal: Inner): void {
  const { marks, touched, metBy } = growth;
  const own = ++growth.joins;
  const end = graph.at[literal + 1] ?? 0;
  for (let k = graph.at[literal] ?? 0; k < end; k++) {
    const other = graph.to[k] ?? 0;
    if (metBy[other] === own) continue;
    metBy[other] = own;
    if (marks[other] === 0) touched.push(other);
    marks[other] = (marks[other] ?? 0) + 1;
  }
  growth.looks += end - (graph.at[literal] ?? 0);
}

/** Adds neighbours of a literal that all members exclude, by edges that are covered or not. */
function extend(graph: Graph, growth: Growth, members: number[], isCovered: number): void {
  const [literal = 0] = members;
  const end = graph.at[literal + 1] ?? 0;
  for (let k = graph.at[literal] ?? 0; k < end; k++) {
    const other = graph.to[k] ?? 0;
    if (graph.isCovered[graph.edge[k] ?? 0] !== isCovered) continue;
    if (growth.marks[other] !== members.length) continue;
    members.push(other);
    join(graph, growth, other);
  }
}

/** A clique around a literal, through an edge that no clique covers yet. */
function grow(graph: Graph, growth: Growth, literal: Inner): Int32Array {
  const members = [literal];
  join(graph, growth, literal);
  extend(graph, growth, members, 0);
  if (members.length > 1) extend(graph, growth, members, 1);
  for (const other of growth.touched) growth.marks[other] = 0;
  growth.touched.length = 0;
  return Int32Array.from(members);
}

function cover(graph: Graph, isMember: Uint8Array, members: Int32Array): void {
  for (const literal of members) isMember[literal] = 1;
  for (const literal of members) {
    const end = graph.at[literal + 1] ?? 0;
    for (let k = graph.at[literal] ?? 0; k < end; k++) {
      if (isMember[graph.to[k] ?? 0] === 1) graph.isCovered[graph.edge[k] ?? 0] = 1;
    }
  }
  for (const literal of members) isMember[literal] = 0;
}

function hasOpenEdge(graph: Graph, literal: Inner): boolean {
  const end = graph.at[literal + 1] ?? 0;
  for (let k = graph.at[literal] ?? 0; k < end; k++) {
    if (graph.isCovered[graph.edge[k] ?? 0] === 0) return true;
  }
  return false;
}

/**
 * Finds groups of literals that exclude each other pairwise, and takes their pairs out: greedily,
 * from the literals with most pairs on, as long as the budget of looks lasts (after Biere, Le Berre,
 * Lonca & Manthey, SAT 2014). `pairs` are clauses of two literals, in turns.
 */
export function findCliques(pairs: readonly number[], literalCount: number): Cliques {
  const graph = graphOf(pairs, literalCount);
  const degree = (l: Inner): number => (graph.at[l + 1] ?? 0) - (graph.at[l] ?? 0);
  const literals: Inner[] = [];
  for (let l = 0; l < literalCount; l++) if (degree(l) >= MEMBERS_MIN - 1) literals.push(l);
  literals.sort((a, b) => degree(b) - degree(a) || a - b);
  const growth: Growth = {
    marks: new Int32Array(literalCount),
    touched: [],
    metBy: new Int32Array(literalCount),
    joins: 0,
    looks: 0,
  };
  const isMember = new Uint8Array(literalCount);
  const groups: Int32Array[] = [];
  const looksMax = LOOKS_PER_PAIR * (pairs.length >> 1);
  for (const literal of literals) {
    while (growth.looks < looksMax && hasOpenEdge(graph, literal)) {
      const members = grow(graph, growth, literal);
      if (members.length < MEMBERS_MIN) break;
      groups.push(members);
      cover(graph, isMember, members);
    }
  }
  const rest: number[] = [];
  graph.isCovered.forEach((isCovered, e) => {
    if (isCovered === 0) rest.push(pairs[2 * e] ?? 0, pairs[2 * e + 1] ?? 0);
  });
  return { groups, pairs: rest };
}
