import { newId, seededRandom } from '@keepsake/kernel';
import type { InteractionBody } from '@keepsake/memory';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertCompany } from '../../src/modules/companies/index.ts';
import {
  addIdentifier,
  createSubject,
  currentFacts,
  eraseSubject,
  linkSubjects,
  loadPerson,
  putOntology,
  recordInteractions,
} from '../../src/modules/memory/index.ts';
import { getOntology, guessOntology } from '../../src/modules/memory/ontology.service.ts';
import { readProfile } from '../../src/modules/memory/profile.store.ts';
import { mayRead } from '../../src/modules/memory/recall.service.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { openTestServer, signInStaff, type TestServer } from '../support/test-server.ts';
import { COMPANY, testOntology, tidewater } from './memory-world.ts';

let server: TestServer;
let operator: Record<string, string>;
const chance = seededRandom(5);
const pick = <T>(all: readonly T[]): T => all[chance.below(all.length)] as T;

beforeAll(async () => {
  server = await openTestServer();
  operator = { authorization: `Bearer ${loadOperatorToken(server.home).token}` };
  await server.deps.database.transaction(async (tx) => {
    await insertCompany(tx, tidewater, { position: 0, createdAt: new Date(0) });
    await putOntology(tx, server.deps, COMPANY, testOntology());
  });
});
afterAll(() => server.close());

let subject: string;
beforeEach(async () => {
  subject = await make();
});

async function make(): Promise<string> {
  return await server.deps.database.transaction((tx) => createSubject(tx, server.deps, COMPANY));
}

async function record(who: string, bodies: readonly InteractionBody[], occurredAt?: number) {
  server.clock.advance(1000);
  await server.deps.database.transaction((tx) =>
    recordInteractions(tx, server.deps, {
      ...{ company: COMPANY, subject: who, channel: 'desk', touchpoint: 'note', bodies },
      actor: { kind: 'system' },
      ...(occurredAt === undefined ? {} : { occurredAt }),
    }),
  );
}

const fact = (predicate: string, value: string, more: object = {}): InteractionBody => ({
  ...{ kind: 'fact', basis: 'stated', predicate, value },
  ...more,
});
const grant = (purpose: string, more: object = {}): InteractionBody => ({
  ...{ kind: 'consent-granted', purpose, basis: 'consent', wording: { en: 'yes' } },
  ...{ receiptId: 'r', ...more },
});

async function ask(body: object, how: object = { headers: operator }) {
  const asked = { purpose: 'service', touchpoint: 'gate', ...body };
  return await server.call(`/api/c/${COMPANY}/profile`, { body: asked, ...how });
}

const valuesOf = (answer: { body: { facts: { value: string }[] } }) =>
  answer.body.facts.map((one) => one.value).sort();

const readsOf = async (who: string) =>
  await server.deps.database.kysely
    .selectFrom('fact_reads')
    .selectAll()
    .where('subject', '=', who)
    .execute();

