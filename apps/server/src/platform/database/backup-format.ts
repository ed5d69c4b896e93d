/**
 * A backup is gzipped text, one JSON value a line: the head, then each row as
 * `[table index, value, …]` with every value in PostgreSQL's own text form (or null), then the foot.
 * The foot's checksum is SHA-256 over all bytes before its line. Either backend reads what the
 * other wrote, and PostgreSQL 15 to 18 read alike.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/** What a backup says of itself before its rows. */
export const BackupHead = z.strictObject({
  format: z.literal('keepsake-backup'),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  /** The migrations that the database had been through. */
  schema: z.array(z.strictObject({ number: z.int(), name: z.string(), hash: z.string() })),
  tables: z.array(z.strictObject({ name: z.string(), columns: z.array(z.string()) })),
  /** Tells one master key from another without giving it away. */
  keyFingerprint: z.string(),
  /** The master key in base64, only where the backup was asked to hold it. */
  masterKey: z.string().optional(),
});
export type BackupHead = z.infer<typeof BackupHead>;

/** What a backup says of itself after its rows. */
export const BackupFoot = z.strictObject({
  end: z.literal('keepsake-backup'),
  rows: z.array(z.int()),
  /** The last value given by each sequence that has been used, as decimal text. */
  sequences: z.record(z.string(), z.string()),
  sha256: z.string(),
});
export type BackupFoot = z.infer<typeof BackupFoot>;

const Row = z.tuple([z.int()], z.string().nullable());

/** One row of a backup: the position of its table in the head, then its values. */
export type BackupRow = readonly [number, ...(string | null)[]];

/** Thrown when a file is no whole backup, or does not fit the database; the message says which. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code = 'backup/refused';
}

/** Reads a backup from its start to its end, and answers its head and foot if it is whole. */
export async function checkBackup(file: string): Promise<{ head: BackupHead; foot: BackupFoot }> {
  const hash = createHash('sha256');
  const rows: number[] = [];
  let head: BackupHead | undefined;
  let foot: BackupFoot | undefined;
  for await (const line of linesOf(file)) {
    if (foot !== undefined) throw new BackupError(`${file} goes on after its end.`);
    const value = parseLine(line, file);
    if (head === undefined) head = parseHead(value, file);
    else if (Array.isArray(value)) countRow(rows, parseRow(value, head));
    else foot = parseFoot(value, file);
    if (foot === undefined) hash.update(`${line}\n`);
  }
  if (head === undefined || foot === undefined) throw new BackupError(`${file} is cut short.`);
  const counted = head.tables.map((_, index) => rows[index] ?? 0);
  if (hash.digest('hex') !== foot.sha256 || counted.join() !== foot.rows.join()) {
    throw new BackupError(`${file} is damaged: its checksum or its row counts do not hold.`);
  }
  return { head, foot };
}

/** The rows of a backup that has been checked, in the order of the file. */
export async function* rowsOf(file: string, head: BackupHead): AsyncGenerator<BackupRow> {
  let isFirst = true;
  for await (const line of linesOf(file)) {
    const value = isFirst ? undefined : parseLine(line, file);
    isFirst = false;
    if (Array.isArray(value)) yield parseRow(value, head);
  }
}

function countRow(rows: number[], [table]: BackupRow): void {
  rows[table] = (rows[table] ?? 0) + 1;
}

function parseHead(value: unknown, file: string): BackupHead {
  const head = BackupHead.safeParse(value);
  if (!head.success) throw new BackupError(`${file} is not a backup that this version can read.`);
  return head.data;
}

function parseFoot(value: unknown, file: string): BackupFoot {
  const foot = BackupFoot.safeParse(value);
  if (!foot.success) throw new BackupError(`${file} is damaged: its end cannot be read.`);
  return foot.data;
}

function parseRow(value: unknown, head: BackupHead): BackupRow {
  const row = Row.safeParse(value);
  const table = row.success ? head.tables[row.data[0]] : undefined;
  if (!row.success || table?.columns.length !== row.data.length - 1) {
    throw new BackupError('The backup is damaged: a row does not fit its table.');
  }
  return row.data;
}

function parseLine(line: string, file: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BackupError(`${file} is damaged: a line cannot be read.`);
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const text = createReadStream(file).on('error', (error) => plain.destroy(error));
  const plain = text.pipe(createGunzip()).setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of plain) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw new BackupError(`${file} cannot be read as a backup.`, { cause: error });
  }
  if (rest !== '') throw new BackupError(`${file} is cut short.`);
}
