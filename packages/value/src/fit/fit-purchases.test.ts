import { finish, seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import type { PurchaseHistory, PurchaseStatistics } from '../model.ts';
import { createDraws } from '../numerics/index.ts';
import {
  type BuyingProcess,
  bgNbdProcess,
  mbgNbdProcess,
  nbdProcess,
  paretoNbdProcess,
  type SimulatedCustomer,
  simulateCustomers,
} from '../simulate/index.ts';
import { groupSummaries } from '../summaries/purchase-totals.ts';
import { valueBenchmark } from '../testing/index.ts';
import { type FittedPurchases, fitPurchases, fitPurchasesNow } from './fit-purchases.ts';
import { intervalOf, predictPurchases } from './predict.ts';
import type { FittedModelName } from './purchase-models.ts';

const PLAN = { ageMin: 27, ageMax: 39, horizon: 39 };

function simulate(process: BuyingProcess, customers: number, seed: number): SimulatedCustomer[] {
  return [...simulateCustomers(process, { ...PLAN, customers }, createDraws(seededRandom(seed)))];
}

function fitted(statistics: PurchaseStatistics, name: FittedModelName): FittedPurchases {
  const fit = fitPurchasesNow(statistics, name);
  if (fit.verdict === 'too-little-data') throw new Error('there is enough');
  return fit;
}

const near = (value: number, wanted: number, relative: number): void => {
  expect(Math.abs(value / wanted - 1)).toBeLessThan(relative);
};

describe('published histories', () => {
  const text = valueBenchmark('cdnow_customers_summary.csv');
  const rows = (text ?? '').trim().split('\n').slice(1);
  const histories = rows.map((row): PurchaseHistory => {
    const [, frequency = 0, recency = 0, age = 0] = row.split(',').map(Number);
    return { frequency, recency, age };
  });
  const note = text === undefined ? ' (skipped: no benchmark data)' : '';

  test.skipIf(text === undefined).each([
    [
      'bg-nbd',
      -9582.4256,
      { r: 0.242593, alpha: 4.413532, a: 0.792886, b: 2.425752 },
      { r: 0.012557, alpha: 0.378221, a: 0.185719, b: 0.705345 },
    ],
    ['mbg-nbd', -9582.1327, { r: 0.52484, alpha: 6.183, a: 0.89135, b: 1.61396 }, {}],
    ['pareto-nbd', -9594.9739, { r: 0.55328, alpha: 10.5776, s: 0.60621, beta: 11.668 }, {}],
  ] as const)(
    `VAL-14 give the parameters that others found: %s${note}`,
    (name, log, parameters, errors) => {
      const fit = fitted(groupSummaries(histories), name);
      expect(fit.verdict).toBe('identified');
      expect(fit.isConverged).toBe(true);
      expect(Math.abs(fit.logLikelihood - log)).toBeLessThan(1e-3);
      for (const [key, value] of Object.entries(parameters)) {
        near(fit.model.parameters[key] ?? 0, value, 1e-4);
      }
      for (const [key, value] of Object.entries(errors))
        near(fit.standardErrors[key] ?? 0, value, 1e-3);
    },
  );
});

describe('simulated histories', () => {
  const stops = { r: 0.6, alpha: 6, a: 0.9, b: 2.4 };
  const lifetimes = { r: 0.6, alpha: 9, s: 0.7, beta: 12 };

  test.each([
    ['bg-nbd', bgNbdProcess(stops), stops],
    ['mbg-nbd', mbgNbdProcess(stops), stops],
    ['pareto-nbd', paretoNbdProcess(lifetimes), lifetimes],
  ] as const)(
    'VAL-15 of %s give its parameters back, within their errors',
    (name, process, truth) => {
      const fit = fitted(groupSummaries(simulate(process, 5000, 5)), name);
      expect(fit.verdict).toBe('identified');
      for (const [key, value] of Object.entries(truth)) {
        const error = fit.standardErrors[key] ?? 0;
        expect(error).toBeGreaterThan(0);
        expect(Math.abs((fit.model.parameters[key] ?? 0) - value)).toBeLessThan(4 * error);
      }
    },
  );

  test('VAL-16 a fit does not depend on how customers are grouped or ordered', () => {
    const customers = simulate(bgNbdProcess(stops), 600, 8);
    const column = (of: (customer: SimulatedCustomer) => number): Float64Array =>
      Float64Array.from([...customers].reverse(), of);
    const single = fitted(
      {
        frequency: column((each) => each.frequency),
        recency: column((each) => each.recency),
        age: column((each) => each.age),
        count: column(() => 1),
      },
      'bg-nbd',
    );
    const grouped = fitted(groupSummaries(customers), 'bg-nbd');
    near(single.logLikelihood, grouped.logLikelihood, 1e-10);
    const { a = 0 } = single.model.parameters;
    const { a: other = 1 } = grouped.model.parameters;
    near(a, other, 1e-7);
  });

  test('VAL-17 is paused every few milliseconds, and tells how far it has come', () => {
    const work = fitPurchases(groupSummaries(simulate(bgNbdProcess(stops), 3000, 3)), 'bg-nbd');
    let pauses = 0;
    for (let step = work.next(); step.done !== true; step = work.next()) {
      expect(step.value.done).toBeLessThanOrEqual(step.value.of);
      pauses += 1;
    }
    expect(pauses).toBeGreaterThan(50);
  });
});

describe('what data cannot show', () => {
  const nbd = { r: 0.7, alpha: 8 };
  const steady = groupSummaries(simulate(nbdProcess(nbd), 4000, 4));

  test.each(['bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const)(
    'VAL-18 dropout that is not there is not reported: %s',
    (name) => {
      const fit = fitted(steady, name);
      expect(fit.verdict).toBe('dropout-not-identified');
      expect(fit.requested).toBe(name);
      expect(fit.model.name).toBe('nbd');
      const { r = 0 } = fit.model.parameters;
      near(r, nbd.r, 0.1);
      expect(fit.model.probabilityAlive(2, 10, 30)).toBe(1);
      expect(Object.keys(fit.standardErrors)).toEqual(['r', 'alpha']);
    },
  );

  const rowsOf = (
    rows: readonly (readonly [number, number, number, number])[],
  ): PurchaseStatistics => ({
    frequency: Float64Array.from(rows, (row) => row[0]),
    recency: Float64Array.from(rows, (row) => row[1]),
    age: Float64Array.from(rows, (row) => row[2]),
    count: Float64Array.from(rows, (row) => row[3]),
  });

  test.each([
    ['nobody', []],
    ['one customer', [[4, 20, 30, 1]]],
    [
      'few who came again',
      [
        [0, 0, 30, 5000],
        [1, 3, 30, 9],
      ],
    ],
    [
      'only customers of one purchase',
      [
        [0, 0, 30, 5000],
        [0, 0, 12, 800],
      ],
    ],
    ['customers who are all of today', [[0, 0, 0, 500]]],
  ] as const)('VAL-19 too little is told as such: %s', (_name, rows) => {
    for (const name of ['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const) {
      expect(fitPurchasesNow(rowsOf(rows), name)).toMatchObject({ verdict: 'too-little-data' });
    }
  });

  test.each([
    ['all alike', [[5, 25, 30, 400]]],
    [
      'all as regular as clocks',
      [
        [10, 30, 31, 100],
        [11, 30, 31, 100],
      ],
    ],
    [
      'all bought again at once and never since',
      [
        [1, 0.5, 50, 300],
        [2, 0.6, 50, 300],
      ],
    ],
    [
      'one who bought for all',
      [
        [0, 0, 40, 500],
        [4000, 39, 40, 1],
        [1, 2, 30, 20],
      ],
    ],
    [
      'millions of a kind',
      [
        [0, 0, 30, 5e8],
        [1, 10, 30, 1e8],
        [2, 20, 30, 3e7],
        [6, 29, 30, 1e7],
      ],
    ],
  ] as const)('VAL-20 odd bases give finite answers: %s', (_name, rows) => {
    for (const name of ['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const) {
      const fit = fitted(rowsOf(rows), name);
      const { model } = fit;
      const figures = [
        fit.logLikelihood,
        fit.dropoutEvidence,
        ...Object.values(model.parameters),
        ...Object.values(fit.standardErrors),
        ...fit.logCovariance,
        model.expectedPurchases(0, 0, 30, 20),
        model.expectedPurchases(4, 12, 30, 20),
        model.probabilityAlive(4, 12, 30),
      ];
      expect(figures.filter((figure) => !Number.isFinite(figure))).toEqual([]);
      const prediction = finish(
        predictPurchases(fit, [{ frequency: 1, recency: 5, age: 30 }], {
          horizon: 20,
          random: seededRandom(2),
          draws: 200,
        }),
      );
      expect(prediction.interval.from).toBeLessThanOrEqual(prediction.interval.to);
      expect(Number.isFinite(prediction.interval.to)).toBe(true);
    }
  });

  test('rows that no purchases can have are refused', () => {
    for (const row of [
      [-1, 0, 3, 1],
      [1.5, 1, 3, 1],
      [1, 4, 3, 1],
      [1, Number.NaN, 3, 1],
    ] as const) {
      expect(() => fitPurchasesNow(rowsOf([row]), 'nbd')).toThrow('rows are counts');
    }
  });
});

describe('predictions', () => {
  test.each([
    ['bg-nbd', bgNbdProcess({ r: 0.2426, alpha: 4.4136, a: 0.793, b: 2.426 })],
    ['pareto-nbd', paretoNbdProcess({ r: 0.5533, alpha: 10.578, s: 0.6062, beta: 11.669 })],
  ] as const)(
    'VAL-21 nine intervals of ten hold what a hundred customers buy: %s',
    (name, process) => {
      const customers = simulate(process, 5000, 12);
      const fit = fitted(groupSummaries(customers), name);
      let held = 0;
      const groups = customers.length / 100;
      for (let group = 0; group < groups; group++) {
        const members = customers.slice(group * 100, group * 100 + 100);
        const { interval, expected, expectedInterval } = finish(
          predictPurchases(fit, members, {
            horizon: PLAN.horizon,
            random: seededRandom(group),
            draws: 200,
          }),
        );
        const bought = members.reduce((sum, member) => sum + member.heldOut, 0);
        if (bought >= interval.from && bought <= interval.to) held += 1;
        expect(expectedInterval.from).toBeLessThan(expected);
        expect(expectedInterval.to).toBeGreaterThan(expected);
      }
      expect(held / groups).toBeGreaterThan(0.84);
      expect(held / groups).toBeLessThan(0.96);
    },
  );

  test('are the same for the same chance', () => {
    const fit = fitted(groupSummaries(simulate(nbdProcess({ r: 1, alpha: 9 }), 500, 2)), 'nbd');
    const predict = (seed: number) =>
      finish(
        predictPurchases(fit, [{ frequency: 3, recency: 20, age: 30 }], {
          horizon: 30,
          random: seededRandom(seed),
        }),
      );
    expect(predict(4)).toEqual(predict(4));
  });

  test('an interval of whole numbers counts ties by half', () => {
    const ties = Array.from({ length: 100 }, (_, i) => (i < 8 ? 0 : i < 90 ? 1 : 2));
    expect(intervalOf(ties, 0.9)).toEqual({ from: 1, to: 2 });
    expect(intervalOf(ties, 0.95)).toEqual({ from: 0, to: 2 });
    expect(intervalOf([3], 0.9)).toEqual({ from: 3, to: 3 });
    const even = Array.from({ length: 1001 }, (_, i) => i);
    expect(intervalOf(even, 0.9)).toEqual({ from: 50, to: 950 });
  });
});
