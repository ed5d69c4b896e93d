import { beforeEach, describe, expect, test } from 'vitest';
import { settableClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { CACHE_MS, createKeys, open, openText, seal } from '../../src/platform/keys.ts';
import { assertKeysFit } from '../../src/platform/master-key.ts';
import { openTestDatabase } from '../support/test-database.ts';

const clock = settableClock(Date.parse('2026-03-01T00:00:00Z'));
const masterKey = new Uint8Array(32).fill(1);
const otherMasterKey = new Uint8Array(32).fill(2);

let database: Database;
beforeEach(async () => {
  database = await openTestDatabase();
});

describe('the key of a subject', () => {
  test('is made once, is kept wrapped, and opens what it sealed after a restart', async () => {
    const { kysely } = database;
    const key = await createKeys(masterKey, clock).createSubjectKey(kysely, 'acme', 's1');
    const sealed = seal(key, 'naïve', 'fact.value');
    const again = createKeys(masterKey, clock);
    expect((await again.createSubjectKey(kysely, 'acme', 's1')).secret.export()).toEqual(
      key.secret.export(),
    );
    const found = await again.findSubjectKey(kysely, 'acme', 's1');
    expect(found && openText(found, sealed, 'fact.value')).toBe('naïve');
    const row = await kysely.selectFrom('subject_keys').selectAll().executeTakeFirstOrThrow();
    expect(Buffer.from(row.wrapped).includes(key.secret.export())).toBe(false);
  });

  test('is one, however many ask for it at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, () =>
        createKeys(masterKey, clock).createSubjectKey(database.kysely, 'acme', 's1'),
      ),
    );
    expect(new Set(made.map((key) => key.secret.export().toString('hex'))).size).toBe(1);
  });

  test('is another for each subject and company, and cannot be moved between them', async () => {
    const keys = createKeys(masterKey, clock);
    const { kysely } = database;
    const mine = await keys.createSubjectKey(kysely, 'acme', 's1');
    const theirs = await keys.createSubjectKey(kysely, 'bolt', 's1');
    expect(() => open(theirs, seal(mine, 'x', 'note'), 'note')).toThrow(/does not open/);
    const row = await kysely
      .selectFrom('subject_keys')
      .select('wrapped')
      .where('company', '=', 'acme')
      .executeTakeFirstOrThrow();
    await kysely.updateTable('subject_keys').set(row).where('company', '=', 'bolt').execute();
    const moved = createKeys(masterKey, clock).findSubjectKey(kysely, 'bolt', 's1');
    await expect(moved).rejects.toMatchObject({ code: 'keys/seal-broken' });
  });

  test('is lost for good once erased, even to one who read it just before', async () => {
    const keys = createKeys(masterKey, clock);
    const { kysely } = database;
    await keys.createSubjectKey(kysely, 'acme', 's1');
    expect(await keys.findSubjectKey(kysely, 'acme', 's1')).toBeDefined();
    expect(await keys.eraseSubjectKey(kysely, 'acme', 's1')).toBe(true);
    expect(await keys.eraseSubjectKey(kysely, 'acme', 's1')).toBe(false);
    expect(await keys.findSubjectKey(kysely, 'acme', 's1')).toBeUndefined();
  });

  test('erased by another process, is forgotten when the cache runs out', async () => {
    const keys = createKeys(masterKey, clock);
    const { kysely } = database;
    await keys.createSubjectKey(kysely, 'acme', 's1');
    await keys.findSubjectKey(kysely, 'acme', 's1');
    await createKeys(masterKey, clock).eraseSubjectKey(kysely, 'acme', 's1');
    clock.advance(CACHE_MS);
    expect(await keys.findSubjectKey(kysely, 'acme', 's1')).toBeUndefined();
  });

  test('that was rolled back is not remembered', async () => {
    const keys = createKeys(masterKey, clock);
    const work = database.transaction(async (tx) => {
      await keys.createSubjectKey(tx, 'acme', 's1');
      await keys.findSubjectKey(tx, 'acme', 's1');
      throw new Error('undo');
    });
    await expect(work).rejects.toThrow('undo');
    expect(await keys.findSubjectKey(database.kysely, 'acme', 's1')).toBeUndefined();
  });
});

describe('a sealed value', () => {
  test('opens only whole, and only for its own purpose', async () => {
    const key = await createKeys(masterKey, clock).createSubjectKey(database.kysely, 'acme', 's1');
    const sealed = seal(key, 'firm pillow', 'fact.value');
    expect(sealed.length).toBe('firm pillow'.length + 29);
    expect(seal(key, 'firm pillow', 'fact.value')).not.toEqual(sealed);
    expect(() => open(key, sealed, 'journal.body')).toThrow(/does not open/);
    for (let position = 0; position < sealed.length; position++) {
      const changed = sealed.map((byte, at) => (at === position ? byte ^ 1 : byte));
      expect(() => open(key, changed, 'fact.value')).toThrow(/does not open/);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => open(key, sealed.subarray(0, length), 'fact.value')).toThrow(/does not open/);
    }
  });
});

describe('a master key', () => {
  test('gives look-ups that differ by company, kind, value and key', () => {
    const keys = createKeys(masterKey, clock);
    const all = [
      keys.hmac('acme', 'email', 'a@example.com'),
      keys.hmac('bolt', 'email', 'a@example.com'),
      keys.hmac('acme', 'phone', 'a@example.com'),
      keys.hmac('acme', 'email', 'b@example.com'),
      createKeys(otherMasterKey, clock).hmac('acme', 'email', 'a@example.com'),
    ];
    expect(new Set(all).size).toBe(5);
    expect(all[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(createKeys(masterKey, clock).hmac('acme', 'email', 'a@example.com')).toBe(all[0]);
  });

  test('that belongs to another database is refused', async () => {
    await assertKeysFit(database, createKeys(otherMasterKey, clock));
    await createKeys(masterKey, clock).createSubjectKey(database.kysely, 'acme', 's1');
    await assertKeysFit(database, createKeys(masterKey, clock));
    const refused = assertKeysFit(database, createKeys(otherMasterKey, clock));
    await expect(refused).rejects.toThrow(/does not belong to this database/);
  });
});
