import { DAY_MS } from '@keepsake/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkSubjects } from '../../src/modules/memory/index.ts';
import { COMPANY, type CustomerCall, type DeskWorld, openDeskWorld } from '../desk/desk-world.ts';

const EMAIL = 'jo@example.com';
let world: DeskWorld;
let me: CustomerCall;
let guest: string;
beforeEach(async () => {
  world = await openDeskWorld();
  me = await world.signIn(EMAIL);
  guest = (await me('/session')).body.customer.guest;
});
afterEach(() => world.server.close());

const consent = (purpose: string, granted: boolean) =>
  me(`/me/consents/${purpose}`, { granted }, { method: 'PUT' });
const state = (predicate: string, value: unknown, more: object = {}) =>
  me('/me/facts', { predicate, value, ...more });
const summary = (body: { facts: { predicate: string; value: unknown }[] }) =>
  body.facts.map((fact) => [fact.predicate, fact.value]);
const ask = (needs: string[], more: object = {}) =>
  me('/ask', { needs, touchpoint: 'design', purpose: 'personalisation', ...more });

test('a customer tells something, sees it with its evidence, and who read it', async () => {
  expect((await state('pillow.firmness', 'firm')).body).toMatchObject({
    type: 'memory/consent-required',
    purposes: ['personalisation'],
  });
  const allowed = await consent('personalisation', true);
  const given = allowed.body.consents.find(
    (one: { granted: boolean; purpose: string }) => one.purpose === 'personalisation',
  );
  expect(given).toMatchObject({ granted: true, since: '2026-03-02T09:00:00.000Z' });
  expect(given.receipt['dpv:hasIdentifier']).toMatch(/^[0-9a-f-]{36}$/);
  const told = await state('cushion.hardness', 'HARD');
  expect(told.status).toBe(201);
  expect(summary(told.body)).toEqual([['pillow.firmness', 'firm']]);
  expect(told.body.identifiers).toEqual([{ kind: 'email', value: EMAIL, verified: true }]);
  expect(told.body.facts[0].evidence).toMatchObject([
    { channel: 'web', how: 'stated', place: null },
  ]);
  await world.desk(`/guests/${guest}?site=monterey`);
  const seen = await me('/me/memory');
  expect(seen.body.reads).toEqual([
    {
      at: '2026-03-02T09:00:00.000Z',
      actor: 'staff',
      actorName: 'The clerk',
      purpose: 'service',
      touchpoint: 'guest-card',
      facts: [told.body.facts[0].id],
    },
  ]);
});

test('a purpose that is taken back makes its facts unreadable at once, and given again readable', async () => {
  await consent('personalisation', true);
  await state('pillow.firmness', 'firm');
  const needs = ['pillow.firmness'];
  expect((await ask(needs)).body.answers[0]).toMatchObject({ status: 'known', value: 'firm' });
  const withdrawn = await consent('personalisation', false);
  expect(summary(withdrawn.body)).toEqual([['pillow.firmness', 'firm']]);
  const answer = (await ask(needs)).body.answers[0];
  expect(answer).toMatchObject({ status: 'declined', until: null, value: null, factIds: [] });
  const card = await world.desk(`/guests/${guest}`);
  expect([card.body.facts, 'withheld' in card.body]).toEqual([[], false]);
  // At one and the same moment a withdrawal has the last word.
  world.server.clock.advance(1);
  await consent('personalisation', true);
  expect((await ask(needs)).body.answers[0].status).toBe('known');
  expect((await consent('spying', true)).body.type).toBe('memory/purpose-not-found');
});

test('a fact is put right: it never was so, or it is no longer so', async () => {
  await consent('personalisation', true);
  await state('pillow.firmness', 'firm');
  const told = await state('pillow.firmness', 'firm');
  const [{ id }] = told.body.facts;
  const refused = await me(`/me/facts/${id}/correct`, { value: 'spongy', change: 'was-wrong' });
  expect(refused.body.type).toBe('memory/value-refused');
  world.server.clock.advance(DAY_MS);
  // Said twice: both were wrong, neither comes up again.
  const put = await me(`/me/facts/${id}/correct`, { value: 'soft', change: 'was-wrong' });
  expect(summary(put.body)).toEqual([['pillow.firmness', 'soft']]);
  expect(put.body.facts[0].since).toBe('2026-03-02T09:00:00.000Z');
  world.server.clock.advance(DAY_MS);
  const next = put.body.facts[0].id;
  const changed = await me(`/me/facts/${next}/correct`, { value: 'firm', change: 'has-changed' });
  expect(summary(changed.body)).toEqual([['pillow.firmness', 'firm']]);
  expect(changed.body.facts[0].since).toBe('2026-03-04T09:00:00.000Z');
  const gone = await me(`/me/facts/${id}/correct`, { value: 'soft', change: 'was-wrong' });
  expect(gone.body.type).toBe('memory/fact-not-found');
});

