import type { Lit } from './formula.ts';
import type { Reduction } from './reduction.ts';
import { type Rows, rowsOf } from './rows.ts';

/** Literals of long clauses and of the clauses of two around them that are compared at most. */
const STEPS_MAX = 20_000_000;

/** Of each literal: those that stand beside it in clauses of two. */
function partnersOf(reduction: Reduction): Rows {
  const partners: Lit[][] = Array.from({ length: 2 * reduction.variables }, () => []);
  for (const clause of reduction.clauses) {
    const [a = 0, b = 0] = clause;
    if (clause.length !== 2) continue;
    partners[a]?.push(b);
    partners[b]?.push(a);
  }
  return rowsOf(partners);
}

/** Clauses of two around the literals of one long clause. */
class Shortening {
  steps = 0;
  readonly #partners: Rows;
  readonly #isIn: Uint8Array;

  constructor(reduction: Reduction) {
    this.#partners = partnersOf(reduction);
    this.#isIn = new Uint8Array(2 * reduction.variables);
  }

  /** What is left of a clause; undefined where a clause of two says it already. */
  apply(clause: readonly Lit[]): Lit[] | undefined {
    for (const lit of clause) this.#isIn[lit] = 1;
    const isSaid = clause.some((lit) => this.#isIn[lit] === 1 && this.#resolve(lit));
    const kept = clause.filter((lit) => this.#isIn[lit] === 1);
    for (const lit of clause) this.#isIn[lit] = 0;
    return isSaid ? undefined : kept;
  }

  /** Takes out what the clauses of two with this literal make idle; true where one says all. */
  #resolve(lit: Lit): boolean {
    const { at, items } = this.#partners;
    const [from, to] = [at[lit] ?? 0, at[lit + 1] ?? 0];
    this.steps += to - from;
    for (let e = from; e < to; e++) {
      const other = items[e] ?? 0;
      if (this.#isIn[other] === 1) return true;
      this.#isIn[other ^ 1] = 0;
    }
    return false;
  }
}

/**
 * Drops long clauses that a clause of two says already, and takes literals out of long clauses whose
 * opposite stands in a clause of two beside another literal of theirs. Answers whether a clause got
 * shorter.
 */
export function shortenClauses(reduction: Reduction): boolean {
  const shortening = new Shortening(reduction);
  let isAny = false;
  reduction.clauses = reduction.clauses.flatMap((clause) => {
    if (clause.length === 2 || shortening.steps > STEPS_MAX) return [clause];
    const kept = shortening.apply(clause);
    if (kept === undefined) return [];
    isAny ||= kept.length < clause.length;
    return [kept];
  });
  reduction.steps += shortening.steps;
  return isAny;
}
