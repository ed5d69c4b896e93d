import type { Literal } from '../problem/problem.ts';
import type { Meter } from './answers.ts';
import {
  allowsValues,
  type Domains,
  domainsUnder,
  keepRows,
  type LeftRows,
  type TableRules,
  valuesLeft,
} from './table-rules.ts';

/** Tables under literals: what these leave is worked out once for all questions about rules. */
export interface TableQuestion {
  readonly of: TableRules;
  /** What the literals leave. */
  readonly base: Domains;
  /** By rule: its rows within that, once they were asked for. */
  readonly rows: LeftRows[];
  readonly meter: Meter;
}

/** Rows that domains leave, and by place how many values these had then. */
export interface Narrowed extends LeftRows {
  readonly left: Int32Array;
}

/** Domains narrowed by rules; rows are shared between states and never changed. */
export interface State extends Domains {
  readonly rows: (Narrowed | undefined)[];
}

const NO_ROWS: LeftRows = { at: new Int32Array(0), bits: new Int32Array(0) };

/** Tables under literals; nothing where the literals leave a variable no value. */
export function openTableQuestion(
  of: TableRules,
  literals: Iterable<Literal>,
  meter: Meter,
): TableQuestion | undefined {
  const base = domainsUnder(of, literals);
  return base && { of, base, rows: [], meter };
}

/** Rows of a rule that the literals leave. */
export function rowsOf({ of, base, rows, meter }: TableQuestion, rule: number): LeftRows {
  const known = rows[rule];
  const own = of.tables[rule];
  if (known !== undefined || own === undefined) return known ?? NO_ROWS;
  let left = own.all;
  own.scope.forEach((v, place) => {
    if ((base.left[v] ?? 0) === of.problem.sizes[v]) return;
    left = keepRows(left, own.table, { place, values: valuesLeft(of.problem, base, v), meter });
  });
  rows[rule] = left;
  return left;
}

/** Whether values within what the literals leave keep a rule. */
export function keepsTable(question: TableQuestion, rule: number, values: Int32Array): boolean {
  const own = question.of.tables[rule];
  return own !== undefined && allowsValues(rowsOf(question, rule), own, values);
}

/** Rules that values within what the literals leave break. */
export function brokenTables(question: TableQuestion, values: Int32Array): readonly number[] {
  return [...question.of.tables.keys()].filter((rule) => !keepsTable(question, rule, values));
}

/** Of some rules the first without any row; -1 where all have some. */
export function emptyTable(question: TableQuestion, rules: Iterable<number>): number {
  for (const rule of rules) if (rowsOf(question, rule).at.length === 0) return rule;
  return -1;
}
