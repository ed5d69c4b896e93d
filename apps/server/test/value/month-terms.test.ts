/** By what each month was reckoned, as runs keep it, and what is compared of them. */
import { DAY_MS } from '@keepsake/kernel';
import { BASE_COSTS } from '@keepsake/value/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putDocument, putSettings } from '../../src/modules/terms/index.ts';
import { keepMonthTerms } from '../../src/modules/value/index.ts';
import type { MonthTerms } from '../../src/modules/value/month-terms.store.ts';
import { valueBase } from '../../src/modules/value/value-job.ts';
import { createValuer, queueWish } from '../../src/modules/value/valuer.ts';
import { addBase } from './base-world.ts';
import { COMPANY, openValueWorld, type ValueWorld } from './value-world.ts';

let world: ValueWorld;
beforeEach(async () => {
  // It has the cost table `costs-1`, which begins on 2025-01-01; it is the 2nd of March 2026.
  world = await openValueWorld();
  const until = world.server.clock.now();
  await addBase(world.server.deps.database, { company: COMPANY, customers: 60, until });
});
afterEach(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;

async function runOnce(months = 0): Promise<void> {
  const { deps } = world.server;
  const thread = {
    end: () => {},
    run: async function* (job: Parameters<typeof valueBase>[0]) {
      yield* valueBase(job);
    },
  };
  const valuer = createValuer(deps, [(tx, ended) => keepMonthTerms(tx, ended)], thread);
  world.server.clock.advance(1);
  await queueWish(kysely(), deps, { company: COMPANY, months, wantsFit: true, by: null });
  await valuer.wake();
  await valuer.stop();
  const { rows } = await sql`
    select state, problem, body->>'tooLittle' as missing from value_runs
    order by started_at desc limit 1`.execute(kysely());
  expect(rows).toEqual([{ state: 'done', problem: null, missing: null }]);
}

async function putCosts(version: string, validFrom: string): Promise<void> {
  const { deps } = world.server;
  const document = { ...BASE_COSTS, version, validFrom, perOrderMinor: 900 };
  const stated = { company: COMPANY, kind: 'costs', document, by: null } as const;
  const put = await deps.database.transaction((tx) => putDocument(tx, deps, stated));
  expect(put.kind).toBe('made');
}

async function putHorizon(horizonWeeks: number): Promise<void> {
  const { deps } = world.server;
  const settings = { horizonWeeks, growthReach: 0.5, growthCost: 25, newWeeks: 4 };
  const of = { company: COMPANY, settings, by: null };
  await deps.database.transaction((tx) => putSettings(tx, deps, of));
}

/** Month, cost table of equity, that of the profit, and horizon. */
async function kept() {
  const { rows } = await sql<{ month: string; terms: MonthTerms | null }>`
    select to_char(month, 'YYYY-MM') as month, terms from value_month_totals
    where company = ${COMPANY} order by month`.execute(kysely());
  return rows.map(({ month, terms }) => [
    ...[month, terms?.costs, terms?.profitCosts, terms?.horizonWeeks],
  ]);
}

const shown = async () =>
  (await world.as('marketing', '/value')).body.months.map(
    (one: { month: string; returnOnCustomer: number | null; termsChanged: boolean }) => [
      ...[one.month, one.returnOnCustomer !== null, one.termsChanged],
    ],
  );

test('a month is compared with the one before only where both were reckoned alike', async () => {
  await putCosts('costs-2', '2026-01-10');
  await runOnce(4);
  expect(await kept()).toEqual([
    ['2025-11', 'costs-1', 'costs-1', 104],
    ['2025-12', 'costs-1', 'costs-1', 104],
    ['2026-01', 'costs-2', 'costs-2', 104],
    ['2026-02', 'costs-2', 'costs-2', 104],
    ['2026-03', 'costs-2', 'costs-2', 104],
  ]);
  expect(await shown()).toEqual([
    ['2025-11', false, false],
    ['2025-12', true, false],
    ['2026-01', false, true],
    ['2026-02', true, false],
    ['2026-03', true, false],
  ]);

  // Another horizon: the month at hand is reckoned anew by it, those that have passed stay.
  await putHorizon(52);
  await runOnce();
  expect((await kept()).slice(3)).toEqual([
    ['2026-02', 'costs-2', 'costs-2', 104],
    ['2026-03', 'costs-2', 'costs-2', 52],
  ]);
  expect((await shown()).slice(3)).toEqual([
    ['2026-02', true, false],
    ['2026-03', false, true],
  ]);

  // The next month begins with it, and what the one before brought is counted to its end.
  world.server.clock.advance(31 * DAY_MS);
  await runOnce();
  expect((await kept()).slice(4)).toEqual([
    ['2026-03', 'costs-2', 'costs-2', 52],
    ['2026-04', 'costs-2', 'costs-2', 52],
  ]);
  expect((await shown()).slice(4)).toEqual([
    ['2026-03', false, true],
    ['2026-04', true, false],
  ]);
});

test('a table that is stated for a time that has passed reaches profits, and no equity', async () => {
  await runOnce(3);
  expect((await shown()).map(([, isTold]: [string, boolean]) => isTold)).toEqual([
    ...[false, true, true, true],
  ]);
  await putCosts('costs-2', '2026-02-15');
  await runOnce();
  expect(await kept()).toEqual([
    ['2025-12', 'costs-1', 'costs-1', 104],
    ['2026-01', 'costs-1', 'costs-1', 104],
    ['2026-02', 'costs-1', 'costs-2', 104],
    ['2026-03', 'costs-2', 'costs-2', 104],
  ]);
  expect(await shown()).toEqual([
    ['2025-12', false, false],
    ['2026-01', true, false],
    ['2026-02', false, true],
    ['2026-03', false, true],
  ]);
});

test('months from before stay as they are, and are no change', async () => {
  await world.addMonths('2026-01', [], 5);
  await world.addMonths('2026-02', [], 5);
  await sql`update value_month_totals set terms = '{}', equity = 100`.execute(kysely());
  await runOnce();
  expect(await kept()).toEqual([
    ['2026-01', undefined, undefined, undefined],
    ['2026-02', undefined, undefined, undefined],
    ['2026-03', 'costs-1', 'costs-1', 104],
  ]);
  expect(await shown()).toEqual([
    ['2026-01', false, false],
    ['2026-02', true, false],
    ['2026-03', true, false],
  ]);
});
