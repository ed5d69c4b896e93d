import { seededRandom, type Work } from '@keepsake/kernel';
import type { Partners } from './blocks.ts';
import { type Comparer, MISSING, type Row } from './comparer.ts';
import type { PatternCount } from './em.ts';

/** How many pairs are compared between two looks at whoever waits. */
export const SLICE = 2000;

/** Counts patterns of pairs. */
export class PatternTally {
  readonly #comparer: Comparer;
  readonly #pattern: Uint8Array;
  readonly #counts = new Map<string, { readonly pattern: Uint8Array; count: number }>();
  pairs = 0;

  constructor(comparer: Comparer) {
    this.#comparer = comparer;
    this.#pattern = new Uint8Array(comparer.comparisons.length);
  }

  add(a: Row, b: Row, times = 1): void {
    this.#comparer.compare(a, b, this.#pattern);
    this.pairs += times;
    const key = String.fromCharCode(...this.#pattern);
    const known = this.#counts.get(key);
    if (known !== undefined) known.count += times;
    else this.#counts.set(key, { pattern: this.#pattern.slice(), count: times });
  }

  /** Sorted, so that sums over them do not depend on the order of the pairs. */
  patterns(): readonly PatternCount[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  }
}

/** The patterns of pairs of different rows, all or so many of them by seeded chance. */
export function* randomPairs(
  rows: readonly Row[],
  comparer: Comparer,
  { most, seed }: { readonly most: number; readonly seed: number },
): Work<PatternTally> {
  const tally = new PatternTally(comparer);
  const all = (rows.length * (rows.length - 1)) / 2;
  const random = seededRandom(seed);
  const draws = all <= most ? pairsInOrder(rows.length) : pairsByChance(rows.length, most, random);
  for (const [i, j] of draws) {
    tally.add(rows[i] ?? NO_ROW, rows[j] ?? NO_ROW);
    if (tally.pairs % SLICE === 0) yield { done: tally.pairs, of: Math.min(all, most) };
  }
  return tally;
}

const NO_ROW: Row = new Int32Array(0);

function* pairsInOrder(count: number): Generator<readonly [number, number]> {
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) yield [i, j];
}

function* pairsByChance(
  count: number,
  most: number,
  random: ReturnType<typeof seededRandom>,
): Generator<readonly [number, number]> {
  for (let drawn = 0; drawn < most; drawn++) {
    const i = random.below(count);
    const j = random.below(count - 1);
    yield [i, j < i ? j : j + 1];
  }
}

/** The patterns of pairs that share a block; of many only some, and how many each stands for. */
export function* blockedPairs(
  rows: readonly Row[],
  comparer: Comparer,
  partners: Partners,
  keepOneOf: number,
): Work<PatternTally> {
  const tally = new PatternTally(comparer);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? NO_ROW;
    partners.after(i, (j) => {
      if (
        keepOneOf === 1 ||
        (Math.imul(i, 0x9e3779b1) + Math.imul(j, 0x85ebca6b)) >>> 0 < 2 ** 32 / keepOneOf
      ) {
        tally.add(row, rows[j] ?? NO_ROW);
      }
    });
    if (i % 50 === 0) yield { done: i, of: rows.length };
  }
  return tally;
}

/** The patterns of pairs that are equal in all of some comparisons, at most so many. */
export function* equalPairs(
  rows: readonly Row[],
  comparer: Comparer,
  by: readonly number[],
  most: number,
): Work<PatternTally> {
  const tally = new PatternTally(comparer);
  for (const group of groupsBy(rows, by)) {
    for (const [position, r] of group.entries()) {
      const row = rows[r] ?? NO_ROW;
      for (const other of group.slice(position + 1)) tally.add(row, rows[other] ?? NO_ROW);
    }
    if (tally.pairs >= most) break;
    yield { done: tally.pairs, of: most };
  }
  return tally;
}

const GROUP_MAX = 100;

/** Rows that are equal in some comparisons; groups of one and very large ones left out. */
function groupsBy(rows: readonly Row[], by: readonly number[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, r) => {
    const values = by.map((comparison) => row[comparison] ?? -1);
    if (values.includes(-1)) return;
    const key = values.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [r]);
    else group.push(r);
  });
  return [...groups.values()].filter(({ length }) => length > 1 && length <= GROUP_MAX);
}

/** Of each comparison how many pairs show each level. */
export function levelCounts(
  patterns: readonly PatternCount[],
  sizes: readonly number[],
): readonly Float64Array[] {
  const counts = sizes.map((size) => new Float64Array(size));
  for (const { pattern, count } of patterns) {
    pattern.forEach((level, i) => {
      const levels = counts[i];
      if (level !== MISSING && levels !== undefined) levels[level] = (levels[level] ?? 0) + count;
    });
  }
  return counts;
}
