import { ANY } from '../problem/problem.ts';
import type { RowRelation } from './relation.ts';

/** Columns of a table that are looked at; further ones tell nothing. */
const COLUMNS_MAX = 30;
/** Columns up to which counts stand in an array by their marks. */
const COLUMNS_DENSE = 12;
/** Rows of a table that are looked at, evenly spread. */
const ROWS_MAX = 1 << 16;

/** A table, as far as it tells how many different rows some of its columns have. */
export interface Projection {
  /** By column: a random number for the cell of each row. Rows are told apart by their sum. */
  readonly codes: readonly Int32Array[];
  /** By columns, a bit for each: logarithm of their different rows, NaN where not yet counted. */
  readonly counts: Float64Array;
  /** The same where there are too many columns for an array. */
  readonly manyCounts: Map<number, number>;
}

/** What counting may still cost, and room for it. */
export interface Counting {
  rowsLeft: number;
  sums: Int32Array;
  table: Int32Array;
}

export function makeCounting(rowsLeft: number): Counting {
  return { rowsLeft, sums: new Int32Array(0), table: new Int32Array(0) };
}

function codeOf(column: number, cell: number): number {
  let h = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(cell + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f);
  return h ^ (h >>> 16);
}

/** The columns of a table that name a value in every row, and a way to count over them. */
export function projectionOf(
  { scope, rows }: RowRelation,
  isOpen: (variable: number) => boolean,
): { readonly columns: readonly number[]; readonly projection: Projection } {
  const width = scope.length;
  const count = rows.length / width;
  const stride = Math.max(1, count / ROWS_MAX);
  const columns: number[] = [];
  const codes: Int32Array[] = [];
  for (let p = 0; p < width && columns.length < COLUMNS_MAX; p++) {
    if (!isOpen(scope[p] ?? 0)) continue;
    const own = new Int32Array(Math.floor(count / stride));
    let isFull = true;
    for (let i = 0; i < own.length && isFull; i++) {
      const cell = rows[Math.floor(i * stride) * width + p] ?? ANY;
      isFull = cell !== ANY;
      own[i] = codeOf(p, cell);
    }
    if (!isFull) continue;
    columns.push(p);
    codes.push(own);
  }
  const isDense = columns.length <= COLUMNS_DENSE;
  const counts = new Float64Array(isDense ? 1 << columns.length : 0).fill(Number.NaN);
  return { columns, projection: { codes, counts, manyCounts: new Map() } };
}

/** The number of different numbers among the first ones. */
function countDistinct({ sums, table }: Counting, rows: number): number {
  let size = 16;
  while (size < 2 * rows) size *= 2;
  table.fill(0, 0, size);
  let count = 0;
  for (let r = 0; r < rows; r++) {
    const sum = (sums[r] as number) || 1;
    let slot = (sum ^ (sum >>> 11)) & (size - 1);
    while (table[slot] !== 0 && table[slot] !== sum) slot = (slot + 1) & (size - 1);
    if (table[slot] === sum) continue;
    table[slot] = sum;
    count++;
  }
  return count;
}

function addUp(counting: Counting, { codes }: Projection, columns: number): number {
  const rows = codes[0]?.length ?? 0;
  if (counting.sums.length < rows) {
    counting.sums = new Int32Array(rows);
    counting.table = new Int32Array(4 * rows + 16);
  }
  const { sums } = counting;
  sums.fill(0, 0, rows);
  for (let p = 0; columns >>> p !== 0; p++) {
    const own = codes[p];
    if (((columns >>> p) & 1) === 0 || own === undefined) continue;
    for (let r = 0; r < rows; r++) sums[r] = (sums[r] as number) + (own[r] as number);
  }
  return rows;
}

function count(counting: Counting, projection: Projection, columns: number): number {
  const rows = addUp(counting, projection, columns);
  counting.rowsLeft -= rows;
  const log = Math.log(Math.max(1, countDistinct(counting, rows)));
  if (projection.counts.length > 0) projection.counts[columns] = log;
  else projection.manyCounts.set(columns, log);
  return log;
}

/**
 * Logarithm of how many different rows a table has over some columns: a pass over its rows, once.
 * Negative where the budget is used up before.
 */
export function logCount(counting: Counting, projection: Projection, columns: number): number {
  const { counts } = projection;
  const known = counts.length > 0 ? counts[columns] : projection.manyCounts.get(columns);
  if (known !== undefined && known >= 0) return known;
  return counting.rowsLeft > 0 ? count(counting, projection, columns) : -1;
}
