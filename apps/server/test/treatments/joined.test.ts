import { DAY_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkSubjects } from '../../src/modules/memory/index.ts';
import { drawLots } from '../../src/modules/treatments/index.ts';
import { COMPANY, openValueWorld, type ValueWorld } from '../value/value-world.ts';

const WORDS = { en: 'A hello at the door' };
const HELLO = {
  ...{ id: 'hello', words: WORDS, kind: 'service-level', tiers: ['keep'], priority: 1 },
  ...{ excludes: [], from: '2026-01-01', until: '2030-01-01', controlShare: 0.25, worth: 5 },
};
const EMAIL = 'ann@example.com';

let world: ValueWorld;
let began: number;
/** Two records of one person, the smaller one first, and two of others. */
let ann: string;
let anna: string;
let bob: string;
let cyd: string;
beforeEach(async () => {
  world = await openValueWorld();
  began = world.server.clock.now();
  await putPlan(HELLO);
  const pair = [await world.addPerson({ email: EMAIL }), await world.addPerson()];
  [ann = '', anna = ''] = pair.sort();
  bob = await world.addPerson();
  cyd = await world.addPerson();
});
afterEach(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;

async function putPlan(...treatments: object[]): Promise<void> {
  const version = String(treatments.length);
  const body = { document: { version, grounds: [], treatments } };
  const cookie = await world.cookieOf('marketing');
  const path = `/api/c/${COMPANY}/treatments`;
  expect((await world.server.call(path, { method: 'PUT', body, cookie })).status).toBe(200);
}

/** A lot that fell so many days after all began. */
async function drawn(person: string, arm: 'treated' | 'control', day = 0): Promise<void> {
  const at = began + day * DAY_MS;
  await kysely()
    .insertInto('treatment_assignments')
    .values({
      ...{ company: COMPANY, treatment: 'hello', person, arm, assigned_at: new Date(at) },
      ...{ counts_at: new Date(at + 91 * DAY_MS), before: 1, outcome: null },
    })
    .execute();
}

/** What was bought so many days after all began, in whole units of the currency. */
async function bought(subject: string, amount: number, day = 10): Promise<void> {
  const on = new Date(began + day * DAY_MS).toISOString().slice(0, 10);
  await sql`
    insert into purchase_history (company, source, number_key, kind, subject, day, amount_minor,
      currency, lines, own_fault, content_key, content_sealed, imported_at)
    values (${COMPANY}, 'shop', ${`${subject} ${day} ${amount}`}, 'purchase', ${subject}::uuid,
      ${on}::date, ${amount * 100}::bigint, 'EUR', 1, false, '', '', now())`.execute(kysely());
}

/** What an order of one line brings by the costs of these tests: `COSTS`. */
const profit = (amount: number) => amount * (0.4 - 0.02) - 4 - 0.5;

async function runOn(day: number): Promise<void> {
  world.server.clock.advance(began + day * DAY_MS - world.server.clock.now());
  const ended = { company: COMPANY, now: world.server.clock.now() };
  await world.server.deps.database.transaction((tx) => drawLots(tx, world.server.deps, ended));
}

async function part(): Promise<void> {
  const [verdict] = await kysely()
    .selectFrom('link_events')
    .select('id')
    .where('kind', '=', 'same')
    .execute();
  const undoing = {
    company: COMPANY,
    kind: 'void',
    voids: verdict?.id ?? '',
    actor: null,
  } as const;
  await world.server.deps.database.transaction((tx) =>
    linkSubjects(tx, world.server.deps, undoing),
  );
}

async function report() {
  const [hello] = (await world.as('marketing', '/treatments')).body.treatments;
  const { treated, control, inBothArms } = hello;
  return { treated, control, inBothArms };
}

async function rows() {
  return await kysely().selectFrom('treatment_assignments').selectAll().orderBy('person').execute();
}

const arm = (assigned: number, ...outcomes: number[]) => ({
  ...{ assigned, counted: outcomes.length },
  mean:
    outcomes.length === 0
      ? null
      : expect.closeTo(outcomes.reduce((sum, one) => sum + one, 0) / outcomes.length, 6),
});

describe('two records in one arm that are one person', () => {
  beforeEach(async () => {
    await drawn(ann, 'treated');
    await drawn(anna, 'treated');
    await drawn(bob, 'treated');
    await drawn(cyd, 'control');
    await bought(ann, 100);
    await bought(anna, 50);
    await bought(bob, 80);
  });

  test('count once, by what both brought, joined before it is counted', async () => {
    await world.join(ann, anna);
    await runOn(91);
    expect(await report()).toEqual({
      treated: arm(2, profit(100) + profit(50), profit(80)),
      control: arm(1, 0),
      inBothArms: 0,
    });
  });

  test('count once as well where they are joined afterwards, and at once', async () => {
    await runOn(91);
    expect((await report()).treated).toEqual(arm(3, profit(100), profit(50), profit(80)));
    await world.join(ann, anna);
    expect((await report()).treated).toEqual(arm(2, profit(100) + profit(50), profit(80)));
  });

  test('are what they were when they are parted, whenever they were counted', async () => {
    await world.join(ann, anna);
    await runOn(91);
    await part();
    expect((await report()).treated).toEqual(arm(3, profit(100), profit(50), profit(80)));
    await runOn(92);
    expect((await report()).treated).toEqual(arm(3, profit(100), profit(50), profit(80)));
  });

  test('count when the last of their windows has closed, each record in its own', async () => {
    const later = await world.addPerson();
    await drawn(later, 'treated', 40);
    await bought(later, 30, 35);
    await bought(later, 70, 100);
    await bought(bob, 20, 100);
    await world.join(bob, later);
    await runOn(91);
    expect((await report()).treated).toEqual(arm(3, profit(100), profit(50)));
    await runOn(131);
    expect((await report()).treated).toEqual(
      arm(3, profit(100), profit(50), profit(80) + profit(70)),
    );
  });

  test('have what a record without a lot brought counted once, with the first lot', async () => {
    const third = await world.addPerson();
    await bought(third, 60);
    await world.join(ann, anna);
    await world.join(third, anna);
    await runOn(91);
    expect((await report()).treated).toEqual(
      arm(2, profit(100) + profit(50) + profit(60), profit(80)),
    );
  });
});

describe('two records in different arms that are one person', () => {
  test('are in neither, which is told, until they are parted', async () => {
    await drawn(ann, 'treated');
    await drawn(anna, 'control');
    await drawn(bob, 'treated');
    await bought(ann, 100);
    await bought(anna, 50);
    await runOn(91);
    const apart = await report();
    expect(apart).toEqual({
      treated: arm(2, profit(100), 0),
      control: arm(1, profit(50)),
      inBothArms: 0,
    });
    const kept = await rows();
    await world.join(ann, anna);
    const joined = { treated: arm(1, 0), control: arm(0), inBothArms: 1 };
    expect(await report()).toEqual(joined);
    await runOn(92);
    expect(await report()).toEqual(joined);
    await part();
    expect(await report()).toEqual(apart);
    expect(await rows()).toEqual(kept);
  });
});

describe('while two records are one person', () => {
  const customers = () => [
    { person: ann, tier: 'keep' as const },
    { person: anna, tier: 'keep' as const },
  ];
  /** What the desk, the person, the manager and the export say is done. */
  async function said(guest: string) {
    const me = await world.signIn(EMAIL);
    const { care } = (await world.as('clerk', `/guests/${guest}`)).body;
    const { differentiation } = (await me('/me/value')).body;
    const { treatments } = (await world.as('marketing', `/value/customers/${guest}`)).body;
    const exported = (await me('/me/export')).body['keepsake:treatments'].filter(
      (one: { arm: string; givesWay: boolean; isSuspended: boolean }) =>
        one.arm === 'treated' && !one.givesWay && !one.isSuspended,
    );
    const counts = [care.treatments, differentiation.treatments, treatments, exported].map(
      ({ length }) => length,
    );
    return new Set(counts);
  }

  test.each([
    { of: 'who goes without', first: 'control', second: 'treated', day: 3, has: 0 },
    { of: 'who is treated', first: 'treated', second: 'control', day: 3, has: 1 },
    {
      of: 'one moment, that of the smaller record',
      first: 'control',
      second: 'treated',
      day: 0,
      has: 0,
    },
  ] as const)('the first lot holds: $of', async ({ first, second, day, has }) => {
    await world.run(customers());
    await drawn(ann, first);
    await drawn(anna, second, day);
    await world.join(ann, anna);
    expect(await said(ann)).toEqual(new Set([has]));
    await part();
    const { treatments } = (await world.as('marketing', `/value/customers/${anna}`)).body;
    expect(treatments.length).toBe(1 - has);
  });

  test('the first lot holds also of the larger record', async () => {
    await world.run(customers());
    await drawn(ann, 'control', 3);
    await drawn(anna, 'treated');
    await world.join(ann, anna);
    expect(await said(ann)).toEqual(new Set([1]));
  });

  test('nobody is drawn anew who has a lot, by whichever record', async () => {
    await world.run([{ person: ann, tier: 'keep', subjects: [ann, anna].sort() }]);
    await drawn(anna, 'control');
    await world.join(ann, anna);
    await runOn(1);
    expect((await rows()).map(({ person }) => person)).toEqual([anna]);
    await part();
    await runOn(2);
    expect((await rows()).map(({ person }) => person)).toEqual([ann, anna]);
  });

  test('an objection suspends at once what either has, and its end lifts it at once', async () => {
    await world.run(customers());
    await drawn(ann, 'treated');
    await world.join(ann, anna);
    expect(await said(ann)).toEqual(new Set([1]));
    const me = await world.signIn(EMAIL);
    expect((await me('/me/value/contest', { words: 'No' })).status).toBe(200);
    expect(await said(ann)).toEqual(new Set([0]));
    const set = { tier: 'keep', because: 'It is right' };
    expect((await world.as('marketing', `/value/customers/${ann}/tier`, set)).status).toBe(200);
    expect(await said(ann)).toEqual(new Set([1]));
  });
});
