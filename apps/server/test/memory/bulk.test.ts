import { canonicalText, seededRandom } from '@keepsake/kernel';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { insertCompany } from '../../src/modules/companies/index.ts';
import {
  listConsents,
  listDeclines,
  listEverBelieved,
} from '../../src/modules/memory/facts.store.ts';
import {
  ensureCustomer,
  eraseSubject,
  findSubjectByIdentifier,
  linkSubjects,
  putOntology,
  recordInteractions,
  replayJournal,
} from '../../src/modules/memory/index.ts';
import { membersOf } from '../../src/modules/memory/members.service.ts';
import { factOf } from '../../src/modules/memory/projection.rules.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import {
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';
import { COMPANY, testOntology, tidewater } from './memory-world.ts';

const PATH = `/api/c/${COMPANY}/interactions`;
const AT = '2026-03-01T10:00:00Z';
let server: TestServer;
let operator: Record<string, string>;

beforeEach(async () => {
  await server?.close();
  server = await openTestServer();
  await server.deps.database.transaction(async (tx) => {
    await insertCompany(tx, tidewater, { position: 0, createdAt: new Date(0) });
    await putOntology(tx, server.deps, COMPANY, testOntology());
  });
  operator = { authorization: `Bearer ${loadOperatorToken(server.home).token}` };
});
afterAll(() => server.close());

type Line = Readonly<Record<string, unknown>>;

async function send(
  lines: readonly (Line | string)[],
  how: { cookie?: string; query?: string } = {},
) {
  const text = lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
  const headers = { 'content-type': 'application/x-ndjson' };
  return await server.call(`${PATH}${how.query ?? '?source=pms'}`, {
    body: text,
    ...(how.cookie === undefined
      ? { headers: { ...headers, ...operator } }
      : { headers, cookie: how.cookie }),
  });
}

const said = (subject: string, says: object, more: Line = {}): Line => ({
  ...{ at: AT, channel: 'desk', subject, purposes: ['personalisation'] },
  says,
  ...more,
});

/** Everything that follows from the journals, its values opened. */
async function projection(): Promise<string> {
  const { kysely } = server.deps.database;
  const all = [];
  for (const { id } of await kysely.selectFrom('subjects').select('id').orderBy('id').execute()) {
    const who = { company: COMPANY, subject: id };
    const key = await server.deps.keys.findSubjectKey(kysely, COMPANY, id);
    if (key === undefined) throw new Error('a subject has its key');
    const facts = (await listEverBelieved(kysely, who)).map((row) => ({
      ...{ slot: row.slot, lane: row.lane },
      ...factOf(key, row),
    }));
    const consents = await listConsents(kysely, COMPANY, [id]);
    const declines = await listDeclines(kysely, COMPANY, [id]);
    all.push({ facts, consents, declines });
  }
  return canonicalText(JSON.parse(JSON.stringify(all)));
}

async function replayAll(): Promise<void> {
  const { database } = server.deps;
  for (const { id } of await database.kysely.selectFrom('subjects').select('id').execute()) {
    await database.transaction((tx) => replayJournal(tx, server.deps, COMPANY, id));
  }
}

async function count(
  table: 'interactions' | 'facts' | 'subjects' | 'subject_keys' | 'identifiers',
) {
  const { kysely } = server.deps.database;
  const rows = await kysely.selectFrom(table).select('company').where('company', '=', COMPANY);
  return (await rows.execute()).length;
}

const outcomes = (answer: { body: { lines: { outcome: string; reason?: string }[] } }) =>
  answer.body.lines.map((one) => one.reason ?? one.outcome);

