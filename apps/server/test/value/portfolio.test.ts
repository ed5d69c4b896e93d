import { DAY_MS, seededRandom } from '@keepsake/kernel';
import { groupQuantities, migrationMatrix, TIERS, type Tier } from '@keepsake/value';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepMonthTiers } from '../../src/modules/value/index.ts';
import {
  COHORT,
  DRIVERS,
  OTHER,
  openValueWorld,
  runBody,
  type Scored,
  type ValueWorld,
} from './value-world.ts';

let world: ValueWorld;
beforeEach(async () => {
  world = await openValueWorld();
});
afterEach(() => world.server.close());

const portfolio = async (company?: string) =>
  (await world.as('marketing', '/value', undefined, company)).body;
const customers = async (query = '', company?: string) =>
  (await world.as('marketing', `/value/customers${query}`, undefined, company)).body;
const kysely = () => world.server.deps.database.kysely;

/** So many customers with tiers and values by chance, a few of which are equal. */
async function someScored(count: number): Promise<Scored[]> {
  const random = seededRandom(11);
  const scored: Scored[] = [];
  for (let i = 0; i < count; i++) {
    const person = await world.addPerson();
    const [value, growth, atStake] = [200, 50, 20].map(
      (most) => Math.round((random.next() - 0.3) * most) / 4,
    );
    const tier = TIERS[Math.floor(random.next() * TIERS.length)] ?? 'keep';
    scored.push({ person, tier, value: value ?? 0, growth: growth ?? 0, atStake: atStake ?? 0 });
  }
  return scored;
}

