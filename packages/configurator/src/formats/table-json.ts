import { ok, type Result, refused } from '@keepsake/kernel';
import type { Value } from '../expression.ts';
import type { Model, ModelRule, ModelVariable } from '../model/model.ts';
import { type Constraint, makeProblem } from '../problem/problem.ts';
import { checkName, checkText, collectFaults, issuesOf, withoutMark } from './faults.ts';
import type { FormatIssue } from './issue.ts';
import {
  complain,
  endJson,
  type JsonCursor,
  nextSign,
  takeIndex,
  takeList,
  takeMapping,
  takeScalar,
  takeText,
} from './json-cursor.ts';
import { distinctRows, type NumberList, numberList } from './row-store.ts';

const VARIABLES_MAX = 100_000;
/** Values of all variables together at most. */
const OPTIONS_MAX = 4_000_000;
/** Columns of a table at most. */
const COLUMNS_MAX = 1_000;

interface Place<T> {
  readonly is: T;
  readonly offset: number;
}

/** A table as it stands, before its scope is looked up: variables may follow it in the file. */
interface RawTable {
  readonly offset: number;
  name: string | undefined;
  scope: readonly Place<string | number>[] | undefined;
  /** Cells of all rows; those of a row of another width than the first are left out. */
  readonly cells: NumberList;
  /** Where each kept row begins. */
  readonly rowOffsets: NumberList;
  width: number;
  hasRows: boolean;
}

/** Where the next value begins. */
function hereOf(cursor: JsonCursor): number {
  nextSign(cursor);
  return cursor.at;
}

function readValues(cursor: JsonCursor): readonly Value[] {
  const values = new Set<Value>();
  takeList(cursor, () => {
    const offset = hereOf(cursor);
    const value = takeScalar(cursor);
    if (value === undefined) return;
    if (values.has(value)) {
      const message = `the value '${String(value)}' is there already`;
      complain(cursor, offset, { code: 'name/duplicate', message });
    } else if (typeof value !== 'string' || checkName(value, offset, cursor.faults)) {
      values.add(value);
    }
  });
  return [...values];
}

function readVariable(cursor: JsonCursor): Place<ModelVariable> | undefined {
  const offset = hereOf(cursor);
  let name: string | undefined;
  let values: readonly Value[] | undefined;
  takeMapping(cursor, {
    name: () => {
      name = takeText(cursor);
    },
    values: () => {
      values = readValues(cursor);
    },
  });
  if (name === undefined || values === undefined) {
    const message = 'a variable has a name and values';
    return complain(cursor, offset, { code: 'value/type', message });
  }
  if (!checkName(name, offset, cursor.faults)) return undefined;
  if (values.length === 0) {
    complain(cursor, offset, { code: 'value/bounds', message: `'${name}' has no value` });
  }
  return { is: { name, values }, offset };
}

function readRow(cursor: JsonCursor, table: RawTable): void {
  const offset = hereOf(cursor);
  const start = table.cells.length;
  let width = 0;
  takeList(cursor, () => {
    const cell = takeIndex(cursor);
    if (!table.hasRows || width < table.width) table.cells.push(cell);
    width++;
  });
  if (cursor.isBroken) return;
  if (!table.hasRows) {
    table.hasRows = true;
    table.width = width;
  }
  if (width !== table.width) {
    const row = table.rowOffsets.length + 1;
    const message = `row ${String(row)} has ${String(width)} cells, the first ${String(table.width)}`;
    complain(cursor, offset, { code: 'value/bounds', message });
    for (let i = table.cells.length - start; i < table.width; i++) table.cells.push(0);
  }
  table.rowOffsets.push(offset);
}

function readTable(cursor: JsonCursor): RawTable {
  const table: RawTable = {
    offset: hereOf(cursor),
    name: undefined,
    scope: undefined,
    cells: numberList(),
    rowOffsets: numberList(),
    width: 0,
    hasRows: false,
  };
  let hasTuples = false;
  takeMapping(cursor, {
    name: () => {
      table.name = takeText(cursor);
    },
    scope: () => {
      const scope: Place<string | number>[] = [];
      takeList(cursor, () => {
        const offset = hereOf(cursor);
        const is = takeScalar(cursor);
        if (typeof is === 'string' || typeof is === 'number') scope.push({ is, offset });
        else complain(cursor, offset, { code: 'value/type', message: 'expected a variable' });
      });
      table.scope = scope;
    },
    tuples: () => {
      hasTuples = true;
      takeList(cursor, () => readRow(cursor, table));
    },
  });
  if (table.scope === undefined || !hasTuples) {
    const message = 'a table has a scope and tuples';
    complain(cursor, table.offset, { code: 'value/type', message });
  }
  return table;
}

interface Named {
  readonly variables: readonly ModelVariable[];
  readonly numbers: ReadonlyMap<string, number>;
}

