import { DAY_MS } from '@keepsake/kernel';
import { valueOfDrivers } from '@keepsake/value';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COHORT, DRIVERS, OTHER, openValueWorld, RATES, type ValueWorld } from './value-world.ts';

const NOBODY = '0190c0de-0000-7000-8000-000000000000';

let world: ValueWorld;
beforeEach(async () => {
  world = await openValueWorld();
});
afterEach(() => world.server.close());

const customer = (guest: string, company?: string) =>
  world.as('marketing', `/value/customers/${guest}`, undefined, company);
const kysely = () => world.server.deps.database.kysely;

describe('one customer', () => {
  test('is told with everything that the run says, and why', async () => {
    const person = await world.addPerson({ name: 'Ann Alone' });
    await world.addMonths('2026-01', [[person, 'maintain', 90]]);
    await world.addMonths('2026-02', [[person, 'keep', 110]]);
    await world.run([{ person, tier: 'keep', value: 123.4, candidate: 'grow' }]);
    const { status, body } = await customer(person);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ guest: person, name: 'Ann Alone', currency: 'EUR', tier: 'keep', given: 'keep' },
      ...{ candidate: 'grow', why: 'least-loss', value: 123.4, low: 113.4, high: 133.4 },
      ...{ alive: 0.9, belowZero: 0.1, growth: 5, potential: 173.4, atStake: 2 },
      ...{ contest: null, answer: null, review: null, treatments: [] },
      probabilities: { top: 0.1, growable: 0.2, ordinary: 0.6, belowZero: 0.1 },
      basis: { until: '2026-03-01', costs: 'costs-1', policy: 'policy-1' },
      counts: {
        ...{ firstDay: '2024-05-01', lastDay: '2026-02-01', purchases: 5, meanSpend: 25 },
        ...{ returns: 1, contacts: { phone: 2 }, categories: { shoes: 5 } },
      },
      months: [
        { month: '2026-01', tier: 'maintain', value: 90 },
        { month: '2026-02', tier: 'keep', value: 110 },
      ],
    });
  });

  test.each([123.4, -88.25, 4_000_000.5])(
    'is worth what the mean one is, the reasons and the remainder: %d',
    async (value) => {
      const person = await world.addPerson();
      const drivers = { ...DRIVERS, spend: DRIVERS.spend * Math.max(1, value / 100) };
      await world.run([{ person, value, drivers }]);
      const { body } = await customer(person);
      expect(body.cohortValue).toBeCloseTo(valueOfDrivers(COHORT, RATES), 12);
      const amounts = body.reasons.map((reason: { amount: number }) => reason.amount);
      const sum = amounts.reduce((all: number, amount: number) => all + amount, 0);
      expect(Math.abs(body.cohortValue + sum + body.remainder - value)).toBeLessThan(
        1e-9 * Math.max(1, Math.abs(value)),
      );
      expect(body.cohortValue + sum).toBeCloseTo(valueOfDrivers(drivers, RATES), 6);
      expect(body.reasons.length).toBe(7);
      const spend = body.reasons.find((reason: { driver: string }) => reason.driver === 'spend');
      expect([spend.customer, spend.cohort]).toEqual([drivers.spend, COHORT.spend]);
    },
  );

  test('is found by any subject of the person, and by no name of another company', async () => {
    const [one, two] = [await world.addPerson(), await world.addPerson({ name: 'Tom Twice' })];
    const person = await world.join(one, two);
    await world.run([{ person, subjects: [one, two].sort() }]);
    for (const guest of [one, two]) {
      expect((await customer(guest)).body).toMatchObject({ guest: person, name: 'Tom Twice' });
    }
    expect((await customer(one, OTHER)).body.type).toBe('guest/not-found');
  });

  test('who was joined since is told as the next run will: by the smallest subject', async () => {
    const [one, two] = [await world.addPerson(), await world.addPerson()].sort() as [
      string,
      string,
    ];
    await world.run([
      { person: one, value: 1 },
      { person: two, value: 2 },
    ]);
    expect((await customer(two)).body.value).toBe(2);
    await world.join(one, two);
    expect((await customer(two)).body).toMatchObject({ guest: one, value: 1 });
  });

  test('who is unknown is told apart from who has not bought', async () => {
    const person = await world.addPerson();
    await world.run([]);
    expect((await customer(person)).body.type).toBe('valuation/not-reckoned');
    expect((await customer(NOBODY)).body.type).toBe('guest/not-found');
    expect((await customer('nobody')).status).toBe(400);
    const path = `/value/customers/${NOBODY}/counterfactuals`;
    expect((await world.as('marketing', path)).body.type).toBe('guest/not-found');
  });

  test('has no tier that has effects once it is too old', async () => {
    const person = await world.addPerson();
    const expires = new Date(world.server.clock.now() + DAY_MS);
    await world.run([{ person, tier: 'keep', expires }]);
    expect((await customer(person)).body.tier).toBe('keep');
    world.server.clock.advance(DAY_MS);
    expect((await customer(person)).body).toMatchObject({ tier: 'undecided', given: 'keep' });
  });

  test('shows the open review, and else the last that was closed', async () => {
    const person = await world.addPerson();
    await world.run([{ person, tier: 'below-zero', value: -40 }]);
    const old = await world.addReview(person);
    await sql`update value_reviews set outcome = 'superseded', closed_at = now()
      where id = ${old}::uuid`.execute(kysely());
    expect((await customer(person)).body.review).toMatchObject({
      review: old,
      closed: { outcome: 'superseded', by: null, because: null, remedies: [] },
    });
    const open = await world.addReview(person);
    expect((await customer(person)).body.review).toMatchObject({ review: open, closed: null });
  });

  test.each(['clerk', 'maker', 'product-manager', 'privacy-officer'] as const)(
    'is not for a %s',
    async (role) => {
      const person = await world.addPerson();
      await world.run([{ person }]);
      expect((await world.as(role, `/value/customers/${person}`)).status).toBe(403);
    },
  );
});

