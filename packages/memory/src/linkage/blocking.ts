import type { Comparer, Row } from './comparer.ts';
import { EXCHANGED } from './levels.ts';
import type { ColumnKind } from './model.ts';
import { soundOf } from './similarity.ts';

/** Part of a block's key made of a value; empty where the value does not go into blocks. */
type Part = (value: string) => string;

const whole: Part = (value) => value;
const sound: Part = (value) => soundOf(value) || value;
const initial: Part = (value) => value.slice(0, 1);
const beginning: Part = (value) => value.slice(0, 4);
const year: Part = (value) => value.slice(0, 4);
const dayOfYear: Part = (value) => (value.slice(4).includes('00') ? '' : value.slice(4));
const local: Part = (value) => value.slice(0, value.indexOf('@'));
/** Words in alphabetical order: those of a street are often exchanged. */
const words: Part = (value) => value.split(' ').sort().join(' ');

type Rule = readonly (readonly [kind: ColumnKind, part: Part])[];

/**
 * What records of one person have in common even where something is wrong with each of them: each
 * rule survives errors in all that it does not name. Those with more parts still find pairs where
 * the blocks of the others have grown too large.
 */
const RULES: readonly Rule[] = [
  [['identifier', whole]],
  [['email', whole]],
  [['email', local]],
  [['phone', whole]],
  [['birth', whole]],
  [
    ['birth', whole],
    ['surname', initial],
  ],
  [
    ['birth', whole],
    ['given', initial],
  ],
  [
    ['surname', sound],
    ['birth', year],
  ],
  [
    ['surname', beginning],
    ['given', initial],
    ['birth', year],
  ],
  [
    ['surname', sound],
    ['birth', dayOfYear],
  ],
  [
    ['given', sound],
    ['birth', dayOfYear],
  ],
  [
    ['given', sound],
    ['birth', year],
    ['surname', initial],
  ],
  [
    ['surname', sound],
    ['postcode', whole],
  ],
  [
    ['given', sound],
    ['postcode', whole],
  ],
  [
    ['birth', year],
    ['postcode', whole],
  ],
  [
    ['surname', sound],
    ['city', whole],
  ],
  [
    ['given', sound],
    ['birth', year],
    ['city', whole],
  ],
  [
    ['street', words],
    ['houseNumber', whole],
  ],
  [
    ['street', words],
    ['given', initial],
  ],
  [
    ['street', words],
    ['surname', initial],
  ],
  [
    ['surname', sound],
    ['given', initial],
  ],
  [
    ['text', whole],
    ['surname', sound],
  ],
  [
    ['text', whole],
    ['birth', year],
  ],
];

const PARTS_MAX = 4;

interface BoundRule {
  readonly prefix: string;
  readonly parts: readonly { readonly comparison: number; readonly part: Part }[];
}

/** Makes the keys of the blocks that a record is in. */
export class Blocker {
  readonly #comparer: Comparer;
  readonly #rules: readonly BoundRule[];
  readonly #given: number;
  readonly #surname: number;
  /** Parts of values that were made before, by rule and part; at the end those of both names. */
  readonly #made: (string | undefined)[][] = [];
  readonly #namesAt: number;

  constructor(comparer: Comparer) {
    this.#comparer = comparer;
    const kinds = comparer.comparisons.map(({ attribute }) => attribute.kind);
    this.#given = kinds.indexOf('given');
    this.#surname = kinds.indexOf('surname');
    const bound = RULES.flatMap((rule, r) => bindRule(rule, kinds, `${r}`));
    this.#rules = bound.length > 0 ? bound : kinds.map((_, i) => alone(i));
    this.#namesAt = this.#rules.length * PARTS_MAX;
  }

  /** The keys of a record, each once, in the order of the rules. */
  keysOf(row: Row): readonly string[] {
    const keys = new Set<string>();
    this.#rules.forEach((rule, r) => {
      const key = this.#key(rule, r, row);
      if (key !== undefined) keys.add(key);
    });
    const pair = this.#namePair(row);
    if (pair !== undefined) keys.add(pair);
    return [...keys];
  }

  #key({ prefix, parts }: BoundRule, r: number, row: Row): string | undefined {
    let key = prefix;
    for (let i = 0; i < parts.length; i++) {
      const each = parts[i];
      const value = row[each?.comparison ?? 0] ?? -1;
      if (each === undefined || value < 0) return undefined;
      const part = this.#part(r * PARTS_MAX + i, each.comparison, value, each.part);
      if (part === '') return undefined;
      key += `|${part}`;
    }
    return key;
  }

  /** Both names by their sound, in any order: so that exchanged ones meet. */
  #namePair(row: Row): string | undefined {
    const given = row[this.#given] ?? -1;
    const surname = row[this.#surname] ?? -1;
    if (given < 0 || surname < 0) return undefined;
    const one = this.#part(this.#namesAt, this.#given, given, sound);
    const other = this.#part(this.#namesAt + 1, this.#surname, surname, sound);
    return one < other ? `n|${one}|${other}` : `n|${other}|${one}`;
  }

  #part(place: number, comparison: number, value: number, part: Part): string {
    let made = this.#made[place];
    if (made === undefined) {
      made = [];
      this.#made[place] = made;
    }
    let text = made[value];
    if (text === undefined) {
      text = part(this.#comparer.valueOf(comparison, value));
      made[value] = text;
    }
    return text;
  }
}

/** A rule for each column of its first kind, with the first column of each other kind. */
function bindRule(rule: Rule, kinds: readonly ColumnKind[], name: string): readonly BoundRule[] {
  const [first, ...others] = rule;
  if (first === undefined) return [];
  const rest = others.map(([kind, part]) => ({ comparison: kinds.indexOf(kind), part }));
  if (rest.some(({ comparison }) => comparison < 0)) return [];
  // What may stand in either of two columns of a kind meets in one block.
  const isAnywhere = EXCHANGED[first[0]] !== undefined;
  return kinds.flatMap((kind, comparison) =>
    kind === first[0]
      ? [
          {
            prefix: isAnywhere ? name : `${name}.${comparison}`,
            parts: [{ comparison, part: first[1] }, ...rest],
          },
        ]
      : [],
  );
}

function alone(comparison: number): BoundRule {
  return { prefix: `a.${comparison}`, parts: [{ comparison, part: whole }] };
}
