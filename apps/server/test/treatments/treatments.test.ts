import { DAY_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTerms } from '../../src/modules/terms/index.ts';
import { drawLots, listTreatmentsOf } from '../../src/modules/treatments/index.ts';
import {
  addTestCompany,
  openTestServer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

const COSTS = {
  version: 'costs-1',
  validFrom: '2025-01-01',
  currency: 'EUR',
  minorPerUnit: 100,
  marginBasisPoints: 5_000,
  marginBasisPointsByCategory: {},
  perOrderMinor: 0,
  perLineMinor: 0,
  perReturnMinor: 0,
  perContactMinor: {},
  paymentBasisPoints: 0,
  discountBasisPointsPerYear: 0,
};

const treatment = (id: string, more: object = {}) => ({
  ...{ id, words: { en: `The ${id}` }, kind: 'service-level', tiers: ['keep'], priority: 1 },
  ...{ excludes: [], from: '2026-01-01', until: '2027-01-01', controlShare: 0.25, worth: 5 },
  ...more,
});
const plan = (version: string, ...treatments: object[]) => ({ version, grounds: [], treatments });

let server: TestServer;
let manager: string;
let people: readonly string[];
beforeEach(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  await addTestCompany(server, 'other');
  manager = await signInStaff(server, 'acme', 'marketing');
  people = await addPeople('acme', 600, 'keep');
});
afterEach(() => server.close());

const put = async (path: string, document: object, cookie = manager) =>
  await server.call(`/api/c/acme/${path}`, { method: 'PUT', body: { document }, cookie });
const list = async () =>
  (await server.call('/api/c/acme/treatments', { cookie: manager })).body.treatments;

/** Customers with a tier and an account, as a run leaves them. */
async function addPeople(company: string, count: number, tier: string): Promise<readonly string[]> {
  const db = server.deps.database.kysely;
  const { rows } = await sql<{ id: string }>`
    insert into subjects (company, id, created_at)
    select ${company}, gen_random_uuid(), now() from generate_series(1, ${count}::int)
    returning id`.execute(db);
  const ids = JSON.stringify(rows.map(({ id }) => id).sort());
  const now = new Date(server.clock.now());
  await sql`
    insert into value_tiers (company, person, tier, since, expires, last_run)
    select ${company}, value::uuid, ${tier}, ${now}, ${new Date(now.getTime() + 400 * DAY_MS)}, ${now}
    from json_array_elements_text(${ids}::json)`.execute(db);
  await sql`
    insert into value_accounts (company, person, subjects, first_day, last_day, purchase_days,
      first_minor, spend_count, spend_minor, lines, returns, contacts, categories, added_up_at)
    select ${company}, value::uuid, array[value::uuid], date '2024-05-01' + (at % 2)::int * 365,
      '2026-02-01', 1, 1000, 0, 0, 1, 0, '{}', '{}', ${now}
    from json_array_elements_text(${ids}::json) with ordinality as one(value, at)`.execute(db);
  return JSON.parse(ids) as string[];
}

/** What customers bought, in whole units of the currency. */
async function buy(persons: readonly string[], day: string, amount: number): Promise<void> {
  await sql`
    insert into purchase_history (company, source, number_key, kind, subject, day, amount_minor,
      currency, lines, own_fault, content_key, content_sealed, imported_at)
    select 'acme', 'shop', value || ${day}, 'purchase', value::uuid, ${day}::date,
      ${amount * 100}::bigint, 'EUR', 1, false, '', '', now()
    from json_array_elements_text(${JSON.stringify(persons)}::json)`.execute(
    server.deps.database.kysely,
  );
}

async function draw(): Promise<void> {
  await server.deps.database.transaction((tx) =>
    drawLots(tx, server.deps, { company: 'acme', now: server.clock.now() }),
  );
}

async function armsOf(id: string): Promise<{ treated: string[]; control: string[] }> {
  const rows = await server.deps.database.kysely
    .selectFrom('treatment_assignments')
    .select(['person', 'arm'])
    .where('company', '=', 'acme')
    .where('treatment', '=', id)
    .orderBy('person')
    .execute();
  const of = (arm: string) => rows.filter((row) => row.arm === arm).map((row) => row.person);
  return { treated: of('treated'), control: of('control') };
}

