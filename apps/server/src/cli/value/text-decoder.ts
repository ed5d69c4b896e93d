import { InputError } from '../space/input.ts';

/** Nothing but UTF-8, or whatever can be told. */
export type Encoding = 'utf-8' | 'any';

/** Lines that were not of the encoding that a file should have. */
export interface EncodingFacts {
  /** Lines that are no UTF-8, and were read as Windows-1252. */
  readonly otherLines: number;
  readonly firstOther: number | undefined;
}

const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];
/** A line of more bytes is handed on as it is: it is refused for its length. */
const LINE_BYTES_MAX = 1 << 19;

/** What files begin with that are no text. */
const NO_TEXT: readonly (readonly [bytes: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'is a spreadsheet or an archive; save the table as CSV and give that'],
  [[0x1f, 0x8b], 'is compressed; unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF; a table of text is expected (CSV)'],
];

/**
 * Makes text of the bytes of a table, whole lines at a time, each ended by a line feed. With `any`,
 * UTF-16 is told by its byte order mark, and a line that is no UTF-8 is read as Windows-1252, which
 * older spreadsheets write, and counted. Lines may end with carriage returns alone.
 */
export class TableDecoder {
  readonly #file: string;
  readonly #encoding: Encoding;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #wide: InstanceType<typeof TextDecoder> | undefined;
  #lineEnd: number | undefined;
  #rest = Buffer.alloc(0);
  #lines = 0;
  #otherLines = 0;
  #firstOther: number | undefined;

  constructor(file: string, encoding: Encoding) {
    this.#file = file;
    this.#encoding = encoding;
  }

  get facts(): EncodingFacts {
    return { otherLines: this.#otherLines, firstOther: this.#firstOther };
  }

  /** The text of the lines that are whole; with no bytes, of the rest. Throws `InputError` for no text. */
  take(bytes: Buffer): string {
    if (this.#lineEnd === undefined) this.#begin(bytes);
    if (this.#wide !== undefined) {
      return this.#withLineFeeds(this.#wide.decode(bytes, { stream: bytes.length > 0 }));
    }
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const isAll = bytes.length === 0 || all.length > LINE_BYTES_MAX + bytes.length;
    const end = isAll ? all.length : all.lastIndexOf(this.#lineEnd ?? LINE_FEED) + 1;
    // A copy: the bytes are of a buffer that is filled anew.
    this.#rest = Buffer.from(all.subarray(end));
    return this.#withLineFeeds(this.#decode(all.subarray(0, end)));
  }

  #begin(bytes: Buffer): void {
    const what = NO_TEXT.find(([start]) => start.every((byte, i) => bytes[i] === byte))?.[1];
    if (what !== undefined) throw new InputError(`${this.#file}: ${what}`);
    if (this.#encoding === 'any') this.#wide = wideDecoder(bytes);
    // In UTF-16 one of the bytes of a line end is the same.
    const hasFeeds = bytes.includes(LINE_FEED) || !bytes.includes(CARRIAGE_RETURN);
    this.#lineEnd = hasFeeds ? LINE_FEED : CARRIAGE_RETURN;
  }

  #withLineFeeds(text: string): string {
    return this.#lineEnd === CARRIAGE_RETURN ? text.replaceAll('\r', '\n') : text;
  }

  #decode(bytes: Buffer): string {
    try {
      const text = this.#utf8.decode(bytes);
      this.#lines += countBytes(bytes, this.#lineEnd ?? LINE_FEED);
      return text;
    } catch {
      return this.#decodeLines(bytes);
    }
  }

  #decodeLines(bytes: Buffer): string {
    const texts: string[] = [];
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(this.#lineEnd ?? LINE_FEED, start);
      const end = found < 0 ? bytes.length : found + 1;
      texts.push(this.#decodeLine(bytes.subarray(start, end)));
      this.#lines += 1;
      start = end;
    }
    return texts.join('');
  }

  #decodeLine(bytes: Buffer): string {
    try {
      return this.#utf8.decode(bytes);
    } catch {
      if (this.#encoding === 'utf-8') {
        throw new InputError(
          `${this.#file}:${this.#lines + 1} is not UTF-8 text; save it as CSV UTF-8`,
        );
      }
      this.#otherLines += 1;
      this.#firstOther ??= this.#lines + 1;
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }
}

function wideDecoder(bytes: Buffer): InstanceType<typeof TextDecoder> | undefined {
  const mark = `${bytes[0]} ${bytes[1]}`;
  if (mark === '255 254') return new TextDecoder('utf-16le');
  return mark === '254 255' ? new TextDecoder('utf-16be') : undefined;
}

function countBytes(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count += 1;
  return count;
}
