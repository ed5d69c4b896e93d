import { type Attribute, attributesOf } from './attributes.ts';
import { LEVELS } from './levels.data.ts';
import { EXCHANGED, LEVEL_OF, type LevelOf, SWAPPED } from './levels.ts';
import type { ColumnKind, LinkageSchema } from './model.ts';
import { isOneSlip, soundOf } from './similarity.ts';

/** In a pattern: a value is missing, which is no evidence. */
export const MISSING = 255;

/** What the group of an address says about one of its parts. */
const ADDRESS: readonly ColumnKind[] = ['street', 'postcode', 'city', 'region', 'houseNumber'];
/** Levels from here on are no agreement. */
const AGREED = 2;
/** In shorter values a slip makes another one. */
const SLIP_LENGTH_MIN = 4;

/** One attribute compared: its kind, and what it depends on. */
export interface Comparison {
  readonly attribute: Attribute;
  /** Degrees of agreement; patterns count on from here where an earlier comparison agreed. */
  readonly levels: number;
  /** Earlier comparisons that explain an agreement of this one. */
  readonly after: readonly number[];
}

/** A record in numbers: of each attribute the number of its value, or -1 where it is missing. */
export type Row = Int32Array;

/** What is compared under a schema. */
export function comparisonsOf(schema: LinkageSchema): readonly Comparison[] {
  const attributes = attributesOf(schema);
  return attributes.map((attribute, i) => {
    const { kind } = attribute;
    const earlier = attributes.flatMap((one, j) => (j < i && explains(one.kind, kind) ? [j] : []));
    return { attribute, levels: LEVELS[kind]?.[0]?.length ?? 0, after: earlier };
  });
}

/** A number of a house is explained by its street alone, other parts of an address by any other one. */
function explains(earlier: ColumnKind, kind: ColumnKind): boolean {
  if (kind === 'email') return earlier === 'given' || earlier === 'surname';
  if (kind === 'houseNumber') return earlier === 'street';
  // A text may be a part of an address, too.
  if (kind === 'text') return earlier === 'text' || ADDRESS.includes(earlier);
  return ADDRESS.includes(kind) && ADDRESS.includes(earlier);
}

/**
 * Compares records under a schema. Values are kept once and known by a number; levels of pairs of
 * values are kept in tables of fixed size. Which numbers values have depends on the order in which
 * they came, what a comparison answers does not.
 */
export class Comparer {
  readonly comparisons: readonly Comparison[];
  readonly #columns: readonly ValueColumn[];
  readonly #given: number;
  readonly #surname: number;
  readonly #exchangeable: readonly Exchangeable[];

  constructor(schema: LinkageSchema) {
    this.comparisons = comparisonsOf(schema);
    this.#columns = this.comparisons.map(({ attribute }) => new ValueColumn(attribute.kind));
    this.#given = this.comparisons.findIndex(({ attribute }) => attribute.kind === 'given');
    this.#surname = this.comparisons.findIndex(({ attribute }) => attribute.kind === 'surname');
    this.#exchangeable = exchangeableOf(this.comparisons);
  }

