import { canonicalText } from '@keepsake/kernel';
import type { InteractionBody } from '@keepsake/memory';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  listConsents,
  listDeclines,
  listEverBelieved,
} from '../../src/modules/memory/facts.store.ts';
import {
  createSubject,
  eraseSubject,
  readFacts,
  recordInteractions,
  replayJournal,
} from '../../src/modules/memory/index.ts';
import { factOf } from '../../src/modules/memory/projection.rules.ts';
import { currentFacts, loadPerson } from '../../src/modules/memory/recall.service.ts';
import { createLog } from '../../src/platform/log.ts';
import { COMPANY, openWorld, type World } from './memory-world.ts';

let world: World;
let subject: string;
beforeEach(async () => {
  world = await openWorld();
  subject = await world.database.transaction((tx) => createSubject(tx, world.deps, COMPANY));
});

const likes = (value: string | number, predicate = 'pillow.firmness'): InteractionBody => ({
  kind: 'fact',
  basis: 'stated',
  predicate,
  value,
});
const allow = (purpose: string): InteractionBody => ({
  kind: 'consent-granted',
  purpose,
  basis: purpose === 'health' ? 'explicit-consent' : 'consent',
  wording: { en: `You may (${purpose}).` },
  receiptId: `receipt-${purpose}`,
});

async function record(bodies: readonly InteractionBody[], more: object = {}) {
  return await world.database.transaction((tx) =>
    recordInteractions(tx, world.deps, {
      company: COMPANY,
      subject,
      channel: 'desk',
      touchpoint: 'note',
      actor: { kind: 'staff', id: 'clerk-1' },
      bodies,
      ...more,
    }),
  );
}

async function person() {
  const loaded = await loadPerson(world.database.kysely, world.deps, { company: COMPANY, subject });
  if (loaded === undefined) throw new Error('the subject is there');
  return loaded;
}

async function values(): Promise<unknown[]> {
  return currentFacts(await person()).map((fact) => fact.value);
}

/** Everything that follows from the journal, with its values opened. */
async function projection(): Promise<string> {
  const { kysely } = world.database;
  const key = await world.deps.keys.findSubjectKey(kysely, COMPANY, subject);
  if (key === undefined) throw new Error('the key is there');
  const rows = await listEverBelieved(kysely, { company: COMPANY, subject });
  const facts = rows.map((row) => ({
    slot: row.slot,
    lane: row.lane,
    ...factOf(key, row),
    scope: { ...row.scope },
  }));
  const consents = await listConsents(kysely, COMPANY, [subject]);
  const declines = await listDeclines(kysely, COMPANY, [subject]);
  return canonicalText(JSON.parse(JSON.stringify({ facts, consents, declines })));
}

