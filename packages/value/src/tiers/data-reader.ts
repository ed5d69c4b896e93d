import type { Words } from '@keepsake/kernel';

/** Something wrong with a piece of data: what, where, and the offending thing or what is allowed. */
export interface DataFault {
  readonly code:
    | 'not-an-object'
    | 'not-a-list'
    | 'not-a-text'
    | 'not-a-number'
    | 'not-a-boolean'
    | 'not-an-instant'
    | 'not-words'
    | 'not-one-of'
    | 'out-of-range'
    | 'unknown-key'
    | 'unknown-name'
    | 'bad-name'
    | 'duplicate'
    | 'missing'
    | 'too-many'
    | 'ground-protected';
  /** For example `remedies[1].cuts.returns`. */
  readonly path: string;
  readonly detail: string;
}

/** Names of things in data: lower case, digits, hyphens and dots, at most 64. */
export const NAME: RegExp = /^[a-z][a-z0-9.-]{0,63}$/;

/**
 * Reads the members of one object of unknown data. Every fault is noted with its path and answered
 * with a harmless value, so that one pass finds them all.
 */
export class DataReader {
  readonly path: string;
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #faults: DataFault[];

  constructor(data: unknown, path: string, faults: DataFault[], keys?: readonly string[]) {
    this.path = path;
    this.#faults = faults;
    const isObject = typeof data === 'object' && data !== null && !Array.isArray(data);
    // Object.entries copies own members only, so that no inherited name can be read.
    this.#members = isObject ? Object.fromEntries(Object.entries(data)) : {};
    if (!isObject) faults.push({ code: 'not-an-object', path, detail: '' });
    for (const key of this.keys()) {
      if (keys !== undefined && !keys.includes(key)) {
        this.report('unknown-key', key, keys.join(' '));
      }
    }
  }

  report(code: DataFault['code'], key: string, detail = ''): void {
    this.#faults.push({ code, path: this.#at(key), detail });
  }

  keys(): readonly string[] {
    return Object.keys(this.#members);
  }

  has(key: string): boolean {
    return this.#member(key) !== undefined;
  }

  /** One object inside this one; an absent one is a fault. */
  inner(key: string, keys?: readonly string[]): DataReader {
    return new DataReader(this.#member(key), this.#at(key), this.#faults, keys);
  }

  /** The items of a list, each an object; an absent list is empty. */
  list(key: string, max: number, keys: readonly string[]): readonly DataReader[] {
    return this.#items(key, max).map(
      (item, index) => new DataReader(item, `${this.#at(key)}[${index}]`, this.#faults, keys),
    );
  }

  /** The texts of a list; an absent list is empty. */
  texts(key: string, max: number): readonly string[] {
    const items = this.#items(key, max);
    const texts = items.filter((item) => typeof item === 'string');
    if (texts.length < items.length) this.report('not-a-text', key);
    return texts;
  }

  text(key: string): string {
    const member = this.#member(key);
    if (typeof member === 'string' && member !== '') return member;
    this.report(member === undefined ? 'missing' : 'not-a-text', key);
    return '';
  }

  name(key: string): string {
    const text = this.text(key);
    if (text !== '' && !NAME.test(text)) this.report('bad-name', key, text);
    return text;
  }

  /** A finite number within bounds, which are inside; without a fallback it must be there. */
  number(key: string, bounds: readonly [number, number], fallback?: number): number {
    const member = this.#member(key);
    if (member === undefined && fallback !== undefined) return fallback;
    const [least, most] = bounds;
    if (typeof member !== 'number' || !Number.isFinite(member)) {
      this.report(member === undefined ? 'missing' : 'not-a-number', key);
      return least;
    }
    if (member < least || member > most) this.report('out-of-range', key, `${least}..${most}`);
    return member;
  }

  /** So many finite numbers at least and at most, each within bounds, which are inside. */
  numbers(
    key: string,
    count: readonly [number, number],
    bounds: readonly [number, number],
  ): readonly number[] {
    const member = this.#member(key);
    if (!Array.isArray(member) || member.length < count[0] || member.length > count[1]) {
      this.report(member === undefined ? 'missing' : 'not-a-list', key, count.join('..'));
      return [];
    }
    const isWithin = (item: unknown): item is number =>
      typeof item === 'number' && item >= bounds[0] && item <= bounds[1];
    const wrong = member.findIndex((item) => !isWithin(item));
    if (wrong >= 0) this.report('not-a-number', `${key}[${wrong}]`, bounds.join('..'));
    return member.filter(isWithin);
  }

  whole(key: string, bounds: readonly [number, number], fallback?: number): number {
    const value = this.number(key, bounds, fallback);
    if (!Number.isInteger(value)) this.report('not-a-number', key, 'whole');
    return value;
  }

  /** One of the choices; without a fallback the member must be there. */
  oneOf<T extends string>(key: string, choices: readonly [T, ...T[]], fallback?: T): T {
    const member = this.#member(key);
    if (member === undefined && fallback !== undefined) return fallback;
    const choice = choices.find((one) => one === member);
    if (choice === undefined) this.report('not-one-of', key, choices.join(' '));
    return choice ?? choices[0];
  }

  /** A text, a finite number, or yes or no. */
  value(key: string): string | number | boolean {
    const member = this.#member(key);
    if (typeof member === 'boolean' || (typeof member === 'number' && Number.isFinite(member))) {
      return member;
    }
    return this.text(key);
  }

  /** A text in several languages, or one text, which is English. */
  words(key: string): Words {
    const member = this.#member(key);
    if (typeof member === 'string' && member !== '') return { en: member };
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
      const entries: (readonly [string, string])[] = [];
      for (const [locale, text] of Object.entries(member)) {
        if (typeof text === 'string') entries.push([locale, text]);
      }
      const en = entries.find(([locale]) => locale === 'en')?.[1];
      if (en !== undefined && entries.length === Object.keys(member).length) {
        return { ...Object.fromEntries(entries), en };
      }
    }
    this.report('not-words', key);
    return { en: '' };
  }

  #items(key: string, max: number): readonly unknown[] {
    const member = this.#member(key);
    if (member === undefined) return [];
    if (!Array.isArray(member)) {
      this.report('not-a-list', key);
      return [];
    }
    if (member.length > max) this.report('too-many', key, String(max));
    return member.slice(0, max);
  }

  #member(key: string): unknown {
    return Object.hasOwn(this.#members, key) ? this.#members[key] : undefined;
  }

  #at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }
}
