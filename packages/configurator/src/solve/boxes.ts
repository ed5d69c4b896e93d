import { holds, mentionedIn, type Tree, type Value } from '../expression.ts';
import type { Lookup } from './variable.ts';

/** A box over value indexes; a variable that is not in it may have any value. */
export type Row = ReadonlyMap<number, ReadonlySet<number>>;

/** Tuples that are tried for one condition at most, unless told; beyond it it is taken apart. */
export const TUPLES_MAX = 50_000;
/** Rows a whole condition may have when it is tried at once; more are taken apart first. */
const ROWS_WHOLE = 64;
/** Rows of one constraint at most; beyond it bounds are propagated instead. */
const ROWS_MAX = 20_000;

/** The variables that a condition mentions. */
export function scopeOf(tree: Tree, lookup: Lookup): readonly number[] {
  const scope: number[] = [];
  for (const id of mentionedIn(tree)) {
    const v = lookup.indexOf.get(id);
    if (v !== undefined) scope.push(v);
  }
  return scope;
}

function sizeOf(lookup: Lookup, v: number): number {
  return lookup.variables[v]?.values.length ?? 0;
}

/** Tries every tuple of the scope; the largest variable is gathered into one set a row. */
function enumerate(tree: Tree, wanted: boolean, lookup: Lookup): readonly Row[] {
  const scope = [...scopeOf(tree, lookup)].sort((a, b) => sizeOf(lookup, b) - sizeOf(lookup, a));
  const trial: Record<string, Value> = {};
  const rows: Row[] = [];
  const expression = { source: '', tree };
  const chosen = new Map<number, number>();
  const gather = (v: number): void => {
    const variable = lookup.variables[v];
    if (variable === undefined) return;
    const fitting = new Set<number>();
    for (let i = 0; i < variable.values.length; i++) {
      trial[variable.id] = variable.values[i] ?? null;
      if (holds(expression, trial) === wanted) fitting.add(i);
    }
    if (fitting.size === 0) return;
    const row = new Map<number, ReadonlySet<number>>([[v, fitting]]);
    for (const [other, value] of chosen) row.set(other, new Set([value]));
    rows.push(row);
  };
  const walk = (depth: number): void => {
    const v = scope[depth] ?? 0;
    const variable = lookup.variables[v];
    if (depth === 0 || variable === undefined) {
      gather(v);
      return;
    }
    for (let i = 0; i < variable.values.length; i++) {
      trial[variable.id] = variable.values[i] ?? null;
      chosen.set(v, i);
      walk(depth - 1);
    }
  };
  if (scope.length === 0) return holds(expression, {}) === wanted ? [new Map()] : [];
  walk(scope.length - 1);
  return rows;
}

function intersect(a: Row, b: Row): Row | undefined {
  const row = new Map(a);
  for (const [v, values] of b) {
    const own = row.get(v);
    const both = own === undefined ? values : new Set([...own].filter((i) => values.has(i)));
    if (both.size === 0) return undefined;
    row.set(v, both);
  }
  return row;
}

function conjoin(a: readonly Row[], b: readonly Row[]): readonly Row[] | undefined {
  if (a.length * b.length > ROWS_MAX * 4) return undefined;
  const rows: Row[] = [];
  for (const left of a) {
    for (const right of b) {
      const row = intersect(left, right);
      if (row !== undefined) rows.push(row);
    }
  }
  return rows.length > ROWS_MAX ? undefined : rows;
}

function takeApart(
  tree: Tree & { kind: 'binary' },
  wanted: boolean,
  lookup: Lookup,
): readonly Row[] | undefined {
  const left = boxesOf(tree.left, wanted, lookup);
  const right = boxesOf(tree.right, wanted, lookup);
  if (left === undefined || right === undefined) return undefined;
  if ((tree.op === 'and') === wanted) return conjoin(left, right);
  return left.length + right.length > ROWS_MAX ? undefined : [...left, ...right];
}

/**
 * The boxes in which a condition comes out as `wanted`, by trying all tuples where they are few and
 * by taking `and`, `or` and `not` apart where they are many; undefined when neither is small.
 */
export function boxesOf(tree: Tree, wanted: boolean, lookup: Lookup): readonly Row[] | undefined {
  if (tree.kind === 'not') return boxesOf(tree.of, !wanted, lookup);
  const sizes = scopeOf(tree, lookup).map((v) => sizeOf(lookup, v));
  const tuples = sizes.reduce((product, size) => product * size, 1);
  const rows = tuples / Math.max(1, ...sizes);
  const { tuplesMax = TUPLES_MAX } = lookup;
  if (tuples <= tuplesMax && rows <= ROWS_WHOLE) return enumerate(tree, wanted, lookup);
  if (tree.kind === 'binary' && (tree.op === 'and' || tree.op === 'or')) {
    return takeApart(tree, wanted, lookup);
  }
  return tuples <= tuplesMax ? enumerate(tree, wanted, lookup) : undefined;
}
