import { columnsOf, DEFAULT_TIER_POLICY, explainValue, valueOfDrivers } from '@keepsake/value';
import { accountsAt, STEADY_BASE, simulateBase } from '@keepsake/value/testing';
import { describe, expect, test } from 'vitest';
import type { ScoreBody } from './run-body.ts';
import { mainReasonOf, type ValueEvent, type ValueJob, valueBase } from './value-job.ts';
import { createValueThread, ThreadStopped } from './value-thread.ts';

const base = simulateBase(STEADY_BASE, { customers: 520, months: 26, seed: 5 });

/** Weeks, as the server counts. */
const WEEKS_A_MONTH = 365.25 / 12 / 7;

function columns() {
  return columnsOf(
    accountsAt(base, 26).map((account) => ({
      ...account,
      recency: account.recency * WEEKS_A_MONTH,
      age: account.age * WEEKS_A_MONTH,
    })),
  );
}

function jobOf(more: Partial<ValueJob> = {}): ValueJob {
  return {
    ...{ columns: columns(), table: base.table, policy: DEFAULT_TIER_POLICY, seed: 3 },
    ...{ model: null, test: null, now: 0, of: 'present' },
    settings: { horizonWeeks: 104, growthReach: 0.4, growthCost: 8, newWeeks: 4 },
    ...more,
  };
}

const told = (job: ValueJob): readonly ValueEvent[] =>
  [...valueBase(job)].filter(({ kind }) => kind !== 'progress');
const scoresOf = (events: readonly ValueEvent[]) =>
  events.flatMap((event) => (event.kind === 'scored' ? event.scores : []));
const fitOf = (events: readonly ValueEvent[]): unknown =>
  events.flatMap((event) => (event.kind === 'fitted' ? [event.model] : []))[0];

const fitted = told(jobOf());

describe('valuing a base', () => {
  test('tells the fit, customers in batches of five hundred, and what was found of all', () => {
    expect(fitted.map(({ kind }) => kind)).toEqual(['fitted', 'scored', 'scored', 'ended']);
    const scores = scoresOf(fitted);
    expect(scores.map(({ person }) => person)).toEqual(columns().customer);
    const end = fitted.at(-1);
    if (end?.kind !== 'ended') throw new Error('it ended');
    const { equity, tiers, whale, cohort, cohortValue, rates } = end.base;
    expect(equity).toBeCloseTo(
      scores.reduce((sum, { value }) => sum + value, 0),
      6,
    );
    expect(tiers.reduce((sum, { customers }) => sum + customers, 0)).toBe(scores.length);
    expect(tiers.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(equity, 6);
    expect(whale.total).toBeCloseTo(equity, 6);
    expect(cohortValue).toBe(valueOfDrivers(cohort, rates));
  });

  test('by a fit that is at hand comes to the same, and one that cannot be read is made anew', () => {
    const model: unknown = JSON.parse(JSON.stringify(fitOf(fitted)));
    const again = told(jobOf({ model }));
    expect(again.map(({ kind }) => kind)).toEqual(['scored', 'scored', 'ended']);
    expect(scoresOf(again)).toEqual(scoresOf(fitted));
    expect(again.at(-1)).toEqual(fitted.at(-1));
    expect(told(jobOf({ model: { format: 99 } }))[0]?.kind).toBe('fitted');
  });

  test('of the past keeps decisions and values alone, the same ones', () => {
    const past = told(jobOf({ of: 'past' })).flatMap((event) =>
      event.kind === 'decided' ? event.scores : [],
    );
    const present = scoresOf(fitted);
    expect(past.map(({ value }) => value)).toEqual(present.map(({ value }) => value));
    expect(past.map(({ decision }) => decision)).toEqual(
      present.map(({ body }) => (JSON.parse(body) as ScoreBody).decision),
    );
  });

  test('tests the model where there is something to test it by', () => {
    const { frequency, customer } = columns();
    const after = { purchases: frequency, revenue: frequency.map((count) => 60 * count) };
    const days = { cut: '2025-09-01', until: '2026-03-02', length: 26 };
    const events = told(jobOf({ test: { ...days, before: columns(), after } }));
    const tested = events.find(({ kind }) => kind === 'tested');
    if (tested?.kind !== 'tested') throw new Error('it was tested');
    const { revenue, purchases, ...backTest } = tested.backTest;
    expect(backTest).toMatchObject({ ...{ cut: '2025-09-01', customers: customer.length } });
    const bought = frequency.reduce((sum, count) => sum + count, 0);
    expect([purchases.actual, revenue.actual]).toEqual([bought, 60 * bought]);
    expect(revenue.low).toBeLessThan(revenue.high);
  });

  test('says of what there is too little', () => {
    const few = columnsOf(accountsAt(base, 26).slice(0, 2));
    expect(told(jobOf({ columns: few }))).toEqual([{ kind: 'too-little', of: 'purchases' }]);
  });

  test('the main reason is the first of all reasons', () => {
    const end = fitted.at(-1);
    if (end?.kind !== 'ended') throw new Error('it ended');
    const { cohort, rates } = end.base;
    for (const { body, main_driver, main_amount } of scoresOf(fitted).slice(0, 100)) {
      const { drivers } = JSON.parse(body) as ScoreBody;
      const ids = Object.keys(cohort) as (keyof typeof cohort)[];
      const { reasons } = explainValue(
        ids.map((id) => ({ id, customer: drivers[id], cohort: cohort[id] })),
        (figures) => valueOfDrivers({ ...cohort, ...figures }, rates),
      );
      expect(main_amount).toBeCloseTo(reasons[0]?.amount ?? 0, 9);
      expect(main_driver).toBe(reasons[0]?.driver);
    }
    expect(mainReasonOf(cohort, { cohort, rates })).toBeUndefined();
  });
});

describe('the thread', () => {
  test('tells what is told here, one base after the other, and can be ended amid the work', async () => {
    const thread = createValueThread();
    for (const of of ['present', 'past'] as const) {
      const events: ValueEvent[] = [];
      for await (const event of thread.run(jobOf({ of }))) {
        if (event.kind !== 'progress') events.push(event);
      }
      expect(events).toEqual(told(jobOf({ of })));
    }
    const few = columnsOf(accountsAt(base, 26).slice(0, 2));
    const answers: ValueEvent[] = [];
    for await (const event of thread.run(jobOf({ columns: few }))) answers.push(event);
    expect(answers.at(-1)).toEqual({ kind: 'too-little', of: 'purchases' });
    const endAmid = async (): Promise<void> => {
      for await (const _ of thread.run(jobOf())) thread.end();
    };
    await expect(endAmid()).rejects.toThrow(ThreadStopped);
    await expect(endAmid()).rejects.toThrow(ThreadStopped);
  });

  test('fails where the work does, and does the next base', async () => {
    const thread = createValueThread();
    const broken = jobOf({ policy: { ...DEFAULT_TIER_POLICY, remedies: [{} as never] } });
    const doIt = async (job: ValueJob): Promise<number> => {
      let events = 0;
      for await (const _ of thread.run(job)) events++;
      return events;
    };
    await expect(doIt(broken)).rejects.toThrow();
    expect(await doIt(jobOf())).toBeGreaterThan(3);
    thread.end();
  });
});
