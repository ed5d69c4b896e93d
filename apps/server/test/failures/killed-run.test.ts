/** The server of an embedded store is killed while it values a base, and another takes over. */
import { MINUTE_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { queueWish } from '../../src/modules/value/valuer.ts';
import { type ChildServer, makeChildServer } from '../support/child-server.ts';
import { openTestServer, type TestServer } from '../support/test-server.ts';
import { addBase } from '../value/base-world.ts';
import { COMPANY, openValueWorld } from '../value/value-world.ts';

const CUSTOMERS = 200;
const MONTHS = 2;
const PLAN = {
  ...{ version: 'plan-1', grounds: [] },
  treatments: [
    {
      ...{ id: 'hello', words: { en: 'Hello' }, kind: 'service-level', priority: 1 },
      ...{ tiers: ['keep', 'grow', 'maintain', 'undecided'], excludes: [], worth: 5 },
      ...{ from: '2020-01-01', until: '2199-01-01', controlShare: 0.25 },
    },
  ],
};

let place: ChildServer;
let cookie: string;

/** Works on the store, with a clock that is so far ahead that the dead are known to be dead. */
async function withStore(work: (server: TestServer) => Promise<void>): Promise<void> {
  const database = await place.openStore();
  const now = new Date(Date.now() + 2 * MINUTE_MS).toISOString();
  const server = await openTestServer({ database, now });
  try {
    await work(server);
  } finally {
    await server.close();
    await database.close();
  }
}

beforeAll(async () => {
  place = makeChildServer('killed-run');
  const database = await place.openStore();
  const now = new Date().toISOString();
  const world = await openValueWorld({ database, now });
  cookie = await world.cookieOf('marketing');
  const put = { method: 'PUT', body: { document: PLAN }, cookie };
  expect((await world.server.call(`/api/c/${COMPANY}/treatments`, put)).status).toBe(200);
  const until = Date.now();
  await addBase(database, { company: COMPANY, customers: CUSTOMERS, until });
  // The other company would be valued as well.
  await sql`delete from value_documents where company <> ${COMPANY}`.execute(database.kysely);
  await world.server.close();
  await database.close();
});
afterAll(() => place.close());

interface Seen {
  readonly progress: number;
  readonly endedAt: string | null;
}

/** Kills the server once its run is so far, or has ended; answers what was seen last. */
async function killAt(progress: number): Promise<Seen> {
  const url = await place.start();
  for (;;) {
    const answer = await fetch(`${url}/api/c/${COMPANY}/value/runs`, { headers: { cookie } });
    const { items } = (await answer.json()) as { items: readonly Seen[] };
    const [run] = items;
    if (run === undefined) throw new Error('a run was queued');
    if (run.progress >= progress || run.endedAt !== null) {
      await place.kill();
      return run;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const TABLES = [
  ...['value_scores', 'value_tiers', 'value_months', 'value_month_totals', 'value_reviews'],
  ...['value_models', 'value_runs', 'treatment_assignments', 'treatment_states'],
];

interface Lot {
  readonly person: string;
  readonly arm: string;
}

async function queue(server: TestServer): Promise<void> {
  const { kysely } = server.deps.database;
  for (const table of TABLES) await sql`delete from ${sql.table(table)}`.execute(kysely);
  const wish = { company: COMPANY, months: MONTHS, wantsFit: true, by: null };
  // Queued in the past: the clock of the server that does it is behind.
  const clock = { now: () => Date.now() - MINUTE_MS };
  expect(await queueWish(kysely, { ...server.deps, clock }, wish)).toBe(true);
}

/** What a whole run leaves, of each month and each table once. */
async function found(server: TestServer) {
  const { kysely } = server.deps.database;
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::int from value_runs) as runs,
      (select count(*)::int from value_runs where state = 'done') as done,
      (select count(*)::int from value_scores
        where run = (select id from value_runs where state = 'done')) as scores,
      (select count(*)::int from value_scores) as all_scores,
      (select count(*)::int from value_tiers) as tiers,
      (select count(*)::int from value_models) as models,
      (select count(*)::int from value_month_totals) as months,
      (select count(*)::int from value_month_totals as total where customers <> (
        select count(*) from value_months as months where months.month = total.month)) as wrong,
      (select count(*)::int from value_months where month not in (
        select month from value_month_totals)) as unended,
      (select count(*)::int from treatment_states) as states`.execute(kysely);
  const lots = await sql<Lot>`
    select person, arm from treatment_assignments order by person`.execute(kysely);
  return { counts: rows[0], lots: lots.rows };
}

describe.skipIf(inject('postgresUrl') !== undefined)('killed while it values a base', () => {
  test('another server begins the run anew, and all is there once', async () => {
    // At the fit of the first month, amid the months, and towards the end.
    let open = 0;
    const arms = new Map<string, string>();
    for (const progress of [0.03, 0.4, 0.96]) {
      await withStore(queue);
      if ((await killAt(progress)).endedAt === null) open++;
      await withStore(async (server) => {
        // To open a server is to begin with what another has left.
        await expect
          .poll(async () => (await found(server)).counts?.['done'], { timeout: 60_000 })
          .toBe(1);
        const { counts, lots } = await found(server);
        const people = { scores: CUSTOMERS, all_scores: CUSTOMERS, tiers: CUSTOMERS };
        expect(counts).toEqual({
          ...{ runs: 1, done: 1, ...people, models: 1, months: MONTHS + 1 },
          ...{ wrong: 0, unended: 0, states: 1 },
        });
        const portfolio = await server.call(`/api/c/${COMPANY}/value`, { cookie });
        expect(portfolio.body).toMatchObject({ customers: CUSTOMERS, run: null });
        expect(lots.length).toBeGreaterThan(0);
        for (const { person, arm } of lots) {
          expect(arms.get(person) ?? arm).toBe(arm);
          arms.set(person, arm);
        }
      });
    }
    expect(open).toBeGreaterThan(1);
  }, 240_000);
});