function nameVariables(cursor: JsonCursor, places: readonly Place<ModelVariable>[]): Named {
  const numbers = new Map<string, number>();
  let options = 0;
  for (const [v, { is, offset }] of places.entries()) {
    if (numbers.has(is.name)) {
      const message = `two variables are called '${is.name}'`;
      complain(cursor, offset, { code: 'name/duplicate', message });
    }
    numbers.set(is.name, v);
    options += is.values.length;
  }
  if (places.length > VARIABLES_MAX || options > OPTIONS_MAX) {
    const message = `at most ${String(VARIABLES_MAX)} variables and ${String(OPTIONS_MAX)} values`;
    complain(cursor, 0, { code: 'limit/exceeded', message });
  }
  return { variables: places.map(({ is }) => is), numbers };
}

function findScope(cursor: JsonCursor, named: Named, table: RawTable): Int32Array | undefined {
  const scope = (table.scope ?? []).map(({ is, offset }) => {
    const v = typeof is === 'string' ? (named.numbers.get(is) ?? -1) : is;
    if (named.variables[v] !== undefined) return v;
    complain(cursor, offset, { code: 'name/unknown', message: `no variable '${String(is)}'` });
    return -1;
  });
  if (scope.includes(-1)) return undefined;
  const isOnce = new Set(scope).size === scope.length;
  if (!isOnce || scope.length === 0 || scope.length > COLUMNS_MAX) {
    const message = `a scope has 1 to ${String(COLUMNS_MAX)} different variables`;
    return complain(cursor, table.offset, { code: 'value/bounds', message });
  }
  return Int32Array.from(scope);
}

function checkRows(
  cursor: JsonCursor,
  { variables }: Named,
  table: RawTable,
  scope: Int32Array,
): void {
  const cells = table.cells.view();
  const sizes = Array.from(scope, (v) => variables[v]?.values.length ?? 0);
  const name = table.name ?? 'a table';
  const offsets = table.rowOffsets.view();
  for (let i = 0; i < cells.length; i++) {
    const p = i % scope.length;
    if ((cells[i] ?? 0) < (sizes[p] ?? 0)) continue;
    const row = Math.floor(i / scope.length);
    const of = variables[scope[p] ?? 0]?.name ?? '';
    const has = `'${of}' has ${String(sizes[p])} values`;
    const message = `${name}, row ${String(row + 1)}: no value ${String(cells[i])}, ${has}`;
    complain(cursor, offsets[row] ?? 0, { code: 'value/bounds', message });
  }
}

interface Resolved {
  readonly constraint: Constraint;
  readonly rule: ModelRule;
  readonly note: string | undefined;
}

function resolveTable(
  cursor: JsonCursor,
  named: Named,
  table: RawTable,
  index: number,
): Resolved | undefined {
  const scope = findScope(cursor, named, table);
  if (scope === undefined) return undefined;
  const name = table.name ?? `table ${String(index + 1)}`;
  if (table.hasRows && table.width !== scope.length) {
    const cells = `rows of ${String(table.width)} cells over ${String(scope.length)} variables`;
    const message = `${name} has ${cells}`;
    return complain(cursor, table.offset, { code: 'value/bounds', message });
  }
  checkRows(cursor, named, table, scope);
  const all = table.cells.view();
  const rows = distinctRows(all, scope.length);
  const dropped = (all.length - rows.length) / scope.length;
  const over = Array.from(scope, (v) => named.variables[v]?.name ?? '').join(', ');
  return {
    constraint: { kind: 'table', scope, rows },
    rule: { id: `table-${String(index + 1)}`, text: `${name}: what fits together of ${over}` },
    note: dropped === 0 ? undefined : `${name}: ${String(dropped)} repeated rows were left out`,
  };
}

/**
 * Reads tables over finite domains: `{name, variables: [{name, values}], tables: [{name, scope,
 * tuples}]}`, where a scope holds names or numbers of variables and tuples hold numbers of values,
 * both from 0. Repeated rows are left out, with a note. Linear in the text; rows go to typed arrays
 * without becoming objects, so that a million of them take about a second.
 */
export function readTableJson(given: string): Result<Model, readonly FormatIssue[]> {
  const text = withoutMark(given);
  const faults = collectFaults();
  const cursor: JsonCursor = { text, faults, at: 0, isBroken: !checkText(text, faults) };
  const places: Place<ModelVariable>[] = [];
  const raw: RawTable[] = [];
  let name: string | undefined;
  takeMapping(cursor, {
    name: () => {
      name = takeText(cursor);
    },
    variables: () =>
      takeList(cursor, () => {
        const place = readVariable(cursor);
        if (place !== undefined) places.push(place);
      }),
    tables: () => takeList(cursor, () => raw.push(readTable(cursor))),
  });
  endJson(cursor);
  const named = nameVariables(cursor, places);
  if (faults.found.length > 0) return refused(issuesOf(text, faults));
  const tables = raw.flatMap((table, t) => resolveTable(cursor, named, table, t) ?? []);
  if (faults.found.length > 0) return refused(issuesOf(text, faults));
  const { variables } = named;
  const constraints = tables.map(({ constraint }) => constraint);
  return ok({
    name: name ?? 'model',
    variables,
    declared: variables.length,
    problem: makeProblem(
      variables.map(({ values }) => values.length),
      constraints,
    ),
    rules: tables.map(({ rule }) => rule),
    ruleOf: Int32Array.from(tables, (_, t) => t),
    outside: [],
    notes: tables.flatMap(({ note }) => note ?? []),
  });
}