describe('the portfolio', () => {
  test('is empty before the first run, and shows one that is under way', async () => {
    expect(await portfolio()).toMatchObject({
      ...{ currency: 'EUR', basis: null, run: null, tooLittle: null, customers: 0, equity: 0 },
      ...{ tiers: [], months: [], backTest: null, openReviews: 0, openContests: 0 },
    });
    await sql`
      insert into value_runs (company, id, state, step, progress, months, wants_fit, started_at, seen_at)
      values ('acme', gen_random_uuid(), 'running', 'scoring', 0.4, 2, true, now(), now())`.execute(
      kysely(),
    );
    expect((await portfolio()).run).toMatchObject({ state: 'running', step: 'scoring', months: 2 });
  });

  test('sums the last run up by the tier that has effects now', async () => {
    const scored = await someScored(40);
    await world.run(scored.slice(0, 10));
    world.server.clock.advance(DAY_MS);
    await world.run(scored);
    const [contested, expired] = scored.filter(({ tier }) => tier === 'keep');
    await sql`update value_tiers set contested_at = now(), contest_sealed = ''
      where person = ${contested?.person}::uuid`.execute(kysely());
    await sql`update value_tiers set expires = ${new Date(world.server.clock.now())}
      where person = ${expired?.person}::uuid`.execute(kysely());
    const tierOf = (one: Scored): Tier =>
      one === contested || one === expired ? 'undecided' : (one.tier ?? 'keep');
    const values = Float64Array.from(scored, ({ value = 0 }) => value);
    const groups = groupQuantities(scored.map(tierOf), values);
    const body = await portfolio();
    expect(body.customers).toBe(40);
    expect(body.equity).toBeCloseTo(
      values.reduce((sum, value) => sum + value, 0),
      9,
    );
    expect(body.tiers.map((one: { tier: Tier }) => one.tier)).toEqual(
      TIERS.filter((tier) => groups.some(({ group }) => group === tier)),
    );
    for (const group of groups) {
      const shown = body.tiers.find((one: { tier: Tier }) => one.tier === group.group);
      expect(shown.customers).toBe(group.count);
      expect(shown.value).toBeCloseTo(group.total, 9);
      expect(shown.shareOfValue).toBeCloseTo(group.shareOfValue ?? 0, 9);
      shown.quantiles.forEach((quantile: number, i: number) => {
        expect(quantile).toBeCloseTo(group.quantiles[i] ?? 0, 9);
      });
    }
    expect(body.openContests).toBe(1);
    expect(body.basis).toMatchObject({ until: '2026-03-01', horizonWeeks: 156, costs: 'costs-1' });
    expect(body.whale).toEqual(runBody().base?.whale);
  });

  test('shows 24 months, and what each returned on the one before', async () => {
    const person = await world.addPerson();
    const monthAt = (i: number): string => new Date(Date.UTC(2024, i, 1)).toISOString().slice(0, 7);
    for (let i = 0; i < 26; i++) {
      await world.addMonths(monthAt(i), [[person, i % 2 === 0 ? 'keep' : 'grow', 100 + i]], 7);
    }
    const { months } = await portfolio();
    expect(months.length).toBe(24);
    expect([months[0].month, months[23].month]).toEqual(['2024-03', '2026-02']);
    expect(months[0].returnOnCustomer).toBeCloseTo((7 + 102 - 101) / 101, 12);
    expect(months[23].returnOnCustomer).toBeCloseTo((7 + 125 - 124) / 124, 12);
    expect(months[1].tiers).toEqual({
      ...{ keep: 0, grow: 1, maintain: 0, 'below-zero': 0, undecided: 0 },
    });
    expect([months[1].customers, months[1].equity, months[1].profit]).toEqual([1, 103, 7]);
  });

  test('shows what a run has counted of a month, whoever is erased since', async () => {
    const people = [await world.addPerson(), await world.addPerson()] as const;
    const [one, two] = people;
    await world.addMonths('2025-03', [[one, 'keep', 1]]);
    await world.addMonths('2026-02', [
      [one, 'keep', 1],
      [two, 'keep', 1],
    ]);
    await world.addMonths('2026-03', []);
    const keep = async () => {
      const from = new Date(world.server.clock.now() - 31 * DAY_MS);
      await world.server.deps.database.transaction((tx) => keepMonthTiers(tx, 'acme', from));
    };
    const kept = async () =>
      (await portfolio()).months.map((month: { tiers: { keep: number } }) => month.tiers.keep);
    expect(await kept()).toEqual([1, 2, 0]);
    await keep();
    await sql`delete from value_months where person = ${one}::uuid`.execute(kysely());
    expect(await kept()).toEqual([1, 2, 0]);
    // The month at hand and the one before may have been written anew.
    await keep();
    expect(await kept()).toEqual([1, 1, 0]);
  });

  test('says nothing of a month whose month before is missing, or was worth nothing', async () => {
    const person = await world.addPerson();
    await world.addMonths('2025-10', [[person, 'keep', 100]]);
    await world.addMonths('2025-12', [[person, 'keep', 0]]);
    await world.addMonths('2026-01', [[person, 'keep', 90]]);
    const returns = (await portfolio()).months.map(
      (one: { returnOnCustomer: number | null }) => one.returnOnCustomer,
    );
    expect(returns).toEqual([null, null, null]);
  });

  test('says of what there was too little, and what failed last', async () => {
    await world.run([{ person: await world.addPerson(), value: 7 }]);
    world.server.clock.advance(DAY_MS);
    await world.run([], { body: { tooLittle: 'purchases', base: null } });
    world.server.clock.advance(DAY_MS);
    const now = new Date(world.server.clock.now());
    await sql`
      insert into value_runs (company, id, state, step, progress, months, wants_fit, started_at,
        seen_at, ended_at, problem)
      values ('acme', gen_random_uuid(), 'failed', 'fitting', 0.1, 0, true, ${now}, ${now}, ${now},
        'valuation/costs-missing')`.execute(kysely());
    const body = await portfolio();
    // What was said before stays.
    expect([body.basis.until, body.equity, body.tooLittle]).toEqual(['2026-03-01', 7, 'purchases']);
    expect(body.run).toMatchObject({ state: 'failed', problem: 'valuation/costs-missing' });
  });

  test('is of one company alone', async () => {
    await world.run(await someScored(5));
    await world.addReview(await world.addPerson());
    const other = await portfolio(OTHER);
    expect([other.customers, other.openReviews, other.basis]).toEqual([0, 0, null]);
    expect((await portfolio()).openReviews).toBe(1);
    expect((await world.as('marketing', '/value/customers?limit=101')).status).toBe(400);
    expect((await customers('', OTHER)).items).toEqual([]);
  });

  test.each(['clerk', 'maker', 'product-manager', 'privacy-officer'] as const)(
    'is not for a %s',
    async (role) => {
      expect((await world.as(role, '/value')).status).toBe(403);
      expect((await world.as('owner', '/value')).status).toBe(200);
    },
  );
});

