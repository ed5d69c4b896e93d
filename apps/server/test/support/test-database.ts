import { sql } from 'kysely';
import { Client } from 'pg';
import { inject } from 'vitest';
import {
  type Database,
  type DatabaseOptions,
  openDatabase,
} from '../../src/platform/database/database.ts';

/** Limits and listeners for a database of one's own; what it opens is the project's choice. */
export type TestDatabaseOptions = Omit<DatabaseOptions, 'source'>;

let shared: Promise<Database> | undefined;
let count = 0;

/**
 * An empty, migrated database on the backend of the running project. It is one per worker: opening
 * it again empties it, so a suite calls this in `beforeAll` or `beforeEach`, and nobody closes it.
 * The first call takes about a second, the next ones a few milliseconds.
 */
export async function openTestDatabase(): Promise<Database> {
  shared ??= openOwnTestDatabase().then((database) => ({ ...database, close: async () => {} }));
  const database = await shared;
  await emptyDatabase(database);
  return database;
}

/** Another empty, migrated database, for tests that need two or that close it: the caller closes. */
export async function openOwnTestDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  if (inject('postgresUrl') === undefined) return await openMemoryDatabase(options);
  const url = await cloneTemplate();
  return await openDatabase({ ...options, source: { kind: 'postgres', url, connectionsMax: 5 } });
}

/** An empty, migrated database in memory, whatever the project; the caller closes. */
export async function openMemoryDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  const source = { kind: 'memory', cacheFolder: inject('cacheFolder') } as const;
  return await openDatabase({ ...options, source });
}

/** The address of a fresh clone of the migrated template; only on a PostgreSQL project. */
export async function cloneTemplate(
  template: string = inject('templateDatabase'),
): Promise<string> {
  const url = new URL(serverUrl());
  const name = `keepsake_test_${process.pid}_${Date.now()}_${++count}`;
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  try {
    await admin.query(`create database ${name} template ${template}`);
  } finally {
    await admin.end();
  }
  url.pathname = `/${name}`;
  return url.href;
}

function serverUrl(): string {
  const url = inject('postgresUrl');
  if (url === undefined) throw new Error('this project runs on the embedded engine');
  return url;
}

/** Empties every table but the record of migrations. Cost grows with the tables that hold rows. */
export async function emptyDatabase(database: Database): Promise<void> {
  await sql
    .raw(`
    do $$
    declare
      one record;
      is_used boolean;
      used text[] := '{}';
    begin
      for one in select tablename from pg_tables
        where schemaname = 'public' and tablename <> 'schema_migrations'
      loop
        execute format('select exists (select from %I)', one.tablename) into is_used;
        if is_used then used := used || format('%I', one.tablename); end if;
      end loop;
      if array_length(used, 1) > 0 then
        execute 'truncate ' || array_to_string(used, ', ') || ' restart identity cascade';
      end if;
    end $$`)
    .execute(database.kysely);
}
