import { assign, BY_PROPAGATOR, type Engine, type Propagator, type Savings } from './engine.ts';
import type { Inner } from './literals.ts';
import { explainRows, heldBefore } from './row-reasons.ts';

/** The rows of a table or of boxes as bits: which rows allow each value at each place. */
export interface RowTable {
  readonly rowCount: number;
  /** Of each place of the scope: the literal of each value. */
  readonly literals: readonly Int32Array[];
  /** Of each place: whether every row allows exactly one value there. */
  readonly isPlain: readonly boolean[];
  /** Of each place, value by value: `words` words of rows that allow it. */
  readonly supports: readonly Int32Array[];
}

/** Looked-at words that cost a step, as a power of two. */
const STEP_SHIFT = 3;

/** Words of live rows of all tables of an engine, and what they were at lower levels. */
export interface LiveRows extends Savings {
  readonly words: Int32Array;
  readonly stamps: Int32Array;
  /** Words of each table in its own order, those with live rows first. */
  readonly order: Int32Array;
  /** By table: how many of its words have live rows. */
  readonly limits: Int32Array;
  readonly limitStamps: Int32Array;
  /** Places and old words in turns; `-1 - table` and its old limit where the place is below 0. */
  readonly log: number[];
  readonly marks: number[];
  stamp: number;
}

/** Live words for all tables together. */
export function makeLiveRows(wordCount: number, tableCount: number): LiveRows {
  const live: LiveRows = {
    words: new Int32Array(wordCount),
    stamps: new Int32Array(wordCount),
    order: new Int32Array(wordCount),
    limits: new Int32Array(tableCount),
    limitStamps: new Int32Array(tableCount),
    log: [],
    marks: [],
    stamp: 1,
    open() {
      live.marks.push(live.log.length);
      live.stamp++;
    },
    closeTo(level) {
      const { log, words, limits } = live;
      const mark = live.marks[level] ?? log.length;
      for (let i = log.length - 2; i >= mark; i -= 2) {
        const at = log[i] ?? 0;
        if (at >= 0) words[at] = log[i + 1] ?? 0;
        else limits[-1 - at] = log[i + 1] ?? 0;
      }
      log.length = mark;
      live.marks.length = level;
      live.stamp++;
    },
  };
  return live;
}

/** A table among the others of an engine. */
export interface PlacedTable {
  readonly table: RowTable;
  /** Makes it bind. */
  readonly guard: Inner;
  readonly live: LiveRows;
  /** Its number among the tables, and the place of its first word among theirs. */
  readonly number: number;
  readonly first: number;
}

/** A table in an engine. */
export interface Rows extends Propagator, PlacedTable {
  readonly engine: Engine;
  readonly index: number;
  readonly wordCount: number;
  /** Whether rows went since values were last dropped. */
  isChanged: boolean;
  /** Codes told and not yet acted upon. */
  readonly pending: number[];
  /** Of each place, by value: the word that supported it last. */
  readonly residues: readonly Int32Array[];
  /** Of each place: the value that is held in this run, -1 for none; `NOT_LOOKED` at first. */
  readonly heldAt: Int32Array;
  readonly scratch: Int32Array;
}

const NOT_LOOKED = -2;
/** Values of a variable at most, for they share a number with their place. */
export const VALUES_MAX = 0x1_0000;

/** Keeps the rows of a word that the mask has; a word without rows goes behind the limit. */
function keep(rows: Rows, i: number, mask: number): void {
  const { live, first, number } = rows;
  const w = live.order[first + i] ?? 0;
  const at = first + w;
  const old = live.words[at] ?? 0;
  const next = old & mask;
  if (next === old) return;
  if (live.stamps[at] !== live.stamp) {
    live.stamps[at] = live.stamp;
    live.log.push(at, old);
  }
  live.words[at] = next;
  rows.isChanged = true;
  if (next !== 0) return;
  const limit = live.limits[number] ?? 0;
  if (live.limitStamps[number] !== live.stamp) {
    live.limitStamps[number] = live.stamp;
    live.log.push(-1 - number, limit);
  }
  live.limits[number] = limit - 1;
  live.order[first + i] = live.order[first + limit - 1] ?? 0;
  live.order[first + limit - 1] = w;
}

/** Keeps the rows that allow one of the open values of a place. */
function keepOpen(rows: Rows, place: number): void {
  const { engine, table, wordCount } = rows;
  const literals = table.literals[place] ?? new Int32Array(0);
  const supports = table.supports[place] ?? new Int32Array(0);
  const limit = rows.live.limits[rows.number] ?? 0;
  engine.meter.left -= (limit * literals.length) >> STEP_SHIFT;
  for (let i = limit - 1; i >= 0; i--) {
    const w = rows.live.order[rows.first + i] ?? 0;
    let mask = 0;
    for (let x = 0; x < literals.length; x++) {
      if (engine.values[literals[x] ?? 0] !== -1) mask |= supports[x * wordCount + w] ?? 0;
    }
    keep(rows, i, mask);
  }
}

function keepOne(rows: Rows, place: number, value: number, flip: number): void {
  const { table, wordCount } = rows;
  const supports = table.supports[place] ?? new Int32Array(0);
  const base = value * wordCount;
  const { live, first } = rows;
  for (let i = (live.limits[rows.number] ?? 0) - 1; i >= 0; i--) {
    keep(rows, i, (supports[base + (live.order[first + i] ?? 0)] ?? 0) ^ flip);
  }
}

