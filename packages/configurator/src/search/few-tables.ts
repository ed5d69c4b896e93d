import type { Literal, Problem } from '../problem/problem.ts';
import type { Meter } from './answers.ts';
import type { Wide } from './load.ts';
import { hasRow } from './row-tables.ts';
import { type RowTable, wordsOf } from './rows.ts';

/** Looked-at words that cost a step, as a power of two. */
const STEP_SHIFT = 3;

/** A rule that is one table or one union of boxes. */
interface TableRule {
  readonly scope: Int32Array;
  readonly table: RowTable;
}

/** Rules that are one table each: then few of them are asked about by their rows alone. */
export interface TableRules {
  readonly problem: Problem;
  readonly variableOf: Int32Array;
  /** By rule. */
  readonly tables: readonly TableRule[];
  /** By variable: rules that mention it. */
  readonly rulesAt: readonly (readonly number[])[];
}

/** What literals leave of the domains: by option, and which variables they are about. */
interface Domains {
  readonly possible: Uint8Array;
  readonly isCut: Uint8Array;
  readonly isEmpty: boolean;
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
    tables[rule] = { scope, table };
  }
  const isWhole = Array.from(tables, (table) => table !== undefined).every(Boolean);
  return isWhole ? { ...of, tables } : undefined;
}

function domainsUnder({ problem, variableOf }: TableRules, literals: Iterable<Literal>): Domains {
  const possible = new Uint8Array(variableOf.length).fill(1);
  const isCut = new Uint8Array(problem.sizes.length);
  for (const literal of literals) {
    const option = literal >> 1;
    const v = variableOf[option] ?? 0;
    isCut[v] = 1;
    if ((literal & 1) === 1) possible[option] = 0;
    else {
      const is = possible[option] ?? 0;
      possible.fill(0, problem.optionAt[v], problem.optionAt[v + 1]);
      possible[option] = is;
    }
  }
  const isEmpty = isCut.some((is, v) => {
    const [from, to] = [problem.optionAt[v], problem.optionAt[v + 1]];
    return is === 1 && !possible.subarray(from, to).includes(1);
  });
  return { possible, isCut, isEmpty };
}

/** Keeps the rows that allow one of the values of a place that are left. */
function narrow(live: Int32Array, supports: Int32Array, possible: Uint8Array): void {
  const words = live.length;
  const left = [...possible.keys()].filter((x) => possible[x] === 1);
  for (let w = 0; w < words; w++) {
    if (live[w] === 0) continue;
    let mask = 0;
    for (const x of left) mask |= supports[x * words + w] ?? 0;
    live[w] = (live[w] ?? 0) & mask;
  }
}

/** The rows of a rule within the domains; nothing where there are none. */
function rowsWithin(
  { problem, tables }: TableRules,
  rule: number,
  { possible, isCut }: Domains,
  meter: Meter,
): Int32Array | undefined {
  const own = tables[rule];
  if (own === undefined) return;
  const { scope, table } = own;
  const live = new Int32Array(wordsOf(table));
  live.fill(-1, 0, table.rowCount >> 5);
  if ((table.rowCount & 31) !== 0) live[table.rowCount >> 5] = (1 << (table.rowCount & 31)) - 1;
  for (let p = 0; p < scope.length; p++) {
    const v = scope[p] ?? 0;
    const supports = table.supports[p];
    if (isCut[v] !== 1 || supports === undefined) continue;
    const own = possible.subarray(problem.optionAt[v], problem.optionAt[v + 1]);
    narrow(live, supports, own);
    meter.left -= live.length >> STEP_SHIFT;
  }
  return live.some((word) => word !== 0) ? live : undefined;
}

/** Rows that allow a value at a place, into `into`; false where there are none. */
function select(rows: Int32Array, supports: Int32Array, value: number, into: Int32Array): boolean {
  const words = rows.length;
  let any = 0;
  for (let w = 0; w < words; w++) {
    const word = (rows[w] ?? 0) & (supports[value * words + w] ?? 0);
    into[w] = word;
    any |= word;
  }
  return any !== 0;
}

/** Rows of two tables, and the places that stand for the same variables. */
interface Join {
  readonly sides: readonly [TableRule, TableRule];
  readonly shared: readonly (readonly [number, number])[];
  readonly meter: Meter;
}

/** Whether a row of either side allow the same values at the shared places from one on. */
function canJoin(join: Join, from: number, rows: readonly [Int32Array, Int32Array]): boolean {
  const places = join.shared[from];
  if (places === undefined || join.meter.left <= 0) return true;
  const [a, b] = join.sides;
  const [ofA, ofB] = [a.table.supports[places[0]], b.table.supports[places[1]]];
  if (ofA === undefined || ofB === undefined) return true;
  const next: [Int32Array, Int32Array] = [rows[0].slice(), rows[1].slice()];
  const values = ofA.length / rows[0].length;
  for (let x = 0; x < values; x++) {
    join.meter.left -= 1 + ((rows[0].length + rows[1].length) >> STEP_SHIFT);
    if (!select(rows[0], ofA, x, next[0]) || !select(rows[1], ofB, x, next[1])) continue;
    if (canJoin(join, from + 1, next)) return true;
  }
  return false;
}

