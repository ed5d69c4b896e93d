import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { publishFamily } from '../../src/modules/families/index.ts';
import {
  addIdentifier,
  createSubject,
  eraseSubject,
  linkSubjects,
} from '../../src/modules/memory/index.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { createLog } from '../../src/platform/log.ts';
import { COMPANY, type DeskWorld, openDeskWorld } from '../desk/desk-world.ts';
import { sweepForText } from '../support/sweep.ts';
import { openOwnTestDatabase } from '../support/test-database.ts';
import { openWorld } from './memory-world.ts';

const NAME = 'Wilhelmina Quackenbush';
const EMAIL = 'wilhelmina.quackenbush@example.com';
const LOYALTY = 'QX-8812-7745';
const NOTE = 'Always travels with a parrot named Archimedes';
const WISH = 'elderflower lemonade without ice';
const ENGRAVING = 'for my dearest Balthazar';
const PERSONAL = [NAME, EMAIL, 'Quackenbush', LOYALTY, NOTE, 'Archimedes', WISH, ENGRAVING];

const FAMILY = `
keepsake: 1
family: tag
name: Luggage tag
currency: EUR
taxClass: standard
basePrice: 5.00
attributes:
  - { id: engraving, name: Engraving, type: text, maxLength: 60, optional: true }
  - id: colour
    name: Colour
    type: choice
    values: [{ id: red, name: Red }, { id: blue, name: Blue }]
`;

