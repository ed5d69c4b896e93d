import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Instant, instantToText } from '@keepsake/kernel';
import { sql } from 'kysely';
import type { BackupFoot, BackupHead, BackupRow } from './backup-format.ts';
import type { Database } from './database.ts';
import { readLedger } from './migrations.ts';
import type { Tx } from './schema.ts';

/** What goes into a backup beside the tables. */
export interface BackupOptions {
  readonly now: Instant;
  readonly keyFingerprint: string;
  /** Given, the backup alone is enough to read everything: guard it like the key itself. */
  readonly masterKey?: Uint8Array;
}

/** What a backup holds. */
export interface BackupReport {
  readonly tables: number;
  readonly rows: number;
}

const BATCH_ROWS = 500;

/**
 * Writes every table into `file`, as of one instant. The file appears under its name only when it
 * is whole, and only its owner can read it. On a server others go on meanwhile; the embedded engine
 * serves nobody else until the backup is written. Memory stays at a batch of rows.
 */
export async function backupTo(
  database: Database,
  file: string,
  options: BackupOptions,
): Promise<BackupReport> {
  const partial = `${file}.${randomUUID()}.partial`;
  const counts: number[] = [];
  try {
    await database.transaction(
      (tx) =>
        pipeline(
          Readable.from(backupLines(tx, options, counts)),
          createGzip(),
          createWriteStream(partial, { mode: 0o600, flush: true }),
        ),
      { isolation: 'repeatable read', isReadOnly: true },
    );
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { tables: counts.length, rows: counts.reduce((sum, count) => sum + count, 0) };
}

async function* backupLines(
  tx: Tx,
  options: BackupOptions,
  counts: number[],
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const written = (value: BackupHead | BackupRow): string => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    return line;
  };
  await sql`set local timezone = 'UTC'`.execute(tx);
  await sql`set local datestyle = 'ISO, YMD'`.execute(tx);
  const head = await readHead(tx, options);
  yield written(head);
  for (const [index, table] of head.tables.entries()) {
    counts[index] = 0;
    for await (const values of tableRows(tx, table)) {
      counts[index] += 1;
      yield written([index, ...values]);
    }
  }
  const foot: BackupFoot = {
    end: 'keepsake-backup',
    rows: counts,
    sequences: await readSequences(tx),
    sha256: hash.digest('hex'),
  };
  yield `${JSON.stringify(foot)}\n`;
}

async function readHead(tx: Tx, options: BackupOptions): Promise<BackupHead> {
  const ledger = await readLedger(tx);
  const schema = [...ledger].map(([number, { name, hash }]) => ({ number, name, hash }));
  return {
    format: 'keepsake-backup',
    version: 1,
    madeAt: instantToText(options.now),
    schema: schema.sort((a, b) => a.number - b.number),
    tables: await readTables(tx),
    keyFingerprint: options.keyFingerprint,
    ...(options.masterKey === undefined
      ? {}
      : { masterKey: Buffer.from(options.masterKey).toString('base64') }),
  };
}

/** Every table of the schema but the record of migrations; computed columns compute themselves. */
async function readTables(tx: Tx): Promise<BackupHead['tables']> {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname <> 'schema_migrations'
    group by c.relname
    order by c.relname`.execute(tx);
  return rows;
}

async function* tableRows(
  tx: Tx,
  table: BackupHead['tables'][number],
): AsyncGenerator<readonly (string | null)[]> {
  const columns = table.columns.map((column) => sql`${sql.id(column)}::text`);
  const list = sql`array[${sql.join(columns)}]::text[]`;
  await sql`declare backup_rows no scroll cursor for
    select ${list} as values from ${sql.table(table.name)}`.execute(tx);
  for (;;) {
    const { rows } = await sql<{ values: (string | null)[] }>`
      fetch ${sql.lit(BATCH_ROWS)} from backup_rows`.execute(tx);
    for (const row of rows) yield row.values;
    if (rows.length < BATCH_ROWS) break;
  }
  await sql`close backup_rows`.execute(tx);
}

async function readSequences(tx: Tx): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string; last: string }>`
    select sequencename::text as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null
    order by sequencename`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.name, row.last]));
}
