import type { Constraint, CountConstraint, LinearConstraint, Problem } from '../problem/problem.ts';
import { encodeSum, type SumTerm } from './sum-encoding.ts';

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
  readonly clauses: readonly (readonly Lit[])[];
  /** Of each: at most one holds. */
  readonly exclusions: readonly (readonly Lit[])[];
}

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
  const { min, max } = count;
  const width = lits.length;
  if (min > max || min > width || max < 0) draft.clauses.push([]);
  if (min <= 0 && max >= width) return true;
  if (min <= 1 && max >= width) draft.clauses.push([...lits]);
  else if (min <= 0 && max >= width - 1) draft.clauses.push(lits.map((lit) => lit ^ 1));
  else if (max === 1 || min === width - 1) {
    const isMost = max === 1;
    const own = isMost ? [...lits] : lits.map((lit) => lit ^ 1);
    draft.exclusions.push(own);
    if (isMost ? min === 1 : max === width - 1) draft.clauses.push([...own]);
  } else {
    const terms = lits.map((lit) => ({ lit, amount: 1 }));
    return encodeSum(draft, terms, { min, max });
  }
  return true;
}

function addLinear(draft: FormulaDraft, lits: Int32Array, { problem, linear }: LinearIn): boolean {
  let fixed = 0;
  const terms: SumTerm[] = [];
  linear.scope.forEach((v, p) => {
    const [low = 0, high = low] = linear.amounts[p] ?? [];
    fixed += low;
    if (high !== low) terms.push({ lit: 2 * v, amount: high - low });
  });
  const { whether } = linear;
  const condition = whether === undefined ? undefined : litOf(problem, lits, whether);
  const bounds = { min: linear.min - fixed, max: linear.max - fixed };
  return encodeSum(draft, terms, bounds, condition);
}

interface LinearIn {
  readonly problem: Problem;
  readonly linear: LinearConstraint;
}

function litOf(_problem: Problem, lits: Int32Array, literal: number): Lit {
  return (lits[literal >> 1] ?? 0) ^ (literal & 1);
}

/** Takes a constraint over; false where its kind or its width is none of ours. */
function addConstraint(
  draft: FormulaDraft,
  problem: Problem,
  lits: Int32Array,
  constraint: Constraint,
): boolean {
  switch (constraint.kind) {
    case 'clause':
      draft.clauses.push(Array.from(constraint.literals, (l) => litOf(problem, lits, l)));
      return true;
    case 'count': {
      const own = Array.from(constraint.literals, (l) => litOf(problem, lits, l));
      return addCount(draft, own, constraint);
    }
    case 'linear':
      return addLinear(draft, lits, { problem, linear: constraint });
    default:
      return false;
  }
}

/**
 * A problem of variables with at most two values, bound by clauses, counts and sums, as a formula;
 * undefined for any other, and where a sum would take too many auxiliary variables. Linear but for
 * sums.
 */
export function readFormula(problem: Problem): Formula | undefined {
  if (problem.sizes.some((size) => size > 2)) return undefined;
  const declared = problem.sizes.length;
  const draft: FormulaDraft = { variables: declared, clauses: [], exclusions: [] };
  const lits = litsOfOptions(problem);
  problem.sizes.forEach((size, v) => {
    if (size < 2) draft.clauses.push([2 * v]);
  });
  for (const constraint of problem.constraints) {
    if (!addConstraint(draft, problem, lits, constraint)) return undefined;
  }
  return { declared, ...draft };
}
