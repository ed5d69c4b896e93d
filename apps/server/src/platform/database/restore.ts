import { sql } from 'kysely';
import {
  BackupError,
  type BackupFoot,
  type BackupHead,
  type BackupRow,
  checkBackup,
  rowsOf,
} from './backup-format.ts';
import type { Database } from './database.ts';
import { createLedgerTable, type Migration, readMigrations, runMigration } from './migrations.ts';
import type { Tx } from './schema.ts';

/** How to restore. */
export interface RestoreOptions {
  /** Replaces what the database holds; without it only an empty database is restored into. */
  readonly isForced?: boolean;
  readonly migrations?: readonly Migration[];
}

const PARAMETERS_MAX = 30_000;
const BATCH_ROWS = 500;

/**
 * Puts the database into the state of a backup: checks the whole file first, then, in one
 * transaction, makes the schema anew as it was, loads every row and runs the migrations that came
 * later. Whatever fails, the database is as it was. Throws `BackupError` with the reason.
 */
export async function restoreFrom(
  database: Database,
  file: string,
  options: RestoreOptions = {},
): Promise<BackupHead> {
  const migrations = options.migrations ?? readMigrations();
  const { head, foot } = await checkBackup(file);
  const [before, after] = splitMigrations(head, migrations);
  await database.transaction(async (tx) => {
    if (options.isForced !== true) await assertEmpty(tx);
    await sql`drop schema public cascade`.execute(tx);
    await sql`create schema public`.execute(tx);
    await createLedgerTable(tx);
    for (const migration of before) await runMigration(tx, migration);
    await load(tx, file, { head, foot });
    for (const migration of after) await runMigration(tx, migration);
  });
  return head;
}

/** The migrations that the backup had seen, and those that it had not. */
function splitMigrations(
  head: BackupHead,
  migrations: readonly Migration[],
): readonly [readonly Migration[], readonly Migration[]] {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  const before = head.schema.map((recorded) => {
    const migration = known.get(recorded.number);
    if (migration === undefined) {
      throw new BackupError(
        `The backup has been through migration ${recorded.name}, which this program does not ` +
          'know: restore it with the program that made it, or a newer one.',
      );
    }
    if (migration.hash === recorded.hash) return migration;
    throw new BackupError(`The backup was made with another migration ${recorded.name}.`);
  });
  const after = migrations.filter((migration) => !before.includes(migration));
  return [before, after];
}

async function assertEmpty(tx: Tx): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename::text as name from pg_tables
    where schemaname = 'public' and tablename <> 'schema_migrations'`.execute(tx);
  for (const { name } of rows) {
    const found = await sql`select from ${sql.table(name)} limit 1`.execute(tx);
    if (found.rows.length === 0) continue;
    throw new BackupError(
      `The database is not empty (table ${name} has rows). Nothing was changed; ` +
        'use --force to replace everything in it.',
    );
  }
}

async function load(
  tx: Tx,
  file: string,
  { head, foot }: { readonly head: BackupHead; readonly foot: BackupFoot },
): Promise<void> {
  const references = await readReferences(tx);
  await sql`set local timezone = 'UTC'`.execute(tx);
  await sql`set local datestyle = 'ISO, YMD'`.execute(tx);
  await deferReferences(tx, references);
  const types = await readTypes(tx);
  for await (const batch of batchesOf(rowsOf(file, head), head)) {
    await insertBatch(tx, head, batch, types);
  }
  await sql`set constraints all immediate`.execute(tx);
  await undeferReferences(tx, references);
  for (const [name, last] of Object.entries(foot.sequences)) {
    await sql`select setval(${`public.${quoted(name)}`}::regclass, ${last}::int8)`.execute(tx);
  }
}

interface Reference {
  readonly table: string;
  readonly name: string;
}

/** The foreign keys, which hold again only once all tables are loaded. */
async function readReferences(tx: Tx): Promise<readonly Reference[]> {
  const { rows } = await sql<Reference>`
    select c.relname::text as table, k.conname::text as name
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and not k.condeferrable
      and c.relnamespace = 'public'::regnamespace`.execute(tx);
  return rows;
}

async function deferReferences(tx: Tx, references: readonly Reference[]): Promise<void> {
  for (const { table, name } of references) {
    await sql`alter table ${sql.table(table)} alter constraint ${sql.id(name)}
      deferrable initially deferred`.execute(tx);
  }
  await sql`set constraints all deferred`.execute(tx);
}

async function undeferReferences(tx: Tx, references: readonly Reference[]): Promise<void> {
  for (const { table, name } of references) {
    await sql`alter table ${sql.table(table)} alter constraint ${sql.id(name)}
      not deferrable`.execute(tx);
  }
}

/** The SQL type of each column, by `table.column`. */
async function readTypes(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ column: string; type: string }>`
    select c.relname || '.' || a.attname as column, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not a.attisdropped`.execute(tx);
  return new Map(rows.map((row) => [row.column, row.type]));
}

async function* batchesOf(
  rows: AsyncIterable<BackupRow>,
  head: BackupHead,
): AsyncGenerator<readonly BackupRow[]> {
  let batch: BackupRow[] = [];
  for await (const row of rows) {
    const width = head.tables[row[0]]?.columns.length ?? 1;
    const limit = Math.min(BATCH_ROWS, Math.floor(PARAMETERS_MAX / Math.max(1, width)));
    const isOther = batch[0] !== undefined && batch[0][0] !== row[0];
    if (isOther || batch.length >= limit) {
      yield batch;
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) yield batch;
}

async function insertBatch(
  tx: Tx,
  head: BackupHead,
  batch: readonly BackupRow[],
  types: ReadonlyMap<string, string>,
): Promise<void> {
  const table = head.tables[batch[0]?.[0] ?? -1];
  if (table === undefined) return;
  const casts = table.columns.map((column) => {
    const type = types.get(`${table.name}.${column}`);
    if (type === undefined) throw new BackupError(`There is no column ${table.name}.${column}.`);
    return sql.raw(type);
  });
  const tuples = batch.map(([, ...values]) => {
    const cells = values.map((value, index) => sql`cast(${value}::text as ${casts[index]})`);
    return sql`(${sql.join(cells)})`;
  });
  const columns = sql.join(table.columns.map((column) => sql.id(column)));
  await sql`insert into ${sql.table(table.name)} (${columns}) overriding system value
    values ${sql.join(tuples)}`.execute(tx);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
