import type { Fault, Faults } from './faults.ts';

/** Levels of nesting at most. */
const LEVELS_MAX = 100;

/**
 * A place in a JSON text that is read value by value, so that faults have a place and rows of numbers
 * never become objects. After malformed JSON the cursor is broken: every reader then answers nothing.
 */
export interface JsonCursor {
  readonly text: string;
  readonly faults: Faults;
  at: number;
  isBroken: boolean;
}

/** Reports malformed JSON at the cursor, once: what follows cannot be trusted. */
function breakOff(cursor: JsonCursor, message: string): undefined {
  if (!cursor.isBroken) cursor.faults.report(cursor.at, { code: 'text/malformed', message });
  cursor.isBroken = true;
}

/** Reports a fault of what JSON says, and goes on. Answers undefined, for a value not read. */
export function complain(cursor: JsonCursor, offset: number, fault: Fault): undefined {
  if (!cursor.isBroken) cursor.faults.report(offset, fault);
}

/** The next sign that is no blank, not taken; empty at the end. */
export function nextSign(cursor: JsonCursor): string {
  const { text } = cursor;
  let sign = text.charCodeAt(cursor.at);
  while (sign === 32 || sign === 10 || sign === 13 || sign === 9) {
    cursor.at++;
    sign = text.charCodeAt(cursor.at);
  }
  return text[cursor.at] ?? '';
}

/** Takes a sign if it is the next one. */
function takes(cursor: JsonCursor, sign: string): boolean {
  if (nextSign(cursor) !== sign) return false;
  cursor.at++;
  return true;
}

function takeQuoted(cursor: JsonCursor): string | undefined {
  const start = cursor.at;
  const { text } = cursor;
  for (let i = start + 1; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\\') i++;
    else if (sign === '\n') break;
    else if (sign === '"') {
      cursor.at = i + 1;
      return decode(cursor, text.slice(start, i + 1));
    }
  }
  return breakOff(cursor, 'a text that does not end');
}

function decode(cursor: JsonCursor, quoted: string): string | undefined {
  if (!quoted.includes('\\') && !quoted.includes('\t')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return breakOff(cursor, 'a text with an escape that is none');
  }
}

/** A text, number or truth; undefined where something else stands, which is skipped. */
export function takeScalar(cursor: JsonCursor): string | number | boolean | undefined {
  if (cursor.isBroken) return undefined;
  const sign = nextSign(cursor);
  if (sign === '"') return takeQuoted(cursor);
  const start = cursor.at;
  if (sign === '[' || sign === '{') {
    skipNested(cursor);
    return complain(cursor, start, { code: 'value/type', message: 'expected a text or a number' });
  }
  WORD.lastIndex = start;
  const word = WORD.exec(cursor.text)?.[0];
  if (word === undefined) return breakOff(cursor, 'expected a value');
  cursor.at += word.length;
  if (word === 'null') {
    return complain(cursor, start, { code: 'value/type', message: 'expected a text or a number' });
  }
  return JSON.parse(word) as number | boolean;
}

const WORD = /true|false|null|-?(?:0|[1-9]\d{0,300})(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?/y;

/** A text; anything else is told and skipped. */
export function takeText(cursor: JsonCursor): string | undefined {
  nextSign(cursor);
  const start = cursor.at;
  const value = takeScalar(cursor);
  if (value === undefined || typeof value === 'string') return value;
  return complain(cursor, start, { code: 'value/type', message: 'expected a text' });
}

/** A small whole number of digits alone, the fast way; -1 where there is none. */
export function takeIndex(cursor: JsonCursor): number {
  nextSign(cursor);
  const { text, at } = cursor;
  let [i, number] = [at, 0];
  for (let sign = text.charCodeAt(i); sign >= 48 && sign <= 57 && i < at + 9; ) {
    number = number * 10 + sign - 48;
    sign = text.charCodeAt(++i);
  }
  const sign = text[i];
  if (i === at || (sign !== ',' && sign !== ']' && sign !== ' ' && sign !== '\n')) {
    return takeOddIndex(cursor, at);
  }
  cursor.at = i;
  return number;
}

function takeOddIndex(cursor: JsonCursor, at: number): number {
  const value = takeScalar(cursor);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 30) {
    return value;
  }
  complain(cursor, at, { code: 'value/type', message: 'expected the number of a value, from 0' });
  return -1;
}

