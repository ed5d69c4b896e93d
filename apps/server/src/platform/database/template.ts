import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import { type DirectoryLock, DirectoryLockedError, lockDirectory } from './directory-lock.ts';
import { createGate } from './gate.ts';
import { type Migration, migrate, schemaHash } from './migrations.ts';
import { openEngine } from './pglite-engine.ts';
import { pglitePool } from './pglite-pool.ts';
import type { Schema } from './schema.ts';

/** Where the migrated template is, and what it was made for. */
export interface TemplateOptions {
  readonly cacheFolder: string;
  readonly migrations: readonly Migration[];
}

/** Raised when what a template holds changes for a reason other than migrations or the engine. */
const TEMPLATE_VERSION = 1;

/**
 * The path of a tar of an empty, migrated data directory. It is built where it is missing, damaged
 * or of another schema or engine: once, however many processes ask. Building takes about 5 s of
 * CPU, as it runs PostgreSQL's `initdb`; checking a built one takes about 50 ms.
 */
export async function ensureTemplate(options: TemplateOptions): Promise<string> {
  const folder = join(options.cacheFolder, 'template');
  const tar = join(folder, `${templateKey(options.migrations)}.tar`);
  if (await isIntact(tar)) return tar;
  const lock = await waitForLock(folder);
  try {
    if (await isIntact(tar)) return tar;
    await build(tar, options.migrations);
    removeOthers(folder, tar);
    return tar;
  } finally {
    lock.release();
  }
}

function templateKey(migrations: readonly Migration[]): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(entry, '..', '..', 'package.json'), 'utf8'));
  const hash = createHash('sha256');
  return hash
    .update(`${TEMPLATE_VERSION} ${version} ${schemaHash(migrations)}`)
    .digest('hex')
    .slice(0, 16);
}

async function waitForLock(folder: string): Promise<DirectoryLock> {
  for (;;) {
    try {
      return lockDirectory(folder);
    } catch (error) {
      if (!(error instanceof DirectoryLockedError)) throw error;
      await sleep(100);
    }
  }
}

async function isIntact(tar: string): Promise<boolean> {
  const checksum = checksumFile(tar);
  if (!existsSync(tar) || !existsSync(checksum)) return false;
  return readFileSync(checksum, 'utf8').trim() === (await hashOf(tar));
}

function checksumFile(tar: string): string {
  return `${tar}.sha256`;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

async function build(tar: string, migrations: readonly Migration[]): Promise<void> {
  const engine = await openEngine({ statementLimitMs: 120_000 });
  const pool = pglitePool(engine, createGate(10_000));
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(kysely, migrations);
    await writeTemplate(tar, await engine.dump());
  } finally {
    await kysely.destroy();
    await engine.close();
  }
}

/** The tar gets its name last, and its checksum before that: a torn write is never taken for whole. */
async function writeTemplate(tar: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${tar}.${randomUUID()}`;
  mkdirSync(join(tar, '..'), { recursive: true });
  writeFileSync(fresh, bytes);
  writeFileSync(checksumFile(tar), createHash('sha256').update(bytes).digest('hex'));
  renameSync(fresh, tar);
}

function removeOthers(folder: string, tar: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name !== 'lock' && path !== tar && path !== checksumFile(tar))
      rmSync(path, { force: true });
  }
}
