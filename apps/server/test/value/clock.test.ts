/** A clock that is put back, and tables that hold from a later day on. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@keepsake/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addUpAccounts } from '../../src/modules/accounts/accounts.service.ts';
import { readAccounts } from '../../src/modules/accounts/accounts.store.ts';
import { putDocument } from '../../src/modules/terms/index.ts';
import { valueBase } from '../../src/modules/value/value-job.ts';
import { createValuer, queueWish, type Valuer } from '../../src/modules/value/valuer.ts';
import { addBase } from './base-world.ts';
import { COMPANY, COSTS, OTHER, openValueWorld, type ValueWorld } from './value-world.ts';

const CUSTOMERS = 60;

let world: ValueWorld;
let valuer: Valuer;
beforeEach(async () => {
  world = await openValueWorld();
  const { deps, clock } = world.server;
  await addBase(deps.database, { company: COMPANY, customers: CUSTOMERS, until: clock.now() });
  const thread = {
    end: () => {},
    run: async function* (job: Parameters<typeof valueBase>[0]) {
      yield* valueBase(job);
    },
  };
  valuer = createValuer(deps, [], thread);
});
afterEach(async () => {
  await valuer.stop();
  await world.server.close();
});

const kysely = () => world.server.deps.database.kysely;
const runsOf = (company: string) =>
  kysely().selectFrom('value_runs').selectAll().where('company', '=', company).execute();

async function runOnce(): Promise<void> {
  const wish = { company: COMPANY, months: 0, wantsFit: true, by: null };
  await queueWish(kysely(), world.server.deps, wish);
  await valuer.wake();
}

/** The loop of a server, and the work that it finds. */
async function passADay(): Promise<void> {
  await valuer.wakeDaily();
  await valuer.wake();
}

describe('a clock that is put back', () => {
  test('leaves a portfolio of the run that was done last', async () => {
    await runOnce();
    world.server.clock.advance(-10 * DAY_MS);
    await runOnce();
    const { body } = await world.as('marketing', '/value');
    expect(body.customers).toBeGreaterThan(CUSTOMERS / 2);
    const { items } = (await world.as('marketing', '/value/customers')).body;
    expect(items.length).toBe(25);
  });

  test('does not keep bases from being valued daily', async () => {
    await runOnce();
    world.server.clock.advance(-10 * DAY_MS);
    await passADay();
    expect((await runsOf(COMPANY)).length).toBe(2);
    await passADay();
    expect((await runsOf(COMPANY)).length).toBe(2);
  });

  test('does not leave a run to a server that has died', async () => {
    const wish = { company: COMPANY, months: 0, wantsFit: true, by: null };
    await queueWish(kysely(), world.server.deps, wish);
    const seen = new Date(world.server.clock.now() + 2 * HOUR_MS);
    await kysely().updateTable('value_runs').set({ state: 'running', seen_at: seen }).execute();
    await valuer.wake();
    expect(await runsOf(COMPANY)).toMatchObject([{ state: 'done' }]);
  });

  test('loses nothing that was taken over meanwhile', async () => {
    const { deps, clock } = world.server;
    const before = new Date(clock.now() - 30 * DAY_MS);
    await kysely().updateTable('purchase_history').set({ imported_at: before }).execute();
    await kysely().updateTable('service_contacts').set({ imported_at: before }).execute();
    await addUpAccounts(deps, COMPANY);
    clock.advance(-10 * DAY_MS);
    const changed = (await readAccounts(kysely(), COMPANY))[0]?.person ?? '';
    const imported = new Date(clock.now());
    await kysely()
      .updateTable('purchase_history')
      .set({ imported_at: imported, lines: 5_000 })
      .where('subject', '=', changed)
      .execute();
    clock.advance(MINUTE_MS);
    await addUpAccounts(deps, COMPANY);
    const found = (await readAccounts(kysely(), COMPANY)).find(({ person }) => person === changed);
    expect(found?.lines).toBeGreaterThanOrEqual(5_000);
  });
});

test('a company whose table holds from a later day on is left alone until then', async () => {
  const { deps, clock } = world.server;
  const future = new Date(clock.now() + 3 * DAY_MS).toISOString().slice(0, 10);
  await kysely().deleteFrom('value_documents').where('company', '=', OTHER).execute();
  const document = { ...COSTS, version: 'later', validFrom: future };
  const stated = { company: OTHER, kind: 'costs', document, by: null } as const;
  await deps.database.transaction((tx) => putDocument(tx, deps, stated));
  for (let i = 0; i < 3; i++) {
    await passADay();
    clock.advance(HOUR_MS);
  }
  expect(await runsOf(OTHER)).toEqual([]);
  const asked = await world.as('marketing', '/value/runs', {}, OTHER);
  expect([asked.status, asked.body.type]).toEqual([409, 'valuation/costs-missing']);
  clock.advance(3 * DAY_MS);
  await passADay();
  expect(await runsOf(OTHER)).toMatchObject([{ state: 'done', problem: null }]);
});
