import type { Work } from '@keepsake/kernel';
import {
  ANY,
  type BoxConstraint,
  type Constraint,
  type Literal,
  type Problem,
} from '../problem/problem.ts';
import { scopeOf, variableOf } from '../problem/scopes.ts';

/** Allowed rows, as in a table constraint, over the variables of a part. */
export interface RowRelation {
  readonly kind: 'rows';
  readonly scope: Int32Array;
  readonly rows: Int32Array;
}

/** A union of boxes, as in a box constraint. */
export interface BoxRelation {
  readonly kind: 'boxes';
  readonly scope: Int32Array;
  readonly rows: readonly (readonly Int32Array[])[];
}

/** At least one variable has a value that is marked. */
export interface ClauseRelation {
  readonly kind: 'clause';
  readonly scope: Int32Array;
  /** By variable of the scope and value: 1 where it suffices. */
  readonly suffices: readonly Uint8Array[];
}

/** A sum within bounds; with `whether`, exactly when that variable has a value that is marked. */
export interface SumRelation {
  readonly kind: 'sum';
  /** The variables of the sum, without the one that says whether. */
  readonly terms: Int32Array;
  readonly amounts: readonly Float64Array[];
  readonly min: number;
  readonly max: number;
  readonly whether?: { readonly variable: number; readonly holds: Uint8Array };
  /** All variables. */
  readonly scope: Int32Array;
}

/** A constraint over the variables of a part, in the few forms that the compiler knows. */
export type Relation = RowRelation | BoxRelation | ClauseRelation | SumRelation;

/** Variables that are compiled together, numbered 0 … n - 1, and what binds them. */
export interface Part {
  /** Which variable of the problem each is. */
  readonly variables: Int32Array;
  /** By variable and value: 1 where the value may still be had. */
  readonly alive: readonly Uint8Array[];
  readonly relations: readonly Relation[];
}

/** Literals by the variables that they are about: how many of them each value makes true. */
function tallies(
  problem: Problem,
  literals: Int32Array,
  scope: Int32Array,
): readonly Float64Array[] {
  const held = Array.from(scope, (v) => new Float64Array(problem.sizes[v] ?? 1));
  const placeOf = new Map(Array.from(scope, (v, p) => [v, p]));
  const negatives = new Int32Array(scope.length);
  for (const literal of literals) {
    const v = variableOf(problem.optionAt, literal >> 1);
    const p = placeOf.get(v) ?? 0;
    const own = held[p];
    const value = (literal >> 1) - (problem.optionAt[v] ?? 0);
    const isNegative = (literal & 1) === 1;
    if (own === undefined) continue;
    // A negative one is true of all values less its own.
    own[value] = (own[value] ?? 0) + (isNegative ? -1 : 1);
    if (isNegative) negatives[p] = (negatives[p] ?? 0) + 1;
  }
  held.forEach((own, p) => {
    const more = negatives[p] ?? 0;
    if (more > 0)
      own.forEach((n, x) => {
        own[x] = n + more;
      });
  });
  return held;
}

function sufficing(problem: Problem, literal: Literal, variable: number): Uint8Array {
  const held = tallies(problem, Int32Array.of(literal), Int32Array.of(variable));
  return Uint8Array.from(held[0] ?? []);
}

/** Rows over different variables: those that give a repeated variable two values are left out. */
function rowsOf(scope: Int32Array, rows: Int32Array, local: Int32Array): RowRelation {
  const first = Array.from(scope, (v) => scope.indexOf(v));
  const own = scope.filter((_, p) => first[p] === p).map((v) => local[v] ?? 0);
  if (own.length === scope.length) return { kind: 'rows', scope: own, rows };
  const kept: number[] = [];
  for (let r = 0; r < rows.length; r += scope.length) {
    const cells = new Map<number, number>();
    const isOne = first.every((place, p) => {
      const cell = rows[r + p] ?? -1;
      const known = cells.get(place) ?? -1;
      if (cell >= 0 || !cells.has(place)) cells.set(place, cell >= 0 ? cell : known);
      return known < 0 || cell < 0 || known === cell;
    });
    if (isOne) kept.push(...cells.values());
  }
  return { kind: 'rows', scope: own, rows: Int32Array.from(kept) };
}

/** Rows that boxes may be multiplied out to, in all and for each of them. */
const ROWS_MAX = 1 << 18;
const ROWS_PER_BOX = 64;

/** Cells that are written between two chances to pause. */
const SLICE = 1 << 16;

const STARTING = { done: 0, of: 1 };

/** Boxes as rows where these are not too many: rows are sorted, boxes combined one by one. */
function* fromBoxes(problem: Problem, boxes: BoxConstraint, scope: Int32Array): Work<Relation> {
  const isFull = (cell: Int32Array, p: number): boolean =>
    cell.length === problem.sizes[boxes.scope[p] ?? 0];
  const count = (row: readonly Int32Array[]): number =>
    row.reduce((product, cell, p) => product * (isFull(cell, p) ? 1 : cell.length), 1);
  const total = boxes.rows.reduce((sum, row) => sum + count(row), 0);
  if (total > Math.min(ROWS_MAX, ROWS_PER_BOX * boxes.rows.length)) {
    return { kind: 'boxes', scope, rows: boxes.rows };
  }
  const cells: number[] = [];
  const tuple: number[] = [];
  const walk = (row: readonly Int32Array[], p: number): void => {
    const cell = row[p];
    if (cell === undefined) for (const x of tuple) cells.push(x);
    else if (isFull(cell, p)) {
      tuple[p] = ANY;
      walk(row, p + 1);
    } else {
      for (const x of cell) {
        tuple[p] = x;
        walk(row, p + 1);
      }
    }
  };
  let slice = SLICE;
  for (const row of boxes.rows) {
    walk(row, 0);
    if (cells.length < slice) continue;
    slice = cells.length + SLICE;
    yield STARTING;
  }
  return { kind: 'rows', scope, rows: Int32Array.from(cells) };
}

/** A constraint in the compiler's forms; undefined where only search can keep it. */
export function* relationOf(
  problem: Problem,
  constraint: Constraint,
  local: Int32Array,
): Work<Relation | undefined> {
  const scope = scopeOf(problem, constraint);
  const own = scope.map((v) => local[v] ?? 0);
  switch (constraint.kind) {
    case 'table':
      return rowsOf(constraint.scope, constraint.rows, local);
    case 'boxes':
      return yield* fromBoxes(problem, constraint, own);
    case 'clause': {
      const held = tallies(problem, constraint.literals, scope);
      const suffices = held.map((list) => Uint8Array.from(list, (n) => (n > 0 ? 1 : 0)));
      return { kind: 'clause', scope: own, suffices };
    }
    case 'count': {
      const amounts = tallies(problem, constraint.literals, scope);
      const { min, max } = constraint;
      return { kind: 'sum', terms: own, amounts, min, max, scope: own };
    }
    case 'linear': {
      const { amounts, min, max, whether } = constraint;
      const sum = { kind: 'sum' as const, amounts, min, max, scope: own };
      if (whether === undefined) return { ...sum, terms: own };
      const v = scope.at(-1) ?? 0;
      const holds = sufficing(problem, whether, v);
      return { ...sum, terms: own.slice(0, -1), whether: { variable: local[v] ?? 0, holds } };
    }
    case 'opaque':
      return undefined;
  }
}
