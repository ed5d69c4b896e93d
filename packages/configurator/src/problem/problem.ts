/*
 * A finite-domain problem as plain typed arrays: what the compilers and the search work on. It knows
 * no names, no prices and no texts; those stay with the model that it was made from.
 */

/**
 * An *option* is one value of one variable, numbered through: value `x` of variable `v` is option
 * `optionAt[v] + x`. Answers about all values of all variables are arrays by option.
 */
export type Option = number;

/**
 * A *literal* says that a variable has a value, or that it has not: option `o` is `2 * o`, its
 * negation `2 * o + 1`. Of a variable with two values only positive literals are used.
 */
export type Literal = number;

/** Variables 0 … n - 1, each with values 0 … sizes[v] - 1, and what binds them. */
export interface Problem {
  /** Values of each variable; at least 1. */
  readonly sizes: Int32Array;
  /** First option of each variable, and the number of options at the end: n + 1 entries. */
  readonly optionAt: Int32Array;
  readonly constraints: readonly Constraint[];
}

/** Every value fits: a cell of a table that says nothing. */
export const ANY = -1;

/** Allowed tuples: row-major, one value of each variable of the scope, or `ANY`. */
export interface TableConstraint {
  readonly kind: 'table';
  readonly scope: Int32Array;
  readonly rows: Int32Array;
}

/** A union of boxes: each row allows every tuple whose values lie in its cells. */
export interface BoxConstraint {
  readonly kind: 'boxes';
  readonly scope: Int32Array;
  /** Ascending values of each cell of each row; a cell is never empty. */
  readonly rows: readonly (readonly Int32Array[])[];
}

/** At least one of the literals holds. */
export interface ClauseConstraint {
  readonly kind: 'clause';
  readonly literals: Int32Array;
}

/** Between `min` and `max` of the literals hold, both included; the literals are different. */
export interface CountConstraint {
  readonly kind: 'count';
  readonly literals: Int32Array;
  readonly min: number;
  readonly max: number;
}

/**
 * The amounts of the values sum to between `min` and `max`, both included (either may be infinite).
 * Amounts are whole numbers within ±2^40, each variable stands in the scope once. With `whether`, a
 * literal about a variable outside the scope: it holds exactly when the sum is within.
 */
export interface LinearConstraint {
  readonly kind: 'linear';
  readonly scope: Int32Array;
  /** Of each variable of the scope: the amount of each of its values. */
  readonly amounts: readonly Float64Array[];
  readonly min: number;
  readonly max: number;
  readonly whether?: Literal;
}

/**
 * A condition too wide for any of the others, known only by what it does. A component that holds one
 * is left to search.
 */
export interface OpaqueConstraint {
  readonly kind: 'opaque';
  readonly scope: Int32Array;
  /**
   * Takes options that no assignment within the domains can have out of them: `possible` holds 1 for
   * every option still in its domain, `remove` is told of each one to go. False where a domain would
   * become empty. Need not find all; must decide full assignments.
   */
  prune(possible: Uint8Array, remove: (option: Option) => void): boolean;
}

/** What binds variables, discriminated by `kind`. */
export type Constraint =
  | TableConstraint
  | BoxConstraint
  | ClauseConstraint
  | CountConstraint
  | LinearConstraint
  | OpaqueConstraint;

/** For each variable the value it must have, or -1 where it is open. */
export type Decided = Int32Array;

/** Numbers the options of variables of the given sizes. */
export function makeProblem(sizes: ArrayLike<number>, constraints: readonly Constraint[]): Problem {
  const optionAt = new Int32Array(sizes.length + 1);
  for (let v = 0; v < sizes.length; v++) optionAt[v + 1] = (optionAt[v] ?? 0) + (sizes[v] ?? 0);
  return { sizes: Int32Array.from(sizes), optionAt, constraints };
}

/** The variable that each option belongs to. */
export function variablesOfOptions(problem: Problem): Int32Array {
  const of = new Int32Array(problem.optionAt.at(-1) ?? 0);
  problem.sizes.forEach((_, v) => {
    of.fill(v, problem.optionAt[v], problem.optionAt[v + 1]);
  });
  return of;
}

/** The literal that an option holds. */
export function literalOf(option: Option): Literal {
  return 2 * option;
}

/** The other literal of the same option. */
export function negated(literal: Literal): Literal {
  return literal ^ 1;
}
