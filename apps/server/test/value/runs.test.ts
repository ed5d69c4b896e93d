import { DAY_MS, finish, HOUR_MS, MINUTE_MS } from '@keepsake/kernel';
import { fitValueModel, nextTierState, prepareScoring } from '@keepsake/value';
import { BASE_COSTS } from '@keepsake/value/testing';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { columnsOfAccounts } from '../../src/modules/accounts/accounts.rules.ts';
import { readAccounts } from '../../src/modules/accounts/accounts.store.ts';
import { findTerms } from '../../src/modules/terms/index.ts';
import { eraseValue } from '../../src/modules/value/index.ts';
import { holdClaimed, RunLost } from '../../src/modules/value/run-hold.ts';
import { claimRun, findRun, type RunRow } from '../../src/modules/value/runs.store.ts';
import { scoringTermsOf, type ValueEvent, valueBase } from '../../src/modules/value/value-job.ts';
import type { AfterRun } from '../../src/modules/value/value-keep.service.ts';
import { dayOf, seedOf } from '../../src/modules/value/value-run.rules.ts';
import type { ValueThread } from '../../src/modules/value/value-thread.ts';
import { createValuer, queueWish, type Valuer } from '../../src/modules/value/valuer.ts';
import {
  addTestCompany,
  openTestServer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';
import { addBase, personAt } from './base-world.ts';

const COSTS = { ...BASE_COSTS, validFrom: '2025-01-01' };
const CUSTOMERS = 120;

let server: TestServer;
let manager: string;
const valuers: Valuer[] = [];

beforeEach(async () => {
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  await addTestCompany(server, 'other');
  manager = await signInStaff(server, 'acme', 'marketing');
});
afterEach(async () => {
  for (const valuer of valuers.splice(0)) await valuer.stop();
  await server.close();
});

const db = () => server.deps.database.kysely;
const until = () => server.clock.now();
const addCustomers = (customers = CUSTOMERS, company = 'acme', seed = 5) =>
  addBase(server.deps.database, { company, customers, until: until(), seed });

async function putCosts(document: object = COSTS, company = 'acme'): Promise<void> {
  const cookie = company === 'acme' ? manager : await signInStaff(server, company, 'marketing');
  const path = `/api/c/${company}/value/costs`;
  const { status } = await server.call(path, { method: 'PUT', body: { document }, cookie });
  expect(status).toBe(200);
}

/** The work of the thread, here: `between` is called before each thing that it tells. */
function hereThread(between: (event: ValueEvent) => Promise<void> = async () => {}): ValueThread {
  return {
    end: () => {},
    run: async function* (job) {
      for (const event of valueBase(job)) {
        await between(event);
        yield event;
      }
    },
  };
}

function valuerOf(
  how: { readonly thread?: ValueThread; readonly afterRun?: readonly AfterRun[] } = {},
): Valuer {
  const valuer = createValuer(server.deps, how.afterRun ?? [], how.thread ?? hereThread());
  valuers.push(valuer);
  return valuer;
}

async function queue(how: { company?: string; months?: number; fit?: boolean } = {}) {
  const { company = 'acme', months = 0, fit = true } = how;
  // Two that began at one moment have no order.
  server.clock.advance(1);
  const wish = { company, months, wantsFit: fit, by: null };
  expect(await queueWish(db(), server.deps, wish)).toBe(true);
}

/** Queues a run and does it. */
async function runOnce(
  how: { company?: string; months?: number; fit?: boolean; valuer?: Valuer } = {},
): Promise<RunRow> {
  await queue(how);
  await (how.valuer ?? valuerOf()).wake();
  return await lastRun(how.company);
}

async function lastRun(company = 'acme'): Promise<RunRow> {
  return await db()
    .selectFrom('value_runs')
    .selectAll()
    .where('company', '=', company)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

type Table =
  | 'value_scores'
  | 'value_tiers'
  | 'value_months'
  | 'value_month_totals'
  | 'value_models'
  | 'value_reviews'
  | 'value_runs';

/** All rows of a company, in an order that does not depend on how they came. */
async function rowsOf<T extends Table>(table: T, company = 'acme') {
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(table)} as one where company = ${company} order by one::text`.execute(
    db(),
  );
  return rows;
}

const countOf = async (table: Table, company = 'acme') => (await rowsOf(table, company)).length;

const scores = async (company = 'acme') =>
  await db()
    .selectFrom('value_scores')
    .selectAll()
    .where('company', '=', company)
    .orderBy('person')
    .execute();

/** The tier of one customer, as it is kept. */
const tierOf = async (person: string) =>
  await db()
    .selectFrom('value_tiers')
    .selectAll()
    .where('person', '=', person)
    .executeTakeFirstOrThrow();

describe('asking for a run', () => {
  const path = '/api/c/acme/value/runs';
  const start = (body: object = {}) => server.call(path, { body, cookie: manager });

  test('two at once are one, which is done in a thread of its own and tells how far it is', async () => {
    await addCustomers();
    expect((await start()).body.type).toMatch('valuation/costs-missing');
    await putCosts();
    const [one, two] = await Promise.all([start({ months: 1 }), start({ months: 1 })]);
    expect([one.status, two.status]).toEqual([202, 202]);
    expect(two.body.run).toBe(one.body.run);
    const seen: number[] = [];
    for (let run = one.body; run.endedAt === null; ) {
      run = (await server.call(`${path}/${one.body.run}`, { cookie: manager })).body;
      seen.push(run.progress);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const { body } = await server.call(path, { cookie: manager });
    expect(body.items).toMatchObject([
      { run: one.body.run, state: 'done', progress: 1, problem: null, customers: CUSTOMERS },
    ]);
    const portfolio = await server.call('/api/c/acme/value', { cookie: manager });
    expect(portfolio.body).toMatchObject({ customers: CUSTOMERS, tooLittle: null, run: null });
    expect(portfolio.body.months.map((each: { month: string }) => each.month)).toEqual([
      ...['2026-02', '2026-03'],
    ]);
    expect(portfolio.body.backTest).toMatchObject({ until: '2026-03-02' });
  });

  test('nobody but who may look at values', async () => {
    const clerk = await signInStaff(server, 'acme', 'clerk');
    expect((await server.call(path, { body: {}, cookie: clerk })).status).toBe(403);
    const unknown = `${path}/${personAt(1)}`;
    expect((await server.call(unknown, { cookie: manager })).body.type).toMatch(
      'valuation/run-not-found',
    );
  });
});

describe('a run', () => {
  test('says what the engine says of the same accounts', async () => {
    await addCustomers();
    await putCosts();
    const run = await runOnce();
    expect(run).toMatchObject({ state: 'done', customers: CUSTOMERS, costs: COSTS.version });
    const { policy, settings } = await findTerms(db(), 'acme', dayOf(until()));
    const rows = await readAccounts(db(), 'acme');
    const columns = columnsOfAccounts(rows, { until: dayOf(until()), table: COSTS });
    const model = finish(fitValueModel(columns, COSTS));
    if (model.kind !== 'fitted') throw new Error(model.of);
    const terms = { table: COSTS, policy, settings, seed: seedOf('acme') };
    const scoring = finish(prepareScoring(scoringTermsOf(columns, model, terms)));
    const kept = await scores();
    expect(kept.length).toBe(CUSTOMERS);
    const below: string[] = [];
    for (const [i, row] of kept.entries()) {
      const { decision, value, drivers, review, ...score } = scoring.score(i, until());
      if (review !== undefined) below.push(row.person);
      expect(row).toMatchObject({
        ...{ person: score.customer, tier: decision.tier, value: value.mean },
        ...{ low: value.interval90.low, high: value.interval90.high, alive: value.alive },
        ...{ below_zero: value.belowZero, growth: score.growth, potential: score.potential },
        at_stake: decision.atStake,
        body: JSON.parse(
          JSON.stringify({ decision, drivers, potentialPurchases: score.potentialPurchases }),
        ),
      });
      const first = nextTierState(undefined, decision, policy, until());
      expect(await tierOf(row.person)).toMatchObject({
        ...{ tier: first.tier, candidate: first.candidate?.tier ?? null },
        ...{ since: new Date(until()), expires: new Date(first.expires), set_by: null },
      });
    }
    const reviews = await db().selectFrom('value_reviews').selectAll().execute();
    expect(reviews.map(({ person }) => person).sort()).toEqual(below.sort());
    expect(below.length).toBeGreaterThan(0);
  });

  test('takes the last fit, unless it is old, asked for, or by other costs', async () => {
    await addCustomers();
    await putCosts();
    const models: (string | null)[] = [];
    const next = async (fit: boolean, days: number) => {
      server.clock.advance(days * DAY_MS);
      const run = await runOnce({ fit });
      expect(run.state).toBe('done');
      models.push(run.model);
    };
    await next(false, 0);
    await next(false, 1);
    expect(models[1]).toBe(models[0]);
    await next(true, 1);
    await next(false, 27);
    await next(false, 2);
    await putCosts({ ...COSTS, version: 'other', validFrom: '2026-03-01', perOrderMinor: 500 });
    await next(false, 1);
    expect(new Set(models).size).toBe(4);
    expect([models[3], models[4]]).toEqual([models[2], expect.not.stringMatching(`${models[3]}`)]);
    expect(await countOf('value_models')).toBe(2);
    // The scores of the last run alone, and each month once.
    expect(await countOf('value_scores')).toBe(CUSTOMERS);
    expect(await countOf('value_months')).toBe(2 * CUSTOMERS);
  });

  test('finds too little, and leaves what was said before', async () => {
    await addCustomers();
    await putCosts();
    const good = await runOnce();
    const before = await Promise.all([rowsOf('value_scores'), rowsOf('value_tiers')]);
    await sql`delete from purchase_history where number_key not like '1-%'`.execute(db());
    await sql`delete from value_sums`.execute(db());
    server.clock.advance(DAY_MS);
    const run = await runOnce();
    expect(run).toMatchObject({ state: 'done', model: null, customers: 1 });
    const { body } = await server.call('/api/c/acme/value', { cookie: manager });
    expect(body.tooLittle).toBe('purchases');
    expect(await Promise.all([rowsOf('value_scores'), rowsOf('value_tiers')])).toEqual(before);
    expect(good.id).not.toBe(run.id);
  });

  test('leaves other companies alone', async () => {
    await addCustomers();
    await addCustomers(CUSTOMERS, 'other', 6);
    await putCosts();
    await putCosts(COSTS, 'other');
    await runOnce({ company: 'other', months: 1 });
    const all: readonly Table[] = [
      ...(['value_scores', 'value_tiers', 'value_months', 'value_month_totals'] as const),
      ...(['value_models', 'value_reviews', 'value_runs'] as const),
    ];
    const before = await Promise.all(all.map((table) => rowsOf(table, 'other')));
    server.clock.advance(DAY_MS);
    await runOnce({ months: 1 });
    await runOnce();
    expect(await Promise.all(all.map((table) => rowsOf(table, 'other')))).toEqual(before);
    expect(await countOf('value_scores')).toBe(CUSTOMERS);
    const foreign = `/api/c/acme/value/runs/${(await lastRun('other')).id}`;
    expect((await server.call(foreign, { cookie: manager })).status).toBe(404);
  });
});

describe('months that have passed', () => {
  test('are decided once, the oldest first, and the present goes on from them', async () => {
    await addCustomers();
    await putCosts();
    const run = await runOnce({ months: 3 });
    expect(run).toMatchObject({ state: 'done', months: 3 });
    const totals = await rowsOf('value_month_totals');
    expect(totals.map(({ month }) => month)).toEqual([
      ...['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01'],
    ]);
    const months = await db().selectFrom('value_months').selectAll().execute();
    for (const { month, customers, equity, profit } of totals) {
      const own = months.filter((row) => row.month === month);
      expect(own.length).toBe(customers);
      expect(own.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(Number(equity), 6);
      if (month !== '2026-03-01') expect(profit).not.toBe(0);
    }
    // Nobody begins in the present who had a tier at the end of February.
    const since = new Set((await rowsOf('value_tiers')).map((row) => String(row['since'])));
    expect(since.size).toBeGreaterThan(2);
    expect(since.has(String(new Date('2025-12-31T23:59:59.999Z')))).toBe(true);

    server.clock.advance(DAY_MS);
    await runOnce({ months: 5 });
    const again = await rowsOf('value_month_totals');
    expect(again.map(({ month }) => month)).toEqual([
      ...['2025-10-01', '2025-11-01', ...totals.map(({ month }) => month)],
    ]);
    const before = await db()
      .selectFrom('value_months')
      .selectAll()
      .where('month', 'in', ['2025-12-01', '2026-01-01', '2026-02-01'])
      .execute();
    const old = months.filter(({ month }) => month < '2026-03-01');
    expect(new Set(before.map((row) => JSON.stringify(row)))).toEqual(
      new Set(old.map((row) => JSON.stringify(row))),
    );
  });

  test('a month is closed with what it brought to its end', async () => {
    await addCustomers(60);
    await putCosts({ ...COSTS, marginBasisPointsByCategory: {}, marginBasisPoints: 10_000 });
    await runOnce();
    const profit = async () =>
      (await rowsOf('value_month_totals')).find(({ month }) => month === '2026-03-01')?.['profit'];
    const before = Number(await profit());
    await sql`
      insert into purchase_history (company, source, number_key, kind, subject, day, amount_minor,
        currency, lines, own_fault, content_key, content_sealed, imported_at)
      values ('acme', 'shop', 'late', 'purchase', ${personAt(3)}, '2026-03-30', 100000, 'EUR', 1,
        false, '', '', ${new Date(until() + 30 * DAY_MS)})`.execute(db());
    server.clock.set(Date.parse('2026-04-02T09:00:00Z'));
    await runOnce();
    const { perOrderMinor, perLineMinor, paymentBasisPoints } = COSTS;
    const cost = (perOrderMinor + perLineMinor) / 100 + (1_000 * paymentBasisPoints) / 10_000;
    expect(Number(await profit())).toBeCloseTo(before + 1_000 - cost, 6);
    expect(await countOf('value_months')).toBe(120);
  });
});

describe('a run that is cut short', () => {
  beforeEach(async () => {
    await addCustomers();
    await putCosts();
  });

  test('is taken over when nothing was heard of it for a minute, and nothing is there twice', async () => {
    await queue({ months: 1 });
    const now = new Date(until());
    const claimed = await server.deps.database.transaction((tx) =>
      claimRun(tx, { now, staleBefore: now, staleAfter: now }),
    );
    if (claimed === undefined) throw new Error('it was there to be claimed');
    // What a server leaves that was ended amid the work.
    const dead = holdClaimed(server.deps, claimed, () => false);
    await sql`insert into value_months (company, month, person, tier, value)
      values ('acme', '2026-02-01', ${personAt(1)}, 'keep', 1)`.execute(db());
    await sql`insert into value_scores (company, person, run, tier, value, low, high, below_zero,
        alive, growth, potential, at_stake, body)
      values ('acme', ${personAt(1)}, ${claimed.id}, 'keep', 1, 1, 1, 0, 1, 0, 1, 0, '{}')`.execute(
      db(),
    );
    const valuer = valuerOf();
    server.clock.advance(MINUTE_MS);
    await valuer.wake();
    expect((await lastRun()).state).toBe('running');
    server.clock.advance(1);
    await valuer.wake();
    expect(await lastRun()).toMatchObject({ id: claimed.id, state: 'done', customers: CUSTOMERS });
    expect(await countOf('value_scores')).toBe(CUSTOMERS);
    expect(await countOf('value_models')).toBe(1);
    // The dead one comes back to itself: it can do nothing any more.
    const place = { month: 0, months: 0, step: 'keeping', share: 1 } as const;
    await expect(dead.tell(place)).rejects.toThrow(RunLost);
    await expect(dead.inside(async () => 'done')).rejects.toThrow(RunLost);
    await dead.release();
    expect((await lastRun()).state).toBe('done');
  });

  test('is given back by a server that ends, and done by the next', async () => {
    await queue();
    const stopping: Promise<void>[] = [];
    const first: Valuer = valuerOf({
      thread: hereThread(async ({ kind }) => {
        if (kind === 'scored' && stopping.length === 0) stopping.push(first.stop());
      }),
    });
    await first.wake();
    await Promise.all(stopping);
    expect(await lastRun()).toMatchObject({ state: 'queued', ended_at: null });
    await valuerOf().wake();
    expect(await lastRun()).toMatchObject({ state: 'done', customers: CUSTOMERS });
    expect(await countOf('value_runs')).toBe(1);
  });

  test('by a follower that fails shows nothing of itself, and the next one can be done', async () => {
    await runOnce();
    const all = ['value_scores', 'value_tiers', 'value_months', 'value_models'] as const;
    const before = await Promise.all(all.map((table) => rowsOf(table)));
    server.clock.advance(DAY_MS);
    const failing: AfterRun = async (tx, { company }) => {
      await tx.deleteFrom('value_tiers').where('company', '=', company).execute();
      throw new Error('the follower fails');
    };
    const failed = await runOnce({ valuer: valuerOf({ afterRun: [failing] }) });
    expect(failed).toMatchObject({ state: 'failed', problem: 'server/failed', step: 'keeping' });
    expect(await Promise.all(all.map((table) => rowsOf(table)))).toEqual(before);
    const told: unknown[] = [];
    const next = await runOnce({
      valuer: valuerOf({
        afterRun: [
          async (tx, run) => {
            told.push(run, (await findRun(tx, run.company, run.run))?.state);
          },
        ],
      }),
    });
    expect(next).toMatchObject({ state: 'done', problem: null });
    expect(told).toEqual([{ company: 'acme', run: next.id, now: until() }, 'done']);
  });
});

describe('what happens during a run', () => {
  const whens = ['scored', 'ended'] as const;
  test.each(whens)('an objection stands, and a tier set by hand, when it has %s', async (when) => {
    await addCustomers();
    await putCosts();
    await runOnce();
    const since = until();
    server.clock.advance(DAY_MS);
    const [objecting, set] = [personAt(1), personAt(2)];
    const thread = hereThread(async ({ kind }) => {
      if (kind !== when) return;
      await sql`update value_tiers set tier = 'grow', contested_at = ${new Date(until())},
        contest_sealed = 'x' where person = ${objecting}`.execute(db());
      await sql`update value_tiers set tier = 'keep', set_by = 'somebody'
        where person = ${set}`.execute(db());
    });
    const before = await tierOf(objecting);
    await runOnce({ valuer: valuerOf({ thread }) });
    expect(await tierOf(objecting)).toEqual({
      ...{ ...before, tier: 'grow', contested_at: new Date(until()) },
      contest_sealed: expect.anything(),
    });
    const { policy } = await findTerms(db(), 'acme', dayOf(until()));
    const decided = (await scores()).find(({ person }) => person === set);
    if (decided === undefined) throw new Error('everybody is scored');
    const stood = {
      customer: set,
      tier: 'keep',
      contest: undefined,
      candidate: undefined,
    } as const;
    const times = await tierOf(set);
    const expires = since + policy.validDays * DAY_MS;
    const next = nextTierState(
      { ...stood, since, expires, lastRun: since },
      decided.body.decision,
      policy,
      until(),
    );
    expect([times.tier, times.set_by]).toEqual([
      ...[next.tier, next.since === since ? 'somebody' : null],
    ]);
    const months = await db().selectFrom('value_months').selectAll().execute();
    const shown = months.filter(({ person }) => person === objecting || person === set);
    expect(new Map(shown.map(({ person, tier }) => [person, tier]))).toEqual(
      new Map([
        [objecting, 'grow'],
        [set, next.tier],
      ]),
    );
  });

  test('who is erased is gone when it ends', async () => {
    await addCustomers();
    await putCosts();
    await runOnce();
    server.clock.advance(DAY_MS);
    let left = CUSTOMERS;
    const erase = async (): Promise<void> => {
      const person = personAt(--left);
      await server.deps.database.transaction(async (tx) => {
        await sql`select from subjects where id = ${person} for update`.execute(tx);
        await sql`delete from purchase_history where subject = ${person}`.execute(tx);
        await sql`delete from service_contacts where subject = ${person}`.execute(tx);
        await eraseValue(tx, 'acme', person);
        await sql`delete from subjects where id = ${person}`.execute(tx);
      });
    };
    const thread = hereThread(async ({ kind }) => {
      if (kind !== 'progress') await erase();
    });
    const run = await runOnce({ months: 2, valuer: valuerOf({ thread }) });
    expect(left).toBeLessThan(CUSTOMERS - 4);
    expect(run).toMatchObject({ state: 'done', customers: left });
    for (const table of ['value_scores', 'value_tiers'] as const) {
      expect(await countOf(table)).toBe(left);
    }
  });

  test('reviews end with what they were opened for, and a person is not asked twice', async () => {
    await addCustomers();
    await putCosts();
    await runOnce();
    const reviews = async () =>
      await db().selectFrom('value_reviews').selectAll().orderBy('person').execute();
    const opened = await reviews();
    const [one, other] = opened;
    if (one === undefined || other === undefined) throw new Error('there is work for a person');
    await sql`update value_reviews set closed_at = ${new Date(until())}, outcome = 'no-change'
      where id = ${one.id}`.execute(db());
    server.clock.advance(DAY_MS);
    await runOnce();
    const again = await reviews();
    expect(again.filter(({ person }) => person === one.person).length).toBe(1);
    expect(again.filter(({ person }) => person === other.person)).toEqual([other]);
    // Nothing costs anything any more.
    const free = { perOrderMinor: 0, perLineMinor: 0, perReturnMinor: 0, paymentBasisPoints: 0 };
    const contacts = { perContactMinor: {}, validFrom: '2026-03-01', version: 'free' };
    await putCosts({ ...COSTS, ...free, ...contacts });
    server.clock.advance(DAY_MS);
    await runOnce();
    const ended = await reviews();
    expect(ended.find(({ id }) => id === other.id)).toMatchObject({
      ...{ outcome: 'superseded', closed_at: new Date(until()), closed_by: null },
    });
    expect(ended.filter(({ closed_at }) => closed_at === null)).toEqual([]);
    expect(ended.find(({ id }) => id === one.id)?.outcome).toBe('no-change');
  });
});

describe('every day', () => {
  test('a base is valued anew by the last fit, if there are costs', async () => {
    await addCustomers();
    await addCustomers(20, 'other');
    await putCosts();
    const valuer = valuerOf();
    const daily = async (): Promise<number> => {
      await valuer.wakeDaily();
      await valuer.wake();
      return await countOf('value_runs');
    };
    await runOnce({ fit: true });
    expect(await daily()).toBe(1);
    server.clock.advance(24 * HOUR_MS - 1);
    expect(await daily()).toBe(1);
    server.clock.advance(1);
    expect(await daily()).toBe(2);
    expect(await daily()).toBe(2);
    expect(await lastRun()).toMatchObject({
      ...{ state: 'done', months: 0, wants_fit: false, asked_by: null },
    });
    expect(await countOf('value_models')).toBe(1);
    expect(await countOf('value_runs', 'other')).toBe(0);
  });

  test('and soon again where it failed', async () => {
    await addCustomers();
    await putCosts();
    const fail = () => Promise.reject(new Error('the follower fails'));
    const failing = valuerOf({ afterRun: [fail] });
    const daily = async (): Promise<number> => {
      await failing.wakeDaily();
      await failing.wake();
      return await countOf('value_runs');
    };
    expect(await daily()).toBe(1);
    server.clock.advance(9 * MINUTE_MS);
    expect(await daily()).toBe(1);
    server.clock.advance(MINUTE_MS);
    expect(await daily()).toBe(2);
  });

  test('the first time, with the months of a year', async () => {
    await addCustomers(20);
    await putCosts();
    await sql`delete from purchase_history`.execute(db());
    const valuer = valuerOf();
    await valuer.wakeDaily();
    await valuer.wake();
    expect(await lastRun()).toMatchObject({ state: 'done', months: 12, customers: 0 });
  });
});
