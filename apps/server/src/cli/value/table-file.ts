import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { InputError, reasonOf } from '../space/input.ts';
import { readablePath } from './piped-input.ts';
import { type Encoding, type EncodingFacts, TableDecoder } from './text-decoder.ts';

/** What parts the values of a line; `blank` is any number of spaces or tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | 'blank';

/** Called with the values of a line and its number, from 1; false ends reading. */
export type VisitRow = (values: readonly string[], line: number) => boolean | undefined;

const CHUNK_BYTES = 1 << 18;
/** A line, or a quoted value over several, is no longer than this. */
const ROW_CHARS_MAX = 1 << 16;

/** How a table is read. */
export interface ReadOptions {
  readonly encoding: Encoding;
  /** Hears how much of the file has been read. */
  readonly tell?: (share: number) => void;
}

/**
 * Reads a table line by line, in memory of one chunk: quoted values may hold delimiters, quotes
 * written twice and line ends; a byte order mark is passed over, and so are empty lines. Some 0.2 µs
 * a value. Throws `InputError` with the line where it cannot be read.
 */
export function readRows(
  file: string,
  delimiter: Delimiter,
  visit: VisitRow,
  { encoding, tell }: ReadOptions,
): EncodingFacts {
  const descriptor = open(file);
  try {
    const size = Math.max(1, fstatSync(descriptor).size);
    const rows = new RowReader(file, delimiter, visit);
    const decoder = new TableDecoder(file, encoding);
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let done = 0; ; ) {
      const length = read(descriptor, chunk, file);
      const isMore = rows.take(decoder.take(chunk.subarray(0, length)));
      done += length;
      tell?.(done / size);
      if (!isMore) return decoder.facts;
      if (length === 0) break;
    }
    rows.end();
    return decoder.facts;
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    return openSync(readablePath(file), 'r');
  } catch (error) {
    throw new InputError(`${file}: cannot be read: ${reasonOf(error)}`);
  }
}

function read(descriptor: number, chunk: Buffer, file: string): number {
  try {
    return readSync(descriptor, chunk);
  } catch (error) {
    throw new InputError(`${file}: cannot be read: ${reasonOf(error)}`);
  }
}

/** Cuts text that comes in pieces into lines and values. */
class RowReader {
  readonly #file: string;
  readonly #delimiter: Delimiter;
  readonly #visit: VisitRow;
  #rest = '';
  /** Lines that are complete. */
  #lines = 0;

  constructor(file: string, delimiter: Delimiter, visit: VisitRow) {
    this.#file = file;
    this.#delimiter = delimiter;
    this.#visit = visit;
  }

  /** False where the visitor has had enough. */
  take(text: string): boolean {
    const all = this.#rest === '' ? text : this.#rest + text;
    let start = 0;
    let from = 0;
    for (let end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', from)) {
      from = end + 1;
      const row = all.slice(start, end);
      const quotes = row.includes('"') ? countQuotes(row) : 0;
      if (quotes % 2 === 1 && this.#delimiter !== 'blank') {
        if (row.length > ROW_CHARS_MAX) throw this.#unclosed();
        continue;
      }
      if (!this.#row(row)) return false;
      start = from;
    }
    this.#rest = all.slice(start);
    if (this.#rest.length > ROW_CHARS_MAX) {
      if (this.#rest.includes('"')) throw this.#unclosed();
      throw this.#fault(`is longer than ${ROW_CHARS_MAX} characters: this is no table of lines`);
    }
    return true;
  }

  /** Reads what follows the last line end. */
  end(): void {
    if (this.#rest === '') return;
    if (countQuotes(this.#rest) % 2 === 1 && this.#delimiter !== 'blank') throw this.#unclosed();
    this.#row(this.#rest);
  }

  #row(text: string): boolean {
    const line = this.#lines + 1;
    if (line === 1 && SEPARATOR_LINE.test(text)) {
      this.#lines = 1;
      return true;
    }
    const values = splitRow(text, this.#delimiter);
    if (values === undefined) {
      throw this.#fault('has a quoted value with more after it; write quotes within it twice');
    }
    this.#lines += countLines(text);
    if (text.includes('\0')) throw new InputError(`${this.#file}:${line} ${NOT_TEXT}`);
    if (values.every((value) => value === '')) return true;
    return this.#visit(values, line) !== false;
  }

  #unclosed(): InputError {
    return this.#fault('a quoted value begins and does not end; close it with "');
  }

  #fault(what: string): InputError {
    return new InputError(`${this.#file}:${this.#lines + 1} ${what}`);
  }
}

/** What spreadsheets are told by what parts values; it is found out from the lines below. */
const SEPARATOR_LINE = /^"?sep=.?"?\s*$/i;
const NOT_TEXT = 'is not text, or of an encoding that is not told; save it as CSV UTF-8';

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The values of one line, without blanks around them; undefined where its quotes make no sense. */
export function splitRow(text: string, delimiter: Delimiter): readonly string[] | undefined {
  if (delimiter === 'blank') return splitBlanks(text.trim());
  if (!text.includes('"')) return text.split(delimiter).map((value) => value.trim());
  const values: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const value = nextValue(text, at, delimiter);
    if (value === undefined) return undefined;
    values.push(value.text);
    at = value.end + 1;
  }
  return values;
}

/** What stands in quotes stays one value. */
function splitBlanks(text: string): readonly string[] {
  if (text === '') return [];
  if (!text.includes('"')) return text.split(/[ \t]+/);
  const values = text.matchAll(/"((?:[^"]|"")*)"(?=[ \t]|$)|[^ \t]+/g);
  return Array.from(values, ([all, quoted]) => quoted?.replaceAll('""', '"') ?? all);
}

