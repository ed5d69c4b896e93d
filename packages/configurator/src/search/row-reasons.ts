import { append, type Buffer } from './engine.ts';
import type { Inner } from './literals.ts';
import type { Rows } from './rows.ts';

/** The value at a place that was held before a place of the trail, or -1. */
export function heldBefore(rows: Rows, place: number, before: number): number {
  const { engine, table } = rows;
  const literals = table.literals[place] ?? new Int32Array(0);
  for (let x = 0; x < literals.length; x++) {
    const literal = literals[x] ?? 0;
    if (engine.values[literal] === 1 && (engine.places[literal >> 1] ?? 0) < before) return x;
  }
  return -1;
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
  literals.forEach((literal, x) => {
    if (engine.values[literal] !== -1 || (engine.places[literal >> 1] ?? 0) >= before) return;
    if (cut.some((word, w) => (word & (supports[x * wordCount + w] ?? 0)) !== 0)) {
      append(out, literal);
    }
  });
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

/**
 * Adds why a table drops a value, or has no row left: greedily, the places first that forbid most of
 * the rows that could have supported it. Costs the rows of the value for each place, some times over.
 */
export function explainRows(rows: Rows, concluded: Inner, before: number, out: Buffer): void {
  const { scratch, table, wordCount, guard } = rows;
  if (guard !== 0) append(out, guard ^ 1);
  const [own, value] = concluded < 0 ? [-1, -1] : findDropped(rows, concluded);
  const supports = table.supports[own];
  for (let w = 0; w < wordCount; w++) {
    const rest = table.rowCount - 32 * w;
    const whole = rest >= 32 ? -1 : (1 << rest) - 1;
    scratch[w] = supports === undefined ? whole : (supports[value * wordCount + w] ?? 0);
  }
  const held = table.literals.map((_, p) => heldBefore(rows, p, before));
  for (;;) {
    const place = bestPlace(rows, before, held, own);
    if (place < 0) return;
    blame(rows, place, before, held[place] ?? -1, out);
  }
}