describe('the bulk door', () => {
  test('takes what can be taken, and tells of every other line what is wrong with it', async () => {
    const answer = await send([
      said('k1', { 'pillow.firmness': 'hard', 'room.floor': 'high' }, { site: 'keywest' }),
      'no json',
      '',
      { ...said('k1', {}), nonsense: 1 },
      said('k2', { 'pillow.firmness': 'marble' }),
      said('k2', { 'no.such': 'x' }),
      said('k2', { 'room.floor': 'low' }, { purposes: [] }),
      said('k2', { 'room.floor': 'low' }, { purposes: ['no-such'] }),
      said('k2', { 'room.floor': 'low' }, { site: 'nowhere' }),
      said('k2', { 'room.floor': 'low' }, { at: '2026-03-02T10:00:00Z' }),
      { at: AT, channel: 'desk', says: { 'arrival.contact': '1' } },
      said('00000000-0000-7000-8000-000000000000', { 'arrival.contact': '1' }),
      said('k3', { 'room.floor': `low${' '.repeat(9000)}` }),
      said('k4', { 'arrival.contact': '+1 555' }, { purposes: [] }),
      said('k4', {}, { purposes: [] }),
    ]);
    expect(answer.status).toBe(200);
    expect(outcomes(answer)).toEqual([
      ...['accepted', 'not-json', 'invalid', 'value-refused', 'unknown-predicate'],
      ...['consent-required', 'unknown-purpose', 'site-not-found', 'in-the-future'],
      ...['nobody-named', 'guest-not-found', 'too-long', 'accepted', 'accepted'],
    ]);
    expect(answer.body.lines.map((one: { line: number }) => one.line)).toEqual([
      1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]);
    expect(answer.body).toMatchObject({ accepted: 3, duplicates: 0, refused: 11 });
    // Nobody is made of lines that were refused, and each line is in a journal once.
    expect([await count('subjects'), await count('subject_keys')]).toEqual([2, 2]);
    expect([await count('interactions'), await count('facts')]).toEqual([5, 3]);
    const before = await projection();
    await replayAll();
    expect(await projection()).toBe(before);
  });

  test('a request sent again changes nothing, with ids and without', async () => {
    const lines = [
      said('k1', { 'room.floor': 'high' }, { id: 'line-1' }),
      said('k1', { 'pillow.firmness': 'firm' }),
      said('k2', { 'room.floor': 'low' }),
    ];
    const first = await send(lines);
    expect(outcomes(first)).toEqual(['accepted', 'accepted', 'accepted']);
    const before = [await projection(), await count('interactions'), await count('identifiers')];
    const again = await send([...lines, said('k1', { 'room.floor': 'low' }, { id: 'line-1' })]);
    expect(outcomes(again)).toEqual(Array(4).fill('duplicate'));
    expect(again.body.lines[0].guest).toBe(first.body.lines[0].guest);
    expect([await projection(), await count('interactions'), await count('identifiers')]).toEqual(
      before,
    );
    // Another source has ids of its own, and guests of its own.
    expect(outcomes(await send(lines, { query: '?source=spa' }))).toEqual(
      Array(3).fill('accepted'),
    );
    expect(await count('subjects')).toBe(4);
  });

  test('what is taken can be asked at once, and later words change earlier beliefs', async () => {
    const cookie = await signInCustomer(server, COMPANY, 'ann@example.com');
    const ann = { identifiers: { email: 'Ann@Example.com' }, verified: true };
    const line = (says: object, more: Line = {}) => ({
      ...{ at: AT, channel: 'desk', purposes: ['personalisation'], says },
      ...ann,
      ...more,
    });
    expect(outcomes(await send([line({ 'room.floor': 'high' })]))).toEqual(['accepted']);
    const ask = async () => {
      const body = { needs: ['room.floor'], touchpoint: 'form', purpose: 'service' };
      return (await server.call(`/api/c/${COMPANY}/ask`, { body, cookie })).body.answers[0];
    };
    expect(await ask()).toMatchObject({ status: 'known', value: 'high' });
    server.clock.advance(1000);
    expect(
      outcomes(
        await send([
          line({ 'room.floor': 'low' }, { at: '2026-03-01T11:00:00Z' }),
          line({ 'room.floor': 'low' }, { at: '2026-03-01T12:00:00Z', basis: 'observed' }),
        ]),
      ),
    ).toEqual(['accepted', 'accepted']);
    expect(await ask()).toMatchObject({ status: 'known', value: 'low' });
    const before = await projection();
    await replayAll();
    expect(await projection()).toBe(before);
  });

  test('a claim joins nothing; a proof makes one person of two, which can be taken back', async () => {
    const cookie = await signInCustomer(server, COMPANY, 'ben@example.com');
    const { kysely } = server.deps.database;
    const handle = { company: COMPANY, kind: 'email', value: 'ben@example.com' };
    const ben = (await findSubjectByIdentifier(kysely, server.deps, handle)) ?? '';
    const identifiers = { email: 'ben@example.com' };
    const claimed = await send([said('b1', { 'room.floor': 'low' }, { identifiers })]);
    const onlyClaimed = { at: AT, channel: 'desk', identifiers };
    const alone = await send([onlyClaimed, { ...onlyClaimed, id: 'again' }]);
    expect(claimed.body.lines[0].guest).not.toBe(ben);
    expect(alone.body.lines[0].guest).not.toBe(ben);
    expect(alone.body.lines[1].guest).toBe(alone.body.lines[0].guest);
    expect(await membersOf(kysely, COMPANY, ben)).toEqual([ben]);
    const mine = () => server.call(`/api/c/${COMPANY}/me/memory`, { cookie });
    expect((await mine()).body.facts).toEqual([]);

    const proof = said('b2', { 'room.floor': 'high' }, { identifiers, verified: true });
    const proved = await send([proof, { ...proof, id: 'more' }]);
    expect(outcomes(proved)).toEqual(['accepted', 'accepted']);
    const other: string = proved.body.lines[0].guest;
    expect(await membersOf(kysely, COMPANY, ben)).toEqual([ben, other].sort());
    expect((await mine()).body.facts.map((fact: { value: string }) => fact.value)).toEqual([
      'high',
    ]);
    const [link, ...more] = await kysely.selectFrom('link_events').selectAll().execute();
    expect([more.length, link?.made_by]).toEqual([0, 'machine']);
    server.clock.advance(1000);
    await server.deps.database.transaction((tx) =>
      linkSubjects(tx, server.deps, {
        ...{ company: COMPANY, actor: null, kind: 'void' },
        voids: link?.id ?? '',
      }),
    );
    await send([{ ...proof, id: 'and more' }]);
    expect(await membersOf(kysely, COMPANY, ben)).toEqual([ben]);
    expect((await mine()).body.facts).toEqual([]);
  });

  test('only the operator says that identifiers are proved, and others are kept out', async () => {
    const owner = await signInStaff(server, COMPANY, 'owner');
    const proof = said('c1', {}, { identifiers: { email: 'c@example.com' }, verified: true });
    expect(outcomes(await send([proof, said('c1', {})], { cookie: owner }))).toEqual([
      'not-trusted',
      'accepted',
    ]);
    const clerk = await signInStaff(server, COMPANY, 'clerk');
    expect((await send([said('c1', {})], { cookie: clerk })).status).toBe(403);
    const customer = await signInCustomer(server, COMPANY, 'c@example.com');
    expect((await send([said('c1', {})], { cookie: customer })).status).toBe(401);
    expect((await send([said('c1', {})], { query: '?nonsense=1' })).status).toBe(400);
    const many = Array.from({ length: 2001 }, () => ({}));
    const tooMany = await send(many);
    expect([tooMany.status, tooMany.body.type]).toEqual([413, 'request/too-large']);
    const flood = Array.from({ length: 202 }, (_, i) => said('c9', {}, { id: `f${i}` }));
    const flooded = await send(flood);
    expect(flooded.body).toMatchObject({ accepted: 200, refused: 2 });
    expect(outcomes(flooded).at(-1)).toBe('too-many-of-subject');
  });

  test('what a line proves and a later one only claims still finds who proved it before', async () => {
    const identifiers = { email: 'ida@example.com' };
    const proof = { at: AT, channel: 'desk', identifiers, verified: true };
    const first = await send([proof]);
    const both = await send([{ ...proof, id: 'again' }, said('i9', {}, { identifiers })]);
    expect([both.status, both.body.lines[0].guest]).toEqual([200, first.body.lines[0].guest]);
    expect(both.body.lines[1].guest).not.toBe(first.body.lines[0].guest);
  });

  test('who was erased is not brought back, by no handle of theirs', async () => {
    const identifiers = { email: 'dee@example.com' };
    const first = await send([
      said('d1', { 'room.floor': 'low' }, { identifiers, verified: true }),
    ]);
    const subject: string = first.body.lines[0].guest;
    await eraseSubject(server.deps, { company: COMPANY, subject, erasers: [] });
    expect(await count('subjects')).toBe(0);
    const back = await send([
      said('d1', { 'room.floor': 'low' }),
      said('d2', { 'room.floor': 'low' }, { identifiers, verified: true }),
      said('d3', { 'room.floor': 'low' }, { identifiers }),
      { at: AT, channel: 'desk', identifiers: { email: ' DEE@example.com ' } },
      said(subject, { 'room.floor': 'low' }),
      said('d4', { 'room.floor': 'low' }),
    ]);
    expect(outcomes(back)).toEqual([
      ...['erased', 'erased', 'erased', 'erased', 'guest-not-found', 'accepted'],
    ]);
    expect(await count('subjects')).toBe(1);
    // What proved to be theirs is remembered as such; what only claimed to be is not.
    const later = await send([
      said('d2', { 'room.floor': 'high' }),
      said('d3', { 'room.floor': 'high' }),
    ]);
    expect(outcomes(later)).toEqual(['erased', 'accepted']);
  });

  test('a grant that a member of the person took back does not come with another', async () => {
    const identifiers = { email: 'eve@example.com' };
    const cookie = await signInCustomer(server, COMPANY, 'eve@example.com');
    await send([said('e1', { 'room.floor': 'low' }, { identifiers, verified: true })]);
    const path = `/api/c/${COMPANY}/me/consents/personalisation`;
    for (const granted of [true, false]) {
      server.clock.advance(1000);
      const body = { granted };
      expect((await server.call(path, { method: 'PUT', body, cookie })).status).toBe(200);
    }
    const more = await send([said('e1', { 'pillow.firmness': 'firm' }, { purposes: [] })]);
    expect(outcomes(more)).toEqual(['consent-required']);
  });
});