  /** The values of a record, made comparable. */
  prepare(fields: Readonly<Record<string, string>>): Row {
    return Int32Array.from(this.comparisons, ({ attribute }, i) => {
      const value = attribute.read(fields);
      return value === '' ? -1 : (this.#columns[i]?.intern(value) ?? -1);
    });
  }

  /** The value behind a number. */
  valueOf(comparison: number, value: number): string {
    return this.#columns[comparison]?.values[value] ?? '';
  }

  /** Writes the pattern of a pair: of each comparison its level, or `MISSING`. Symmetric. */
  compare(a: Row, b: Row, pattern: Uint8Array): void {
    const isSwapped = this.#isSwapped(a, b);
    for (let i = 0; i < this.comparisons.length; i++) {
      const left = a[i] ?? -1;
      const right = b[i] ?? -1;
      if (left < 0 || right < 0) pattern[i] = MISSING;
      else if (isSwapped && i === this.#given) pattern[i] = SWAPPED;
      else if (isSwapped && i === this.#surname) pattern[i] = MISSING;
      else pattern[i] = this.#explained(i, this.#level(i, left, right), pattern);
    }
    this.#exchange(a, b, pattern);
  }

  /** A value in the other one of two columns of a kind there is as good as a slip in its own. */
  #exchange(a: Row, b: Row, pattern: Uint8Array): void {
    for (const each of this.#exchangeable) {
      if (!this.#isExchanged(each, a, b)) continue;
      pattern[each.first] = this.#explained(each.first, each.level, pattern);
      pattern[each.second] = MISSING;
    }
  }

  #level(i: number, left: number, right: number): number {
    return left === right ? 0 : (this.#columns[i]?.level(left, right) ?? 0);
  }

  #explained(i: number, level: number, pattern: Uint8Array): number {
    const comparison = this.comparisons[i];
    if (comparison === undefined || comparison.after.length === 0) return level;
    return this.#isExplained(comparison, pattern) ? level + comparison.levels : level;
  }

  /** One part of an address that agrees explains another; only both names explain an e-mail. */
  #isExplained({ after, attribute }: Comparison, pattern: Uint8Array): boolean {
    let agreeing = 0;
    for (const j of after) {
      const earlier = pattern[j] ?? MISSING;
      const levels = this.comparisons[j]?.levels ?? 1;
      if (earlier !== MISSING && earlier % levels < AGREED) agreeing++;
    }
    return attribute.kind === 'email' ? agreeing === after.length : agreeing > 0;
  }

  #isSwapped(a: Row, b: Row): boolean {
    const [g, s] = [this.#given, this.#surname];
    if (g < 0 || s < 0) return false;
    const [givenA = -1, surnameA = -1] = [a[g], a[s]];
    const [givenB = -1, surnameB = -1] = [b[g], b[s]];
    if (givenA < 0 || surnameA < 0 || givenB < 0 || surnameB < 0) return false;
    if (givenA === givenB || surnameA === surnameB) return false;
    const names = [this.valueOf(g, givenA), this.valueOf(s, surnameA)] as const;
    const others = [this.valueOf(g, givenB), this.valueOf(s, surnameB)] as const;
    return (
      isNearly(names[0], others[1]) &&
      isNearly(names[1], others[0]) &&
      // Names that agree as they stand are not exchanged, however alike one's own two are.
      !(isNearly(names[0], others[0]) && isNearly(names[1], others[1]))
    );
  }

  /** Whether what stands in one of two columns of a kind stands in the other one there. */
  #isExchanged({ first, second }: Exchangeable, a: Row, b: Row): boolean {
    const [a1 = -1, a2 = -1] = [a[first], a[second]];
    const [b1 = -1, b2 = -1] = [b[first], b[second]];
    if ((a1 >= 0 && a1 === b1) || (a2 >= 0 && a2 === b2)) return false;
    return this.#isAcross(first, a1, second, b2)
      ? this.#isAcross(second, a2, first, b1) || a2 < 0 || b1 < 0
      : this.#isAcross(second, a2, first, b1) && (a1 < 0 || b2 < 0);
  }

  #isAcross(i: number, left: number, j: number, right: number): boolean {
    return left >= 0 && right >= 0 && isNearly(this.valueOf(i, left), this.valueOf(j, right));
  }
}

/** Two columns of a kind, whose values are often exchanged, and the level that this amounts to. */
interface Exchangeable {
  readonly first: number;
  readonly second: number;
  readonly level: number;
}

/** The first two columns of each kind: lines of an address, two telephones. */
function exchangeableOf(comparisons: readonly Comparison[]): readonly Exchangeable[] {
  const kinds = comparisons.map(({ attribute }) => attribute.kind);
  return Object.entries(EXCHANGED).flatMap(([kind, level]) => {
    const [first, second] = kinds.flatMap((each, i) => (each === kind ? [i] : []));
    return first === undefined || second === undefined ? [] : [{ first, second, level }];
  });
}

function isNearly(a: string, b: string): boolean {
  return a === b || (Math.min(a.length, b.length) >= SLIP_LENGTH_MIN && isOneSlip(a, b));
}

const SLOTS = 1 << 16;

/** The different values of one attribute, and the levels of pairs of them that were asked last. */
class ValueColumn {
  readonly values: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #levelOf: LevelOf;
  readonly #sounds = new Map<string, string>();
  readonly #soundOf = (word: string): string => {
    let sound = this.#sounds.get(word);
    if (sound === undefined) {
      sound = soundOf(word);
      this.#sounds.set(word, sound);
    }
    return sound;
  };
  readonly #left = new Int32Array(SLOTS).fill(-1);
  readonly #right = new Int32Array(SLOTS);
  readonly #levels = new Uint8Array(SLOTS);

  constructor(kind: ColumnKind) {
    this.#levelOf = LEVEL_OF[kind] ?? (() => 0);
  }

  intern(value: string): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.values.length;
    this.values.push(value);
    this.#numbers.set(value, number);
    return number;
  }

  level(a: number, b: number): number {
    const [left, right] = a < b ? [a, b] : [b, a];
    const slot = (Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)) >>> 16;
    if (this.#left[slot] === left && this.#right[slot] === right) return this.#levels[slot] ?? 0;
    const level = this.#levelOf(this.values[left] ?? '', this.values[right] ?? '', this.#soundOf);
    this.#left[slot] = left;
    this.#right[slot] = right;
    this.#levels[slot] = level;
    return level;
  }
}
