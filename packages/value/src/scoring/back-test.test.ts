import { finish, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountColumns, columnsOf } from '../money/accounts.ts';
import { createDraws } from '../numerics/index.ts';
import { gammaGammaSpend, paretoNbdProcess, simulateCustomers } from '../simulate/index.ts';
import { accountsAt, type Base, simulateBase } from '../testing/base.ts';
import { FLEETING_BASE, STEADY_BASE } from '../testing/base-shape.data.ts';
import { BASE_COSTS } from '../testing/base-shape.ts';
import {
  type BackTestOptions,
  backTest,
  DEFAULT_BACK_TEST,
  type TestedModel,
} from './back-test.ts';
import { topDecileOf } from './capture.ts';

const OPTIONS: BackTestOptions = {
  ...DEFAULT_BACK_TEST,
  model: { ...DEFAULT_BACK_TEST.model, parameterDraws: 30 },
  draws: 90,
};

interface Cut {
  readonly before: AccountColumns;
  readonly after: { readonly purchases: Float64Array; readonly revenue: Float64Array };
}

/** Customers who buy, leave and spend as the model supposes. */
function modelCut(seed: number, length: number): Cut {
  const draws = createDraws(seededRandom(seed));
  const process = paretoNbdProcess({ r: 0.8, alpha: 6, s: 0.7, beta: 14 });
  const plan = { customers: 500, ageMin: 30, ageMax: 80, horizon: length };
  const spend = gammaGammaSpend({ p: 5, q: 4, v: 20 }, draws);
  const purchases: number[] = [];
  const revenue: number[] = [];
  const accounts = [...simulateCustomers(process, plan, draws)].map((one) => {
    const drawValue = spend();
    const seen = Array.from({ length: one.frequency }, drawValue);
    const came = Array.from({ length: one.heldOut }, drawValue);
    purchases.push(came.length);
    revenue.push(came.reduce((sum, value) => sum + value, 0));
    return {
      ...one,
      spendCount: seen.length,
      meanSpend: seen.reduce((sum, value) => sum + value, 0) / Math.max(1, seen.length),
      lines: one.frequency + 1,
      returns: 0,
      contacts: {},
      categories: {},
    };
  });
  const after = {
    purchases: Float64Array.from(purchases),
    revenue: Float64Array.from(revenue),
  };
  return { before: columnsOf(accounts), after };
}

/** A simulated base, with returns, at a month. */
function baseCut(base: Base, month: number, length: number): Cut {
  const came = base.customers.flatMap(({ joined }, i) => {
    const isIn = (at: number): boolean => at >= month && at < month + length;
    const own = (base.purchases[i] ?? []).filter(({ at }) => isIn(at));
    return joined < month ? [own] : [];
  });
  const worthOf = (one: { readonly returned: string; value: number; kept: number }): number =>
    one.returned === 'by-company' ? one.value : one.kept;
  return {
    before: columnsOf(accountsAt(base, month)),
    after: {
      purchases: Float64Array.from(came, (own) => own.length),
      revenue: Float64Array.from(came, (own) => own.reduce((sum, one) => sum + worthOf(one), 0)),
    },
  };
}