test('the bulk door and a sign-in that prove the same at once end up with one owner', async () => {
  const { deps } = server;
  const emails = Array.from({ length: 8 }, (_, i) => `race-${i}@example.com`);
  const found = await Promise.all(
    emails.flatMap((email) => [
      send([{ at: AT, channel: 'desk', identifiers: { email }, verified: true }]).then(
        ({ body }): string => body.lines[0].guest,
      ),
      deps.database.transaction((tx) => ensureCustomer(tx, deps, { company: COMPANY, email })),
    ]),
  );
  emails.forEach((_, i) => {
    expect(found[2 * i]).toBe(found[2 * i + 1]);
  });
  expect([await count('subjects'), await count('subject_keys')]).toEqual([8, 8]);
});

test('eight clients and the desk on the same people leave what a replay makes', async () => {
  const { deps } = server;
  const chance = seededRandom(11);
  const pick = <T>(all: readonly T[]): T => all[chance.below(all.length)] as T;
  const people = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
  const line = (client: number, i: number): Line => {
    const person = pick(people);
    const identifiers = { email: `${pick(people)}@example.com` };
    return said(
      person,
      pick([
        { 'room.floor': pick(['low', 'high']) },
        { 'pillow.firmness': pick(['firm', 'soft']), 'room.floor': 'low' },
        { 'minibar.wish': pick(['tea', 'cola', 'water']) },
      ]),
      {
        id: `${client}-${i}`,
        at: new Date(Date.parse(AT) - chance.below(9_000_000)).toISOString(),
        ...(chance.below(4) === 0 ? { identifiers, verified: true } : {}),
      },
    );
  };
  const bulk = async (client: number) => {
    for (let round = 0; round < 3; round++) {
      const lines = Array.from({ length: 10 }, (_, i) => line(client, round * 10 + i));
      const answer = await send(lines);
      expect([answer.status, answer.body.refused]).toEqual([200, 0]);
      server.clock.advance(7);
    }
  };
  const desk = async () => {
    for (let i = 0; i < 12; i++) {
      const rows = await deps.database.kysely.selectFrom('subjects').select('id').execute();
      const subject = rows[i % Math.max(1, rows.length)]?.id;
      if (subject === undefined) continue;
      await deps.database.transaction((tx) =>
        recordInteractions(tx, deps, {
          ...{ company: COMPANY, subject, channel: 'desk', touchpoint: 'note' },
          actor: { kind: 'system' },
          bodies: [{ kind: 'fact', basis: 'stated', predicate: 'room.floor', value: 'high' }],
        }),
      );
    }
  };
  await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(bulk).concat([desk(), desk()]));
  const rows = await deps.database.kysely
    .selectFrom('interactions')
    .select(['subject', 'seq', 'idempotency_key'])
    .orderBy('subject')
    .orderBy('seq')
    .execute();
  expect(rows.filter((row) => row.idempotency_key !== null).length).toBe(8 * 3 * 10);
  const next = new Map<string, number>();
  for (const { subject, seq } of rows) {
    expect(seq).toBe(next.get(subject) ?? 0);
    next.set(subject, seq + 1);
  }
  expect(next.size).toBeGreaterThan(people.length - 1);
  const before = await projection();
  await replayAll();
  expect(await projection()).toBe(before);
}, 120_000);
