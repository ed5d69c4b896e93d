/** The disk is full: really, on a small file system of its own where root may mount one. */
import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { openTestDatabase } from '../support/test-database.ts';
import type { Answer } from '../support/test-server.ts';
import {
  countRows,
  type FailuresWorld,
  faultsOfPlant,
  halfOrders,
  openFailuresWorld,
  problemOf,
} from './failures-world.ts';

const postgresUrl = inject('postgresUrl');

let world: FailuresWorld;
let keys = 0;
const place = (body: object, key: string): Promise<Answer> =>
  world.ask('orders', { cookie: world.customer, body, headers: { 'idempotency-key': key } });

describe('a statement for which there is no room', () => {
  afterEach(() => world.server.close());

  test('refuses the order as a whole; with room again the same key takes it', async () => {
    const database = await openTestDatabase();
    world = await openFailuresWorld({ database });
    const body = await world.prepare();
    // What PostgreSQL says where a file cannot grow, at the last of what an order writes.
    await sql
      .raw(`
      create function no_room() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
      create trigger no_room before insert on mails for each row execute function no_room()`)
      .execute(database.kysely);
    const refused = await place(body, 'there-is-no-room');
    await sql.raw('drop function no_room() cascade').execute(database.kysely);
    expect([refused.status, problemOf(refused)]).toEqual([507, 'store/full']);
    expect(await countRows(world.server, 'orders', 'work_orders')).toEqual([0, 0]);
    expect(await faultsOfPlant(world.server.deps)).toEqual([]);
    expect((await place(body, 'there-is-no-room')).status).toBe(201);
    expect(await halfOrders(database.kysely)).toEqual([]);
  });
});

/** A file system of some megabytes, or why there is none. */
function mountSmall(megabytes: number): { readonly folder: string } | { readonly why: string } {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { why: 'only root mounts' };
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-small-'));
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder];
  const run = spawnSync('mount', options, { encoding: 'utf8' });
  if (run.status === 0) return { folder };
  rmSync(folder, { recursive: true });
  return { why: run.stderr ?? 'there is no mount' };
}

function unmount(folder: string): void {
  spawnSync('umount', ['--lazy', folder]);
  rmSync(folder, { recursive: true, force: true });
}

/** Writes until there is no room left. */
function fill(file: string): void {
  for (const size of [1 << 20, 1 << 16, 1 << 12]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size, 1), { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}

/** A database whose tables lie in a folder; its server must be one of this machine. */
async function openIn(folder: string): Promise<Database | { readonly why: string }> {
  if (postgresUrl === undefined) {
    const source = { kind: 'embedded', home: folder, cacheFolder: inject('cacheFolder') } as const;
    return await openDatabase({ source });
  }
  const admin = new Client({ connectionString: postgresUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
    const data = rows[0]?.data_directory ?? '';
    if (!existsSync(data)) return { why: 'the server is elsewhere' };
    const { uid, gid } = statSync(data);
    const place = join(folder, 'tables');
    mkdirSync(place);
    chownSync(place, uid, gid);
    const name = `keepsake_small_${process.pid}`;
    await admin.query(`create tablespace ${name} location '${place}'`);
    const template = inject('templateDatabase');
    await admin.query(`create database ${name} template ${template} tablespace ${name}`);
    const url = new URL(postgresUrl);
    url.pathname = `/${name}`;
    const source = { kind: 'postgres', url: url.href, connectionsMax: 4 } as const;
    return await openDatabase({ source });
  } finally {
    await admin.end();
  }
}

async function dropSmall(): Promise<void> {
  if (postgresUrl === undefined) return;
  const admin = new Client({ connectionString: postgresUrl });
  await admin.connect();
  const name = `keepsake_small_${process.pid}`;
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`drop tablespace if exists ${name}`);
  await admin.end();
}

describe('a disk that is full', () => {
  const small = mountSmall(postgresUrl === undefined ? 120 : 40);
  let database: Database | undefined;
  let why = 'why' in small ? small.why : '';
  beforeEach(async () => {
    if ('why' in small) return;
    const opened = await openIn(small.folder);
    if ('why' in opened) why = opened.why;
    else database = opened;
  });
  afterEach(async () => {
    if (database !== undefined) await world.server.close();
    await database?.close();
    if ('why' in small) return;
    await dropSmall();
    unmount(small.folder);
  });

  test('refuses orders and loses none; with room again they are taken', async ({ skip }) => {
    if (database === undefined || 'why' in small) return skip(why);
    world = await openFailuresWorld({ database });
    const taken = [await world.order()];
    const bodies = await Promise.all(Array.from({ length: 60 }, () => world.prepare()));
    const filler = join(small.folder, 'filler');
    fill(filler);
    const refused: { readonly key: string; readonly body: object; readonly code: string }[] = [];
    for (const body of bodies) {
      const key = `while-it-is-full-${++keys}`;
      const answer = await place(body, key);
      if (answer.status === 201) taken.push(answer.body);
      else refused.push({ key, body, code: problemOf(answer) });
      if (refused.length === 3) break;
    }
    expect(refused).toHaveLength(3);
    for (const { code } of refused) expect(code).toMatch(/^store\/(full|unavailable)$/);
    if (postgresUrl !== undefined) expect(refused[0]?.code).toBe('store/full');

    rmSync(filler);
    for (const { key, body } of refused) {
      const again = await place(body, key);
      expect([again.status, again.body.type]).toEqual([201, undefined]);
      taken.push(again.body);
    }
    const rows = await database.kysely.selectFrom('orders').select('id').execute();
    expect(rows.map(({ id }) => id).toSorted()).toEqual(taken.map(({ id }) => id).toSorted());
    expect(await halfOrders(database.kysely)).toEqual([]);
    expect(await faultsOfPlant(world.server.deps)).toEqual([]);
  });
});
