import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { Db } from '../../apps/server/src/platform/database/schema.ts';
import {
  type Installation,
  type RunningPostgres,
  startPostgres,
} from '../../apps/server/test/support/postgres-servers.mjs';

/** What makes a commit survive a power cut; the servers for tests start without. */
const DURABLE = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];

/** A server whose commits wait for the disk, beside one that runs already and is of the same kind. */
export async function startDurable(
  installation: Installation,
  running: RunningPostgres,
): Promise<RunningPostgres> {
  if (installation.kind === 'url') return running;
  const programs = await ask(running.url, "select setting from pg_config where name = 'BINDIR'");
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  const place = join(folder, 'bin');
  mkdirSync(place);
  chmodSync(folder, 0o755);
  const more = DURABLE.map((setting) => ` -c ${setting}`).join('');
  writeProgram(join(place, 'initdb'), `exec '${programs}/initdb' "$@"`);
  // The last of several settings counts.
  writeProgram(join(place, 'postgres'), `exec '${programs}/postgres' "$@"${more}`);
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clean);
  const server = await startPostgres({ ...installation, kind: 'system', place });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      clean();
    },
  };
}

function writeProgram(file: string, line: string): void {
  writeFileSync(file, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

/** Makes an empty database; answers its address. */
export async function createDatabase(server: RunningPostgres, name: string): Promise<string> {
  await ask(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops a database that `createDatabase` made. */
export async function dropDatabase(server: RunningPostgres, name: string): Promise<void> {
  await ask(server.url, `drop database ${name} with (force)`);
}

/** What a server says about how sure its commits are. */
export async function describeDurability(url: string): Promise<string> {
  const fsync = await ask(url, 'show fsync');
  const commit = await ask(url, 'show synchronous_commit');
  return `fsync ${fsync}, synchronous_commit ${commit}`;
}

/** The process that all of the server's belong to; 0 where the system does not tell. */
export async function postmasterOf(db: Db): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  try {
    const status = readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8');
    return Number(/PPid:\s*(\d+)/.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Runs a statement; answers the first field of the first row, or nothing. */
async function ask(url: string, statement: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return String(Object.values(rows[0] ?? {})[0] ?? '');
  } finally {
    await client.end();
  }
}
