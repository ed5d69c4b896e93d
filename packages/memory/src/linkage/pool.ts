import { compareText } from '../order.ts';
import { type Bond, type Guards, joinBonds } from './cluster.ts';
import type { LinkageEdge, NotSame } from './model.ts';
import type { Profile } from './profiles.ts';
import { probabilityOf, type Scorer } from './scorer.ts';

/** Profiles that may be one person, and what forbids it. Nodes are positions in `profiles`. */
export class Pool {
  readonly scorer: Scorer;
  readonly profiles: readonly Profile[];
  readonly #apart: ReadonlySet<string>;
  readonly #apartIds: ReadonlySet<string>;

  constructor(scorer: Scorer, profiles: readonly Profile[], notSame: readonly NotSame[]) {
    this.scorer = scorer;
    this.profiles = profiles;
    this.#apart = new Set(notSame.flatMap(([a, b]) => [pairKey(a, b), pairKey(b, a)]));
    this.#apartIds = new Set(notSame.flat());
  }

  score(a: number, b: number): number {
    const left = this.profiles[a];
    const right = this.profiles[b];
    if (left === undefined || right === undefined) return Number.NEGATIVE_INFINITY;
    return this.scorer.score(left.row, right.row);
  }

  /** The first id of a node. */
  idOf(node: number): string {
    return this.profiles[node]?.ids[0] ?? '';
  }

  /** A bond of two nodes, in the order of their ids; undefined where they are different persons. */
  bondOf(a: number, b: number): Bond | undefined {
    const bits = this.score(a, b);
    return this.scorer.zoneOf(bits) === 'different' ? undefined : this.inOrder(a, b, bits);
  }

  /** A bond of known bits. */
  inOrder(a: number, b: number, bits: number): Bond {
    return compareText(this.idOf(a), this.idOf(b)) < 0 ? { a, b, bits } : { a: b, b: a, bits };
  }

  isSame({ bits }: Bond): boolean {
    return this.scorer.zoneOf(bits) === 'same';
  }

  edgeOf({ a, b, bits }: Bond): LinkageEdge {
    return edge(this.idOf(a), this.idOf(b), bits);
  }

  /** The persons among nodes that bonds of the zone `same` hold together. */
  settle(nodes: readonly number[], bonds: readonly Bond[]): readonly (readonly number[])[] {
    const guards: Guards = {
      score: (a, b) => this.score(a, b),
      isApart: (a, b) => this.#isApart(a, b),
      sizeMax: this.scorer.model.clusterMax,
      compare: (a, b) => compareText(this.idOf(a), this.idOf(b)),
    };
    return joinBonds(nodes, bonds, guards);
  }

  #isApart(a: number, b: number): boolean {
    const [left, right] = [this.idOf(a), this.idOf(b)];
    // Whoever was told apart from somebody is a profile alone.
    if (this.#apartIds.has(left) && this.#apart.has(pairKey(left, right))) return true;
    const rowA = this.profiles[a]?.row;
    const rowB = this.profiles[b]?.row;
    return rowA !== undefined && rowB !== undefined && this.scorer.differInUnique(rowA, rowB);
  }

  /** Records of one profile are one person, where saying exactly the same is evidence enough. */
  isWhole(node: number): boolean {
    const profile = this.profiles[node];
    if (profile === undefined || profile.ids.length < 2) return true;
    return this.scorer.zoneOf(this.scorer.score(profile.row, profile.row)) === 'same';
  }

  /** What is left of the zones within a profile: each record with the first. */
  edgesWithin(node: number): readonly LinkageEdge[] {
    const { ids, row } = this.profiles[node] ?? { ids: [], row: new Int32Array(0) };
    const [first = '', ...others] = ids;
    if (others.length === 0) return [];
    const bits = this.scorer.score(row, row);
    return this.scorer.zoneOf(bits) === 'different'
      ? []
      : others.map((id) => edge(first, id, bits));
  }

  /** Clusters of nodes as clusters of ids, each sorted. */
  idsOf(cluster: readonly number[]): readonly (readonly string[])[] {
    const together: string[] = [];
    const alone: string[][] = [];
    for (const node of cluster) {
      const { ids } = this.profiles[node] ?? { ids: [] };
      const [first, ...others] = ids;
      if (first === undefined) continue;
      together.push(first);
      if (this.isWhole(node)) together.push(...others);
      else alone.push(...others.map((id) => [id]));
    }
    return together.length === 0 ? alone : [together.sort(compareText), ...alone];
  }
}

function pairKey(a: string, b: string): string {
  return JSON.stringify([a, b]);
}

function edge(a: string, b: string, bits: number): LinkageEdge {
  return { a, b, bits, probability: probabilityOf(bits) };
}

/** Nodes that bonds hold together, directly or through others. */
export function components(count: number, bonds: readonly Bond[]): readonly number[] {
  const parent = Array.from({ length: count }, (_, node) => node);
  const root = (node: number): number => {
    let at = node;
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up;
      at = up;
    }
    return at;
  };
  for (const { a, b } of bonds) {
    const [left, right] = [root(a), root(b)];
    if (left !== right) parent[Math.max(left, right)] = Math.min(left, right);
  }
  return parent.map((_, node) => root(node));
}
