import type { Lit } from './formula.ts';
import { fix, type Reduction } from './reduction.ts';

/** Four clauses of two can be different about two variables; variables with more have other partners. */
const ROWS_MAX = 4;

/** Clauses of two by variable, and which variables anything else binds. */
interface Pairs {
  readonly of: number[][];
  readonly isDropped: Uint8Array;
  readonly isHeld: Uint8Array;
}

function pairsOf(reduction: Reduction): Pairs {
  const of: number[][] = Array.from({ length: reduction.variables }, () => []);
  const isHeld = new Uint8Array(reduction.variables);
  reduction.clauses.forEach((clause, row) => {
    for (const lit of clause) {
      if (clause.length === 2) of[lit >> 1]?.push(row);
      else isHeld[lit >> 1] = 1;
    }
  });
  for (const exclusion of reduction.exclusions) for (const lit of exclusion) isHeld[lit >> 1] = 1;
  return { of, isDropped: new Uint8Array(reduction.clauses.length), isHeld };
}

/** The only other variable that a variable shares clauses with; -1 where there is none or more. */
function onlyPartner(reduction: Reduction, rows: readonly number[], v: number): number {
  let partner = -1;
  for (const row of rows) {
    const [a = 0, b = 0] = reduction.clauses[row] ?? [];
    const other = a >> 1 === v ? b >> 1 : a >> 1;
    if (partner >= 0 && partner !== other) return -1;
    partner = other;
  }
  return partner;
}

/** Hangs a variable on the literals of its partner: what each of them leaves of it. */
function hang(reduction: Reduction, rows: readonly number[], v: number, partner: number): void {
  const { builder, nodes } = reduction;
  for (const given of [2 * partner, 2 * partner + 1]) {
    const isLeft = (lit: Lit): boolean =>
      !rows.some((row) => {
        const clause = reduction.clauses[row] ?? [];
        return clause.includes(lit ^ 1) && clause.includes(given ^ 1);
      });
    const [pro, contra] = [2 * v, 2 * v + 1].map((lit) =>
      isLeft(lit) ? (nodes[lit] ?? builder.yes) : builder.no,
    );
    if (!isLeft(2 * v) && !isLeft(2 * v + 1)) fix(reduction, given ^ 1);
    const rest = builder.either(pro ?? builder.no, contra ?? builder.no);
    nodes[given] = builder.all([nodes[given] ?? builder.yes, rest]);
  }
}

/**
 * Takes out variables that share constraints with one other variable only: they hang on its
 * literals. Answers whether there were any. Linear in the clauses of two.
 */
export function hangLeaves(reduction: Reduction): boolean {
  const { of, isDropped, isHeld } = pairsOf(reduction);
  const left = Int32Array.from(of, (rows) => rows.length);
  const open = Array.from(of.keys());
  let isAny = false;
  for (let v = open.pop(); v !== undefined; v = open.pop()) {
    if (isHeld[v] === 1 || reduction.value[2 * v] !== 0 || (left[v] ?? 0) > ROWS_MAX) continue;
    const rows = (of[v] ?? []).filter((row) => isDropped[row] === 0);
    const partner = onlyPartner(reduction, rows, v);
    if (partner < 0) continue;
    hang(reduction, rows, v, partner);
    reduction.isGone[v] = 1;
    for (const row of rows) isDropped[row] = 1;
    left[v] = 0;
    left[partner] = (left[partner] ?? 0) - rows.length;
    open.push(partner);
    isAny = true;
  }
  reduction.clauses = reduction.clauses.filter((_, row) => isDropped[row] === 0);
  return isAny;
}
