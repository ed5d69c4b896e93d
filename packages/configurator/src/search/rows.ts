import {
  append,
  assign,
  type Buffer,
  BY_PROPAGATOR,
  type Engine,
  type Propagator,
  type Savings,
} from './engine.ts';
import type { Inner } from './literals.ts';

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

/** Words of live rows of all tables of an engine, and what they were at lower levels. */
export interface LiveRows extends Savings {
  readonly words: Int32Array;
  readonly stamps: Int32Array;
  /** Places and old words in turns. */
  readonly log: number[];
  readonly marks: number[];
  stamp: number;
}

/** Live words for all tables together; `words` are needed in all. */
export function makeLiveRows(words: number): LiveRows {
  const live: LiveRows = {
    words: new Int32Array(words),
    stamps: new Int32Array(words),
    log: [],
    marks: [],
    stamp: 1,
    open() {
      live.marks.push(live.log.length);
      live.stamp++;
    },
    closeTo(level) {
      const mark = live.marks[level] ?? live.log.length;
      for (let i = live.log.length - 2; i >= mark; i -= 2) {
        live.words[live.log[i] ?? 0] = live.log[i + 1] ?? 0;
      }
      live.log.length = mark;
      live.marks.length = level;
      live.stamp++;
    },
  };
  return live;
}

interface Rows extends Propagator {
  readonly engine: Engine;
  readonly index: number;
  readonly table: RowTable;
  readonly guard: Inner;
  readonly live: LiveRows;
  readonly first: number;
  readonly wordCount: number;
  /** Codes told and not yet acted upon. */
  readonly pending: number[];
  /** Of each place, by value: the word that supported it last. */
  readonly residues: readonly Int32Array[];
  readonly scratch: Int32Array;
}

function keep(rows: Rows, w: number, mask: number): void {
  const { live } = rows;
  const at = rows.first + w;
  const old = live.words[at] ?? 0;
  const next = old & mask;
  if (next === old) return;
  if (live.stamps[at] !== live.stamp) {
    live.stamps[at] = live.stamp;
    live.log.push(at, old);
  }
  live.words[at] = next;
}

function heldAt(rows: Rows, place: number, before: number): number {
  const { engine, table } = rows;
  const literals = table.literals[place] ?? new Int32Array(0);
  for (let x = 0; x < literals.length; x++) {
    const literal = literals[x] ?? 0;
    if (engine.values[literal] === 1 && (engine.places[literal >> 1] ?? 0) < before) return x;
  }
  return -1;
}

/** Keeps the rows that allow one of the open values of a place. */
function keepOpen(rows: Rows, place: number): void {
  const { engine, table, wordCount } = rows;
  const literals = table.literals[place] ?? new Int32Array(0);
  const supports = table.supports[place] ?? new Int32Array(0);
  for (let w = 0; w < wordCount; w++) {
    if (rows.live.words[rows.first + w] === 0) continue;
    let mask = 0;
    for (let x = 0; x < literals.length; x++) {
      if (engine.values[literals[x] ?? 0] !== -1) mask |= supports[x * wordCount + w] ?? 0;
    }
    keep(rows, w, mask);
  }
}

function keepOne(rows: Rows, place: number, value: number, flip: number): void {
  const { table, wordCount } = rows;
  const supports = table.supports[place] ?? new Int32Array(0);
  const base = value * wordCount;
  for (let w = 0; w < wordCount; w++) {
    if (rows.live.words[rows.first + w] !== 0) keep(rows, w, (supports[base + w] ?? 0) ^ flip);
  }
}

/** Codes hold a place, a value and whether the value is held (0) or gone (1). */
function apply(rows: Rows, code: number): void {
  const place = code >> 17;
  const value = (code >> 1) & 0xffff;
  if ((code & 1) === 0) keepOne(rows, place, value, 0);
  else if (heldAt(rows, place, Number.POSITIVE_INFINITY) >= 0) return;
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
  for (let w = 0; w < wordCount; w++) {
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
    if (engine.values[literal] !== 0 || isSupported(rows, place, x)) continue;
    assign(engine, literal ^ 1, (index << 2) | BY_PROPAGATOR);
  }
}

function isEmpty(rows: Rows): boolean {
  for (let w = 0; w < rows.wordCount; w++) {
    if (rows.live.words[rows.first + w] !== 0) return false;
  }
  return true;
}

function run(rows: Rows): boolean {
  const { engine, pending, guard } = rows;
  if (engine.values[guard] === -1) {
    pending.length = 0;
    return true;
  }
  for (const code of pending) if (code >= 0) apply(rows, code);
  pending.length = 0;
  if (engine.values[guard] !== 1) return true;
  if (isEmpty(rows)) {
    engine.conflict.size = 0;
    rows.explain(-1, Number.POSITIVE_INFINITY, engine.conflict);
    return false;
  }
  for (let p = 0; p < rows.table.literals.length; p++) dropUnsupported(rows, p);
  return true;
}

