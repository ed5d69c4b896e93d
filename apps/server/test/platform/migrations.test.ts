import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/platform/database/database.ts';
import { type Migration, migrate, readMigrations } from '../../src/platform/database/migrations.ts';
import { openOwnTestDatabase } from '../support/test-database.ts';

const own = readMigrations();
const last = own.at(-1)?.number ?? 0;
const migration = (text: string, hash = text): Migration => ({
  number: last + 1,
  name: `${String(last + 1).padStart(4, '0')}_wish_create`,
  hash,
  sql: text,
});
const create = 'create table wishes (id int primary key); create index on wishes (id);';

let database: Database;

async function tableExists(name: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select to_regclass(${name}) is not null as found`.execute(database.kysely);
  return rows[0]?.found === true;
}

describe('migrate', () => {
  beforeEach(async () => {
    database = await openOwnTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });

  test('runs what is new, once', async () => {
    const more = [...own, migration(create)];
    expect(await migrate(database.kysely, more)).toEqual([migration(create).name]);
    expect(await migrate(database.kysely, more)).toEqual([]);
    expect(await tableExists('wishes')).toBe(true);
  });

  test('racing migrators run each migration exactly once', async () => {
    const more = [...own, migration(create)];
    const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(database.kysely, more)));
    expect(ran.flat()).toEqual([migration(create).name]);
  });

  test('a migration that fails leaves no trace and can be run again when it is mended', async () => {
    const broken = [...own, migration(`${create} select 1 / 0;`)];
    await expect(migrate(database.kysely, broken)).rejects.toMatchObject({ code: '22012' });
    expect(await tableExists('wishes')).toBe(false);
    expect(await migrate(database.kysely, [...own, migration(create)])).toHaveLength(1);
  });

  test('a migration that itself breaks a unique constraint is not taken for a lost race', async () => {
    const twice = 'create table wishes (id int primary key); insert into wishes values (1), (1);';
    const broken = migrate(database.kysely, [...own, migration(twice)]);
    await expect(broken).rejects.toMatchObject({ code: '23505' });
  });

  test('refuses a migration that was changed after it had run', async () => {
    await migrate(database.kysely, [...own, migration(create)]);
    const changed = migrate(database.kysely, [...own, migration(create, 'other')]);
    await expect(changed).rejects.toThrow(/was changed after this database had run it/);
  });

  test('refuses a database that is newer than the program', async () => {
    await migrate(database.kysely, [...own, migration(create)]);
    await expect(migrate(database.kysely, own)).rejects.toThrow(/Start the newer program/);
  });
});

describe('readMigrations', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keepsake-migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (...names: string[]) => {
    for (const name of names) writeFileSync(join(folder, name), 'select 1;\n');
  };

  test('reads the files in their order, with a hash that does not know line ends', () => {
    write('0001_a_create.sql', '0002_b_create.sql');
    const before = readMigrations(folder);
    writeFileSync(join(folder, '0002_b_create.sql'), 'select 1;\r\n');
    expect(readMigrations(folder)).toEqual(before);
    expect(before.map((each) => each.number)).toEqual([1, 2]);
  });

  test('allows gaps, refuses a number that is used twice and a name of another form', () => {
    write('0001_a_create.sql', '0030_b_create.sql');
    expect(readMigrations(folder).map((each) => each.number)).toEqual([1, 30]);
    write('0030_c_create.sql');
    expect(() => readMigrations(folder)).toThrow(/has a number that was used before/);
    rmSync(join(folder, '0030_c_create.sql'));
    write('2_b.sql');
    expect(() => readMigrations(folder)).toThrow(/not named like/);
  });
});
