/** A problem as clauses over numbered Boolean variables, for solvers that know nothing else. */
import {
  ANY,
  type Constraint,
  type Problem,
} from '../../packages/configurator/src/problem/problem.ts';

/** Variables count from 1; a negative number is the opposite. Option o is variable o + 1. */
export interface Clauses {
  readonly variables: number;
  readonly clauses: readonly (readonly number[])[];
}

/** Combinations of literals that a count is spelled out in, at most. */
const SPELLED_MAX = 20_000;

interface Draft {
  readonly problem: Problem;
  variables: number;
  readonly clauses: number[][];
}

/**
 * The usual encoding: a variable an option, exactly one of each variable's; a selector for each row
 * of a table or of boxes. Undefined where a constraint has no clauses of a sensible number.
 */
export function encode(problem: Problem): Clauses | undefined {
  const options = problem.optionAt.at(-1) ?? 0;
  const draft: Draft = { problem, variables: options, clauses: [] };
  for (let v = 0; v < problem.sizes.length; v++) exactlyOne(draft, optionsOf(problem, v));
  const isWhole = problem.constraints.every((constraint) => add(draft, constraint));
  return isWhole ? { variables: draft.variables, clauses: draft.clauses } : undefined;
}

function optionsOf({ optionAt, sizes }: Problem, v: number): number[] {
  return Array.from({ length: sizes[v] ?? 0 }, (_, x) => (optionAt[v] ?? 0) + x + 1);
}

function exactlyOne({ clauses }: Draft, variables: readonly number[]): void {
  clauses.push([...variables]);
  variables.forEach((a, i) => {
    for (const b of variables.slice(i + 1)) clauses.push([-a, -b]);
  });
}

function add(draft: Draft, constraint: Constraint): boolean {
  switch (constraint.kind) {
    case 'clause':
      draft.clauses.push(Array.from(constraint.literals, numberOf));
      return true;
    case 'table':
      addRows(draft, tableCells(draft.problem, constraint));
      return true;
    case 'boxes':
      addRows(
        draft,
        constraint.rows.map((row) =>
          row.map((cell, i) => {
            const from = draft.problem.optionAt[constraint.scope[i] ?? 0] ?? 0;
            return Array.from(cell, (x) => from + x + 1);
          }),
        ),
      );
      return true;
    case 'count':
      return addCount(draft, Array.from(constraint.literals, numberOf), constraint);
    case 'linear':
    case 'opaque':
      return false;
  }
}

function numberOf(literal: number): number {
  const variable = (literal >> 1) + 1;
  return (literal & 1) === 0 ? variable : -variable;
}

type Rows = readonly (readonly (readonly number[])[])[];

function tableCells(
  problem: Problem,
  { scope, rows }: { readonly scope: Int32Array; readonly rows: Int32Array },
): Rows {
  const width = scope.length;
  return Array.from({ length: width === 0 ? 0 : rows.length / width }, (_, r) =>
    Array.from(scope, (v, i) => {
      const value = rows[r * width + i] ?? ANY;
      return value === ANY ? [] : [(problem.optionAt[v] ?? 0) + value + 1];
    }),
  );
}

function addRows(draft: Draft, rows: Rows): void {
  const selectors = rows.map((row) => {
    const selector = ++draft.variables;
    for (const cell of row) if (cell.length > 0) draft.clauses.push([-selector, ...cell]);
    return selector;
  });
  draft.clauses.push(selectors);
}

/** Of each `max + 1` one does not hold, of each `n - min + 1` one holds. */
function addCount(
  { clauses }: Draft,
  literals: readonly number[],
  { min, max }: { readonly min: number; readonly max: number },
): boolean {
  const sets = [
    ...(max < literals.length ? [{ size: max + 1, sign: -1 }] : []),
    ...(min > 0 ? [{ size: literals.length - min + 1, sign: 1 }] : []),
  ];
  for (const { size, sign } of sets) {
    if (combinations(literals.length, size) > SPELLED_MAX) return false;
    for (const chosen of choose(literals, size)) clauses.push(chosen.map((each) => sign * each));
  }
  return true;
}

function combinations(n: number, k: number): number {
  let count = 1;
  for (let i = 0; i < k; i++) count = (count * (n - i)) / (i + 1);
  return count;
}

function choose<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return list.flatMap((first, i) =>
    choose(list.slice(i + 1), size - 1).map((rest) => [first, ...rest]),
  );
}
