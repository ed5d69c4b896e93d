import type { Lit } from './formula.ts';
import type { Reduction } from './reduction.ts';
import { type Rows, rowsOf } from './rows.ts';

/** Of each literal: the literals that clauses of two or exclusions forbid beside it. */
function rivalsOf(reduction: Reduction): Rows {
  const rivals: Lit[][] = Array.from({ length: 2 * reduction.variables }, () => []);
  for (const clause of reduction.clauses) {
    const [a = 0, b = 0] = clause;
    if (clause.length !== 2) continue;
    rivals[a ^ 1]?.push(b ^ 1);
    rivals[b ^ 1]?.push(a ^ 1);
  }
  return rowsOf(rivals);
}

/** Marks on literals that are forgotten all at once. */
class Marks {
  readonly #at: Int32Array;
  #now = 0;
  constructor(count: number) {
    this.#at = new Int32Array(count);
  }
  clear(): void {
    this.#now++;
  }
  add(lit: Lit): void {
    this.#at[lit] = this.#now;
  }
  has(lit: Lit): boolean {
    return this.#at[lit] === this.#now;
  }
}

/** A greatest set, greedily, of literals that all exclude each other, with `first` in it. */
function grow(
  rivals: Rows,
  start: readonly Lit[],
  candidates: readonly Lit[],
  marks: Marks,
): Lit[] {
  const clique = [...start];
  let left = candidates;
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const chosen = next;
    clique.push(chosen);
    marks.clear();
    for (let e = rivals.at[chosen] ?? 0; e < (rivals.at[chosen + 1] ?? 0); e++) {
      marks.add(rivals.items[e] ?? 0);
    }
    left = left.filter((lit) => lit !== chosen && marks.has(lit));
  }
  return clique;
}

/** Literals that clauses of two forbid beside every member of an exclusion: they join it. */
function widen(reduction: Reduction, rivals: Rows): void {
  const hits = new Int32Array(2 * reduction.variables);
  reduction.exclusions = reduction.exclusions.map((exclusion) => {
    const touched: Lit[] = [];
    for (const lit of exclusion) {
      for (let e = rivals.at[lit] ?? 0; e < (rivals.at[lit + 1] ?? 0); e++) {
        const other = rivals.items[e] ?? 0;
        if (hits[other] === 0) touched.push(other);
        hits[other] = (hits[other] ?? 0) + 1;
      }
    }
    const joining = touched.filter((lit) => hits[lit] === exclusion.length);
    for (const lit of touched) hits[lit] = 0;
    reduction.steps += touched.length + exclusion.length;
    const [first] = joining;
    return first === undefined ? exclusion : [...exclusion, first];
  });
}

/** Drops clauses of two that an exclusion says as well. */
function dropCovered(reduction: Reduction): void {
  const of: number[][] = Array.from({ length: 2 * reduction.variables }, () => []);
  reduction.exclusions.forEach((exclusion, row) => {
    for (const lit of exclusion) of[lit]?.push(row);
  });
  reduction.clauses = reduction.clauses.filter((clause) => {
    const [a = 0, b = 0] = clause;
    if (clause.length !== 2) return true;
    const rows = of[a ^ 1] ?? [];
    return !(of[b ^ 1] ?? []).some((row) => rows.includes(row));
  });
}

/**
 * Finds sets of literals that exclude each other pairwise, and says each as one exclusion instead of
 * its many clauses. Greedy, from the literal with the fewest rivals; the work is that of reading the
 * rivals of all members.
 */
export function gatherExclusions(reduction: Reduction): void {
  const rivals = rivalsOf(reduction);
  widen(reduction, rivals);
  dropCovered(reduction);
  const degree = (lit: Lit): number => (rivals.at[lit + 1] ?? 0) - (rivals.at[lit] ?? 0);
  const marks = new Marks(2 * reduction.variables);
  const done = new Set<number>();
  const pairKey = (a: Lit, b: Lit): number =>
    Math.min(a, b) * 2 * reduction.variables + Math.max(a, b);
  const pairs = reduction.clauses.filter((clause) => clause.length === 2);
  for (const [a = 0, b = 0] of pairs) {
    const [x, y] = degree(a ^ 1) <= degree(b ^ 1) ? [a ^ 1, b ^ 1] : [b ^ 1, a ^ 1];
    if (done.has(pairKey(x, y)) || degree(x) < 2) continue;
    marks.clear();
    for (let e = rivals.at[y] ?? 0; e < (rivals.at[y + 1] ?? 0); e++)
      marks.add(rivals.items[e] ?? 0);
    const common: Lit[] = [];
    for (let e = rivals.at[x] ?? 0; e < (rivals.at[x + 1] ?? 0); e++) {
      const lit = rivals.items[e] ?? 0;
      if (marks.has(lit)) common.push(lit);
    }
    reduction.steps += degree(x) + degree(y);
    const fresh = common.filter((lit) => !done.has(pairKey(x, lit)) || !done.has(pairKey(y, lit)));
    if (fresh.length === 0) continue;
    const clique = grow(rivals, [x, y], common, marks);
    reduction.steps += clique.length * clique.length;
    reduction.exclusions.push(clique);
    clique.forEach((lit, i) => {
      for (const other of clique.slice(i + 1)) done.add(pairKey(lit, other));
    });
  }
  dropCovered(reduction);
}
