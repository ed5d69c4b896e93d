import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type IsolationLevel,
  Kysely,
  type LogEvent,
  PostgresDialect,
  type PostgresPool,
} from 'kysely';
import { lockDirectory } from './directory-lock.ts';
import { createGate } from './gate.ts';
import { type Migration, migrate, readMigrations } from './migrations.ts';
import { type Engine, openEngine } from './pglite-engine.ts';
import { pglitePool } from './pglite-pool.ts';
import { postgresPool } from './postgres-pool.ts';
import { createReentryGuard } from './reentry.ts';
import type { Db, Schema, Tx } from './schema.ts';
import { ensureTemplate } from './template.ts';

/** Which database to open. */
export type DatabaseSource =
  /** A directory of our own, `home/data`, which one process uses at a time. */
  | { readonly kind: 'embedded'; readonly home: string; readonly cacheFolder: string }
  /** In memory, gone at the end. */
  | { readonly kind: 'memory'; readonly cacheFolder: string }
  /** A PostgreSQL server, versions 15 to 18, whose schema `public` is Keepsake's own. */
  | { readonly kind: 'postgres'; readonly url: string; readonly connectionsMax?: number };

/** A source, and the limits and listeners that go with it. */
export interface DatabaseOptions {
  readonly source: DatabaseSource;
  readonly migrations?: readonly Migration[];
  /** A statement that runs for longer is stopped. Default 30,000. */
  readonly statementLimitMs?: number;
  /** Embedded only: how long others wait for a transaction that does nothing. Default 10,000. */
  readonly idleLimitMs?: number;
  /** Told of each statement: its duration in seconds and whether it was refused. */
  readonly onStatement?: (seconds: number, isRefused: boolean) => void;
  /** Told of a server connection that broke, in use or not. */
  readonly onLost?: (error: Error) => void;
}

/** How a transaction runs. */
export interface TransactionOptions {
  /** Default `read committed`. */
  readonly isolation?: IsolationLevel;
  readonly isReadOnly?: boolean;
}

/** An open database. Pass `kysely`, or the transaction you are in, to store functions. */
export interface Database {
  readonly kysely: Db;
  readonly backend: 'pglite' | 'postgres';
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. A query
   * on `kysely` inside it is refused at once with `database/outside-transaction`.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Closes connections and gives the directory back. Calling it again does nothing. */
  close(): Promise<void>;
}

interface Backend {
  readonly kind: Database['backend'];
  readonly pool: PostgresPool;
  readonly release: () => void;
}

/**
 * Opens the database and brings its schema up to date. A new embedded directory starts from the
 * migrated template (about 1 s instead of 5). Throws `DirectoryLockedError` when another process
 * has the directory, `MigrationError` when schema and code do not belong together.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const migrations = options.migrations ?? readMigrations();
  const backend = await openBackend(options, migrations);
  const guard = createReentryGuard();
  const kysely = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: guard.watch(backend.pool) }),
    ...(options.onStatement === undefined ? {} : { log: reporter(options.onStatement) }),
  });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      await kysely.destroy();
    } finally {
      backend.release();
    }
  };
  const database: Database = {
    kysely,
    backend: backend.kind,
    transaction: (work, how = {}) =>
      guard.run((opened) => {
        let builder = kysely.transaction();
        if (how.isolation !== undefined) builder = builder.setIsolationLevel(how.isolation);
        if (how.isReadOnly === true) builder = builder.setAccessMode('read only');
        return builder.execute((tx) => {
          opened();
          return work(tx);
        });
      }),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
  try {
    await migrate(kysely, migrations);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function reporter(tell: (seconds: number, isRefused: boolean) => void): (event: LogEvent) => void {
  return (event) => tell(event.queryDurationMillis / 1000, event.level === 'error');
}

async function openBackend(
  options: DatabaseOptions,
  migrations: readonly Migration[],
): Promise<Backend> {
  const { source, statementLimitMs = 30_000, idleLimitMs = 10_000 } = options;
  switch (source.kind) {
    case 'postgres': {
      const { url, connectionsMax = 10 } = source;
      const onLost = options.onLost ?? (() => undefined);
      const pool = postgresPool({ url, connectionsMax, statementLimitMs, onLost });
      return { kind: 'postgres', pool, release: () => undefined };
    }
    case 'memory': {
      const template = await ensureTemplate({ cacheFolder: source.cacheFolder, migrations });
      const engine = await openEngine({ template, statementLimitMs });
      const pool = pglitePool(engine, createGate(idleLimitMs));
      return { kind: 'pglite', pool, release: () => undefined };
    }
    case 'embedded':
      return await openEmbedded(source, migrations, { statementLimitMs, idleLimitMs });
  }
}

async function openEmbedded(
  source: Extract<DatabaseSource, { kind: 'embedded' }>,
  migrations: readonly Migration[],
  limits: { readonly statementLimitMs: number; readonly idleLimitMs: number },
): Promise<Backend> {
  mkdirSync(source.home, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(source.home);
  try {
    const engine = await openDirectory(source, migrations, limits.statementLimitMs);
    const pool = pglitePool(engine, createGate(limits.idleLimitMs));
    return { kind: 'pglite', pool, release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Written into a data directory once it has been opened whole. */
const READY = 'keepsake.ready';

/** A directory without the mark was left by a first start that was cut short: it holds nothing. */
async function openDirectory(
  source: Extract<DatabaseSource, { kind: 'embedded' }>,
  migrations: readonly Migration[],
  statementLimitMs: number,
): Promise<Engine> {
  const dataDir = join(source.home, 'data');
  const mark = join(dataDir, READY);
  if (existsSync(mark)) return await openEngine({ dataDir, statementLimitMs });
  const template = await ensureTemplate({ cacheFolder: source.cacheFolder, migrations });
  rmSync(dataDir, { recursive: true, force: true });
  const engine = await openEngine({ dataDir, template, statementLimitMs });
  writeFileSync(mark, '');
  return engine;
}
