import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { backupTo } from '../../src/platform/database/backup.ts';
import { checkBackup } from '../../src/platform/database/backup-format.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { type Migration, migrate, readMigrations } from '../../src/platform/database/migrations.ts';
import { restoreFrom } from '../../src/platform/database/restore.ts';
import { openMemoryDatabase, openOwnTestDatabase } from '../support/test-database.ts';

const own = readMigrations();
const last = own.at(-1)?.number ?? 0;
const step = (offset: number, name: string, text: string): Migration => {
  const number = last + offset;
  return { number, name: `${String(number).padStart(4, '0')}_${name}`, hash: text, sql: text };
};
/** Every kind of column that could be lost on the way, and references that run in a circle. */
const odd = step(
  1,
  'odd_create',
  `create table odd (
     id bigint generated always as identity primary key,
     parent bigint constraint odd_parent references odd (id),
     word text, exact numeric(20, 6), at timestamptz, day date, data jsonb, bytes bytea,
     list text[], yes boolean, ratio double precision,
     shout text generated always as (reverse(word)) stored
   );
   create table even (id int primary key, odd bigint constraint even_odd references odd (id));
   alter table odd add column even int constraint odd_even references even (id);`,
);
const later = step(2, 'odd_extend', `alter table odd add column mood text not null default 'calm'`);
const migrations = [...own, odd];
const now = Date.parse('2026-03-01T00:00:00Z');
const options = { now, keyFingerprint: 'abc' };

let folder: string;
let opened: Database[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-backup-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  await Promise.all(opened.map((each) => each.close()));
  opened = [];
});

async function keep(database: Promise<Database>): Promise<Database> {
  const own = await database;
  opened.push(own);
  return own;
}

async function fill(database: Database): Promise<void> {
  await migrate(database.kysely, migrations);
  await sql`insert into even values (1, null)`.execute(database.kysely);
  await sql`
    insert into odd (word, exact, at, day, data, bytes, list, yes, ratio, even)
    select 'naïve "' || n || E'"\n', 12345678901234.567891, timestamptz '2026-03-01 10:00:00.123456+02',
      date '0044-03-15', jsonb_build_object('n', n, 'deep', array[1.10]), '\\x00ff'::bytea,
      array['a,b', null, ''], n % 2 = 0, 0.1::float8 + 0.2::float8, 1
    from generate_series(1, 1203) as n`.execute(database.kysely);
  await sql`update odd set parent = 1204 - id`.execute(database.kysely);
  await sql`update even set odd = 7`.execute(database.kysely);
}

/** Everything in the table, as text that shows each bit. */
async function contentsOf(database: Database): Promise<unknown> {
  const { rows } = await database.transaction(async (tx) => {
    await sql`set local timezone = 'UTC'`.execute(tx);
    return await sql`
      select id, parent, word, exact::text, at::text, day::text, data::text, bytes, list, yes,
        ratio, shout, even from odd order by id`.execute(tx);
  });
  return rows;
}

describe('a backup', () => {
  test('brings back every bit, onto this backend and onto the other one', async () => {
    const from = await keep(openOwnTestDatabase());
    await fill(from);
    const file = join(folder, 'whole.gz');
    expect(await backupTo(from, file, options)).toMatchObject({ rows: 1204 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const onto = [await keep(openOwnTestDatabase()), await keep(openMemoryDatabase())];
    for (const database of onto) {
      await restoreFrom(database, file, { migrations });
      expect(await contentsOf(database)).toEqual(await contentsOf(from));
      const broken = sql`insert into odd (parent) values (99999)`.execute(database.kysely);
      await expect(broken).rejects.toMatchObject({ code: '23503', constraint: 'odd_parent' });
      const { rows } =
        await sql`insert into odd (word) values ('next') returning id > 1203 as next`.execute(
          database.kysely,
        );
      expect(rows).toEqual([{ next: true }]);
    }
  });

  test('of an older schema is restored as it was and then brought up to date', async () => {
    const from = await keep(openOwnTestDatabase());
    await fill(from);
    const file = join(folder, 'older.gz');
    await backupTo(from, file, options);
    const onto = await keep(openOwnTestDatabase());
    await restoreFrom(onto, file, { migrations: [...migrations, later] });
    const { rows } = await sql`select distinct mood from odd`.execute(onto.kysely);
    expect(rows).toEqual([{ mood: 'calm' }]);
    expect(await migrate(onto.kysely, [...migrations, later])).toEqual([]);
  });

  test('of a newer schema is refused, and so is one with another past', async () => {
    const from = await keep(openOwnTestDatabase());
    await fill(from);
    const file = join(folder, 'newer.gz');
    await backupTo(from, file, options);
    const onto = await keep(openOwnTestDatabase());
    await expect(restoreFrom(onto, file, { migrations: own })).rejects.toThrow(/newer one/);
    const other = [...own, { ...odd, hash: 'other' }];
    await expect(restoreFrom(onto, file, { migrations: other })).rejects.toThrow(
      /another migration/,
    );
  });

  test('is restored over rows only by force, and then replaces them all', async () => {
    const from = await keep(openOwnTestDatabase());
    await fill(from);
    const file = join(folder, 'force.gz');
    await backupTo(from, file, options);
    await sql`delete from odd where id > 1203`.execute(from.kysely);
    await sql`update odd set word = 'changed' where id = 1`.execute(from.kysely);
    await expect(restoreFrom(from, file, { migrations })).rejects.toThrow(/is not empty/);
    await restoreFrom(from, file, { migrations, isForced: true });
    const { rows } = await sql`select count(*) as n from odd where word = 'changed'`.execute(
      from.kysely,
    );
    expect(rows).toEqual([{ n: 0n }]);
  });

  test('that was cut, changed or is something else is refused before anything is touched', async () => {
    const from = await keep(openOwnTestDatabase());
    await fill(from);
    const file = join(folder, 'damage.gz');
    await backupTo(from, file, options);
    await expect(checkBackup(file)).resolves.toMatchObject({ head: { keyFingerprint: 'abc' } });
    const before = await contentsOf(from);
    const text = gunzipSync(readFileSync(file)).toString();
    const lines = text.split('\n');
    const damaged: Record<string, Buffer> = {
      cut: readFileSync(file).subarray(0, -200),
      changed: gzipSync(text.replace('naïve', 'naive')),
      shorter: gzipSync([...lines.slice(0, 5), ...lines.slice(6)].join('\n')),
      endless: gzipSync(lines.slice(0, -2).join('\n')),
      other: gzipSync('{"format":"other"}\n'),
      plain: Buffer.from(text),
    };
    for (const [name, bytes] of Object.entries(damaged)) {
      writeFileSync(join(folder, name), bytes);
      const restored = restoreFrom(from, join(folder, name), { migrations, isForced: true });
      await expect(restored, name).rejects.toMatchObject({ code: 'backup/refused' });
    }
    await expect(restoreFrom(from, join(folder, 'none.gz'))).rejects.toThrow(/cannot be read/);
    expect(await contentsOf(from)).toEqual(before);
  });
});
