import type { Words } from '@keepsake/kernel';
import type { Issue } from './issue.ts';
import type { FactValue } from './ontology.ts';

/**
 * Reads the members of one object of an unknown document. Every problem is reported with its path
 * and answered with a harmless value, so that one pass finds them all.
 */
export class Reader {
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #issues: Issue[];

  constructor(document: unknown, path: string, issues: Issue[]) {
    this.#path = path;
    this.#issues = issues;
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    // Object.entries copies own members only, so that no inherited name can be read.
    this.#members = isObject ? Object.fromEntries(Object.entries(document)) : {};
    if (!isObject) issues.push({ code: 'not-an-object', path, detail: '' });
  }

  report(code: Issue['code'], key: string, detail: string): void {
    this.#issues.push({ code, path: this.#at(key), detail });
  }

  onlyKeys(keys: readonly string[]): void {
    for (const key of Object.keys(this.#members)) {
      if (!keys.includes(key)) this.report('unknown-key', key, keys.join(' '));
    }
  }

  /** The names of the members of an object; an absent one has none. */
  keys(key: string): readonly string[] {
    const member = this.#member(key);
    if (member === undefined) return [];
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) {
      return Object.keys(member);
    }
    this.report('not-an-object', key, '');
    return [];
  }

  /** The members of a list as readers; an absent list is empty. */
  list(key: string, max: number): readonly Reader[] {
    return this.#items(key, max).map(
      (item, position) => new Reader(item, `${this.#at(key)}[${position}]`, this.#issues),
    );
  }

  texts(key: string, max = 200): readonly string[] {
    const items = this.#items(key, max);
    const texts = items.filter((item) => typeof item === 'string');
    if (texts.length < items.length) this.report('not-a-text', key, '');
    return texts;
  }

  name(key: string, pattern: RegExp): string {
    const text = this.optionalText(key);
    if (text === undefined || !pattern.test(text)) this.report('bad-name', key, text ?? '');
    return text ?? '';
  }

  optionalText(key: string): string | undefined {
    const member = this.#member(key);
    if (member === undefined || typeof member === 'string') return member;
    this.report('not-a-text', key, '');
    return undefined;
  }

  optionalBoolean(key: string): boolean | undefined {
    const member = this.#member(key);
    if (member === undefined || typeof member === 'boolean') return member;
    this.report('not-a-boolean', key, '');
    return undefined;
  }

  optionalPositive(key: string): number | undefined {
    const member = this.#member(key);
    if (member === undefined) return undefined;
    if (typeof member === 'number' && Number.isFinite(member) && member > 0) return member;
    this.report('not-a-number', key, '');
    return undefined;
  }

  scalar(key: string): FactValue {
    const member = this.#member(key);
    if (typeof member === 'string' || typeof member === 'boolean') return member;
    if (typeof member === 'number' && Number.isFinite(member)) return member;
    this.report('not-a-text', key, '');
    return '';
  }

  /** One of the first, typed choices; without a fallback the member must be there. */
  oneOf<T extends string>(key: string, choices: readonly [T, ...T[]], fallback?: T): T {
    const member = this.#member(key);
    if (member === undefined && fallback !== undefined) return fallback;
    const choice = choices.find((one) => one === member);
    if (choice === undefined) this.report('not-one-of', key, choices.join(' '));
    return choice ?? choices[0];
  }

  words(key: string): Words {
    return this.#asWords(this.#member(key), key);
  }

  wordsList(key: string): readonly Words[] {
    return this.#items(key, 200).map((item) => this.#asWords(item, key));
  }

  #asWords(member: unknown, key: string): Words {
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
    this.report('not-words', key, '');
    return { en: '' };
  }

  #items(key: string, max: number): readonly unknown[] {
    const member = this.#member(key);
    if (member === undefined) return [];
    if (!Array.isArray(member)) {
      this.report('not-a-list', key, '');
      return [];
    }
    if (member.length > max) this.report('too-many', key, String(max));
    return member.slice(0, max);
  }

  #member(key: string): unknown {
    return Object.hasOwn(this.#members, key) ? this.#members[key] : undefined;
  }

  #at(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }
}
