import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY, type DeskWorld, openDeskWorld } from '../desk/desk-world.ts';
import { type Answer, signInStaff } from '../support/test-server.ts';

let world: DeskWorld;
let manager: string;
beforeEach(async () => {
  world = await openDeskWorld();
  manager = await signInStaff(world.server, COMPANY, 'product-manager');
});
afterEach(() => world.server.close());

const path = `/api/c/${COMPANY}/vocabulary`;
const get = () => world.server.call(path, { cookie: manager });
const put = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  world.server.call(path, { method: 'PUT', body, cookie: manager, headers });

interface Entry {
  readonly name: string;
  readonly values: readonly object[];
  readonly [key: string]: unknown;
}
type Edit = (predicates: readonly Entry[]) => readonly object[];
const edit = async (change: Edit, base?: string): Promise<Answer> => {
  const { hash, document } = (await get()).body;
  const predicates = change(document.predicates);
  return await put({ base: base ?? hash, document: { ...document, predicates } });
};
const withPredicate = (name: string, more: object): Edit => {
  return (all) => all.map((one) => (one.name === name ? { ...one, ...more } : one));
};
const untilReplayed = async (): Promise<void> => {
  while ((await get()).body.replay !== null) await new Promise((done) => setTimeout(done, 5));
};

async function guestWith(value: string): Promise<string> {
  const { body } = await world.desk('/guests', { name: 'Ana Lima', email: 'ana@example.com' });
  const facts = [{ predicate: 'pillow.firmness', value }];
  await world.desk(`/guests/${body.id}/notes`, { facts, consents: ['personalisation'] });
  return body.id;
}
const known = async (guest: string) =>
  (await world.desk(`/guests/${guest}`)).body.facts.map((fact: { value: string }) => fact.value);
const ask = async (guest: string, need: string) => {
  const asked = { guest, needs: [need], touchpoint: 'desk', purpose: 'service' };
  return (await world.desk('/ask', asked)).body;
};
const wine = {
  name: 'drink.wine',
  label: { en: 'Wine', de: 'Wein' },
  question: 'Red or white?',
  kind: 'choice',
  values: [{ id: 'red', label: 'Red' }],
  purpose: 'personalisation',
};

test('a predicate is added and asked at once; every version is kept, with who made it', async () => {
  const guest = await guestWith('firm');
  const added = await edit((all) => [...all, wine]);
  expect(added.status).toBe(200);
  expect(added.body.replay).toBeNull();
  expect(added.body.versions).toMatchObject([
    { version: 2, madeBy: 'The product-manager', predicates: 7 },
    { version: 1, madeBy: null, predicates: 6 },
  ]);
  expect((await ask(guest, 'drink.wine')).answers[0]).toMatchObject({ status: 'ask' });
  // What was read can be written again, and changes nothing.
  const again = await edit((all) => all);
  expect([again.body.hash, again.body.versions.length]).toEqual([added.body.hash, 2]);
});

test('a synonym is read in what was said before: journals are replayed in the background', async () => {
  const guest = await guestWith('firm');
  const facts = [{ predicate: 'minibar.wish', value: 'ginger beer' }];
  await world.desk(`/guests/${guest}/notes`, { facts });
  const ale = { id: 'ginger ale', label: 'Ginger ale', synonyms: ['ginger beer'] };
  const changed = await edit(withPredicate('minibar.wish', { values: [ale] }));
  expect(changed.body.versions[0].version).toBe(2);
  await untilReplayed();
  expect((await known(guest)).sort()).toEqual(['firm', 'ginger ale']);
  const replays = await world.server.deps.database.kysely
    .selectFrom('ontology_versions')
    .select(['replay_done', 'replay_total'])
    .where('version', '=', 2)
    .execute();
  expect(replays).toEqual([{ replay_done: 1, replay_total: 1 }]);
});

