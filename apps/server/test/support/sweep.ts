/** Looks for texts that must not be there any more: in every column of every table, in every file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from '../../src/platform/database/schema.ts';

/** Where a text was found. */
export interface Finding {
  readonly text: string;
  /** A table and column, or the path of a file. */
  readonly place: string;
  readonly form: 'utf-8' | 'utf-16' | 'base64' | 'hex';
}

interface Needle {
  readonly text: string;
  readonly form: Finding['form'];
  readonly bytes: Buffer;
}

/**
 * Finds texts in every column of every table (bytes by their content) and in every file under the
 * folders: as UTF-8, as UTF-16, in base64 wherever it begins, and in hexadecimal, upper and lower
 * case of Latin letters alike. Reads everything: for tests.
 */
export async function sweepForText(
  db: Db,
  folders: string | readonly string[],
  texts: readonly string[],
): Promise<readonly Finding[]> {
  const needles = texts.flatMap(needlesOf);
  const findings: Finding[] = [];
  for (const table of await listTables(db))
    findings.push(...(await sweepTable(db, table, needles)));
  for (const folder of typeof folders === 'string' ? [folders] : folders) {
    for (const file of filesUnder(folder))
      findings.push(...search(readOrEmpty(file), file, needles));
  }
  return findings;
}

function needlesOf(text: string): readonly Needle[] {
  const utf8 = Buffer.from(text, 'utf8');
  const ascii = (form: Finding['form'], encoded: string): Needle => ({
    ...{ text, form },
    bytes: Buffer.from(encoded.toLowerCase(), 'latin1'),
  });
  return [
    { text, form: 'utf-8', bytes: lowered(utf8) },
    { text, form: 'utf-16', bytes: lowered(Buffer.from(text, 'utf16le')) },
    ascii('hex', utf8.toString('hex')),
    ...[0, 1, 2].map((offset) => ascii('base64', base64Core(utf8, offset))),
  ];
}

/** What of the base64 text does not depend on the bytes before and after. */
function base64Core(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const start = Math.ceil((offset * 8) / 6);
  const end = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(start, end);
}

/** ASCII letters in lower case, everything else as it is. */
function lowered(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte)));
}

function search(bytes: Uint8Array, place: string, needles: readonly Needle[]): Finding[] {
  const haystack = lowered(bytes);
  return needles
    .filter((needle) => haystack.includes(needle.bytes))
    .map(({ text, form }) => ({ text, place, form }));
}

async function listTables(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
  return rows.map((row) => row.name);
}

async function sweepTable(db: Db, table: string, needles: readonly Needle[]): Promise<Finding[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.raw(table)}`.execute(db);
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, value]) =>
      bytesOf(value).flatMap((bytes) => search(bytes, `${table}.${column}`, needles)),
    ),
  );
}

function bytesOf(value: unknown): readonly Uint8Array[] {
  if (value === null || value === undefined) return [];
  if (value instanceof Uint8Array) return [value];
  if (typeof value === 'string') return [Buffer.from(value, 'utf8')];
  if (typeof value === 'object' && !(value instanceof Date)) {
    return Object.entries(value).flatMap(([key, inner]) => [Buffer.from(key), ...bytesOf(inner)]);
  }
  return [Buffer.from(String(value), 'utf8')];
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A running database removes files while they are being listed. */
function readOrEmpty(file: string): Uint8Array {
  try {
    return statSync(file).isFile() ? readFileSync(file) : new Uint8Array();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return new Uint8Array();
    }
    throw error;
  }
}
