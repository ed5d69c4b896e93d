import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkoutFolder, serverFolder } from '../paths.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { DirectoryLockedError } from './directory-lock.ts';

const cacheFolder = join(checkoutFolder, '.cache');
const SLOW = 120_000;

let home: string;
let database: Database | undefined;
let child: ChildProcess | undefined;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'keepsake-home-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await database?.close();
  database = undefined;
  rmSync(home, { recursive: true, force: true });
});

async function open(limits: Omit<DatabaseOptions, 'source'> = {}): Promise<Database> {
  const source = { kind: 'embedded', home, cacheFolder } as const;
  database = await openDatabase({ ...limits, source });
  return database;
}

/** Starts the writer in a process of its own and waits until it has written `rows` rows. */
async function startWriter(rows: number): Promise<{ readonly acknowledged: () => number }> {
  const writer = join(serverFolder, 'test/support/embedded-writer.ts');
  const flags = ['--import', 'tsx', '-C', '@keepsake/source'];
  const running = spawn(process.execPath, [...flags, writer, home], {
    cwd: checkoutFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = running;
  let said = '';
  const acknowledged = (): number => said.split('\n').length - 1;
  await new Promise<void>((resolve, reject) => {
    running.once('exit', () => reject(new Error('the writer ended by itself')));
    running.stdout.on('data', (chunk) => {
      said += chunk;
      if (acknowledged() >= rows) resolve();
    });
  });
  return { acknowledged };
}

async function kill(): Promise<void> {
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGKILL');
  await ended;
}

async function countRows(on: Database): Promise<number> {
  const rows = await on.kysely.selectFrom('subject_keys').select('subject').execute();
  return rows.length;
}

describe('a directory', () => {
  test(
    'of a living process is refused, by the name of that process',
    async () => {
      await startWriter(1);
      const refused = await open().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(DirectoryLockedError);
      expect(String(refused)).toContain(`in use by process ${child?.pid}`);
      expect(String(refused)).toContain('Stop that process');
    },
    SLOW,
  );

  test(
    'of a process that was killed while it wrote keeps every acknowledged row',
    async () => {
      let acknowledged = 0;
      for (const rows of [40, 80]) {
        const writer = await startWriter(rows);
        await kill();
        acknowledged += writer.acknowledged();
      }
      expect(acknowledged).toBeGreaterThanOrEqual(120);
      expect(await countRows(await open())).toBeGreaterThanOrEqual(acknowledged);
    },
    SLOW,
  );

  test(
    'is there again after it was closed',
    async () => {
      const first = await open();
      await sql`insert into subject_keys values ('a', 'b', ${new Uint8Array(61)}, now())`.execute(
        first.kysely,
      );
      await first.close();
      expect(await countRows(await open())).toBe(1);
    },
    SLOW,
  );
});

describe('a statement that does not end', () => {
  test(
    'is stopped with its engine; what was committed is there when it is back',
    async () => {
      const own = await open({ statementLimitMs: 6_000 });
      const row = { company: 'a', subject: 'kept', wrapped: new Uint8Array(61) };
      await own.kysely
        .insertInto('subject_keys')
        .values({ ...row, created_at: new Date(0) })
        .execute();
      const stuck = own.transaction(async (tx) => {
        await tx.deleteFrom('subject_keys').execute();
        await sql`select count(*) from generate_series(1, 100000000000) as n`.execute(tx);
      });
      const behind = countRows(own);
      await expect(stuck).rejects.toMatchObject({ code: 'database/timeout' });
      expect(await behind).toBe(1);
      expect(await countRows(own)).toBe(1);
    },
    SLOW,
  );
});

describe('a transaction that sits on the database', () => {
  test(
    'makes those who wait fail with a reason, and then goes on',
    async () => {
      const own = await open({ idleLimitMs: 200 });
      let end: () => void = () => undefined;
      const sitting = own.kysely.transaction().execute(async (tx) => {
        await sql`select 1`.execute(tx);
        await new Promise<void>((resolve) => {
          end = resolve;
        });
        await sql`select 1`.execute(tx);
        return 'done';
      });
      await expect(countRows(own)).rejects.toMatchObject({
        code: 'database/busy',
        message: expect.stringContaining('Pass the transaction instead'),
      });
      end();
      expect(await sitting).toBe('done');
      expect(await countRows(own)).toBe(0);
    },
    SLOW,
  );
});
