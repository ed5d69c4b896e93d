import { finish, seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import type { PurchaseStatistics } from '../model.ts';
import { createDraws } from '../numerics/index.ts';
import { paretoNbdProcess, simulateCustomers } from '../simulate/index.ts';
import { type CovariateFit, type Covariates, fitCovariates } from './fit-covariates.ts';
import { fitPurchasesNow } from './fit-purchases.ts';

const TRUTH = { r: 0.9, alpha: 9, s: 0.8, beta: 14 };
const EFFECT = { often: 0.5, soon: -0.7 };

/** Half of the customers subscribe, which makes them buy more often and stay longer. */
function subscribers(customers: number): {
  statistics: PurchaseStatistics;
  subscribed: Float64Array;
} {
  const draws = createDraws(seededRandom(31));
  const subscribed = Float64Array.from({ length: customers }, (_, i) => i % 2);
  const lives = Array.from(subscribed, (z) => {
    const alpha = TRUTH.alpha * Math.exp(-EFFECT.often * z);
    const beta = TRUTH.beta * Math.exp(-EFFECT.soon * z);
    const plan = { customers: 1, ageMin: 30, ageMax: 60, horizon: 1 };
    const [life] = simulateCustomers(paretoNbdProcess({ ...TRUTH, alpha, beta }), plan, draws);
    return life;
  });
  const column = (of: 'frequency' | 'recency' | 'age'): Float64Array =>
    Float64Array.from(lives, (life) => life?.[of] ?? 0);
  return {
    statistics: {
      frequency: column('frequency'),
      recency: column('recency'),
      age: column('age'),
      count: new Float64Array(customers).fill(1),
    },
    subscribed,
  };
}

function fit(statistics: PurchaseStatistics, covariates: Covariates): CovariateFit {
  const found = finish(fitCovariates(statistics, covariates));
  if (!('coefficients' in found)) throw new Error(found.verdict);
  return found;
}

describe('covariates', () => {
  const { statistics, subscribed } = subscribers(2400);
  const column = { name: 'subscribed', values: subscribed };

  test('VAL-22 are found within their errors, and shift the rates of buying and of stopping', () => {
    const found = fit(statistics, { purchases: [column], dropout: [column] });
    expect(found.isConverged).toBe(true);
    const [often, soon] = found.coefficients;
    expect(often).toMatchObject({ name: 'subscribed', of: 'purchases' });
    expect(soon).toMatchObject({ name: 'subscribed', of: 'dropout' });
    for (const [found, wanted] of [
      [often, EFFECT.often],
      [soon, EFFECT.soon],
    ] as const) {
      const error = found?.standardError ?? 0;
      expect(error).toBeGreaterThan(0.01);
      expect(Math.abs((found?.estimate ?? 0) - wanted)).toBeLessThan(4 * error);
    }
    expect(found.evidence).toBeGreaterThan(20);
    const model = found.modelOf({ purchases: [1], dropout: [1] });
    const shift = Math.exp(-(often?.estimate ?? 0));
    const { alpha } = model.parameters;
    expect(alpha).toBeCloseTo(found.parameters.alpha * shift, 10);
    // The likelihood is that of each customer's own model.
    let log = 0;
    statistics.count.forEach((_, i) => {
      const z = [subscribed[i] ?? 0];
      const own = found.modelOf({ purchases: z, dropout: z });
      const row = [statistics.frequency, statistics.recency, statistics.age] as const;
      log += own.logLikelihood(row[0][i] ?? 0, row[1][i] ?? 0, row[2][i] ?? 0);
    });
    expect(Math.abs(log - found.logLikelihood)).toBeLessThan(1e-6);
  });

  test('VAL-22 none of them is Pareto/NBD itself', () => {
    const found = fit(statistics, { purchases: [], dropout: [] });
    const plain = fitPurchasesNow(statistics, 'pareto-nbd');
    expect(found.evidence).toBeLessThan(1e-5);
    expect(plain).toMatchObject({ verdict: 'identified' });
  });

  test('of too few customers nothing is said', () => {
    const few = {
      frequency: Float64Array.of(1),
      recency: Float64Array.of(3),
      age: Float64Array.of(9),
      count: Float64Array.of(2),
    };
    const none = { purchases: [], dropout: [] };
    expect(finish(fitCovariates(few, none))).toMatchObject({ verdict: 'too-little-data' });
    const wrong = { purchases: [column], dropout: [] };
    expect(() => finish(fitCovariates(few, wrong))).toThrow('a value for each row');
  });
});