/** Rows of `scratch` that a place forbids by what was assigned before a place of the trail. */
function forbiddenAt(rows: Rows, place: number, before: number, w: number, held: number): number {
  const { engine, table, wordCount } = rows;
  const supports = table.supports[place] ?? new Int32Array(0);
  if (held >= 0) return ~(supports[held * wordCount + w] ?? 0);
  const literals = table.literals[place] ?? new Int32Array(0);
  let mask = 0;
  for (let x = 0; x < literals.length; x++) {
    const literal = literals[x] ?? 0;
    const isGone = engine.values[literal] === -1 && (engine.places[literal >> 1] ?? 0) < before;
    if (!isGone) mask |= supports[x * wordCount + w] ?? 0;
  }
  return ~mask;
}

function countBits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function coverOf(rows: Rows, place: number, before: number, held: number): number {
  let covered = 0;
  for (let w = 0; w < rows.wordCount; w++) {
    const left = rows.scratch[w] ?? 0;
    if (left !== 0) covered += countBits(left & forbiddenAt(rows, place, before, w, held));
  }
  return covered;
}

/** Adds why a place forbids the rows it does, and takes them out of `scratch`. */
function blame(rows: Rows, place: number, before: number, held: number, out: Buffer): void {
  const { table, wordCount, scratch, engine } = rows;
  const literals = table.literals[place] ?? new Int32Array(0);
  const supports = table.supports[place] ?? new Int32Array(0);
  const cut = new Int32Array(wordCount);
  for (let w = 0; w < wordCount; w++) {
    cut[w] = (scratch[w] ?? 0) & forbiddenAt(rows, place, before, w, held);
    scratch[w] = (scratch[w] ?? 0) & ~(cut[w] ?? 0);
  }
  if (held >= 0) {
    append(out, (literals[held] ?? 0) ^ 1);
    return;
  }
  for (let x = 0; x < literals.length; x++) {
    const literal = literals[x] ?? 0;
    if (engine.values[literal] !== -1 || (engine.places[literal >> 1] ?? 0) >= before) continue;
    if (cut.some((word, w) => (word & (supports[x * wordCount + w] ?? 0)) !== 0)) {
      append(out, literal);
    }
  }
}

/** The place that forbids most of the rows left, or -1 where none are left. */
function bestPlace(rows: Rows, before: number, held: readonly number[], own: number): number {
  if (rows.scratch.every((word) => word === 0)) return -1;
  let [best, bestCover] = [-1, 0];
  for (let p = 0; p < held.length; p++) {
    if (p === own) continue;
    const cover = coverOf(rows, p, before, held[p] ?? -1);
    if (cover > bestCover) [best, bestCover] = [p, cover];
  }
  return best;
}

/** Where a literal that was concluded to be false stands: its place and value. */
function findDropped(rows: Rows, concluded: Inner): readonly [number, number] {
  for (const [p, literals] of rows.table.literals.entries()) {
    const x = literals.indexOf(concluded ^ 1);
    if (x >= 0) return [p, x];
  }
  return [-1, -1];
}

function explainRows(rows: Rows, concluded: Inner, before: number, out: Buffer): void {
  const { scratch, table, wordCount, guard } = rows;
  if (guard !== 0) append(out, guard ^ 1);
  const [own, value] = concluded < 0 ? [-1, -1] : findDropped(rows, concluded);
  const supports = table.supports[own];
  for (let w = 0; w < wordCount; w++) {
    const rest = table.rowCount - 32 * w;
    const whole = rest >= 32 ? -1 : (1 << rest) - 1;
    scratch[w] = supports === undefined ? whole : (supports[value * wordCount + w] ?? 0);
  }
  const held = table.literals.map((_, p) => heldAt(rows, p, before));
  for (;;) {
    const place = bestPlace(rows, before, held, own);
    if (place < 0) return;
    blame(rows, place, before, held[place] ?? -1, out);
  }
}

/** Words that the live rows of a table take. */
export function wordsOf(table: RowTable): number {
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
export function makeRows(
  engine: Engine,
  of: {
    readonly table: RowTable;
    readonly guard: Inner;
    readonly live: LiveRows;
    readonly first: number;
  },
): Propagator {
  const { table, guard, live, first } = of;
  const wordCount = wordsOf(table);
  for (let r = 0; r < table.rowCount; r++) {
    const at = first + (r >> 5);
    live.words[at] = (live.words[at] ?? 0) | (1 << (r & 31));
  }
  const rows: Rows = {
    isWaiting: false,
    engine,
    index: engine.propagators.length,
    table,
    guard,
    live,
    first,
    wordCount,
    pending: [],
    residues: table.literals.map((literals) => new Int32Array(literals.length)),
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
