import type { Literal } from '../problem/problem.ts';
import type { Meter } from './answers.ts';
import {
  allowsValues,
  type Domains,
  domainsUnder,
  keepRows,
  type LeftRows,
  type TableRules,
  tableAt,
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

/** Rows that domains leave, and by variable how many values these had then. */
export interface Narrowed extends LeftRows {
  readonly left: Int32Array;
}

/** Domains narrowed by rules; rows are shared between states and never changed. */
export interface State extends Domains {
  readonly rows: (Narrowed | undefined)[];
}

/** Tables under literals; nothing where the literals leave a variable no value. */
export function openTableQuestion(
  of: TableRules,
  literals: Iterable<Literal>,
  meter: Meter,
): TableQuestion | undefined {
  const base = domainsUnder(of, literals);
  return base && { of, base, rows: [], meter };
}

/** Of the rows of a rule those that domains leave, where these had `since` values by variable. */
export function narrowRows(
  { of, meter }: TableQuestion,
  rule: number,
  rows: LeftRows,
  { domains, since }: { readonly domains: Domains; readonly since: Int32Array },
): LeftRows {
  const { scope, table } = tableAt(of, rule);
  let left = rows;
  scope.forEach((v, place) => {
    if (domains.left[v] === since[v]) return;
    const values = valuesLeft(of.problem, domains, v);
    const isNot = table.isPlain[place] === true && 2 * values.length > (of.problem.sizes[v] ?? 0);
    left = keepRows(left, table, {
      ...{ place, isNot, meter },
      values: isNot ? valuesLeft(of.problem, domains, v, 0) : values,
    });
  });
  return left;
}

/** Rows of a rule that the literals leave. */
export function rowsOf(question: TableQuestion, rule: number): LeftRows {
  const { of, base, rows } = question;
  const wish = { domains: base, since: of.problem.sizes };
  rows[rule] ??= narrowRows(question, rule, tableAt(of, rule).all, wish);
  return rows[rule];
}

/** Whether values within what the literals leave keep a rule. */
export function keepsTable(question: TableQuestion, rule: number, values: Int32Array): boolean {
  const own = tableAt(question.of, rule);
  return allowsValues(question.rows[rule] ?? own.all, own, values);
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