describe('what a touchpoint reads', () => {
  test('is what may be read for its purpose, and each reading is in the log', async () => {
    await record(subject, [fact('arrival.contact', '+1 555'), fact('room.floor', 'high')]);
    const handle = { company: COMPANY, subject, kind: 'loyalty', value: 'TW 77' };
    await server.deps.database.transaction((tx) =>
      addIdentifier(tx, server.deps, { ...handle, by: 'staff' }),
    );
    const identifier = { kind: 'loyalty', value: 'tw-77' };
    const closed = await ask({ identifier });
    expect([closed.status, valuesOf(closed)]).toEqual([200, ['+1 555']]);
    expect(closed.body.guest).toBe(subject);
    await record(subject, [grant('personalisation')]);
    const open = await ask({ guest: subject });
    expect(valuesOf(open)).toEqual(['+1 555', 'high']);
    expect(
      open.body.consents.find((one: { purpose: string }) => one.purpose === 'marketing'),
    ).toEqual(expect.objectContaining({ granted: false }));
    const reads = await readsOf(subject);
    // Both at one moment of the clock: in which order they stand is chance.
    expect(reads.map((one) => one.fact_ids.length).sort()).toEqual([1, 2]);
    expect(reads.map((one) => [one.actor_kind, one.touchpoint])).toEqual([
      ['system', 'gate'],
      ['system', 'gate'],
    ]);
    expect((await ask({ identifier: { kind: 'loyalty', value: 'TW78' } })).status).toBe(404);
    expect((await ask({ guest: subject, purpose: 'nothing' })).body.type).toBe(
      'memory/purpose-not-found',
    );
    expect((await ask({})).status).toBe(400);
    expect((await ask({ guest: subject }, {})).status).toBe(401);
  });

  test('by staff is logged with their name, and a claim finds nobody', async () => {
    await record(subject, [fact('arrival.contact', '+1 555')]);
    const cookie = await signInStaff(server, COMPANY, 'clerk');
    expect((await ask({ guest: subject }, { cookie })).status).toBe(200);
    const [read] = await readsOf(subject);
    expect([read?.actor_kind, read?.actor_name === null]).toEqual(['staff', false]);
    const maker = await signInStaff(server, COMPANY, 'maker');
    expect((await ask({ guest: subject }, { cookie: maker })).status).toBe(403);
    const handle = { company: COMPANY, subject, kind: 'email', value: 'claimed@example.com' };
    await server.deps.database.transaction((tx) =>
      addIdentifier(tx, server.deps, { ...handle, by: null }),
    );
    const identifier = { kind: 'email', value: 'claimed@example.com' };
    expect((await ask({ identifier })).status).toBe(404);
    await eraseSubject(server.deps, { company: COMPANY, subject, erasers: [] });
    expect((await ask({ guest: subject })).status).toBe(404);
  });

  test('follows a vocabulary that was replaced', async () => {
    await record(subject, [fact('room.floor', 'high')]);
    expect(valuesOf(await ask({ guest: subject, purpose: 'personalisation' }))).toEqual([]);
    const open = testOntology();
    const purposes = open.purposes.map((one) => ({ ...one, needs: 'contract' as const }));
    const put = (ontology: typeof open) =>
      server.deps.database.transaction((tx) => putOntology(tx, server.deps, COMPANY, ontology));
    await put({ ...open, purposes });
    expect(valuesOf(await ask({ guest: subject, purpose: 'personalisation' }))).toEqual(['high']);
    await put(open);
    expect(valuesOf(await ask({ guest: subject, purpose: 'personalisation' }))).toEqual([]);
  });

  test('is, in the statement already, what the engine calls readable', async () => {
    const seen = new Set<number>();
    for (let round = 0; round < 10; round++) {
      const people = [await make(), await make(), await make()];
      await live(people);
      for (const { id } of testOntology().purposes) seen.add(await compare(people[0] ?? '', id));
    }
    expect(seen.size).toBeGreaterThan(2);
  });
});

function anything(): InteractionBody {
  const now = server.clock.now();
  const purpose = pick(['personalisation', 'health', 'service']);
  const basis = pick(['consent', 'explicit-consent']);
  const expiresAt = now + pick([500, 1500, 3_000, 9_000_000]);
  return pick<InteractionBody>([
    grant(purpose, { basis }),
    grant(purpose, { basis: 'explicit-consent', expiresAt }),
    { kind: 'consent-withdrawn', purpose, receiptId: 'r' },
    fact('room.floor', pick(['high', 'low'])),
    fact('allergy.substance', pick(['nuts', 'feathers'])),
    fact('arrival.contact', 'x'),
    fact('minibar.wish', 'tea', { purpose: pick(['health', 'service', 'marketing']) }),
    fact('minibar.wish', 'tea', { validTo: now + 2500 }),
  ]);
}

/** Three subjects say and allow things, and are found to be one person or not. */
async function live(people: readonly string[]): Promise<void> {
  const { deps, clock } = server;
  const [a = '', b = '', c = ''] = people;
  for (let i = 0; i < 9; i++) {
    await record(pick(people), [anything()], clock.now() - pick([0, 0, 5000]));
    if (i % 3 !== 1) continue;
    const kind = pick(['same', 'same', 'not_same'] as const);
    const verdict = { company: COMPANY, actor: null, kind, a: pick([a, b]), b: c };
    await deps.database.transaction((tx) => linkSubjects(tx, deps, verdict));
  }
}

/** The statement's facts against the engine's, over everything; answers how many. */
async function compare(who: string, id: string): Promise<number> {
  const { deps, clock } = server;
  const db = deps.database.kysely;
  const { purposes } = await getOntology(db, COMPANY);
  const purpose = purposes.find((one) => one.id === id);
  const person = await loadPerson(db, deps, { company: COMPANY, subject: who });
  if (person === undefined || purpose === undefined) throw new Error('they are there');
  const wanted = currentFacts(person).filter((one) => mayRead(person, one, id));
  const rows = await readProfile(db, {
    ...{ company: COMPANY, who: { subject: who }, purpose, now: new Date(clock.now()) },
    ontologyHash: guessOntology(COMPANY).hash,
    kept: purposes.filter((one) => one.id === id || purpose.includes.includes(one.id)),
    reading: {
      ...{ id: newId(clock.now(), deps.random), actorKind: 'system' },
      ...{ touchpoint: 'gate', site: null },
    },
  });
  expect(rows?.facts.map((one) => one.id)).toEqual(wanted.map((one) => one.id));
  expect(rows?.at).toBe(person.at);
  return wanted.length;
}
