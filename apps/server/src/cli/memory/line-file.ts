/** Files of JSON, one object a line. */
import { type Instant, parseInstant } from '@keepsake/kernel';
import { readText } from '../space/input.ts';
import { type Faults, nearestName } from './faults.ts';

/** One line of a file: its members, each read with its fault told by file, line and key. */
export class Line {
  /** For example `events.jsonl:12`. */
  readonly place: string;
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #faults: Faults;

  constructor(place: string, members: object, faults: Faults) {
    this.place = place;
    // Object.entries copies own members only, so that no inherited name can be read.
    this.#members = Object.fromEntries(Object.entries(members));
    this.#faults = faults;
  }

  fault(message: string): void {
    this.#faults.add(`${this.place} ${message}`);
  }

  /** Other keys are passed over, but for those that are nearly one of these. */
  expectKeys(keys: readonly string[]): void {
    for (const key of Object.keys(this.#members).filter((one) => !keys.includes(one))) {
      const near = nearestName(
        key,
        keys.filter((one) => !Object.hasOwn(this.#members, one)),
      );
      if (near !== undefined) this.fault(`there is a key '${key}'; call it '${near}'`);
    }
  }

  member(key: string): unknown {
    return Object.hasOwn(this.#members, key) ? this.#members[key] : undefined;
  }

  /** A text that must be there and must not be empty. */
  text(key: string): string {
    const text = this.optionalText(key);
    if (text === undefined || text === '') this.fault(`'${key}' is missing; give a text`);
    return text ?? '';
  }

  optionalText(key: string): string | undefined {
    const member = this.member(key) ?? undefined;
    if (member === undefined || typeof member === 'string') return member;
    if (typeof member === 'number') return String(member);
    this.fault(`'${key}' is no text`);
    return undefined;
  }

  /** An instant as RFC 3339 text; without a zone it is taken as UTC. */
  instant(key: string): Instant {
    return this.optionalInstant(key) ?? this.#noInstant(key);
  }

  optionalInstant(key: string): Instant | undefined {
    const member = this.member(key);
    if (member === undefined || member === null) return undefined;
    const instant = typeof member === 'string' ? instantOf(member) : undefined;
    return instant ?? this.#noInstant(key);
  }

  #noInstant(key: string): Instant {
    this.fault(`'${key}' is no instant; write it as 2026-03-01T10:00:00Z`);
    return 0;
  }

  /** A list of texts, or one text. Absent: empty. */
  texts(key: string): readonly string[] {
    const member = this.member(key) ?? [];
    const items: readonly unknown[] = Array.isArray(member) ? member : [member];
    const texts = items.filter((item) => typeof item === 'string' && item !== '');
    if (texts.length < items.length) this.fault(`'${key}' is no list of texts`);
    return texts as readonly string[];
  }

  /** The members of an object; absent: none. */
  object(key: string): readonly (readonly [string, unknown])[] {
    const member = this.member(key) ?? {};
    if (typeof member === 'object' && !Array.isArray(member)) return Object.entries(member ?? {});
    this.fault(`'${key}' is no object`);
    return [];
  }

  oneOf<T extends string>(key: string, choices: readonly T[], fallback: T): T {
    const member = this.member(key) ?? fallback;
    const choice = choices.find((one) => one === member);
    if (choice === undefined) this.fault(`'${key}' must be one of ${choices.join(', ')}`);
    return choice ?? fallback;
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

function instantOf(text: string): Instant | undefined {
  const parts = INSTANT.exec(text.trim());
  if (parts === null) return undefined;
  const isLocal = parts[1] !== undefined && parts[4] === undefined;
  return parseInstant(`${text.trim().replace(' ', 'T')}${isLocal ? 'Z' : ''}`);
}

/**
 * The lines of a file as objects; empty ones are passed over. What is no JSON object is a fault.
 * Throws `InputError` where the file cannot be read. `tell` hears how far it has come, from 0 to 1.
 */
export function readLines(
  file: string,
  faults: Faults,
  tell: (share: number) => void,
): readonly Line[] {
  const texts = readText(file)
    .replace(/^\uFEFF/, '')
    .split('\n');
  return texts.flatMap((text, at) => {
    if (at % 1024 === 0) tell(at / texts.length);
    if (text.trim() === '') return [];
    const place = `${file}:${at + 1}`;
    const members = objectIn(text);
    if (typeof members === 'string') {
      faults.add(`${place} ${members}`);
      return [];
    }
    return [new Line(place, members, faults)];
  });
}

function objectIn(text: string): object | string {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? value : 'is no JSON object; write {…} on one line';
  } catch (error) {
    return `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
