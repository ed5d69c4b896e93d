import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { serverFolder } from '../paths.ts';
import { databaseCode } from './failure.ts';
import type { Db, Schema, Tx } from './schema.ts';

/** One numbered SQL file: `0001_platform_create.sql`. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly hash: string;
  readonly sql: string;
}

/** Thrown when the files and the database do not belong together; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code = 'database/migration';
}

const FILE = /^(\d{4})_([a-z0-9]+(?:_[a-z0-9]+)+)\.sql$/;

/**
 * The migrations of a folder, in their order. Each module numbers within a range of its own, so that
 * there are gaps. Throws where a name is malformed or a number is used twice.
 */
export function readMigrations(
  folder: string = join(serverFolder, 'migrations'),
): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const migrations = names.sort().map((file) => readMigration(folder, file));
  migrations.forEach((migration, index) => {
    if (migration.number > (migrations[index - 1]?.number ?? 0)) return;
    throw new MigrationError(`Migration ${migration.name} has a number that was used before.`);
  });
  return migrations;
}

function readMigration(folder: string, file: string): Migration {
  const match = FILE.exec(file);
  if (match === null) {
    throw new MigrationError(`${file} is not named like 0001_noun_verb.sql.`);
  }
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
  const hash = createHash('sha256').update(text).digest('hex');
  return { number: Number(match[1]), name: file.slice(0, -4), hash, sql: text };
}

/** One hash over all migrations: the name of a schema. */
export function schemaHash(migrations: readonly Migration[]): string {
  const hash = createHash('sha256');
  for (const migration of migrations) hash.update(`${migration.name} ${migration.hash}\n`);
  return hash.digest('hex');
}

/**
 * Brings the database up to the last migration and answers the names of those it ran itself.
 * Each migration is one transaction that first inserts its own row, so that of several processes
 * exactly one runs it and the others wait and go on. Throws `MigrationError` when a migration was
 * changed after it had been run, or when the database is newer than this code.
 */
export async function migrate(
  db: Kysely<Schema>,
  migrations: readonly Migration[] = readMigrations(),
): Promise<readonly string[]> {
  await createLedger(db);
  const applied = await readLedger(db);
  const ran: string[] = [];
  assertNotNewer(applied, migrations);
  for (const migration of migrations) {
    const known = applied.get(migration.number);
    if (known !== undefined) assertUnchanged(migration, known);
    else if (await runOnce(db, migration)) ran.push(migration.name);
  }
  return ran;
}

interface LedgerRow {
  readonly name: string;
  readonly hash: string;
}

/** `if not exists` still collides with another process that creates the table at the same moment. */
async function createLedger(db: Db): Promise<void> {
  try {
    await createLedgerTable(db);
  } catch (error) {
    if (!['23505', '42P07'].includes(databaseCode(error) ?? '')) throw error;
  }
}

/** Creates the table of migrations where it is missing. */
export async function createLedgerTable(db: Db): Promise<void> {
  await sql`
    create table if not exists schema_migrations (
      number integer constraint schema_migrations_pkey primary key,
      name text not null,
      hash text not null,
      applied_at timestamptz not null default now()
    )`.execute(db);
}

/** The migrations that the database has been through, by number. */
export async function readLedger(db: Db): Promise<ReadonlyMap<number, LedgerRow>> {
  const rows = await db
    .selectFrom('schema_migrations')
    .select(['number', 'name', 'hash'])
    .execute();
  return new Map(rows.map((row) => [row.number, row]));
}

function assertNotNewer(
  applied: ReadonlyMap<number, LedgerRow>,
  migrations: readonly Migration[],
): void {
  const newest = Math.max(0, ...applied.keys());
  const known = migrations.at(-1)?.number ?? 0;
  if (newest <= known) return;
  throw new MigrationError(
    `The database is at migration ${newest} (${applied.get(newest)?.name}), this program knows ` +
      `${known}. Start the newer program, or restore a backup made before it ran.`,
  );
}

function assertUnchanged(migration: Migration, known: LedgerRow): void {
  if (known.hash === migration.hash) return;
  throw new MigrationError(
    `Migration ${migration.name} was changed after this database had run it as ${known.name}. ` +
      'Put the file back as it was and write the change as a new migration.',
  );
}

async function runOnce(db: Db, migration: Migration): Promise<boolean> {
  try {
    await db.transaction().execute((tx) => runMigration(tx, migration));
    return true;
  } catch (error) {
    if (databaseCode(error) !== '23505') throw error;
    const known = (await readLedger(db)).get(migration.number);
    // Not the row of another process: the migration itself broke a unique constraint.
    if (known === undefined) throw error;
    assertUnchanged(migration, known);
    return false;
  }
}

/** Records and runs one migration inside the given transaction. */
export async function runMigration(tx: Tx, migration: Migration): Promise<void> {
  const { number, name, hash } = migration;
  await tx.insertInto('schema_migrations').values({ number, name, hash }).execute();
  await sql.raw(migration.sql).execute(tx);
}