describe('the desk', () => {
  const card = async (guest: string) => (await world.as('clerk', `/guests/${guest}`)).body;

  test('is told whom to look after, and never what somebody is worth', async () => {
    const [kept, low] = [
      await world.addPerson({ name: 'A' }),
      await world.addPerson({ name: 'B' }),
    ];
    await world.run([
      { person: kept, tier: 'keep', value: 987.125 },
      { person: low, tier: 'below-zero', value: -987.125 },
    ]);
    expect((await card(kept)).care).toEqual({ isKept: true, treatments: [] });
    expect((await card(low)).care).toEqual({ isKept: false, treatments: [] });
    for (const guest of [kept, low]) {
      expect(JSON.stringify(await card(guest))).not.toMatch(/987|below|zero/);
    }
  });

  test('is told in words what the guest has of the treatments, but for what is contested', async () => {
    const person = await world.addPerson({ name: 'A' });
    await world.run([{ person, tier: 'keep' }]);
    const words = { en: 'An upgrade where there is one', de: 'Ein Upgrade, wenn eines frei ist' };
    const treatment = {
      ...{ id: 'upgrade', words, kind: 'service-level', tiers: ['keep'], priority: 1 },
      ...{ excludes: [], from: '2026-01-01', until: '2027-01-01', controlShare: 0.1, worth: 5 },
    };
    const document = { version: '1', grounds: [], treatments: [treatment] };
    const path = '/api/c/acme/treatments';
    const cookie = await world.cookieOf('marketing');
    const put = await world.server.call(path, { method: 'PUT', body: { document }, cookie });
    expect(put.status).toBe(200);
    const now = new Date(world.server.clock.now());
    await kysely()
      .insertInto('treatment_assignments')
      .values({
        ...{ company: 'acme', treatment: 'upgrade', person, arm: 'treated', assigned_at: now },
        ...{ counts_at: now, before: 0, outcome: null },
      })
      .execute();
    expect((await card(person)).care).toEqual({
      ...{ isKept: true, treatments: [{ words, kind: 'service-level' }] },
    });
    const { body } = await customer(person);
    expect(body.treatments).toMatchObject([{ treatment: 'upgrade', words, kind: 'service-level' }]);
    await sql`update value_tiers set contested_at = now(), contest_sealed = ''`.execute(kysely());
    expect((await card(person)).care).toEqual({ isKept: false, treatments: [] });
  });
});