test('what is forgotten is gone for good, and what it replaced does not come up again', async () => {
  await consent('personalisation', true);
  await state('pillow.firmness', 'soft');
  world.server.clock.advance(DAY_MS);
  const told = await state('pillow.firmness', 'firm');
  await state('room.floor', 'high');
  const { id } = told.body.facts[0];
  const forgotten = await me(`/me/facts/${id}/forget`, {});
  expect(summary(forgotten.body)).toEqual([['room.floor', 'high']]);
  expect((await me(`/me/facts/${id}/forget`, {})).body.type).toBe('memory/fact-not-found');
  const stored = await world.server.deps.database.kysely.selectFrom('facts').selectAll().execute();
  expect(stored.map((row) => row.predicate)).toEqual(['room.floor']);
  expect((await ask(['pillow.firmness'])).body.answers[0].status).toBe('ask');
});

test('the export is one document with everything in it', async () => {
  await consent('personalisation', true);
  await state('minibar.wish', 'ginger beer');
  const taken = await me('/me/export');
  expect(taken.status).toBe(200);
  expect(taken.body['@context'].dpv).toBe('https://w3id.org/dpv#');
  expect(taken.body['dpv:hasPersonalData']).toMatchObject([{ 'schema:value': 'ginger beer' }]);
  expect(taken.body['keepsake:identifiers'][0].value).toBe(EMAIL);
  expect(taken.body['keepsake:journal'].length).toBe(2);
  expect(taken.body['keepsake:designs']).toEqual([]);
});

test('two channels do not put the same question at once', async () => {
  await consent('personalisation', true);
  const statuses = (answer: { body: { answers: { status: string }[] } }): string[] =>
    answer.body.answers.map((one) => one.status);
  const needs = ['room.floor', 'pillow.firmness'];
  const atDesk = () =>
    world.desk('/ask', { guest, needs, touchpoint: 'check-in', purpose: 'personalisation' });
  const both = await Promise.all([ask(needs), atDesk()]);
  expect(both.map(statuses).sort()).toEqual([
    ['ask', 'ask'],
    ['later', 'later'],
  ]);
  world.server.clock.advance(2 * 60_000 + 1);
  expect(statuses(await atDesk())).toEqual(['ask', 'ask']);
  expect(statuses(await ask(needs))).toEqual(['later', 'later']);
  await state('room.floor', 'high');
  expect(statuses(await atDesk())).toEqual(['known', 'ask']);
  const log = await world.server.deps.database.kysely.selectFrom('ask_log').selectAll().execute();
  expect(log.length).toBe(10);
  expect(log.filter((one) => one.is_repeat)).toEqual([]);
  const metrics = await world.server.deps.metrics.registry.metrics();
  expect(metrics).toContain('keepsake_memory_answers_total{outcome="known"} 1');
  expect(metrics).toContain('keepsake_memory_repeat_asks_total 0');
});

test('what cannot be asked is refused', async () => {
  expect((await ask(['pillow.colour'])).body.type).toBe('memory/unknown-predicate');
  expect((await ask(['room.floor'], { purpose: 'spying' })).body.type).toBe(
    'memory/purpose-not-found',
  );
  expect((await ask(['room.floor'], { site: 'paris' })).body.type).toBe('site/not-found');
  const nobody = '00000000-0000-7000-8000-000000000000';
  const other = await ask(['room.floor'], { guest: nobody });
  expect(other.body.type).toBe('guest/not-found');
});

test('subjects that are one person are read as one, and parted without loss', async () => {
  await consent('personalisation', true);
  await state('pillow.firmness', 'firm');
  const second = await world.desk('/guests', { name: 'Jo at the desk', loyalty: 'JO-1' });
  const note = {
    facts: [{ predicate: 'room.floor', value: 'high' }],
    consents: ['personalisation'],
  };
  await world.desk(`/guests/${second.body.id}/notes`, note);
  const before = await me('/me/memory');
  const { deps } = world.server;
  const pair = { company: COMPANY, a: guest, b: second.body.id, actor: null };
  const link = await deps.database.transaction((tx) =>
    linkSubjects(tx, deps, { ...pair, kind: 'same' }),
  );
  const joined = await me('/me/memory');
  expect(summary(joined.body).sort()).toEqual([
    ['pillow.firmness', 'firm'],
    ['room.floor', 'high'],
  ]);
  expect(joined.body.identifiers.length).toBe(2);
  await deps.database.transaction((tx) =>
    linkSubjects(tx, deps, { company: COMPANY, actor: null, kind: 'void', voids: link }),
  );
  expect((await me('/me/memory')).body).toEqual(before.body);
});
