import { isUtf8 } from 'node:buffer';
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';

/** A file or an argument that cannot be used; the message says where and why, a line a fault. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** What a compiled space begins with; the number of its format follows two bytes later. */
const SPACE_MAGIC = 'KSPACE';
const SPACE_FORMAT_AT = 8;

/**
 * The text of a file in UTF-8, or in UTF-16 with a byte order mark. Throws `InputError` where it cannot
 * be read or is neither.
 */
export function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new InputError(`${file}: cannot be read: ${reasonOf(error)}`);
  }
  if (bytes.toString('latin1', 0, SPACE_MAGIC.length) === SPACE_MAGIC) {
    throw new InputError(`${file}: is ${describeSpace(bytes)}`);
  }
  const wide = textOfUtf16(bytes);
  if (wide !== undefined) return wide;
  if (!isUtf8(bytes)) throw new InputError(`${file}: is not UTF-8 text; save it as UTF-8`);
  return bytes.toString('utf8');
}

/** Spreadsheets write it; undefined without a byte order mark, or where a last byte is alone. */
function textOfUtf16(bytes: Buffer): string | undefined {
  const mark = bytes.toString('hex', 0, 2);
  if (bytes.length % 2 === 1) return undefined;
  if (mark === 'fffe') return bytes.toString('utf16le', 2);
  return mark === 'feff' ? Buffer.from(bytes).swap16().toString('utf16le', 2) : undefined;
}

/** A compiled space numbers variables and values, and belongs to the model that names them. */
function describeSpace(bytes: Buffer): string {
  const isWhole = bytes.length >= SPACE_FORMAT_AT + 4;
  const format = isWhole ? ` of format ${bytes.readUInt32LE(SPACE_FORMAT_AT)}` : ', cut short';
  return `a compiled space${format}, which has no names: give the model that it was made from`;
}

/**
 * Writes a file, whole or not at all: until everything is written there is what was there before.
 * Throws `InputError` where that cannot be.
 */
export function writeText(file: string, text: string): void {
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    // A pipe or terminal cannot be replaced.
    if (there !== undefined && !there.isFile()) writeFileSync(file, text);
    else replaceFile(there === undefined ? file : realpathSync(file), text);
  } catch (error) {
    throw new InputError(`${file}: cannot be written: ${reasonOf(error)}`);
  }
}

function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Why a file could not be opened, in plain words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it is not yours to open';
  if (code === 'ENOSPC') return 'there is no room left on the disk';
  return error instanceof Error ? error.message : String(error);
}

/** A JSON file, and where its parts stand: a path of keys and indexes leads to a part. */
export interface JsonFile {
  readonly value: unknown;
  /** An error about a part, with file, line and column. */
  fault(path: readonly (string | number)[], message: string): InputError;
}

/** Reads a JSON file. Throws `InputError` with line and column where it is none. */
export function readJson(file: string): JsonFile {
  const text = readText(file).replace(/^\uFEFF/, '');
  try {
    return {
      value: JSON.parse(text),
      fault: (path, message) => faultAt(file, text, path, message),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InputError(`${file}:${placeOfFault(text, why)} is not JSON: ${why}`);
  }
}

/** JSON is YAML as well, whose reader knows where each node stands; only faults pay for it. */
function locate(text: string): {
  readonly document: ReturnType<typeof parseDocument>;
  readonly lines: LineCounter;
} {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, uniqueKeys: false }), lines };
}

function faultAt(
  file: string,
  text: string,
  path: readonly (string | number)[],
  message: string,
): InputError {
  const { document, lines } = locate(text);
  const node = document.getIn(path, true);
  const offset = hasRange(node) ? node.range[0] : 0;
  const { line, col } = lines.linePos(offset);
  return new InputError(`${file}:${line}:${col} ${message}`);
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

/** Where reading stopped: as JSON's own reader tells, else as that of YAML does. */
function placeOfFault(text: string, why: string): string {
  const told = /position (\d+)/.exec(why)?.[1];
  const { document, lines } = locate(text);
  const offset = told === undefined ? (document.errors[0]?.pos[0] ?? text.length) : Number(told);
  const { line, col } = lines.linePos(Math.min(offset, text.length));
  return `${Math.max(1, line)}:${Math.max(1, col)}`;
}
