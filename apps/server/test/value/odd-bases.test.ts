/** Bases and terms at the edge of what may be said: each run ends, and every page can be read. */
import { DAY_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { putDocument, putSettings } from '../../src/modules/terms/index.ts';
import { valueBase } from '../../src/modules/value/value-job.ts';
import { createValuer, queueWish } from '../../src/modules/value/valuer.ts';
import { addBase, personAt } from './base-world.ts';
import { COMPANY, COSTS, openValueWorld, type ValueWorld } from './value-world.ts';

const MAX_MINOR = 9_007_199_254_740_991;

let world: ValueWorld;
beforeEach(async () => {
  world = await openValueWorld();
});
afterEach(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;

interface Bought {
  readonly person: number;
  readonly day: string;
  readonly minor: number;
  readonly category?: string;
  readonly back?: number;
}

async function addSubjects(count: number): Promise<void> {
  const ids = JSON.stringify(Array.from({ length: count }, (_, i) => personAt(i)));
  await sql`
    insert into subjects (company, id, created_at)
    select ${COMPANY}, value::uuid, now() from json_array_elements_text(${ids}::json)`.execute(
    kysely(),
  );
}

/** Customers who bought, and gave back of it. */
async function buy(customers: number, bought: readonly Bought[]): Promise<void> {
  await addSubjects(customers);
  const rows = bought.flatMap(({ person, back, ...rest }, at) => {
    const row = { ...rest, subject: personAt(person), key: `${at}`, kind: 'purchase', order: null };
    const { category, ...plain } = { category: null, ...row };
    const whole = { ...plain, category };
    if (back === undefined) return [whole];
    return [whole, { ...whole, key: `${at}-back`, kind: 'return', order: `${at}`, minor: back }];
  });
  await sql`
    insert into purchase_history (company, source, number_key, kind, subject, day, amount_minor,
      currency, lines, own_fault, order_key, category, content_key, content_sealed, imported_at)
    select ${COMPANY}, 'shop', key, kind, subject, day, minor, 'EUR', 1, false, "order", category,
      '', '', now()
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(key text, kind text, subject uuid,
      day date, minor bigint, "order" text, category text)`.execute(kysely());
}

const each = (customers: number, of: (person: number) => readonly Bought[]): readonly Bought[] =>
  Array.from({ length: customers }, (_, person) => of(person)).flat();
const DAYS = ['2025-03-01', '2025-06-01', '2025-09-01', '2025-12-01'];

async function runOnce(months = 0) {
  const { deps } = world.server;
  const thread = {
    end: () => {},
    run: async function* (job: Parameters<typeof valueBase>[0]) {
      // As it comes from another thread.
      for (const event of valueBase(job)) yield structuredClone(event);
    },
  };
  const valuer = createValuer(deps, [], thread);
  await queueWish(kysely(), deps, { company: COMPANY, months, wantsFit: true, by: null });
  await valuer.wake();
  await valuer.stop();
  const run = await kysely().selectFrom('value_runs').selectAll().executeTakeFirstOrThrow();
  expect([run.state, run.problem]).toEqual(['done', null]);
  const portfolio = await world.as('marketing', '/value');
  expect(portfolio.status).toBe(200);
  const scored = await kysely().selectFrom('value_scores').select('person').limit(2).execute();
  for (const { person: guest } of scored) {
    const one = await world.as('marketing', `/value/customers/${guest}`);
    expect([one.status, one.body.type]).toEqual([200, undefined]);
    const others = await world.as('marketing', `/value/customers/${guest}/counterfactuals`);
    expect([others.status, others.body.type]).toEqual([200, undefined]);
  }
  const { rows } = await sql`
    select person from value_scores where 'NaN' in (value, low, high, below_zero, alive, growth,
      potential, at_stake) or 'Infinity' in (abs(value), abs(low), abs(high), growth, potential,
      at_stake)`.execute(kysely());
  expect(rows).toEqual([]);
  return portfolio.body;
}

describe('a base', () => {
  test.each([
    ['of nobody', async () => {}],
    ['of customers who bought nothing', () => addSubjects(40)],
    [
      'of one purchase each, today',
      () =>
        buy(
          40,
          each(40, (person) => [{ person, day: '2026-03-02', minor: 1_000 }]),
        ),
    ],
    [
      'of customers who are all the same',
      () =>
        buy(
          40,
          each(40, (person) => DAYS.map((day) => ({ person, day, minor: 1_000 }))),
        ),
    ],
    [
      'of purchases that cost nothing',
      () =>
        buy(
          40,
          each(40, (person) => DAYS.slice(person % 4).map((day) => ({ person, day, minor: 0 }))),
        ),
    ],
    [
      'of returns larger than what was bought',
      () =>
        buy(
          40,
          each(40, (person) =>
            DAYS.slice(person % 4).map((day) => ({ person, day, minor: 500, back: 9_999_999 })),
          ),
        ),
    ],
    [
      'of the largest amounts, in categories with the names of what every object has',
      () =>
        buy(
          40,
          each(40, (person) =>
            DAYS.slice(person % 4).map((day, at) => ({
              ...{ person, day, minor: MAX_MINOR },
              category: ['__proto__', 'constructor', 'toString'][at % 3] ?? '',
            })),
          ),
        ),
    ],
    [
      'of more than a number of the database can hold',
      () =>
        buy(
          40,
          each(40, (person) =>
            Array.from({ length: person < 2 ? 1_100 : 3 }, (_, at) => {
              const day = new Date(
                Date.UTC(2023, 0, 1) + at * (person + 1) * DAY_MS * (person % 2),
              );
              return { person, day: day.toISOString().slice(0, 10), minor: MAX_MINOR };
            }),
          ),
        ),
    ],
  ] as const)('%s ends in a page', async (_, fill) => {
    await fill();
    await runOnce();
  });

  test.each([29, 30])('of %i customers ends in a page', async (customers) => {
    const until = world.server.clock.now();
    await addBase(world.server.deps.database, { company: COMPANY, customers, until });
    await runOnce(24);
  });
});

describe('terms', () => {
  beforeEach(async () => {
    const until = world.server.clock.now();
    await addBase(world.server.deps.database, { company: COMPANY, customers: 60, until });
  });

  const MOST = {
    ...COSTS,
    ...{ version: 'most', perOrderMinor: 1e12, perLineMinor: 1e12, perReturnMinor: 1e12 },
    ...{
      perContactMinor: JSON.parse('{"phone":1000000000000,"__proto__":1}'),
      validFrom: '2025-02-01',
    },
    ...{ marginBasisPoints: -10_000, paymentBasisPoints: 10_000 },
    discountBasisPointsPerYear: 100_000,
  };
  const NOTHING = {
    ...{ ...COSTS, version: 'nothing', perOrderMinor: 0, perLineMinor: 0, perReturnMinor: 0 },
    ...{ perContactMinor: {}, marginBasisPoints: 0, paymentBasisPoints: 0 },
    ...{ discountBasisPointsPerYear: 0, validFrom: '2025-02-01' },
  };
  test.each([
    [MOST, { horizonWeeks: 520, growthReach: 1, growthCost: 1e9, newWeeks: 104 }],
    [NOTHING, { horizonWeeks: 13, growthReach: 0, growthCost: 0, newWeeks: 0 }],
  ])('at their bounds end in a page', async (document, settings) => {
    const { deps } = world.server;
    const stated = { company: COMPANY, kind: 'costs', document, by: null } as const;
    const put = await deps.database.transaction((tx) => putDocument(tx, deps, stated));
    expect(put.kind).toBe('made');
    const of = { company: COMPANY, settings, by: null };
    await deps.database.transaction((tx) => putSettings(tx, deps, of));
    await runOnce();
  });
});
