import { finish, seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { fitBgBb } from '../fit/fit-bg-bb.ts';
import { fitGammaGamma } from '../fit/fit-gamma-gamma.ts';
import { fitMbgCnbdK } from '../fit/fit-mbg-cnbd-k.ts';
import { fitPurchasesNow } from '../fit/fit-purchases.ts';
import type { PurchaseModel } from '../model.ts';
import { createBgBb } from '../models/bg-bb.ts';
import { createBgNbd, createMbgNbd, createNbd, createParetoNbd } from '../models/index.ts';
import { createMbgCnbdK } from '../models/mbg-cnbd-k.ts';
import { createDraws } from '../numerics/index.ts';
import { groupSummaries } from '../summaries/purchase-totals.ts';
import { summarizeTransactions } from '../summaries/summarize.ts';
import {
  type BuyingProcess,
  bgBbProcess,
  bgNbdProcess,
  gammaGammaSpend,
  mbgCnbdKProcess,
  mbgNbdProcess,
  nbdProcess,
  paretoNbdProcess,
  type SimulationPlan,
  simulateCustomers,
  simulateTransactions,
} from './index.ts';

const PLAN: SimulationPlan = { customers: 16_000, ageMin: 20, ageMax: 60, horizon: 30 };
const purchase = { r: 0.8, alpha: 6 };
const stops = { ...purchase, a: 0.8, b: 2.5 };
const lifetimes = { ...purchase, s: 0.7, beta: 14 };
const occasions = { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 };

const CASES: readonly [string, BuyingProcess, PurchaseModel, Partial<SimulationPlan>][] = [
  ['NBD', nbdProcess(purchase), createNbd(purchase), {}],
  ['BG/NBD', bgNbdProcess(stops), createBgNbd(stops), {}],
  ['MBG/NBD', mbgNbdProcess(stops), createMbgNbd(stops), {}],
  ['Pareto/NBD', paretoNbdProcess(lifetimes), createParetoNbd(lifetimes), {}],
  ...[2, 3, 6].map((k): [string, BuyingProcess, PurchaseModel, Partial<SimulationPlan>] => {
    const parameters = { ...stops, alpha: 6 / k, k };
    return [`MBG/CNBD-${k}`, mbgCnbdKProcess(parameters), createMbgCnbdK(parameters), {}];
  }),
  [
    'BG/BB',
    bgBbProcess(occasions),
    createBgBb(occasions),
    { ageMin: 4, ageMax: 12, isWhole: true, horizon: 5 },
  ],
];

/** What was to be expected of customers who look alike, and by how much it was missed. */
interface Group {
  n: number;
  alive: number;
  expected: number;
  held: number;
  square: number;
}

describe('VAL-45 what models say is what happens to simulated customers', () => {
  test.each(CASES)('%s: the living and the held-out purchases', (_, process, model, plan) => {
    const whole = { ...PLAN, ...plan };
    // Customers who look alike: by purchases so far, and by how long they have been silent.
    const groups = new Map<string, Group>();
    for (const each of simulateCustomers(process, whole, createDraws(seededRandom(4)))) {
      const { frequency, recency, age } = each;
      const silent = Math.floor(3 * ((age - recency) / age) ** 2);
      const key = `${Math.min(frequency, 6)} ${silent}`;
      const group = groups.get(key) ?? { n: 0, alive: 0, expected: 0, held: 0, square: 0 };
      const expected = model.expectedPurchases(frequency, recency, age, whole.horizon);
      const held = each.heldOut - expected;
      group.n += 1;
      group.expected += expected;
      group.alive += (each.isAlive ? 1 : 0) - model.probabilityAlive(frequency, recency, age);
      group.held += held;
      group.square += held * held;
      groups.set(key, group);
    }
    // Where next to nothing is expected, what happened does not tell how far it may stray.
    const large = [...groups.values()].filter(({ n, expected }) => n >= 100 && expected >= 30);
    for (const { n, alive, held, square } of large) {
      expect(Math.abs(alive)).toBeLessThan(4.5 * Math.sqrt(n * 0.25));
      expect(Math.abs(held)).toBeLessThan(4.5 * Math.sqrt(square) + 1e-9);
    }
    expect(large.length).toBeGreaterThan(5);
  });

  test('what happens to other customers is noticed', () => {
    const model = createMbgCnbdK({ ...stops, alpha: 2, k: 3 });
    let [alive, n] = [0, 0];
    const other = mbgNbdProcess(stops);
    for (const each of simulateCustomers(other, PLAN, createDraws(seededRandom(4)))) {
      const { frequency, recency, age, isAlive } = each;
      alive += (isAlive ? 1 : 0) - model.probabilityAlive(frequency, recency, age);
      n += 1;
    }
    expect(Math.abs(alive)).toBeGreaterThan(4.5 * Math.sqrt(n * 0.25));
  });
});

describe('VAL-46 fits find the parameters that customers were drawn with', () => {
  const close = (
    found: Readonly<Record<string, number>>,
    errors: Readonly<Record<string, number>>,
    truth: Readonly<Record<string, number>>,
  ): void => {
    for (const [name, value] of Object.entries(truth)) {
      expect(Math.abs((found[name] ?? 0) - value)).toBeLessThan(4 * (errors[name] ?? 0));
    }
  };

  test('MBG/CNBD-3, with its regularity', () => {
    const parameters = { ...stops, alpha: 2 };
    const customers = [
      ...simulateCustomers(
        mbgCnbdKProcess({ ...parameters, k: 3 }),
        { ...PLAN, customers: 6000 },
        createDraws(seededRandom(8)),
      ),
    ];
    let logIntervals = 0;
    for (const { times, age } of customers) {
      for (let i = 1; i < times.length && (times[i] ?? 0) <= age; i++) {
        logIntervals += Math.log((times[i] ?? 0) - (times[i - 1] ?? 0));
      }
    }
    const fit = finish(fitMbgCnbdK(groupSummaries(customers), logIntervals));
    expect(fit?.k).toBe(3);
    expect(fit?.verdict).toBe('identified');
    expect(fit?.byRegularity).toHaveLength(6);
    close(fit?.model.parameters ?? {}, fit?.standardErrors ?? {}, parameters);
  });

  test('BG/BB', () => {
    const plan = { ...PLAN, customers: 20_000, ageMin: 6, ageMax: 10, isWhole: true };
    const customers = simulateCustomers(bgBbProcess(occasions), plan, createDraws(seededRandom(3)));
    const fit = finish(fitBgBb(groupSummaries(customers)));
    expect(fit?.verdict).toBe('identified');
    expect(fit?.isConverged).toBe(true);
    close(fit?.model.parameters ?? {}, fit?.standardErrors ?? {}, occasions);
  });

  test('where nobody stops, dropout is not identified', () => {
    const plan = { ...PLAN, customers: 3000 };
    const draws = createDraws(seededRandom(3));
    const statistics = groupSummaries(simulateCustomers(nbdProcess(purchase), plan, draws));
    const fit = finish(fitMbgCnbdK(statistics, 0));
    expect(fit?.verdict).toBe('dropout-not-identified');
    expect(fit?.model.probabilityAlive(3, 5, 50)).toBeCloseTo(1, 12);
  });

  test('transactions in whole days come to the same parameters', () => {
    const draws = createDraws(seededRandom(10));
    const spend = { p: 6, q: 4, v: 15 };
    const until = 20_000;
    const transactions = simulateTransactions(
      simulateCustomers(paretoNbdProcess(lifetimes), { ...PLAN, customers: 20_000 }, draws),
      { until, daysPerUnit: 7, spend: gammaGammaSpend(spend, draws) },
    );
    const seen = [...transactions].filter(({ day }) => day <= until);
    const result = summarizeTransactions(seen, { until, unit: 'week' });
    if (result.kind === 'refused') throw new Error(result.error.kind);
    const { totals } = result.value;
    expect(totals.customers).toBe(20_000);
    const fit = fitPurchasesNow(totals.statistics({ until, unit: 'week' }), 'pareto-nbd');
    if (fit.verdict === 'too-little-data') throw new Error('There are enough.');
    for (const [name, value] of Object.entries(lifetimes)) {
      const error = fit.standardErrors[name] ?? 0;
      // Purchases of one day become one, which moves parameters by about a tenth.
      const found = fit.model.parameters[name] ?? 0;
      expect(Math.abs(found - value)).toBeLessThan(4 * error + 0.15 * value);
    }
    const spent = finish(fitGammaGamma(totals.spendStatistics()));
    expect(spent?.verdict).toBe('identified');
    for (const name of ['p', 'q', 'v'] as const) {
      const error = spent?.standardErrors[name] ?? 0;
      const found = spent?.model.parameters[name] ?? 0;
      expect(Math.abs(found - spend[name])).toBeLessThan(4 * error + 0.05 * spend[name]);
    }
  });
});

test('VAL-44 the same seed gives the same customers and transactions', () => {
  const run = (): unknown => {
    const draws = createDraws(seededRandom(77));
    const customers = simulateCustomers(bgNbdProcess(stops), { ...PLAN, customers: 50 }, draws);
    const spend = gammaGammaSpend({ p: 6, q: 4, v: 15 }, draws);
    return [...simulateTransactions(customers, { until: 1000, daysPerUnit: 7, spend })];
  };
  expect(run()).toEqual(run());
});
