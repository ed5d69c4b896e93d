/** Two nodes that may be one person; `a` is before `b` in the order of the guards. */
export interface Bond {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
}

/** What keeps clusters from becoming one though a bond says so. */
export interface Guards {
  /** Bits of any two nodes, whether or not they were in a block together. */
  readonly score: (a: number, b: number) => number;
  /** Whether two nodes must not be one person: told apart, or by an identifier one has once. */
  readonly isApart: (a: number, b: number) => boolean;
  readonly sizeMax: number;
  /** A total order of nodes that does not depend on when they came. */
  readonly compare: (a: number, b: number) => number;
}

/** No pair says more than this for or against a cluster: so that none outvotes all others. */
const VOTE_MAX = 10;
/** Votes are whole numbers of this part of a bit: their sum does not depend on their order. */
const VOTE_PARTS = 1024;

/**
 * Joins nodes by their bonds, the strongest first, as far as the guards allow: two clusters become
 * one only where all pairs across, taken together, speak for it (average linkage, Sokal and
 * Michener 1958, each pair's say bounded). The order of nodes
 * and bonds does not matter. Cost: bonds times the product of the sizes joined.
 */
export function joinBonds(
  nodes: readonly number[],
  bonds: readonly Bond[],
  guards: Guards,
): readonly (readonly number[])[] {
  const members = new Map<number, number[]>(nodes.map((node) => [node, [node]]));
  const refusals = new Refusals();
  const { compare } = guards;
  const sorted = [...bonds].sort(
    (x, y) => y.bits - x.bits || compare(x.a, y.a) || compare(x.b, y.b),
  );
  for (const bond of sorted) {
    const left = members.get(bond.a);
    const right = members.get(bond.b);
    if (left === undefined || right === undefined || left === right) continue;
    if (refusals.has(left, right)) continue;
    if (!mayJoin(left, right, guards)) {
      refusals.add(left, right);
      continue;
    }
    left.push(...right);
    for (const node of right) members.set(node, left);
  }
  return [...new Set(members.values())];
}

/** Clusters that were not allowed to join, as long as neither grows: many bonds may hold them. */
class Refusals {
  readonly #sizes = new Map<readonly number[], Map<readonly number[], number>>();

  has(left: readonly number[], right: readonly number[]): boolean {
    const size = left.length + right.length;
    const among = this.#sizes.get(left)?.get(right) ?? this.#sizes.get(right)?.get(left);
    return among === size;
  }

  add(left: readonly number[], right: readonly number[]): void {
    const others = this.#sizes.get(left) ?? new Map<readonly number[], number>();
    this.#sizes.set(left, others.set(right, left.length + right.length));
    this.#sizes.get(right)?.delete(left);
  }
}

function mayJoin(left: readonly number[], right: readonly number[], guards: Guards): boolean {
  if (left.length + right.length > guards.sizeMax) return false;
  let votes = 0;
  for (const a of left) {
    for (const b of right) {
      if (guards.isApart(a, b)) return false;
      const vote = Math.max(-VOTE_MAX, Math.min(VOTE_MAX, guards.score(a, b)));
      votes += Math.round(vote * VOTE_PARTS);
    }
  }
  return votes > 0;
}
