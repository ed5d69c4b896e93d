import type { Counterfactual, CustomerValue, Portfolio, Tier } from '@keepsake/contract';
import { BASE_COSTS } from '@keepsake/value/testing';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { valueBase } from '../../src/modules/value/value-job.ts';
import type { ValueThread } from '../../src/modules/value/value-thread.ts';
import { createValuer, queueWish } from '../../src/modules/value/valuer.ts';
import {
  addTestCompany,
  openTestServer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';
import { addBase } from './base-world.ts';

const CUSTOMERS = 300;
/** From what a customer would wish for least to what most. */
const BY_WISH: readonly Tier[] = ['below-zero', 'undecided', 'maintain', 'grow', 'keep'];

let server: TestServer;
let manager: string;
beforeAll(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  manager = await signInStaff(server, 'acme', 'marketing');
  await addBase(server.deps.database, {
    ...{ company: 'acme', customers: CUSTOMERS, until: server.clock.now() },
  });
  const document = { ...BASE_COSTS, validFrom: '2025-01-01' };
  const path = '/api/c/acme/value/costs';
  await server.call(path, { method: 'PUT', body: { document }, cookie: manager });
  await runOnce();
});
afterAll(() => server.close());

const get = async (path: string) =>
  (await server.call(`/api/c/acme/value${path}`, { cookie: manager })).body;
const kysely = () => server.deps.database.kysely;

/** One run in this thread. */
async function runOnce(): Promise<void> {
  const here: ValueThread = {
    end: () => {},
    run: async function* (job) {
      yield* valueBase(job);
    },
  };
  const { deps } = server;
  await queueWish(kysely(), deps, { company: 'acme', months: 0, wantsFit: true, by: null });
  const valuer = createValuer(deps, [], here);
  await valuer.wake();
  await valuer.stop();
}

test('what a run keeps is what the pages say, and its reasons sum to the value', async () => {
  const portfolio: Portfolio = await get('');
  expect(portfolio.run).toBeNull();
  expect(portfolio.basis?.fit.customers).toBe(portfolio.customers);
  expect(portfolio.customers).toBeGreaterThan(CUSTOMERS / 2);
  expect(portfolio.equity).toBeCloseTo(portfolio.whale.total, 4);
  let cursor = '';
  let listed = 0;
  const remainders: number[] = [];
  for (;;) {
    const page = await get(`/customers?limit=50${cursor}`);
    for (const { guest, value, mainReason } of page.items) {
      const one: CustomerValue = await get(`/customers/${guest}`);
      const sum = one.reasons.reduce((all, { amount }) => all + amount, one.cohortValue);
      expect(Math.abs(sum + one.remainder - value)).toBeLessThan(
        1e-9 * Math.max(1, Math.abs(value)),
      );
      expect(mainReason.driver).toBe(one.reasons[0]?.driver);
      expect([mainReason.customer, mainReason.cohort]).toEqual([
        one.reasons[0]?.customer,
        one.reasons[0]?.cohort,
      ]);
      expect(mainReason.amount).toBeCloseTo(one.reasons[0]?.amount ?? 0, 6);
      remainders.push(Math.abs(one.remainder) / (one.high - one.low));
      listed++;
    }
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  expect(listed).toBe(portfolio.customers);
  // What no reason tells is a small part of what is not known anyway.
  remainders.sort((a, b) => a - b);
  expect(remainders.at(Math.floor(listed * 0.95))).toBeLessThan(0.25);
});

test('what would do leads to a better tier, and is true when the account is like that', async () => {
  const { rows } = await sql<{ person: string }>`
    select person from value_scores where tier <> 'keep' order by tier, value limit 40`.execute(
    kysely(),
  );
  let told = 0;
  for (const { person } of rows) {
    const { items }: { items: Counterfactual[] } = await get(
      `/customers/${person}/counterfactuals`,
    );
    const [score] = await kysely()
      .selectFrom('value_scores')
      .select('tier')
      .where('person', '=', person)
      .execute();
    for (const one of items) {
      expect(BY_WISH.indexOf(one.tier)).toBeGreaterThan(BY_WISH.indexOf(score?.tier ?? 'keep'));
      expect(one.to).not.toBe(one.from);
      expect((one.channel !== null) === (one.of === 'contacts' || one.of === 'channel')).toBe(true);
      expect((one.into !== null) === (one.of === 'channel')).toBe(true);
    }
    told += items.length;
    const returns = items.find((one) => one.of === 'returns');
    if (returns === undefined) continue;
    await sql`update value_accounts set returns = ${returns.to}::int
      where person = ${person}::uuid`.execute(kysely());
    const again = await get(`/customers/${person}/counterfactuals`);
    // From there the same change is no more to be made, and what is told leads on from the new tier.
    for (const one of again.items) {
      expect(BY_WISH.indexOf(one.tier)).toBeGreaterThan(BY_WISH.indexOf(returns.tier));
    }
  }
  expect(told).toBeGreaterThan(10);
});

test('nothing is told where the model is no longer kept', async () => {
  const { rows } = await sql<{ person: string }>`select person from value_scores limit 1`.execute(
    kysely(),
  );
  await sql`delete from value_models`.execute(kysely());
  expect(await get(`/customers/${rows[0]?.person}/counterfactuals`)).toEqual({ items: [] });
});