test('no change opens what is known to those who may not read it', async () => {
  const paths = async (answer: Promise<Answer>) =>
    (await answer).body.issues.map((issue: { path: string }) => issue.path);
  const moved = { purpose: 'service', sensitivity: 'ordinary' };
  expect(await paths(edit(withPredicate('allergy.substance', moved)))).toEqual([
    'predicates[4].purpose',
    'predicates[4].sensitivity',
  ]);
  const taken = { ...wine, purpose: 'service', synonyms: ['allergy.substance'] };
  const isOther = ({ name }: Entry) => name !== 'allergy.substance';
  expect(await paths(edit((all) => [...all.filter(isOther), taken]))).toEqual([
    'predicates[5].purpose',
    'predicates[5].sensitivity',
  ]);
  const { hash, document } = (await get()).body;
  const purposes = document.purposes.map((one: object) => ({ ...one, needs: 'contract' }));
  const predicates = document.predicates.filter((one: Entry) => one['sensitivity'] !== 'special');
  const loosened = put({ base: hash, document: { purposes, predicates } });
  expect(await paths(loosened)).toEqual([
    'purposes[1].needs',
    'purposes[2].needs',
    'purposes[3].needs',
  ]);
});

test('a purpose is added and asked for by its own words, which it must have', async () => {
  const { hash, document } = (await get()).body;
  const letters = { id: 'letters', label: { en: 'Letters' }, needs: 'consent', includes: [] };
  const add = (description: object) => {
    const purposes = [...document.purposes, { ...letters, description }];
    return put({ base: hash, document: { ...document, purposes } });
  };
  const blank = await add({ en: ' ', de: 'Briefe' });
  expect(blank.body.issues).toMatchObject([
    { code: 'not-words', path: `purposes[${document.purposes.length}].description` },
  ]);
  const added = await add({ en: 'We may write to you.' });
  expect(added.body.document.purposes.at(-1)).toMatchObject({ id: 'letters', needs: 'consent' });
  const { body } = await world.desk('/guests', { name: 'Ana Lima' });
  const { consents } = (await world.desk(`/guests/${body.id}`)).body;
  expect(consents.at(-1)).toMatchObject({ purpose: 'letters', granted: false });
});

test('what is retired, or left out, stays readable and is not asked any more', async () => {
  const guest = await guestWith('firm');
  await edit((all) => all.filter(({ name }) => name !== 'pillow.firmness'));
  expect(await known(guest)).toEqual(['firm']);
  expect((await ask(guest, 'pillow.firmness')).answers[0].status).toBe('declined');
  const { predicates } = (await get()).body.document;
  expect(predicates.at(-1)).toMatchObject({ name: 'pillow.firmness', retired: true });
  await edit(withPredicate('room.floor', { retired: true }));
  expect((await ask(guest, 'room.floor')).answers[0].status).toBe('declined');
});

test('a fault is told with its path, and nothing is changed', async () => {
  const before = (await get()).body;
  const refused = await edit((all) => [...all, { ...wine, values: [], purpose: 'nothing' }]);
  expect([refused.status, refused.body.type]).toEqual([422, 'memory/ontology-refused']);
  expect(refused.body.issues.map((issue: { path: string }) => issue.path)).toEqual([
    'predicates[6].values',
    'predicates[6].purpose',
  ]);
  const kind = await edit(withPredicate('minibar.wish', { kind: 'number' }));
  expect(kind.body.issues).toMatchObject([{ path: 'predicates[2].kind' }]);
  const mute = await edit((all) => [...all, { ...wine, question: { en: ' ' } }]);
  expect(mute.body.issues).toMatchObject([{ path: 'predicates[6].question', code: 'not-words' }]);
  expect((await get()).body).toEqual(before);
});

test('two changes to the same ontology: the second is told so, and a repeated one is one', async () => {
  const { hash, document } = (await get()).body;
  const change = {
    base: hash,
    document: { ...document, predicates: [...document.predicates, wine] },
  };
  const headers = { 'idempotency-key': '0190c0de-0000-7000-8000-0000000000aa' };
  const first = await put(change, headers);
  const repeated = await put(change, headers);
  expect([repeated.status, repeated.body.hash]).toEqual([200, first.body.hash]);
  const late = await edit(withPredicate('room.floor', { retired: true }), hash);
  expect([late.status, late.body.type]).toEqual([409, 'memory/ontology-changed']);
  expect((await get()).body.versions.length).toBe(2);
});

test('a clerk neither reads nor changes it', async () => {
  expect((await world.desk('/vocabulary')).status).toBe(403);
  const cookie = world.clerk;
  expect((await world.server.call(path, { method: 'PUT', body: {}, cookie })).status).toBe(403);
});
