import type { Lit } from './formula.ts';
import type { Reduction } from './reduction.ts';
import { type Rows, rowsOf } from './rows.ts';

/** Literals read after which a slice ends. */
const SLICE = 50_000;

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

/** A literal that clauses of two forbid beside every one of some literals. */
function commonRival(rivals: Rows, lits: readonly Lit[], hits: Int32Array): Lit | undefined {
  const touched: Lit[] = [];
  for (const lit of lits) {
    for (let e = rivals.at[lit] ?? 0; e < (rivals.at[lit + 1] ?? 0); e++) {
      const other = rivals.items[e] ?? 0;
      if (hits[other] === 0) touched.push(other);
      hits[other] = (hits[other] ?? 0) + 1;
    }
  }
  const common = touched.find((lit) => hits[lit] === lits.length);
  for (const lit of touched) hits[lit] = 0;
  return common;
}

/** A literal that excludes every member of an exclusion, as *not the parent* does, joins it. */
function widen(reduction: Reduction, rivals: Rows): void {
  const hits = new Int32Array(2 * reduction.variables);
  reduction.exclusions = reduction.exclusions.map((exclusion) => {
    const joining = commonRival(rivals, exclusion, hits);
    return joining === undefined ? exclusion : [...exclusion, joining];
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

/** Pairs of literals that an exclusion holds apart, as numbers. */
class Pairs {
  readonly #known = new Set<number>();
  readonly #count: number;
  constructor(count: number) {
    this.#count = count;
  }
  #key(a: Lit, b: Lit): number {
    return Math.min(a, b) * this.#count + Math.max(a, b);
  }
  has(a: Lit, b: Lit): boolean {
    return this.#known.has(this.#key(a, b));
  }
  addAll(lits: readonly Lit[]): void {
    lits.forEach((lit, i) => {
      for (let k = i + 1; k < lits.length; k++) this.#known.add(this.#key(lit, lits[k] ?? 0));
    });
  }
}

/** The rivals that two literals have in common. */
function commonRivals({ at, items }: Rows, a: Lit, b: Lit, marks: Marks): Lit[] {
  marks.clear();
  for (let e = at[b] ?? 0; e < (at[b + 1] ?? 0); e++) marks.add(items[e] ?? 0);
  return Array.from(items.subarray(at[a], at[a + 1])).filter((lit) => marks.has(lit));
}

/**
 * Finds sets of literals that exclude each other pairwise, and says each as one exclusion instead of
 * its many clauses. Greedy, from each clause of two that none says yet; the work is that of reading
 * the rivals of all members. Yields after each few sets.
 */
export function* gatherExclusions(reduction: Reduction): Generator<undefined, void> {
  const rivals = rivalsOf(reduction);
  yield;
  widen(reduction, rivals);
  yield;
  dropCovered(reduction);
  yield;
  const degree = (lit: Lit): number => (rivals.at[lit + 1] ?? 0) - (rivals.at[lit] ?? 0);
  const marks = new Marks(2 * reduction.variables);
  const done = new Pairs(2 * reduction.variables);
  let steps = 0;
  for (const clause of reduction.clauses.filter(({ length }) => length === 2)) {
    const [a = 0, b = 0] = clause.map((lit) => lit ^ 1).sort((x, y) => degree(x) - degree(y));
    if (done.has(a, b) || degree(a) < 2) continue;
    const common = commonRivals(rivals, a, b, marks);
    steps += degree(a) + degree(b);
    if (common.some((lit) => !done.has(a, lit) || !done.has(b, lit))) {
      const clique = grow(rivals, [a, b], common, marks);
      steps += clique.length * clique.length;
      reduction.exclusions.push(clique);
      done.addAll(clique);
    }
    if (steps < SLICE) continue;
    reduction.steps += steps;
    steps = 0;
    yield;
  }
  dropCovered(reduction);
}