describe('a plan', () => {
  test('draws a control group by lot, once for all', async () => {
    await put('value/costs', COSTS);
    expect((await put('treatments', plan('1', treatment('hello')))).status).toBe(200);
    await draw();
    const first = await armsOf('hello');
    expect(first.treated.length + first.control.length).toBe(600);
    // Five deviations of a lot of one in four.
    expect(Math.abs(first.control.length - 150)).toBeLessThan(53);
    server.clock.advance(DAY_MS);
    await addPeople('acme', 40, 'keep');
    await put('treatments', plan('2', treatment('hello', { worth: 6 })));
    await draw();
    const then = await armsOf('hello');
    expect(then.treated.length + then.control.length).toBe(640);
    expect(then.control).toEqual(expect.arrayContaining(first.control));
    expect(then.treated).toEqual(expect.arrayContaining(first.treated));
  });

  test('is refused with paths where it is none, or where nothing proves its grounds', async () => {
    const bad = await put('treatments', plan('1', treatment('hello', { controlShare: 0 })));
    expect([bad.status, bad.body.type]).toEqual([422, 'valuation/terms-refused']);
    expect(bad.body.issues[0].path).toContain('controlShare');
    const ground = { id: 'student', words: { en: 'Students' }, because: 'our own terms' };
    const fence = { ...plan('1'), grounds: [ground] };
    const { status, body } = await put('treatments', fence);
    expect([status, body.issues[0].path]).toEqual([422, 'grounds.0.id']);
    expect(await list()).toEqual([]);
  });

  test('is of its company, and of who may see it', async () => {
    const clerk = await signInStaff(server, 'acme', 'clerk');
    expect((await put('treatments', plan('1'), clerk)).status).toBe(403);
    const stranger = await signInStaff(server, 'other', 'marketing');
    expect((await put('treatments', plan('1'), stranger)).status).toBe(401);
    await put('value/costs', COSTS);
    await put('treatments', plan('1', treatment('hello')));
    await addPeople('other', 20, 'keep');
    await draw();
    const other = await server.deps.database.kysely
      .selectFrom('treatment_assignments')
      .selectAll()
      .where('company', '=', 'other')
      .execute();
    expect(other).toEqual([]);
  });
});

test('what came is counted once the window has closed, and judged', async () => {
  await put('value/costs', COSTS);
  await put('treatments', plan('1', treatment('hello')));
  await draw();
  const { treated, control } = await armsOf('hello');
  // A margin of one half: 20 more of revenue are 10 of profit.
  const half = (list: readonly string[], rest: number) => list.filter((_, i) => i % 2 === rest);
  await buy(half(treated, 0), '2026-04-01', 60);
  await buy(half(treated, 1), '2026-04-01', 40);
  await buy(half(control, 0), '2026-04-01', 40);
  await buy(half(control, 1), '2026-04-01', 20);
  await buy(people, '2026-06-20', 500);
  server.clock.advance(90 * DAY_MS);
  await draw();
  expect((await list())[0]).toMatchObject({ verdict: 'running', treated: { counted: 0 } });
  server.clock.advance(DAY_MS);
  await draw();
  const [report] = await list();
  expect(report).toMatchObject({
    treated: { assigned: treated.length, counted: treated.length },
    control: { assigned: control.length, counted: control.length },
    verdict: 'works',
  });
  expect(report.treated.mean).toBeCloseTo(25, 0);
  expect(report.effect.difference).toBeCloseTo(10, 0);
  expect(report.effect.low).toBeGreaterThan(0);
  // The verdict stands, and outcomes are counted once.
  await buy(control, '2026-04-02', 900);
  await draw();
  expect((await list())[0]).toMatchObject({ verdict: 'works', effect: report.effect });
});