describe('migration', () => {
  test('between any two months is what the engine counts, and knows who came and left', async () => {
    const scored = await someScored(60);
    const random = seededRandom(5);
    const monthOf = () =>
      scored
        .filter(() => random.next() < 0.8)
        .map(({ person, value = 0 }) => {
          const tier = TIERS[Math.floor(random.next() * TIERS.length)] ?? 'keep';
          return [person, tier, value + random.next()] as const;
        });
    const [first, second] = [monthOf(), monthOf()];
    await world.addMonths('2025-03', first);
    await world.addMonths('2025-04', []);
    await world.addMonths('2026-01', second);
    const tiersOf = (month: typeof first) =>
      new Map(month.map(([person, tier]) => [person, tier] as const));
    const matrix = migrationMatrix(tiersOf(first), tiersOf(second));
    const asked = await world.as('marketing', '/value/migration?from=2025-03&to=2026-01');
    expect(asked.status).toBe(200);
    const counted = asked.body.flows.map((flow: { from: Tier; to: Tier; customers: number }) => [
      ...[flow.from, flow.to, flow.customers],
    ]);
    const places = [...TIERS, 'absent'] as const;
    expect(counted).toEqual(
      places.flatMap((from) =>
        places.flatMap((to) => (matrix[from][to] > 0 ? [[from, to, matrix[from][to]]] : [])),
      ),
    );
    const value = asked.body.flows.reduce(
      (sum: number, flow: { value: number }) => sum + flow.value,
      0,
    );
    const left = first.filter(([person]) => !second.some(([one]) => one === person));
    const expected = [...second, ...left].reduce((sum, [, , each]) => sum + each, 0);
    expect(value).toBeCloseTo(expected, 6);
  });

  test('wants months that were decided', async () => {
    await world.addMonths('2025-03', []);
    const ask = async (from: string, to: string) =>
      await world.as('marketing', `/value/migration?from=${from}&to=${to}`);
    expect((await ask('2025-03', '2025-03')).body.flows).toEqual([]);
    expect((await ask('2025-03', '2025-04')).body.type).toBe('valuation/month-not-found');
    expect((await ask('2025-13', '2025-03')).status).toBe(400);
  });
});

describe('the list of customers', () => {
  test.each(['value', 'growth', 'atStake', 'belowZero'] as const)(
    'goes on where the page before ended, sorted by %s',
    async (sort) => {
      const scored = await someScored(30);
      await world.run(scored);
      const keyOf = (one: Scored): number =>
        (sort === 'growth' ? one.growth : sort === 'atStake' ? one.atStake : one.value) ?? 0;
      const sign = sort === 'belowZero' ? 1 : -1;
      const expected = [...scored].sort(
        (a, b) => sign * (keyOf(a) - keyOf(b)) || -sign * (a.person < b.person ? -1 : 1),
      );
      const seen: string[] = [];
      for (let cursor = ''; ; ) {
        const page = await customers(`?sort=${sort}&limit=7${cursor}`);
        seen.push(...page.items.map((one: { guest: string }) => one.guest));
        if (page.next === null) break;
        cursor = `&cursor=${page.next}`;
      }
      expect(seen).toEqual(expected.map(({ person }) => person));
    },
  );

  test('is of those who have the tier now, each by name and with the main reason', async () => {
    const alone = await world.addPerson({ name: 'Ann Alone' });
    const [one, two] = [await world.addPerson(), await world.addPerson({ name: 'Tom Twice' })];
    const both = await world.join(one, two);
    const late = await world.addPerson({ name: 'Lea Late' });
    const now = new Date(world.server.clock.now());
    await world.run([
      { person: alone, tier: 'keep', value: 10 },
      { person: both, tier: 'keep', value: 30 },
      { person: late, tier: 'keep', value: 20, expires: now },
    ]);
    const kept = await customers('?tier=keep');
    expect(kept.items.map((each: { name: string }) => each.name)).toEqual([
      'Tom Twice',
      'Ann Alone',
    ]);
    expect(kept.items[1]).toMatchObject({
      ...{ guest: alone, tier: 'keep', value: 10, low: 0, high: 20, isContested: false },
      mainReason: { driver: 'spend', amount: 12.5, customer: DRIVERS.spend, cohort: COHORT.spend },
    });
    const undecided = await customers('?tier=undecided');
    expect(undecided.items.map((each: { name: string }) => each.name)).toEqual(['Lea Late']);
    expect((await customers('?tier=grow')).items).toEqual([]);
  });

  test('begins anew where a cursor is of another list, or of none', async () => {
    await world.run(await someScored(4));
    const first = await customers('?limit=2');
    const again = await customers(`?sort=growth&limit=2&cursor=${first.next}`);
    expect(again.items).toEqual((await customers('?sort=growth&limit=2')).items);
    expect((await customers('?limit=2&cursor=junk')).items).toEqual(first.items);
  });
});