function testCut(cut: Cut, length: number, options: BackTestOptions = OPTIONS): TestedModel {
  const found = finish(backTest({ ...cut, table: BASE_COSTS, length, options }));
  if (found.kind !== 'tested') throw new Error(found.of);
  return found;
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

describe('a back-test', () => {
  test('VAL-207 most intervals hold what came, where customers are as the model supposes', () => {
    let within = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const { purchases, revenue } = testCut(modelCut(seed, 12), 12, DEFAULT_BACK_TEST);
      for (const { isWithin, interval90, predicted } of [purchases, revenue]) {
        within += isWithin ? 1 : 0;
        expect(interval90.low).toBeLessThan(predicted);
        expect(interval90.high).toBeGreaterThan(predicted);
        expect((interval90.high - interval90.low) / predicted).toBeLessThan(0.6);
      }
    }
    // Of 16, two of each seed, which go together.
    expect(within).toBeGreaterThanOrEqual(12);
  });

  test.each([STEADY_BASE, FLEETING_BASE])(
    'VAL-207 of the $name base it tells what came',
    (shape) => {
      const month = shape.joiningMonths + 6;
      const base = simulateBase(shape, { customers: 800, months: month + 12, seed: 3 });
      const cut = baseCut(base, month, 12);
      const found = testCut(cut, 12);
      expect(found.customers).toBe(800);
      expect(found.purchases.actual).toBe(sumOf(cut.after.purchases));
      expect(found.revenue.actual).toBeCloseTo(sumOf(cut.after.revenue), 6);
      for (const { rows, predicted, actual } of [found.purchases, found.revenue]) {
        expect(Math.abs(actual / predicted - 1)).toBeLessThan(0.2);
        expect(rows.length).toBeGreaterThanOrEqual(8);
        const [lowest, highest] = [rows[0], rows.at(-1)];
        expect(highest?.actualMean).toBeGreaterThan(3 * (lowest?.actualMean ?? 0));
        const of = (pick: 'predictedMean' | 'actualMean'): number =>
          rows.reduce((sum, row) => sum + row.count * row[pick], 0);
        expect(of('predictedMean') / predicted).toBeCloseTo(1, 9);
        expect(of('actualMean') / actual).toBeCloseTo(1, 9);
      }
      const { byPrediction, byPast, atBest } = found.topDecile;
      expect(byPrediction).toBeGreaterThan(0.15);
      expect(byPrediction).toBeGreaterThan(byPast - 0.03);
      expect(byPrediction).toBeLessThanOrEqual(atBest);
    },
  );

  test('VAL-207 of another future it says that the interval does not hold it', () => {
    const cut = modelCut(4, 20);
    const purchases = cut.after.purchases.map((count) => 2 * count);
    const found = testCut({ ...cut, after: { ...cut.after, purchases } }, 20);
    expect(found.purchases.isWithin).toBe(false);
    expect(found.purchases.actual).toBeGreaterThan(found.purchases.interval90.high);
    expect(found.purchases.predicted).toBe(testCut(cut, 20).purchases.predicted);
  });

  test('VAL-207 what came is not known to the fit, and a base that says too little has no test', () => {
    const { before } = modelCut(4, 20);
    const nothing = { purchases: before.frequency.map(() => 0), revenue: before.age.map(() => 0) };
    const found = testCut({ before, after: nothing }, 20);
    expect(found.purchases.predicted).toBe(testCut(modelCut(4, 20), 20).purchases.predicted);
    expect(found.topDecile).toMatchObject({ byPrediction: 0, byPast: 0, atBest: 0 });
    const few = {
      before: columnsOf([]),
      after: { purchases: new Float64Array(0), revenue: new Float64Array(0) },
    };
    const none = finish(backTest({ ...few, table: BASE_COSTS, length: 20 }));
    expect(none).toEqual({ kind: 'too-little-data', of: 'purchases' });
    const short = { ...few, before };
    expect(() => finish(backTest({ ...short, table: BASE_COSTS, length: 20 }))).toThrow('after');
  });
});

describe('the best tenth', () => {
  test('VAL-208 is the mean over all ways to part those who are alike', () => {
    const customer = fc.record({ actual: fc.nat(20), rank: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 40 }), (customers) => {
        const actual = Float64Array.from(customers, (one) => one.actual);
        const ranks = Float64Array.from(customers, (one) => one.rank);
        const found = topDecileOf(actual, { predicted: ranks, past: actual });
        const places = Math.ceil(customers.length / 10);
        // Among those alike, each is as likely as any other to be in: all have the mean.
        const expected = customers
          .map(({ rank }) => {
            const alike = customers.filter((other) => other.rank === rank);
            return { rank, mean: alike.reduce((sum, one) => sum + one.actual, 0) / alike.length };
          })
          .sort((a, b) => b.rank - a.rank)
          .slice(0, places)
          .reduce((sum, { mean }) => sum + mean, 0);
        const total = sumOf(actual);
        expect(found.customers).toBe(places);
        expect(found.byPrediction).toBeCloseTo(total === 0 ? 0 : expected / total, 9);
        expect(found.atBest).toBe(found.byPast);
        expect(found.atBest).toBeGreaterThanOrEqual(found.byPrediction - 1e-12);
      }),
    );
  });
});