async function count(table: 'interactions' | 'facts'): Promise<number> {
  const row = await world.database.kysely
    .selectFrom(table)
    .select((all) => all.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

describe('the journal and what follows from it', () => {
  test('what is recorded can be read at once, and nothing personal lies open', async () => {
    await record([
      allow('personalisation'),
      likes('firm'),
      likes('sea-salt caramels', 'minibar.wish'),
    ]);
    expect(await values()).toEqual(expect.arrayContaining(['firm', 'sea-salt caramels']));
    const { rows } = await sql<{ text: string }>`
      select f::text as text from facts f union all select i::text from interactions i
    `.execute(world.database.kysely);
    expect(rows.length).toBe(5);
    expect(rows.filter((row) => row.text.includes('caramels'))).toEqual([]);
  });

  test('a change of mind closes what was believed and opens what is believed now', async () => {
    await record([allow('personalisation'), likes('firm')]);
    world.clock.advance(1000);
    await record([{ kind: 'mind-changed', predicate: 'pillow.firmness', value: 'soft' }]);
    expect(await values()).toEqual(['soft']);
    const { facts } = await person();
    expect(facts.map((fact) => [fact.value, fact.validTo === null])).toEqual([
      ['firm', false],
      ['soft', true],
    ]);
  });

  test('the same key records once', async () => {
    const first = await record([likes('firm'), likes('high', 'room.floor')], {
      idempotencyKey: 'k1',
    });
    const again = await record([likes('firm'), likes('high', 'room.floor')], {
      idempotencyKey: 'k1',
    });
    expect(first.kind).toBe('recorded');
    expect(again).toEqual({ ...first, kind: 'repeated' });
    expect(await count('interactions')).toBe(2);
  });

  test('nobody is recorded who is not there', async () => {
    subject = '00000000-0000-7000-8000-000000000000';
    expect(await record([likes('firm')])).toEqual({ kind: 'subject-not-found' });
  });

  test('a clock that runs back does not hide what was recorded before', async () => {
    await record([allow('personalisation'), likes('firm')]);
    world.clock.advance(-60_000);
    await record([likes('high', 'room.floor')]);
    expect(await values()).toEqual(expect.arrayContaining(['firm', 'high']));
  });

  test('a replay of the journal writes what was there, bit for bit', async () => {
    await record([allow('personalisation'), likes('firm'), likes('low', 'room.floor')]);
    await record([{ kind: 'declined', predicate: 'body.height', until: null }]);
    world.clock.advance(1000);
    await record([{ kind: 'mind-changed', predicate: 'pillow.firmness', value: 'soft' }]);
    await record([likes('hard'), likes('nuts', 'allergy.substance'), allow('health')]);
    world.clock.advance(1000);
    await record([likes('high', 'room.floor')], { occurredAt: world.clock.now() - 500_000 });
    const loaded = await person();
    const floor = loaded.facts.find((fact) => fact.predicate === 'room.floor');
    await record([
      {
        kind: 'fact-withdrawn',
        predicate: 'room.floor',
        evidence: [...(floor?.evidence ?? [])],
        forget: true,
      },
    ]);
    const before = await projection();
    expect(before.length).toBeGreaterThan(1000);
    const replay = await world.database.transaction((tx) =>
      replayJournal(tx, world.deps, COMPANY, subject),
    );
    expect(await projection()).toBe(before);
    expect(replay.facts).toBe(await count('facts'));
  });

  test('what is forgotten leaves the journal too, with the free text noted beside it', async () => {
    await record([
      likes('firm'),
      likes('high', 'room.floor'),
      { kind: 'event', name: 'note', data: { text: 'wants it firm' } },
    ]);
    const evidence = (await person()).facts
      .filter((fact) => fact.predicate === 'pillow.firmness')
      .flatMap((fact) => fact.evidence);
    await record([
      { kind: 'fact-withdrawn', predicate: 'pillow.firmness', evidence, forget: true },
    ]);
    expect(await values()).toEqual(['high']);
    const rows = await world.database.kysely
      .selectFrom('interactions')
      .select(['kind', 'body'])
      .orderBy('seq')
      .execute();
    expect(rows.map((row) => [row.kind, row.body === null])).toEqual([
      ['fact', true],
      ['fact', false],
      ['event', true],
      ['fact-withdrawn', false],
    ]);
  });
});

describe('many at once', () => {
  test('sixteen notes on one subject are all kept, one after another', async () => {
    const floors = Array.from({ length: 16 }, (_, index) => `item-${index}`);
    await Promise.all(floors.map((item) => record([likes(item, 'minibar.wish')])));
    expect((await values()).length).toBe(16);
    const rows = await world.database.kysely
      .selectFrom('interactions')
      .select('seq')
      .orderBy('seq')
      .execute();
    expect(rows.map((row) => row.seq)).toEqual(floors.map((_, index) => index));
  });

  test('the same fact stated twice at once is one fact with two pieces of evidence', async () => {
    await Promise.all([record([likes('firm')]), record([likes('hard')])]);
    const { facts } = await person();
    expect(facts.map((fact) => [fact.value, fact.evidence.length])).toEqual([['firm', 2]]);
  });

  test('the same key used at once records once', async () => {
    const both = await Promise.all(
      [1, 2].map(() => record([likes('firm')], { idempotencyKey: 'same-key' })),
    );
    expect(both.map((one) => one.kind).sort()).toEqual(['recorded', 'repeated']);
    expect(await count('interactions')).toBe(1);
  });

  test('journal and facts are kept together or not at all', async () => {
    await record([likes('firm')]);
    const before = await projection();
    // A fact the store refuses while the projection is written, after the journal was.
    await sql`alter table facts add constraint facts_refuse_soft check (predicate <> 'room.floor')`.execute(
      world.database.kysely,
    );
    try {
      await expect(record([likes('high', 'room.floor')])).rejects.toMatchObject({ code: '23514' });
    } finally {
      await sql`alter table facts drop constraint facts_refuse_soft`.execute(world.database.kysely);
    }
    expect(await count('interactions')).toBe(1);
    expect(await projection()).toBe(before);
    expect((await record([likes('high', 'room.floor')])).kind).toBe('recorded');
  });
});

test('a reading is limited to its purpose and written down', async () => {
  await record([likes('firm'), likes('+1 555 0100', 'arrival.contact')]);
  const reader = { kind: 'staff', id: 'clerk-1', name: 'Dana' } as const;
  const reading = { company: COMPANY, subject, purpose: 'service', touchpoint: 'card', reader };
  const before = await readFacts(world.database.kysely, world.deps, reading);
  expect(before?.facts.map((fact) => fact.value)).toEqual(['+1 555 0100']);
  expect(before?.withheld).toBe(1);
  await record([allow('personalisation')]);
  const after = await readFacts(world.database.kysely, world.deps, reading);
  expect(after?.facts.length).toBe(2);
  const reads = await world.database.kysely.selectFrom('fact_reads').selectAll().execute();
  expect(reads.map((read) => read.fact_ids.length).sort()).toEqual([1, 2]);
});

test('a note and an erasure at once leave either nothing or nobody', async () => {
  const deps = { ...world.deps, log: createLog('silent') };
  const notes = Array.from({ length: 6 }, () => record([likes('firm')]));
  const erased = eraseSubject(deps, { company: COMPANY, subject, erasers: [] });
  const results = await Promise.all(notes);
  expect((await erased).kind).toBe('erased');
  expect(['recorded', 'subject-not-found']).toEqual(
    expect.arrayContaining([...new Set(results.map((one) => one.kind))]),
  );
  expect([await count('interactions'), await count('facts')]).toEqual([0, 0]);
});

test('a reading and two writers that also read do not block each other for good', async () => {
  await record([allow('personalisation'), likes('firm')]);
  const reader = { kind: 'system' } as const;
  const reading = { company: COMPANY, subject, purpose: 'service', touchpoint: 'order', reader };
  const readThenWrite = (value: string) =>
    world.database.transaction(async (tx) => {
      await readFacts(tx, world.deps, reading);
      return await recordInteractions(tx, world.deps, {
        ...{ company: COMPANY, subject, channel: 'studio', touchpoint: 'order' },
        actor: { kind: 'customer' },
        bodies: [likes(value, 'minibar.wish')],
      });
    });
  const items = Array.from({ length: 8 }, (_, index) => `item-${index}`);
  const done = await Promise.all(items.map(readThenWrite));
  expect(done.map((one) => one.kind)).toEqual(items.map(() => 'recorded'));
});