test('an objection suspends what a customer has at once, and its end brings it back', async () => {
  await put('value/costs', COSTS);
  await put('treatments', plan('1', treatment('hello')));
  await draw();
  const { kysely } = server.deps.database;
  const [person = ''] = (await armsOf('hello')).treated;
  const held = async () => {
    const now = server.clock.now();
    const { plan: current } = await findTerms(kysely, 'acme', '2026-03-02');
    return await listTreatmentsOf(kysely, 'acme', { plan: current, persons: [person], now });
  };
  expect(await held()).toMatchObject([{ treatment: 'hello', words: { en: 'The hello' } }]);
  const contest = async (at: Date | null, words: Uint8Array | null): Promise<void> => {
    await kysely
      .updateTable('value_tiers')
      .set({ contested_at: at, contest_sealed: words })
      .where('person', '=', person)
      .execute();
  };
  await contest(new Date(server.clock.now()), Buffer.from('sealed'));
  expect(await held()).toEqual([]);
  await contest(null, null);
  expect(await held()).toHaveLength(1);
});

test('groups are set beside each other, and small ones are not named', async () => {
  const get = async (query: string, cookie = manager) =>
    await server.call(`/api/c/acme/treatments/disparity?${query}`, { cookie });
  const { body } = await get('by=joined');
  expect(
    body.groups.map((one: { group: string; count: number }) => [one.group, one.count]),
  ).toEqual([
    ['2024', 300],
    ['2025', 300],
  ]);
  expect(body.groups[1]).toMatchObject({ rate: 1, ratio: 1, fourFifths: 'met' });
  expect((await get('by=joined&treatment=none')).status).toBe(404);
  expect((await get('by=name')).status).toBe(400);
  const officer = await signInStaff(server, 'acme', 'privacy-officer');
  expect((await get('by=category', officer)).status).toBe(200);
});

test('groups by country are of the site that took the last order, whoever it was sent to', async () => {
  const db = server.deps.database.kysely;
  await sql`
    insert into sites (company, site, position, name, place, time_zone, plant)
    select company, site, 9, '{}', place, 'UTC', '{"workCentres":[],"stock":[]}'
    from (values ('acme', 'lyon', 'fr/69/lyon'), ('acme', 'ghent', 'be/ghent'),
      ('acme', 'nowhere', 'Berlin'), ('other', 'lyon', 'de/berlin')) as one(company, site, place)`.execute(
    db,
  );
  const order = async (whose: readonly string[], site: string, day: string, state = 'made') => {
    await sql`
      insert into orders (company, id, number, site, subject, family, model_hash, state, version,
        occasion, currency, lines, delivery, tax, total_minor, placed_at)
      select 'acme', id, id, ${site}, value, 'robe', '', ${state}, 1, 'self', 'EUR', '[]', '{}', '{}',
        1, ${day}::date
      from (
        select value, gen_random_uuid() as id
        from json_array_elements_text(${JSON.stringify(whose)}::json)
      ) as one`.execute(db);
  };
  await order(people.slice(0, 400), 'lyon', '2025-01-01');
  await order(people.slice(0, 100), 'ghent', '2025-02-01');
  await order(people.slice(0, 100), 'nowhere', '2025-03-01', 'cancelled');
  await order(people.slice(390, 400), 'gone', '2025-02-01');
  await order(people.slice(500, 510), 'ghent', '2025-02-01');
  await order(people.slice(510, 519), 'nowhere', '2025-02-01');
  // Of a person with two records: whichever ordered last.
  const [first = '', second = ''] = [people[0], people[599]];
  await sql`delete from value_accounts where person = ${second}::uuid`.execute(db);
  await sql`
    update value_accounts set subjects = array[person, ${second}::uuid]
    where person = ${first}::uuid`.execute(db);
  await order([second], 'lyon', '2025-06-01');
  const ask = async () =>
    (await server.call('/api/c/acme/treatments/disparity?by=country', { cookie: manager })).body;
  const counts = ({ groups }: { groups: { group: string | null; count: number }[] }) =>
    groups.map(({ group, count }) => [group, count]);
  expect(counts(await ask())).toEqual([
    ['', 199],
    ['BE', 109],
    ['FR', 291],
  ]);
  await sql`delete from orders where site = 'ghent' and placed_at = '2025-02-01'
    and subject <> ${people[1]}`.execute(db);
  const few = await ask();
  expect(JSON.stringify(few)).not.toContain('BE');
});
