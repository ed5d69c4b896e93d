import type {
  BoxConstraint,
  Constraint,
  CountConstraint,
  LinearConstraint,
  OpaqueConstraint,
  Problem,
  TableConstraint,
} from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';
import { findCliques } from './cliques.ts';
import { makeCount } from './counts.ts';
import { type Draft, draftClause, draftEvent, layDown, makeDraft } from './draft.ts';
import { type Engine, makeEngine, wake } from './engine.ts';
import { type Inner, innerOf, type Numbering, numberLiterals, TRUE } from './literals.ts';
import { isTooLong, slowTable } from './long-table.ts';
import { makeOpaque } from './opaque.ts';
import { rowsOfBoxes, rowsOfTable } from './row-tables.ts';
import {
  codeOf,
  makeLiveRows,
  makeRows,
  type PlacedTable,
  type Rows,
  type RowTable,
  wordsOf,
} from './rows.ts';
import { settle } from './solve.ts';
import { makeSum } from './sums.ts';

/** A problem inside an engine. */
export interface Loaded {
  readonly problem: Problem;
  readonly numbering: Numbering;
  readonly engine: Engine;
  /** Of each rule: the literal that makes it bind; none where all rules always do. */
  readonly guards: Int32Array;
  /** Words of the arena that hold given clauses. */
  readonly givenSize: number;
  /** Constraints that are more than clauses and groups. */
  readonly wide: readonly Wide[];
}

/** A constraint that is more than clauses and groups: as given, and its rows or open literals. */
export interface Wide {
  readonly constraint: Constraint;
  /** Variables that it mentions. */
  readonly scope: Int32Array;
  readonly rows?: Rows;
}

interface Loading {
  readonly problem: Problem;
  readonly numbering: Numbering;
  readonly draft: Draft;
  readonly wide: Wide[];
  readonly tables: {
    readonly constraint: Constraint;
    readonly table: RowTable;
    readonly guard: Inner;
  }[];
  readonly possible: Uint8Array;
  readonly bits: RowBits | undefined;
}

/** Tables loaded already, by their rows as given: those of variables as large need no second look. */
export type RowBits = ReadonlyMap<unknown, RowTable>;

/** The tables of a loaded problem by their rows. */
export function bitsOf(wide: readonly Wide[]): RowBits {
  const bits = new Map<unknown, RowTable>();
  for (const { constraint, rows } of wide) {
    if (rows !== undefined && 'rows' in constraint) bits.set(constraint.rows, rows.table);
  }
  return bits;
}

function tableOf(
  { bits }: Loading,
  constraint: TableConstraint | BoxConstraint,
  literals: readonly Int32Array[],
): RowTable {
  const known = bits?.get(constraint.rows);
  if (known?.literals.every((own, p) => own.length === literals[p]?.length)) {
    return { ...known, literals };
  }
  return constraint.kind === 'table'
    ? rowsOfTable(constraint, literals)
    : rowsOfBoxes(constraint, literals);
}

function heldOf(loading: Loading, v: number): Int32Array {
  const { optionAt } = loading.problem;
  return loading.numbering.held.slice(optionAt[v], optionAt[v + 1]);
}

function loadDomains(loading: Loading): void {
  loading.problem.sizes.forEach((size, v) => {
    if (size < 3) return;
    const literals = heldOf(loading, v);
    draftClause(loading.draft, literals);
    loading.draft.groups.push(literals);
  });
}

function noteWide(loading: Loading, constraint: Constraint, rows?: Rows): void {
  const scope = scopeOf(loading.problem, constraint);
  loading.wide.push(rows === undefined ? { constraint, scope } : { constraint, scope, rows });
}

function guarded(literals: Int32Array, guard: Inner): Int32Array {
  return guard === TRUE ? literals : Int32Array.of(...literals, guard ^ 1);
}

/** Literals of a count that are left to count, and its bounds by then. */
function openLiterals(
  loading: Loading,
  { literals, min, max }: CountConstraint,
): { readonly own: Int32Array; readonly min: number; readonly max: number } {
  const all = Array.from(literals, (literal) => innerOf(loading.numbering, literal));
  const set = new Set(all);
  const own = all.filter((literal) => literal >> 1 !== 0 && !set.has(literal ^ 1));
  const paired = all.filter((literal) => literal >> 1 !== 0 && set.has(literal ^ 1)).length / 2;
  const fixed = paired + all.filter((literal) => literal === TRUE).length;
  return { own: Int32Array.from(own), min: min - fixed, max: max - fixed };
}

function loadCount(loading: Loading, constraint: CountConstraint, guard: Inner): void {
  const { draft } = loading;
  const { own, ...bounds } = openLiterals(loading, constraint);
  let [min, max] = [Math.max(0, bounds.min), Math.min(own.length, bounds.max)];
  if (min > max) {
    draftClause(draft, [guard ^ 1]);
    return;
  }
  if (min === 1) {
    draftClause(draft, guarded(own, guard));
    min = 0;
  }
  if (max === 1 && own.length > 2 && guard === TRUE) {
    draft.groups.push(own);
    max = own.length;
  } else if (max === own.length - 1) {
    draftClause(
      draft,
      guarded(
        own.map((literal) => literal ^ 1),
        guard,
      ),
    );
    max = own.length;
  }
  if (min === 0 && max === own.length) return;
  const index = draft.engine.propagators.length;
  makeCount(draft.engine, { literals: own, min, max, guard });
  noteWide(loading, constraint);
  for (const literal of own) {
    if (max < own.length) draftEvent(draft, literal, index, 0);
    if (min > 0) draftEvent(draft, literal ^ 1, index, 0);
  }
  draftEvent(draft, guard, index, 0);
}