describe('the sweep itself', () => {
  test('finds what is there, in every form, in tables and in files', async () => {
    const { database } = await openWorld();
    const folder = mkdtempSync(join(tmpdir(), 'keepsake-sweep-'));
    const text = 'Straße der Grünäpfel';
    const bytes = Buffer.from(text, 'utf8');
    try {
      writeFileSync(join(folder, 'plain.log'), `{"x":"${text.toUpperCase()}"} ${text}`);
      writeFileSync(join(folder, 'wide'), Buffer.from(`..${text}`, 'utf16le'));
      writeFileSync(join(folder, 'coded'), Buffer.from(`a${text}!`).toString('base64'));
      writeFileSync(join(folder, 'hex'), bytes.toString('hex').toUpperCase());
      await sql`create table swept (a text, b bytea, c jsonb)`.execute(database.kysely);
      await sql`insert into swept values ('nothing', ${bytes}, ${JSON.stringify([{ [text]: 1 }])})`.execute(
        database.kysely,
      );
      const found = await sweepForText(database.kysely, folder, [text, 'not there at all']);
      const places = found.map((one) => [one.place.replace(`${folder}/`, ''), one.form, one.text]);
      expect(places.sort()).toEqual([
        ['coded', 'base64', text],
        ['hex', 'hex', text],
        ['plain.log', 'utf-8', text],
        ['public.swept.b', 'utf-8', text],
        ['public.swept.c', 'utf-8', text],
        ['wide', 'utf-16', text],
      ]);
    } finally {
      await sql`drop table if exists swept`.execute(database.kysely);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('erasing everything', () => {
  let world: DeskWorld;
  const logged: string[] = [];
  let home = '';

  beforeEach(async () => {
    logged.length = 0;
    home = mkdtempSync(join(tmpdir(), 'keepsake-erase-'));
    const database = await openOnDisk(home);
    world = await openDeskWorld({ database, log: createLog('trace', intoList(logged)) });
  }, 120_000);
  afterEach(async () => {
    await world.server.close();
    await world.server.deps.database.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('after notes, consents, designs, mails and readings nothing of it is left', async () => {
    const { deps } = world.server;
    const guest = await live(world);
    const kysely = deps.database.kysely;
    const key = await deps.keys.findSubjectKey(kysely, COMPANY, guest);
    expect(key).toBeDefined();

    // Sealed from the first: nothing lies open even while everything is there.
    expect(await sweepForText(kysely, [home, world.server.home], PERSONAL)).toEqual([]);

    const me = await world.signIn(EMAIL);
    const erased = await me('/me/erase', { confirm: ' Alles  löschen' });
    expect(erased.status).toBe(200);
    expect(erased.body.rows).toBeGreaterThan(30);

    await sql`checkpoint`.execute(kysely);
    writeFileSync(join(home, 'server.log'), logged.join(''));
    expect(logged.length).toBeGreaterThan(5);
    const folders = [home, world.server.home, ...(await dataFolders(world))];
    expect(await sweepForText(kysely, folders, PERSONAL)).toEqual([]);
    // Nor is anybody there who was known by the id, or a key that opens what a backup holds.
    expect(await sweepForText(kysely, [], [guest])).toEqual([]);
    expect(await deps.keys.findSubjectKey(kysely, COMPANY, guest)).toBeUndefined();
    expect((await me('/me/memory')).status).toBe(401);
    expect((await world.desk(`/guests/${guest}`)).status).toBe(404);
    expect((await world.desk('/guests?q=quackenbush')).body.items).toEqual([]);

    // An import must not bring them back; they themselves may, and begin anew.
    const handle = { company: COMPANY, kind: 'email', value: EMAIL } as const;
    const imported = await deps.database.transaction(async (tx) => {
      const subject = await createSubject(tx, deps, COMPANY);
      return await addIdentifier(tx, deps, { ...handle, subject, by: 'source' });
    });
    expect(imported).toEqual({ kind: 'erased' });
    const again = await world.signIn(EMAIL);
    expect((await again('/me/memory')).body).toMatchObject({ name: null, facts: [], reads: [] });
  }, 120_000);

  test('nothing happens without the words, and a person of two subjects goes whole', async () => {
    const { deps } = world.server;
    const guest = await live(world);
    const me = await world.signIn(EMAIL);
    const german = { headers: { 'accept-language': 'de-DE,de;q=0.9' } };
    const unsure = await me('/me/erase', { confirm: 'yes' }, german);
    expect([unsure.status, unsure.body.confirm]).toEqual([422, 'alles löschen']);
    expect((await me('/me/erase', { confirm: 'yes' })).body.confirm).toBe('erase everything');
    expect((await me('/me/memory')).body.facts.length).toBe(2);

    const other = await world.desk('/guests', { name: 'Billie Quackenbush', loyalty: 'OTHER-1' });
    await deps.database.transaction((tx) =>
      linkSubjects(tx, deps, {
        ...{ company: COMPANY, kind: 'same', a: guest, b: other.body.id, actor: null },
      }),
    );
    const input = { company: COMPANY, subject: guest, erasers: [] };
    const refused = await eraseSubject(deps, { ...input, openOrders: async () => ['T-1'] });
    expect(refused).toEqual({ kind: 'orders-open', orders: ['T-1', 'T-1'] });
    expect((await eraseSubject(deps, input)).kind).toBe('erased');
    expect(await eraseSubject(deps, input)).toEqual({ kind: 'subject-not-found' });
    expect((await world.desk('/guests?q=quackenbush')).body.items).toEqual([]);
    expect(
      (await deps.database.kysely.selectFrom('link_events').selectAll().execute()).length,
    ).toBe(0);
  }, 120_000);

  test('where an eraser fails, everything stays', async () => {
    const { deps } = world.server;
    const guest = await live(world);
    const failing = async (): Promise<number> => {
      throw new Error('the eraser failed');
    };
    const input = { company: COMPANY, subject: guest, erasers: [failing] };
    await expect(eraseSubject(deps, input)).rejects.toThrow('the eraser failed');
    expect((await world.desk(`/guests/${guest}`)).body.facts.length).toBe(2);
  }, 120_000);
});

/** A guest's whole life with the company; answers the subject. */
async function live(world: DeskWorld): Promise<string> {
  const family = { company: COMPANY, family: 'tag', yaml: FAMILY };
  expect((await publishFamily(world.server.deps, family)).kind).toBe('published');
  const greeting = { name: NAME, email: EMAIL, loyalty: LOYALTY };
  const greeted = await world.desk('/guests', greeting, { 'idempotency-key': 'greeting-1' });
  const guest: string = greeted.body.id;
  const note = {
    site: 'monterey',
    text: NOTE,
    facts: [
      { predicate: 'minibar.wish', value: WISH },
      { predicate: 'allergy.substance', value: 'nuts', polarity: 'forbid' },
    ],
    consents: ['personalisation', 'health'],
  };
  const noted = await world.desk(`/guests/${guest}/notes`, note, {
    'idempotency-key': 'note-1234',
  });
  expect(noted.status).toBe(201);
  const me = await world.signIn(EMAIL);
  const design = {
    decisions: [{ attribute: 'colour', value: 'red' }],
    texts: { engraving: ENGRAVING },
  };
  const saved = await me('/families/tag/designs', design);
  expect(saved.status).toBe(201);
  const asked = {
    needs: ['pillow.firmness', 'minibar.wish'],
    touchpoint: 'web',
    purpose: 'service',
  };
  expect((await me('/ask', asked)).status).toBe(200);
  expect((await me('/me/export')).status).toBe(200);
  // A link that was asked for and never used.
  await world.server.call(`/api/c/${COMPANY}/sign-in`, { body: { email: EMAIL } });
  return guest;
}

/** A database whose files the test can read: a directory, or a server of its own database. */
async function openOnDisk(home: string): Promise<Database> {
  if (inject('postgresUrl') !== undefined) return await openOwnTestDatabase();
  const source = { kind: 'embedded', home, cacheFolder: inject('cacheFolder') } as const;
  return await openDatabase({ source });
}

function intoList(lines: string[]): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
}

/** Where the database keeps its files: what a thief of the disk would read. */
async function dataFolders(world: DeskWorld): Promise<readonly string[]> {
  const { database } = world.server.deps;
  if (database.backend === 'pglite') return [];
  const { rows } = await sql<{ data: string; oid: string }>`
    select current_setting('data_directory') as data, oid::text as oid
    from pg_database where datname = current_database()`.execute(database.kysely);
  const { data = '', oid = '' } = rows[0] ?? {};
  return [join(data, 'base', oid), join(data, 'pg_wal')].filter((folder) => existsSync(folder));
}
