import type { Constraint, CountConstraint, LinearConstraint, Problem } from '../problem/problem.ts';
import { encodeSum, type SumBounds, type SumTerm } from './sum-encoding.ts';

/** `2 * v` says that a Boolean variable is true, `2 * v + 1` that it is false. */
export type Lit = number;

/**
 * A Boolean problem as clauses and exclusions. Variables from `declared` on are auxiliary: each
 * solution of the declared ones has exactly one way to set them.
 */
export interface Formula {
  /** Variables of the problem, numbered as there. */
  readonly declared: number;
  readonly variables: number;
  /** Of each: at least one holds. */
  readonly clauses: Lit[][];
  /** Of each: at most one holds. */
  readonly exclusions: Lit[][];
}

/** Constraints after which a slice ends. */
const SLICE = 4096;

/** A formula in the making. */
export interface FormulaDraft {
  variables: number;
  readonly clauses: Lit[][];
  readonly exclusions: Lit[][];
}

/** The literal in each option's stead; variables of one value are held true by a clause. */
function litsOfOptions(problem: Problem): Int32Array {
  const lits = new Int32Array(problem.optionAt.at(-1) ?? 0);
  problem.sizes.forEach((size, v) => {
    const first = problem.optionAt[v] ?? 0;
    lits[first] = size === 2 ? 2 * v + 1 : 2 * v;
    if (size === 2) lits[first + 1] = 2 * v;
  });
  return lits;
}

/** Takes a count over; false where its encoding would be too large. */
function addCount(draft: FormulaDraft, lits: readonly Lit[], count: CountConstraint): boolean {
  const min = Math.max(0, count.min);
  const max = Math.min(lits.length, count.max);
  if (min > max) draft.clauses.push([]);
  else if (min > 0 || max < lits.length) {
    const opposites = lits.map((lit) => lit ^ 1);
    const isSaid =
      sayFew(draft, lits, { min, max }) ||
      sayFew(draft, opposites, { min: lits.length - max, max: lits.length - min });
    if (!isSaid)
      return encodeSum(
        draft,
        lits.map((lit) => ({ lit, amount: 1 })),
        { min, max },
      );
  }
  return true;
}

/** Says that one at least holds, or one at most; false where something else is asked. */
function sayFew(draft: FormulaDraft, lits: readonly Lit[], { min, max }: SumBounds): boolean {
  if (min > 1 || (max > 1 && max < lits.length)) return false;
  if (max === 0) draft.clauses.push(...lits.map((lit) => [lit ^ 1]));
  else if (max === 1 && lits.length > 1) draft.exclusions.push([...lits]);
  if (min === 1) draft.clauses.push([...lits]);
  return true;
}

function addLinear(draft: FormulaDraft, lits: Int32Array, linear: LinearConstraint): boolean {
  let fixed = 0;
  const terms: SumTerm[] = [];
  linear.scope.forEach((v, p) => {
    const [low = 0, high = low] = linear.amounts[p] ?? [];
    fixed += low;
    if (high !== low) terms.push({ lit: 2 * v, amount: high - low });
  });
  const { whether } = linear;
  const condition = whether === undefined ? undefined : litOf(lits, whether);
  const bounds = { min: linear.min - fixed, max: linear.max - fixed };
  return encodeSum(draft, terms, bounds, condition);
}

function litOf(lits: Int32Array, literal: number): Lit {
  return (lits[literal >> 1] ?? 0) ^ (literal & 1);
}

function litsOf(lits: Int32Array, literals: Int32Array): Lit[] {
  const own: Lit[] = [];
  for (const literal of literals) own.push(litOf(lits, literal));
  return own;
}

/** Takes a constraint over; false where its kind or its width is none of ours. */
function addConstraint(draft: FormulaDraft, lits: Int32Array, constraint: Constraint): boolean {
  switch (constraint.kind) {
    case 'clause':
      draft.clauses.push(litsOf(lits, constraint.literals));
      return true;
    case 'count':
      return addCount(draft, litsOf(lits, constraint.literals), constraint);
    case 'linear':
      return addLinear(draft, lits, constraint);
    default:
      return false;
  }
}

/**
 * A problem of variables with at most two values, bound by clauses, counts and sums, as a formula;
 * undefined for any other, and where a sum would take too many auxiliary variables. Linear but for
 * sums.
 */
export function* readFormula(problem: Problem): Generator<undefined, Formula | undefined> {
  if (problem.sizes.some((size) => size > 2)) return undefined;
  const declared = problem.sizes.length;
  const draft: FormulaDraft = { variables: declared, clauses: [], exclusions: [] };
  const lits = litsOfOptions(problem);
  problem.sizes.forEach((size, v) => {
    if (size < 2) draft.clauses.push([2 * v]);
  });
  for (const [k, constraint] of problem.constraints.entries()) {
    if (k % SLICE === SLICE - 1) yield;
    if (!addConstraint(draft, lits, constraint)) return undefined;
  }
  return { declared, ...draft };
}
