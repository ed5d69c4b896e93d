import type { Literal, Problem } from '../problem/problem.ts';
import type { Meter } from './answers.ts';
import type { Wide } from './load.ts';
import { type RowTable, wordsOf } from './rows.ts';

/** Looked-at words that cost a step, as a power of two. */
const STEP_SHIFT = 3;

/** Rows of a table that are left: the words that have some, and which. */
export interface LeftRows {
  readonly at: Int32Array;
  readonly bits: Int32Array;
}

/** A rule that is one table or one union of boxes. */
export interface TableRule {
  readonly scope: Int32Array;
  readonly table: RowTable;
  readonly all: LeftRows;
}

/** Rules that are one table each: then they are asked about by their rows alone. */
export interface TableRules {
  readonly problem: Problem;
  readonly variableOf: Int32Array;
  /** By rule. */
  readonly tables: readonly TableRule[];
  /** By variable: rules that mention it. */
  readonly rulesAt: readonly (readonly number[])[];
}

const NONE = new Int32Array(0);
const NO_TABLE: TableRule = {
  scope: NONE,
  table: { rowCount: 0, literals: [], isPlain: [], supports: [] },
  all: { at: NONE, bits: NONE },
};

/** The table of a rule. */
export function tableAt({ tables }: TableRules, rule: number): TableRule {
  return tables[rule] ?? NO_TABLE;
}

function allRows(table: RowTable): LeftRows {
  const words = (table.rowCount + 31) >> 5;
  const bits = new Int32Array(words).fill(-1);
  if (words > 0) bits[words - 1] = 2 ** (table.rowCount - 32 * (words - 1)) - 1;
  return { at: Int32Array.from(bits.keys()), bits };
}

/** The rules as tables; nothing where one of them is anything else. */
export function tableRulesOf(
  of: Pick<TableRules, 'problem' | 'variableOf' | 'rulesAt'>,
  wide: readonly Wide[],
  ruleOf: ArrayLike<number>,
): TableRules | undefined {
  const rowsOf = new Map(wide.map(({ constraint, rows }) => [constraint, rows?.table]));
  const tables: TableRule[] = [];
  for (const [k, constraint] of of.problem.constraints.entries()) {
    const table = rowsOf.get(constraint);
    const rule = ruleOf[k] ?? 0;
    if (table === undefined || !('scope' in constraint) || tables[rule] !== undefined) return;
    const { scope } = constraint;
    if (new Set(scope).size < scope.length) return;
    tables[rule] = { scope, table, all: allRows(table) };
  }
  const isWhole = Array.from(tables, (table) => table !== undefined).every(Boolean);
  return isWhole ? { ...of, tables } : undefined;
}

/** The rows that allow one of some values at a place; the others where `isNot`. */
export function keepRows(
  { at, bits }: LeftRows,
  { supports, rowCount }: RowTable,
  of: {
    readonly place: number;
    readonly values: readonly number[];
    readonly isNot?: boolean;
    readonly meter: Meter;
  },
): LeftRows {
  const { place, values, isNot, meter } = of;
  const words = wordsOf({ rowCount });
  const own = supports[place] ?? new Int32Array(0);
  const flip = isNot === true ? -1 : 0;
  const kept = { at: new Int32Array(at.length), bits: new Int32Array(at.length) };
  let size = 0;
  for (let i = 0; i < at.length; i++) {
    const w = at[i] ?? 0;
    let mask = 0;
    for (let k = 0; k < values.length; k++) mask |= own[(values[k] ?? 0) * words + w] ?? 0;
    mask = (mask ^ flip) & (bits[i] ?? 0);
    if (mask === 0) continue;
    kept.at[size] = w;
    kept.bits[size++] = mask;
  }
  meter.left -= 1 + ((at.length * values.length) >> STEP_SHIFT);
  return { at: kept.at.subarray(0, size), bits: kept.bits.subarray(0, size) };
}

/** Whether some row that is left allows a value at a place. */
export function allowsValue(
  { at, bits }: LeftRows,
  { supports, rowCount }: RowTable,
  place: number,
  value: number,
): boolean {
  const base = value * wordsOf({ rowCount });
  const own = supports[place] ?? new Int32Array(0);
  for (let i = 0; i < at.length; i++) {
    if (((own[base + (at[i] ?? 0)] ?? 0) & (bits[i] ?? 0)) !== 0) return true;
  }
  return false;
}

/** Whether a row that is left allows the values, by variable. */
export function allowsValues(
  { at, bits }: LeftRows,
  { scope, table }: TableRule,
  values: Int32Array,
): boolean {
  const words = wordsOf(table);
  for (let i = 0; i < at.length; i++) {
    let left = bits[i] ?? 0;
    for (let p = 0; p < scope.length && left !== 0; p++) {
      left &= table.supports[p]?.[(values[scope[p] ?? 0] ?? 0) * words + (at[i] ?? 0)] ?? 0;
    }
    if (left !== 0) return true;
  }
  return false;
}

/** What is left of the domains: by option whether it is, and by variable how many are. */
export interface Domains {
  readonly possible: Uint8Array;
  readonly left: Int32Array;
}

/** Takes an option out of the domains. */
export function drop({ possible, left }: Domains, v: number, option: number): void {
  left[v] = (left[v] ?? 0) - (possible[option] ?? 0);
  possible[option] = 0;
}

/** Values of a variable that are left; those that are gone where `is` is 0. */
export function valuesLeft(
  { optionAt }: Problem,
  { possible }: Domains,
  v: number,
  is: 0 | 1 = 1,
): number[] {
  const first = optionAt[v] ?? 0;
  const values: number[] = [];
  for (let o = first; o < (optionAt[v + 1] ?? 0); o++)
    if (possible[o] === is) values.push(o - first);
  return values;
}

/** What literals leave of the domains; nothing where they leave a variable no value. */
export function domainsUnder(
  { problem, variableOf }: TableRules,
  literals: Iterable<Literal>,
): Domains | undefined {
  const { optionAt, sizes } = problem;
  const domains = { possible: new Uint8Array(variableOf.length).fill(1), left: sizes.slice() };
  for (const literal of literals) {
    const option = literal >> 1;
    const v = variableOf[option] ?? 0;
    if ((literal & 1) === 1) drop(domains, v, option);
    else {
      for (let o = optionAt[v] ?? 0; o < (optionAt[v + 1] ?? 0); o++) {
        if (o !== option) drop(domains, v, o);
      }
    }
    if (domains.left[v] === 0) return;
  }
  return domains;
}

/** Values that are left, those of `from` where they are. */
export function valuesNear(
  { optionAt, sizes }: Problem,
  { possible }: Domains,
  from: Int32Array,
): Int32Array {
  return sizes.map((_, v) => {
    const first = optionAt[v] ?? 0;
    const value = from[v] ?? 0;
    return possible[first + value] === 1 ? value : possible.indexOf(1, first) - first;
  });
}
