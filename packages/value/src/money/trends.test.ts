import { seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { createDraws, drawAround } from '../numerics/index.ts';
import { BASE_COSTS } from '../testing/base-shape.ts';
import { type CustomerAccount, columnsOf } from './accounts.ts';
import { activityLevels, fitCurve, fitLine } from './activity.ts';
import { uniqueHistories } from './histories.ts';
import { fitMargins, marginsOf, shrinkMargin } from './margins.ts';

const draws = createDraws(seededRandom(7));
const COLUMNS = {
  frequency: Float64Array.from({ length: 4_000 }, () => draws.poisson(4 * draws.gamma(0.8))),
  recency: new Float64Array(4_000),
  age: Float64Array.from({ length: 4_000 }, () => 6 + 20 * draws.uniform()),
};
const LEVELS = activityLevels(COLUMNS);
const logAt = (i: number): number => LEVELS.logs[LEVELS.of[i] ?? 0] ?? 0;

describe('activity', () => {
  test('VAL-66 levels rise with purchases over time, and stand around the mean of the base', () => {
    for (let level = 1; level < LEVELS.logs.length; level++) {
      expect(LEVELS.logs[level]).toBeGreaterThan(LEVELS.logs[level - 1] ?? 0);
    }
    let total = 0;
    for (const level of LEVELS.of) total += LEVELS.logs[level] ?? 0;
    expect(total / 4_000).toBeCloseTo(0, 9);
  });

  test('VAL-66 a base of one customer, of none, or all alike has one level', () => {
    for (const size of [0, 1, 50]) {
      const same = new Float64Array(size).fill(3);
      expect([...activityLevels({ frequency: same, recency: same, age: same }).logs]).toEqual([0]);
    }
  });

  test('VAL-66 trends are found where they are, and are not where there is none', () => {
    const weights = COLUMNS.frequency.map((x) => x + 1);
    const noise = COLUMNS.frequency.map(() => draws.gamma(2) / 2);
    const curved = noise.map((value, i) => value * 40 * Math.exp(0.3 * logAt(i)));
    expect(fitCurve(LEVELS, curved, weights).slope).toBeCloseTo(0.3, 1);
    expect(Math.exp(fitCurve(LEVELS, curved, weights).middle)).toBeCloseTo(40, -0.5);
    expect(Math.abs(fitCurve(LEVELS, noise, weights).slope)).toBeLessThan(0.06);
    const lined = noise.map((value, i) => value + 0.2 * logAt(i));
    expect(fitLine(LEVELS, lined, weights).slope).toBeCloseTo(0.2, 1);
  });

  test('VAL-66 nothing to weigh, or nothing above zero, has no trend', () => {
    const none = new Float64Array(4_000);
    expect(fitCurve(LEVELS, none, none)).toEqual({ middle: 0, slope: 0 });
    expect(fitLine(LEVELS, none, none)).toEqual({ middle: 0, slope: 0 });
    expect(
      fitCurve(
        LEVELS,
        none,
        none.map(() => 1),
      ),
    ).toEqual({ middle: 0, slope: 0 });
  });
});

describe('margins', () => {
  const account = (customer: string, categories: Record<string, number>): CustomerAccount => ({
    customer,
    frequency: 3,
    recency: 1,
    age: 2,
    spendCount: 1,
    meanSpend: 1,
    lines: 4,
    returns: 0,
    contacts: {},
    categories,
  });

  test('VAL-67 variances within and between customers are those they were made by', () => {
    const accounts = Array.from({ length: 3_000 }, (_, i) => {
      const share = draws.beta(2, 2);
      const tailored = draws.binomial(8, share);
      return account(`c${i}`, { basics: 8 - tailored, tailored });
    });
    const columns = columnsOf(accounts);
    const levels = activityLevels(columns);
    const own = marginsOf(columns, BASE_COSTS);
    const prior = fitMargins(columns, { table: BASE_COSTS, own, levels });
    // Categories of .30 and .45; shares of Beta(2, 2) have variance 1/20.
    expect(prior.mean.middle).toBeCloseTo(0.375, 2);
    expect(prior.between).toBeCloseTo(0.15 ** 2 / 20, 4);
    expect(prior.within).toBeCloseTo(0.15 ** 2 * (1 / 4 - 1 / 20), 3);
  });

  test('VAL-67 a margin moves from the base to the customer, and its doubt goes', () => {
    const prior = { mean: { middle: 0.3, slope: 0 }, within: 0.01, between: 0.002 };
    const at = (weight: number) => shrinkMargin(prior, { mean: 0.5, weight, log: 0 });
    expect(at(0)).toEqual({ mean: 0.3, variance: 0.002 });
    expect(at(5).mean).toBeCloseTo(0.4, 12);
    expect(at(5).variance).toBeCloseTo(0.001, 12);
    expect(at(1e6).mean).toBeCloseTo(0.5, 5);
  });
});

describe('histories and draws around a fit', () => {
  test('VAL-69 customers share a row where they share a history, and only there', () => {
    const frequency = Float64Array.from({ length: 5_000 }, (_, i) => i % 7);
    const recency = Float64Array.from({ length: 5_000 }, (_, i) => (i % 3) / 3);
    const age = Float64Array.from({ length: 5_000 }, (_, i) => 1 + (i % 11) * 0.1);
    const { first, rowOf } = uniqueHistories({ frequency, recency, age });
    const key = (i: number): string => `${frequency[i]} ${recency[i]} ${age[i]}`;
    expect(first.length).toBe(new Set(Array.from(frequency, (_, i) => key(i))).size);
    rowOf.forEach((row, i) => {
      expect(key(first[row] ?? -1)).toBe(key(i));
    });
  });

  test('VAL-70 draws around a fit have its covariance, also where that is singular', () => {
    const covariance = [2, 1, 0, 1, 3, 0, 0, 0, 0];
    const sums = new Float64Array(9);
    for (let k = 0; k < 20_000; k++) {
      const drawn = drawAround([1, 2, 3], covariance, draws);
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          const product = ((drawn[i] ?? 0) - i - 1) * ((drawn[j] ?? 0) - j - 1);
          sums[i * 3 + j] = (sums[i * 3 + j] ?? 0) + product / 20_000;
        }
      }
    }
    sums.forEach((sum, i) => {
      expect(Math.abs(sum - (covariance[i] ?? 0))).toBeLessThan(0.12);
    });
  });
});
