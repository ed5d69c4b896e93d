import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/platform/database/database.ts';
import { databaseCode, isRefusedBy } from '../../src/platform/database/failure.ts';
import { insertRows } from '../../src/platform/database/insert-rows.ts';
import { openOwnTestDatabase, openTestDatabase } from '../support/test-database.ts';

const wrapped = new Uint8Array(61).fill(7);
const created_at = new Date('2026-03-01T10:00:00.123Z');
const keyOf = (subject: string) => ({ company: 'acme', subject, wrapped, created_at });

let database: Database;
beforeEach(async () => {
  database = await openTestDatabase();
});

async function countKeys(on: Database = database): Promise<bigint> {
  const row = await on.kysely
    .selectFrom('subject_keys')
    .select((all) => all.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

describe('rows look alike on both backends', () => {
  test('int8 is a bigint, numeric and date are text, bytea is bytes, jsonb is parsed', async () => {
    const { rows } = await sql`
      select 9007199254740993::int8 as big, 1.50::numeric as exact, date '2026-03-01' as day,
        '\\x00ff'::bytea as bytes, '{"a":[1,null]}'::jsonb as data, null::text as nothing,
        timestamptz '2026-03-01T10:00:00.123Z' as at, true as yes, array['a','b'] as list
    `.execute(database.kysely);
    expect(rows).toEqual([
      {
        big: 9007199254740993n,
        exact: '1.50',
        day: '2026-03-01',
        bytes: new Uint8Array([0, 255]),
        data: { a: [1, null] },
        nothing: null,
        at: new Date('2026-03-01T10:00:00.123Z'),
        yes: true,
        list: ['a', 'b'],
      },
    ]);
  });

  test('what is written is read back: bytes, instants, bigints and JSON', async () => {
    await database.kysely.insertInto('subject_keys').values(keyOf('s')).execute();
    const row = await database.kysely.selectFrom('subject_keys').selectAll().executeTakeFirst();
    expect(row).toEqual(keyOf('s'));
    const data = JSON.stringify([{ deep: ['ä', 1] }]);
    const { rows } = await sql`select ${data}::jsonb as data, ${2n ** 62n}::int8 as big`.execute(
      database.kysely,
    );
    expect(rows).toEqual([{ data: [{ deep: ['ä', 1] }], big: 2n ** 62n }]);
  });

  test('many rows go in as they are: texts, gaps, bytes, instants and what is alike', async () => {
    const texts = ['', 'a,b', '{"x"}', 'back\\slash \\" quote', 'NULL', 'ä\n\u{1f600}', null];
    const bytes = [new Uint8Array(0), new Uint8Array([0, 255]), null, new Uint8Array(300).fill(9)];
    const rows = Array.from({ length: 28 }, (_, at) => ({
      ...{ id: at, said: texts[at % 7] ?? null, kind: 'same', raw: bytes[at % 4] ?? null },
      ...{ at: at % 3 === 0 ? null : new Date(1_763_824_000_123 + at), since: created_at },
      ...{ nothing: null, share: at / 7, data: JSON.stringify({ 'a"': [at, 'ü\\'] }) },
    }));
    await database.transaction(async (tx) => {
      await sql`create temporary table many (id integer, said text, kind text, raw bytea,
        at timestamptz, since timestamptz, nothing text, share double precision, data jsonb)
        on commit drop`.execute(tx);
      for (const part of [rows.slice(0, 1), rows.slice(1), []]) {
        await insertRows(tx, 'many', part, [
          { name: 'id', type: 'integer', of: (row) => row.id },
          { name: 'said', type: 'text', of: (row) => row.said },
          { name: 'kind', type: 'text', of: (row) => row.kind },
          { name: 'raw', type: 'bytea', of: (row) => row.raw },
          { name: 'at', type: 'timestamptz', of: (row) => row.at },
          { name: 'since', type: 'timestamptz', of: (row) => row.since },
          { name: 'nothing', type: 'text', of: (row) => row.nothing },
          { name: 'share', type: 'double precision', of: (row) => row.share },
          { name: 'data', type: 'jsonb', of: (row) => row.data },
        ]);
      }
      const { rows: read } = await sql`select * from many order by id`.execute(tx);
      expect(read).toEqual(rows.map((row) => ({ ...row, data: JSON.parse(row.data) })));
    });
  });

  test('an update answers how many rows it changed', async () => {
    await database.kysely
      .insertInto('subject_keys')
      .values([keyOf('a'), keyOf('b')])
      .execute();
    const [changed] = await database.kysely
      .updateTable('subject_keys')
      .set({ subject: 'c' })
      .where('subject', '=', 'a')
      .execute();
    expect(changed?.numUpdatedRows).toBe(1n);
  });
});

describe('a failed statement', () => {
  test('carries its SQLSTATE and its constraint, and leaves the database usable', async () => {
    await database.kysely.insertInto('subject_keys').values(keyOf('a')).execute();
    const again = database.kysely.insertInto('subject_keys').values(keyOf('a')).execute();
    const error: unknown = await again.catch((thrown: unknown) => thrown);
    expect(databaseCode(error)).toBe('23505');
    expect(isRefusedBy(error, 'subject_keys_pkey')).toBe(true);
    expect(isRefusedBy(error, 'subject_keys_wrapped_is_whole')).toBe(false);
    expect(await countKeys()).toBe(1n);
  });

  test('ends its transaction, whose every effect is gone', async () => {
    const work = database.transaction(async (tx) => {
      await tx.insertInto('subject_keys').values(keyOf('a')).execute();
      await tx.insertInto('subject_keys').values(keyOf('a')).execute();
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await countKeys()).toBe(0n);
  });

  test('never mixes up the answers of many that run together', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const query =
          index % 3 === 0
            ? sql<{ n: number }>`select 1 / ${0}::int as n`
            : sql<{ n: number }>`select ${index}::int as n`;
        const result = await query.execute(database.kysely).catch(databaseCode);
        return typeof result === 'object' ? result.rows[0]?.n : result;
      }),
    );
    expect(answers).toEqual(answers.map((_, index) => (index % 3 === 0 ? '22012' : index)));
  });
});