/** Reads each item of a list, which `read` takes; anything else than a list is told and skipped. */
export function takeList(cursor: JsonCursor, read: () => void): void {
  if (cursor.isBroken) return;
  if (nextSign(cursor) !== '[') {
    const start = cursor.at;
    skipValue(cursor);
    complain(cursor, start, { code: 'value/type', message: 'expected a list' });
    return;
  }
  cursor.at++;
  if (takes(cursor, ']')) return;
  do {
    read();
    if (cursor.isBroken) return;
  } while (takes(cursor, ','));
  if (!takes(cursor, ']')) breakOff(cursor, "expected ',' or ']'");
}

/** Reads the entries of a mapping by their keys; unknown and repeated keys are told and skipped. */
export function takeMapping(
  cursor: JsonCursor,
  readers: Readonly<Record<string, () => void>>,
): void {
  if (cursor.isBroken) return;
  if (nextSign(cursor) !== '{') {
    const start = cursor.at;
    skipValue(cursor);
    complain(cursor, start, { code: 'value/type', message: 'expected a mapping' });
    return;
  }
  cursor.at++;
  if (takes(cursor, '}')) return;
  const seen = new Set<string>();
  do takeEntry(cursor, readers, seen);
  while (!cursor.isBroken && takes(cursor, ','));
  if (!cursor.isBroken && !takes(cursor, '}')) breakOff(cursor, "expected ',' or '}'");
}

function takeEntry(
  cursor: JsonCursor,
  readers: Readonly<Record<string, () => void>>,
  seen: Set<string>,
): void {
  const isQuoted = nextSign(cursor) === '"';
  const start = cursor.at;
  const key = isQuoted ? takeQuoted(cursor) : breakOff(cursor, 'expected a key in quotes');
  if (key === undefined) return;
  if (!takes(cursor, ':')) {
    breakOff(cursor, "expected ':'");
    return;
  }
  const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (seen.has(key)) {
    complain(cursor, start, { code: 'name/duplicate', message: `'${key}' is there already` });
  } else if (read === undefined) {
    const hint = `known here: ${Object.keys(readers).join(', ')}`;
    complain(cursor, start, { code: 'name/unknown', message: `unknown key '${key}'`, hint });
  }
  if (read === undefined || seen.has(key)) skipValue(cursor);
  else read();
  seen.add(key);
}

/** Skips a value of any kind. */
export function skipValue(cursor: JsonCursor): void {
  if (cursor.isBroken) return;
  const sign = nextSign(cursor);
  if (sign === '[' || sign === '{') {
    skipNested(cursor);
    return;
  }
  if (sign === '"') {
    takeQuoted(cursor);
    return;
  }
  WORD.lastIndex = cursor.at;
  const word = WORD.exec(cursor.text)?.[0];
  if (word === undefined) breakOff(cursor, 'expected a value');
  else cursor.at += word.length;
}

/** Skips to the bracket that closes the next one, without recursion. */
function skipNested(cursor: JsonCursor): void {
  const open: string[] = [];
  do {
    const sign = nextSign(cursor);
    if (sign === '') breakOff(cursor, 'the file ends within brackets');
    else if (sign === '"') takeQuoted(cursor);
    else skipSign(cursor, sign, open);
    if (open.length > LEVELS_MAX) breakOff(cursor, 'the file is nested too deeply');
  } while (open.length > 0 && !cursor.isBroken);
}

function skipSign(cursor: JsonCursor, sign: string, open: string[]): void {
  const isClosing = sign === ']' || sign === '}';
  if (sign === '[' || sign === '{') open.push(sign === '[' ? ']' : '}');
  else if (isClosing && open.pop() !== sign) breakOff(cursor, `'${sign}' closes nothing`);
  cursor.at++;
}

/** Reports what follows the only value of a file. */
export function endJson(cursor: JsonCursor): void {
  if (!cursor.isBroken && nextSign(cursor) !== '') breakOff(cursor, 'something follows the end');
}
