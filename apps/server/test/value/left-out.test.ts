/** What is in another currency than the company's is counted in nothing, and told. */
import { DAY_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { countLeftOut } from '../../src/modules/accounts/index.ts';
import { createSubject, linkSubjects } from '../../src/modules/memory/index.ts';
import { valueBase } from '../../src/modules/value/value-job.ts';
import { createValuer, queueWish } from '../../src/modules/value/valuer.ts';
import {
  COMPANY as CHARTED,
  dayAt,
  openAccountsWorld,
  referenceLeftOut,
} from './accounts-world.ts';
import { addBase, personAt } from './base-world.ts';
import { COMPANY, openValueWorld, type ValueWorld } from './value-world.ts';

describe('counting', () => {
  test('is of purchases in other currencies that would be counted, by person', async () => {
    const world = await openAccountsWorld();
    const [one = '', two = '', three = ''] = await world.database.transaction(async (tx) => [
      await createSubject(tx, world.deps, CHARTED),
      await createSubject(tx, world.deps, CHARTED),
      await createSubject(tx, world.deps, CHARTED),
    ]);
    const now = world.clock.now();
    const until = dayAt(now);
    const count = () => countLeftOut(world.kysely, CHARTED, until);
    const nothing = { purchases: 0, customers: 0, currencies: [] };
    expect(await count()).toEqual(nothing);

    await world.addHistory({ subject: one, number: 'a', day: '2025-01-01', minor: 5 });
    const usd = { currency: 'USD', minor: 500 };
    await world.addHistory({ subject: one, number: 'r', day: '2025-02-01', order: 'a', ...usd });
    await world.addHistory({ subject: one, number: 'f', day: dayAt(now + 2 * DAY_MS), ...usd });
    const ordered = { at: now, totalMinor: 900, currency: 'CHF' };
    await world.addOrder({ ...ordered, id: personAt(91), subject: null });
    await world.addOrder({ ...ordered, id: personAt(92), subject: two });
    await world.endOrder(personAt(92), 'cancelled', false);
    expect(await count()).toEqual(nothing);

    await world.addHistory({ subject: one, number: 'b', day: '2025-01-01', ...usd });
    await world.addHistory({ subject: three, number: 'c', day: until, ...usd });
    await world.addOrder({ ...ordered, id: personAt(93), subject: two });
    await world.endOrder(personAt(93), 'returned', true);
    expect(await count()).toEqual({ purchases: 3, customers: 3, currencies: ['CHF', 'USD'] });
    expect(await count()).toEqual(await referenceLeftOut(world, until));
    await world.database.transaction((tx) =>
      linkSubjects(tx, world.deps, { company: CHARTED, actor: null, kind: 'same', a: one, b: two }),
    );
    expect(await count()).toEqual({ purchases: 3, customers: 2, currencies: ['CHF', 'USD'] });
    expect(await countLeftOut(world.kysely, CHARTED, dayAt(now - DAY_MS))).toEqual({
      ...{ purchases: 1, customers: 1, currencies: ['USD'] },
    });
  });
});

describe('the portfolio', () => {
  let world: ValueWorld;
  afterEach(() => world.server.close());

  const kysely = () => world.server.deps.database.kysely;

  async function runOnce(): Promise<void> {
    const { deps } = world.server;
    const thread = {
      end: () => {},
      run: async function* (job: Parameters<typeof valueBase>[0]) {
        yield* valueBase(job);
      },
    };
    const valuer = createValuer(deps, [], thread);
    world.server.clock.advance(1);
    await queueWish(kysely(), deps, { company: COMPANY, months: 0, wantsFit: true, by: null });
    await valuer.wake();
    await valuer.stop();
  }

  const leftOut = async () => (await world.as('marketing', '/value')).body.leftOut;

  test('tells what the last run left out, whether it found enough or not', async () => {
    world = await openValueWorld();
    expect(await leftOut()).toBeNull();
    const until = world.server.clock.now();
    await addBase(world.server.deps.database, { company: COMPANY, customers: 60, until });
    const inYen = sql`number_key like '7-%' and kind = 'purchase'`;
    await sql`update purchase_history set currency = 'JPY' where ${inYen}`.execute(kysely());
    const { rows } = await sql`select from purchase_history where ${inYen}`.execute(kysely());
    expect(await leftOut()).toBeNull();
    await runOnce();
    const told = { purchases: rows.length, customers: 1, currencies: ['JPY'] };
    expect((await world.as('marketing', '/value')).body).toMatchObject({
      tooLittle: null,
      leftOut: told,
    });
    expect(rows.length).toBeGreaterThan(0);

    // A run that has not ended says nothing yet, nor does one that failed.
    const late = { ...told, purchases: 999 };
    await sql`
      insert into value_runs (company, id, state, step, progress, months, wants_fit, started_at,
        seen_at, left_out)
      values (${COMPANY}, gen_random_uuid(), 'running', 'scoring', 0.4, 0, true, now(), now(),
        ${JSON.stringify(late)}::jsonb)`.execute(kysely());
    expect(await leftOut()).toEqual(told);
    await sql`delete from value_runs where state = 'running'`.execute(kysely());

    await sql`update purchase_history set currency = 'USD', imported_at = now()`.execute(kysely());
    await sql`delete from value_sums`.execute(kysely());
    await runOnce();
    const page = (await world.as('marketing', '/value')).body;
    expect([page.tooLittle, page.leftOut.currencies]).toEqual(['purchases', ['USD']]);

    await sql`update purchase_history set currency = 'EUR'`.execute(kysely());
    await sql`delete from value_sums`.execute(kysely());
    await runOnce();
    expect(await leftOut()).toBeNull();
  });
});