function loadLinear(loading: Loading, constraint: LinearConstraint, guard: Inner): void {
  const { draft, numbering } = loading;
  const literals = Array.from(constraint.scope, (v) => heldOf(loading, v));
  const index = draft.engine.propagators.length;
  const whether = constraint.whether === undefined ? TRUE : innerOf(numbering, constraint.whether);
  const { amounts, min, max } = constraint;
  makeSum(draft.engine, { literals, amounts, min, max, whether, guard });
  for (const own of literals) for (const literal of own) draftEvent(draft, literal ^ 1, index, 0);
  draftEvent(draft, whether, index, 0);
  draftEvent(draft, whether ^ 1, index, 0);
  draftEvent(draft, guard, index, 0);
  noteWide(loading, constraint);
}

function loadOpaque(
  loading: Loading,
  constraint: OpaqueConstraint,
  guard: Inner,
  given: Constraint = constraint,
): void {
  const { draft, problem, numbering, possible } = loading;
  const options = Int32Array.from(
    [...constraint.scope].flatMap((v) =>
      Array.from({ length: problem.sizes[v] ?? 0 }, (_, x) => (problem.optionAt[v] ?? 0) + x),
    ),
  );
  const index = draft.engine.propagators.length;
  makeOpaque(draft.engine, { constraint, options, held: numbering.held, possible, guard });
  for (const option of options) {
    draftEvent(draft, (numbering.held[option] ?? 0) ^ 1, index, 0);
  }
  draftEvent(draft, guard, index, 0);
  noteWide(loading, given);
}

function loadConstraint(loading: Loading, constraint: Constraint, guard: Inner): void {
  const { numbering, tables } = loading;
  switch (constraint.kind) {
    case 'clause': {
      const literals = constraint.literals.map((literal) => innerOf(numbering, literal));
      draftClause(loading.draft, guarded(literals, guard));
      return;
    }
    case 'count':
      loadCount(loading, constraint, guard);
      return;
    case 'linear':
      loadLinear(loading, constraint, guard);
      return;
    case 'opaque':
      loadOpaque(loading, constraint, guard);
      return;
    default: {
      const literals = Array.from(constraint.scope, (v) => heldOf(loading, v));
      if (constraint.kind === 'table') {
        const rowCount = constraint.rows.length / Math.max(1, literals.length);
        if (isTooLong(rowCount, literals)) {
          loadOpaque(loading, slowTable(loading.problem, constraint), guard, constraint);
          return;
        }
      }
      tables.push({ constraint, table: tableOf(loading, constraint, literals), guard });
    }
  }
}

function loadTable(draft: Draft, of: PlacedTable): Rows {
  const index = draft.engine.propagators.length;
  const rows = makeRows(draft.engine, of);
  of.table.literals.forEach((literals, place) => {
    literals.forEach((literal, x) => {
      draftEvent(draft, literal, index, codeOf(place, x, false));
      if (literals.length > 2) draftEvent(draft, literal ^ 1, index, codeOf(place, x, true));
    });
  });
  draftEvent(draft, of.guard, index, -1);
  return rows;
}

function loadTables(loading: Loading): void {
  const { tables, draft } = loading;
  if (tables.length === 0) return;
  const words = tables.reduce((sum, { table }) => sum + wordsOf(table), 0);
  const live = makeLiveRows(words, tables.length);
  draft.engine.savings.push(live);
  let first = 0;
  tables.forEach(({ constraint, table, guard }, number) => {
    noteWide(loading, constraint, loadTable(draft, { table, guard, live, number, first }));
    first += wordsOf(table);
  });
}

function groupPairs(draft: Draft): void {
  const found = findCliques(draft.pairs, 2 * draft.engine.atomCount);
  draft.groups.push(...found.groups);
  draft.pairs.length = 0;
  for (const literal of found.pairs) draft.pairs.push(literal);
}

/**
 * Loads a problem. With `ruleOf`, each rule gets a literal that makes its constraints bind; without,
 * all of them always do, pairs that exclude each other become groups, and what follows from the
 * constraints alone is drawn at once. `bits` are tables that were loaded before.
 */
export function loadProblem(problem: Problem, ruleOf?: ArrayLike<number>, bits?: RowBits): Loaded {
  const numbering = numberLiterals(problem);
  let rules = 0;
  if (ruleOf !== undefined) {
    for (let k = 0; k < ruleOf.length; k++) rules = Math.max(rules, (ruleOf[k] ?? 0) + 1);
  }
  const engine = makeEngine(numbering.atomCount + rules);
  const guards = Int32Array.from({ length: rules }, (_, r) => 2 * (numbering.atomCount + r));
  const draft = makeDraft(engine);
  const possible = new Uint8Array(problem.optionAt.at(-1) ?? 0);
  const loading: Loading = { problem, numbering, draft, wide: [], tables: [], possible, bits };
  loadDomains(loading);
  problem.constraints.forEach((constraint, k) => {
    loadConstraint(loading, constraint, guards[ruleOf?.[k] ?? -1] ?? TRUE);
  });
  loadTables(loading);
  if (rules === 0) groupPairs(draft);
  layDown(draft);
  const givenSize = engine.arenaSize;
  for (const propagator of engine.propagators) wake(engine, propagator);
  settle(engine);
  return { problem, numbering, engine, guards, givenSize, wide: loading.wide };
}