/** The value held at a place, looked for once a run. */
function heldNow(rows: Rows, place: number): number {
  const { heldAt } = rows;
  if (heldAt[place] === NOT_LOOKED) {
    heldAt[place] = heldBefore(rows, place, Number.POSITIVE_INFINITY);
  }
  return heldAt[place] ?? -1;
}

/** Codes hold a place, a value and whether the value is held (0) or gone (1). */
function apply(rows: Rows, code: number): void {
  const place = code >> 17;
  const value = (code >> 1) & 0xffff;
  if ((code & 1) === 0) keepOne(rows, place, value, 0);
  else if (heldNow(rows, place) >= 0) return;
  else if (rows.table.isPlain[place] === true) keepOne(rows, place, value, -1);
  else keepOpen(rows, place);
}

function isSupported(rows: Rows, place: number, value: number): boolean {
  const { live, first, wordCount } = rows;
  const supports = rows.table.supports[place] ?? new Int32Array(0);
  const residues = rows.residues[place] ?? new Int32Array(0);
  const base = value * wordCount;
  const last = residues[value] ?? 0;
  if (((supports[base + last] ?? 0) & (live.words[first + last] ?? 0)) !== 0) return true;
  const limit = live.limits[rows.number] ?? 0;
  for (let i = 0; i < limit; i++) {
    const w = live.order[first + i] ?? 0;
    if (((supports[base + w] ?? 0) & (live.words[first + w] ?? 0)) !== 0) {
      residues[value] = w;
      return true;
    }
  }
  return false;
}

function dropUnsupported(rows: Rows, place: number): void {
  const { engine, index } = rows;
  const literals = rows.table.literals[place] ?? new Int32Array(0);
  for (let x = 0; x < literals.length; x++) {
    const literal = literals[x] ?? 0;
    const value = engine.values[literal];
    if (value === 1) return;
    if (value !== 0 || isSupported(rows, place, x)) continue;
    assign(engine, literal ^ 1, (index << 2) | BY_PROPAGATOR);
  }
}

function run(rows: Rows): boolean {
  const { engine, pending, guard } = rows;
  if (engine.values[guard] === -1) {
    pending.length = 0;
    return true;
  }
  rows.heldAt.fill(NOT_LOOKED);
  for (const code of pending) {
    if (code >= 0) apply(rows, code);
    // Nothing was ever drawn from a table that begins to bind.
    else rows.isChanged = true;
  }
  engine.meter.left -= ((rows.live.limits[rows.number] ?? 0) * pending.length) >> STEP_SHIFT;
  pending.length = 0;
  if (engine.values[guard] !== 1 || !rows.isChanged) return true;
  rows.isChanged = false;
  if (rows.live.limits[rows.number] === 0) {
    engine.conflict.size = 0;
    rows.explain(-1, Number.POSITIVE_INFINITY, engine.conflict);
    return false;
  }
  for (let p = 0; p < rows.table.literals.length; p++) {
    engine.meter.left -= (rows.table.literals[p]?.length ?? 0) >> STEP_SHIFT;
    dropUnsupported(rows, p);
  }
  return true;
}

/** Whether some live row allows the values, by variable, of the scope. */
export function allowsNow(rows: Rows, scope: Int32Array, values: Int32Array): boolean {
  const { live, first, table, wordCount } = rows;
  const limit = live.limits[rows.number] ?? 0;
  for (let i = 0; i < limit; i++) {
    const w = live.order[first + i] ?? 0;
    let left = live.words[first + w] ?? 0;
    for (let p = 0; p < scope.length && left !== 0; p++) {
      left &= table.supports[p]?.[(values[scope[p] ?? 0] ?? 0) * wordCount + w] ?? 0;
    }
    if (left !== 0) return true;
  }
  return false;
}

/** Words that the live rows of a table take. */
export function wordsOf(table: Pick<RowTable, 'rowCount'>): number {
  return Math.max(1, (table.rowCount + 31) >> 5);
}

/** The code of a value at a place that is held, or gone. */
export function codeOf(place: number, value: number, isGone: boolean): number {
  return (place << 17) | (value << 1) | (isGone ? 1 : 0);
}

/**
 * A table or a union of boxes that drops every value without a live row (compact table, Demeulenaere
 * et al., CP 2016). A reason is made only when it is asked for: greedily, the places first that
 * forbid most of the rows that could have supported the value.
 */
export function makeRows(engine: Engine, of: PlacedTable): Rows {
  const { table, guard, live, number, first } = of;
  const wordCount = wordsOf(table);
  for (let r = 0; r < table.rowCount; r++) {
    const at = first + (r >> 5);
    live.words[at] = (live.words[at] ?? 0) | (1 << (r & 31));
  }
  live.limits[number] = table.rowCount === 0 ? 0 : wordCount;
  for (let w = 0; w < wordCount; w++) live.order[first + w] = w;
  const rows: Rows = {
    isChanged: true,
    isWaiting: false,
    engine,
    index: engine.propagators.length,
    table,
    guard,
    live,
    number,
    first,
    wordCount,
    pending: [],
    residues: table.literals.map((literals) => new Int32Array(literals.length)),
    heldAt: new Int32Array(table.literals.length),
    scratch: new Int32Array(wordCount),
    notice: (code) => {
      rows.pending.push(code);
    },
    run: () => run(rows),
    explain: (literal, before, out) => explainRows(rows, literal, before, out),
    forget: () => {
      rows.pending.length = 0;
    },
  };
  engine.propagators.push(rows);
  return rows;
}