/** Whether two rules exclude each other within the domains. */
function isPairExcluded(
  { tables }: TableRules,
  pair: readonly [number, number],
  rows: readonly [Int32Array, Int32Array],
  meter: Meter,
): boolean {
  const [a, b] = [tables[pair[0]], tables[pair[1]]];
  if (a === undefined || b === undefined) return false;
  const shared: (readonly [number, number])[] = [];
  a.scope.forEach((v, p) => {
    const q = b.scope.indexOf(v);
    if (q >= 0) shared.push([p, q]);
  });
  return !canJoin({ sides: [a, b], shared, meter }, 0, rows);
}

/** Whether no assignment keeps the literals and up to two rules; undefined where the meter ended. */
export function isExcludedByFew(
  of: TableRules,
  rules: readonly number[],
  literals: Iterable<Literal>,
  meter: Meter,
): boolean | undefined {
  const domains = domainsUnder(of, literals);
  if (domains.isEmpty) return true;
  const [a, b] = rules;
  if (a === undefined) return false;
  const rowsOfA = rowsWithin(of, a, domains, meter);
  if (rowsOfA === undefined) return true;
  if (b === undefined) return false;
  const rowsOfB = rowsWithin(of, b, domains, meter);
  if (rowsOfB === undefined) return true;
  const isExcluded = isPairExcluded(of, [a, b], [rowsOfA, rowsOfB], meter);
  return meter.left <= 0 ? undefined : isExcluded;
}

/** Rules that an assignment within the domains breaks, made of any assignment. */
function brokenWithin(of: TableRules, { possible, isCut }: Domains, from: Int32Array): number[] {
  const { problem, tables } = of;
  const values = Int32Array.from(problem.sizes, (_, v) => {
    const first = problem.optionAt[v] ?? 0;
    const value = from[v] ?? 0;
    if (isCut[v] !== 1 || possible[first + value] === 1) return value;
    return possible.indexOf(1, first) - first;
  });
  return [...tables.keys()].filter((rule) => {
    const own = tables[rule];
    return own !== undefined && !hasRow(own.table, own.scope, values);
  });
}

function neighboursOf({ tables, rulesAt }: TableRules, rule: number): ReadonlySet<number> {
  return new Set([...(tables[rule]?.scope ?? [])].flatMap((v) => rulesAt[v] ?? []));
}

/** Pairs that share variables, each once, of a broken rule and any other. */
function* pairsOf(of: TableRules, broken: readonly number[]): Generator<readonly [number, number]> {
  const done = new Set<number>();
  for (const a of broken) {
    done.add(a);
    for (const b of neighboursOf(of, a)) if (!done.has(b)) yield [a, b];
  }
}

/** A pair that excludes the domains, of rules none of which does alone. */
function findPair(
  of: TableRules,
  domains: Domains,
  broken: readonly number[],
  meter: Meter,
): readonly number[] | undefined {
  const known = new Map<number, Int32Array>();
  const rowsOf = (rule: number): Int32Array => {
    const rows = known.get(rule) ?? rowsWithin(of, rule, domains, meter) ?? new Int32Array(0);
    known.set(rule, rows);
    return rows;
  };
  for (const [a, b] of pairsOf(of, broken)) {
    if (isPairExcluded(of, [a, b], [rowsOf(a), rowsOf(b)], meter)) return [a, b];
    if (meter.left <= 0) return;
  }
  return;
}

/** How to look for few tables. */
export interface FewTablesWish {
  /** Any assignment, best one that keeps most; only the cost depends on it. */
  readonly from: Int32Array;
  readonly most: 1 | 2;
  readonly meter: Meter;
}

/** What rows alone tell about literals and rules. */
export type FewTables =
  | { readonly kind: 'few'; readonly rules: readonly number[] }
  | { readonly kind: 'possible' }
  | { readonly kind: 'more' };

/**
 * No rule, one or two that leave no assignment with the literals, if any do: the domains alone, then
 * the rows of single tables, then joins of two that share variables. Of rules that exclude the
 * literals one is broken by any assignment that keeps them: only those broken by one made of `from`
 * are looked at, and their neighbours. Costs the rows of these, and of pairs the values they share.
 */
export function findFewTables(
  of: TableRules,
  literals: Iterable<Literal>,
  { from, most, meter }: FewTablesWish,
): FewTables {
  const domains = domainsUnder(of, literals);
  if (domains.isEmpty) return { kind: 'few', rules: [] };
  const broken = brokenWithin(of, domains, from);
  if (broken.length === 0) return { kind: 'possible' };
  const single = broken.find((rule) => rowsWithin(of, rule, domains, meter) === undefined);
  if (single !== undefined) return { kind: 'few', rules: [single] };
  const pair = most === 2 ? findPair(of, domains, broken, meter) : undefined;
  return pair === undefined ? { kind: 'more' } : { kind: 'few', rules: pair };
}