function nextValue(
  text: string,
  start: number,
  delimiter: string,
): { readonly text: string; readonly end: number } | undefined {
  let at = start;
  while (text[at] === ' ') at += 1;
  if (text[at] !== '"') {
    const found = text.indexOf(delimiter, start);
    const end = found < 0 ? text.length : found;
    return { text: text.slice(start, end).trim(), end };
  }
  let value = '';
  for (let from = at + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      const found = text.indexOf(delimiter, quote);
      const end = found < 0 ? text.length : found;
      return text.slice(quote + 1, end).trim() === '' ? { text: value.trim(), end } : undefined;
    }
    value += '"';
    from = quote + 2;
  }
}

const SAMPLE_ROWS = 400;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|', 'blank'];

/** The first lines of a table. */
export interface TableSample {
  readonly delimiter: Delimiter;
  readonly rows: readonly (readonly string[])[];
  /** The line of each row. */
  readonly lines: readonly number[];
}

interface Attempt {
  readonly sample: TableSample;
  readonly score: number;
  /** Why reading ended before the sample was whole. */
  readonly fault: InputError | undefined;
}

/** Finds what parts the values: what makes most lines of one length, and the more values of equals. */
export function sampleTable(file: string, encoding: Encoding = 'utf-8'): TableSample {
  let best: Attempt | undefined;
  for (const delimiter of DELIMITERS) {
    const rows: (readonly string[])[] = [];
    const lines: number[] = [];
    let fault: InputError | undefined;
    try {
      const visit: VisitRow = (values, line) => {
        rows.push(values);
        lines.push(line);
        return rows.length < SAMPLE_ROWS;
      };
      readRows(file, delimiter, visit, { encoding });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      fault = error;
    }
    const score = scoreOf(rows);
    // Blanks part words of one value, too: they are taken where nothing else parts anything.
    if (score > (best?.score ?? 0) && !(delimiter === 'blank' && best !== undefined)) {
      best = { sample: { delimiter, rows, lines }, score, fault };
    }
  }
  if (best === undefined) throw new InputError(describeNoTable(file, encoding));
  if (best.fault !== undefined) throw best.fault;
  return best.sample;
}

function describeNoTable(file: string, encoding: Encoding): string {
  let isEmpty = true;
  const visit = (): boolean => {
    isEmpty = false;
    return false;
  };
  readRows(file, ',', visit, { encoding });
  return isEmpty
    ? `${file}: is empty; a line for each purchase is expected: customer, date, amount`
    : `${file}:1 has one column only: values are parted by comma, semicolon, tab, bar or blanks`;
}

function scoreOf(rows: readonly (readonly string[])[]): number {
  const lengths = new Map<number, number>();
  for (const { length } of rows) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  let best = 0;
  for (const [length, count] of lengths) {
    if (length < 2) continue;
    best = Math.max(best, (count / rows.length) * 1000 + Math.min(length, 99));
  }
  return best;
}