describe('a transaction', () => {
  test('is not joined by queries that start while it is open', async () => {
    const order: string[] = [];
    let go: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      go = resolve;
    });
    const rolledBack = database
      .transaction(async (tx) => {
        await tx.insertInto('subject_keys').values(keyOf('a')).execute();
        go();
        await sql`select pg_sleep(0.05)`.execute(tx);
        order.push('transaction ends');
        throw new Error('undo');
      })
      .catch(() => undefined);
    await opened;
    const outside = await countKeys();
    order.push('outside answered');
    await rolledBack;
    expect(outside).toBe(0n);
    expect(order).toContain('transaction ends');
    expect(await countKeys()).toBe(0n);
  });

  test('refuses at once a query outside itself that is awaited inside it', async () => {
    const work = database.transaction(async () => await countKeys());
    await expect(work).rejects.toMatchObject({ code: 'database/outside-transaction' });
    const nested = database.transaction(async () => await database.transaction(async () => 1));
    await expect(nested).rejects.toMatchObject({ code: 'database/outside-transaction' });
    expect(await countKeys()).toBe(0n);
  });

  test('that only reads cannot write', async () => {
    const work = database.transaction(
      (tx) => tx.insertInto('subject_keys').values(keyOf('a')).execute(),
      { isReadOnly: true, isolation: 'repeatable read' },
    );
    await expect(work).rejects.toMatchObject({ code: '25006' });
  });
});

describe('limits', () => {
  let own: Database | undefined;
  afterEach(async () => {
    await own?.close();
    own = undefined;
  });

  test('many transactions that count up one by one lose nothing', async () => {
    await database.kysely.insertInto('subject_keys').values(keyOf('0')).execute();
    const step = () =>
      database.transaction(async (tx) => {
        const row = await tx
          .selectFrom('subject_keys')
          .select('subject')
          .forUpdate()
          .executeTakeFirstOrThrow();
        await tx
          .updateTable('subject_keys')
          .set({ subject: `${Number(row.subject) + 1}` })
          .execute();
      });
    await Promise.all(Array.from({ length: 50 }, step));
    const row = await database.kysely.selectFrom('subject_keys').select('subject').execute();
    expect(row).toEqual([{ subject: '50' }]);
  });

  test('after it is closed, a database refuses and says so', async () => {
    own = await openOwnTestDatabase();
    await own.close();
    await own.close();
    await expect(countKeys(own)).rejects.toThrow(/destroyed|closed/);
  });
});
