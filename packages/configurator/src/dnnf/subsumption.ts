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

/**
 * Drops long clauses that a clause of two says already, and takes literals out of long clauses whose
 * opposite stands in a clause of two beside another literal of theirs. Answers whether a clause got
 * shorter.
 */
export function shortenClauses(reduction: Reduction): boolean {
  const partners = partnersOf(reduction);
  const mark = new Int32Array(2 * reduction.variables);
  let steps = 0;
  let isAny = false;
  reduction.clauses = reduction.clauses.flatMap((clause, row) => {
    if (clause.length === 2 || steps > STEPS_MAX) return [clause];
    for (const lit of clause) mark[lit] = row + 1;
    const isOut = (lit: Lit): boolean => mark[lit] !== row + 1;
    for (const lit of clause) {
      if (isOut(lit)) continue;
      for (let e = partners.at[lit] ?? 0; e < (partners.at[lit + 1] ?? 0); e++) {
        const other = partners.items[e] ?? 0;
        if (!isOut(other)) return [];
        mark[other ^ 1] = 0;
      }
      steps += (partners.at[lit + 1] ?? 0) - (partners.at[lit] ?? 0);
    }
    const kept = clause.filter((lit) => !isOut(lit));
    isAny ||= kept.length < clause.length;
    return [kept];
  });
  reduction.steps += steps;
  return isAny;
}
