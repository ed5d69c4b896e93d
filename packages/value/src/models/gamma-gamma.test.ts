import { finish, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitGammaGamma, SPEND_CUSTOMERS_MIN, type SpendFit } from '../fit/fit-gamma-gamma.ts';
import { createDraws } from '../numerics/index.ts';
import { groupSpend } from '../summaries/purchase-totals.ts';
import { valueBenchmark } from '../testing/benchmark-data.ts';
import { createGammaGamma, type GammaGammaParameters } from './gamma-gamma.ts';

interface Golden {
  readonly params: readonly [number, number, number];
  readonly x: number;
  readonly m: number;
  readonly ll: number;
  readonly cond_mean: number;
}

const goldenText = valueBenchmark('golden_values.json');
const tableText = valueBenchmark('cdnow_customers_summary_with_transactions.csv');
const skipped = 'skipped: no benchmark data';

test.skipIf(goldenText === undefined)(
  `VAL-50 Gamma-Gamma has the values computed at 60 digits${goldenText === undefined ? ` (${skipped})` : ''}`,
  () => {
    const { gg } = JSON.parse(goldenText ?? '{}') as { gg: readonly Golden[] };
    expect(gg.length).toBeGreaterThan(5);
    for (const { params, x, m, ll, cond_mean } of gg) {
      const [p, q, v] = params;
      const model = createGammaGamma({ p, q, v });
      const history = { spendCount: x, meanSpend: m };
      expect(Math.abs(model.logLikelihood(history) / ll - 1)).toBeLessThan(1e-12);
      expect(Math.abs((model.expectedSpend(history) ?? 0) / cond_mean - 1)).toBeLessThan(1e-12);
    }
  },
);

test.skipIf(tableText === undefined)(
  'VAL-51 Gamma-Gamma on the CDNOW sample has its optimum where others find it',
  () => {
    const rows = (tableText ?? '').trim().split('\n').slice(1);
    const spend = rows.map((line) => {
      const [, x = 0, , , mean = 0] = line.split(',').map(Number);
      return { frequency: x, spendCount: mean > 0 ? x : 0, meanSpend: mean };
    });
    const fit = finish(fitGammaGamma(groupSpend(spend)));
    expect(fit).toMatchObject({ verdict: 'identified', isConverged: true, customers: 946 });
    expect(fit?.logLikelihood).toBeCloseTo(-4055.9232, 3);
    const { p = 0, q = 0, v = 0 } = fit?.model.parameters ?? {};
    expect([p / 6.2488, q / 3.74459, v / 15.44775].map((ratio) => ratio.toFixed(4))).toEqual([
      '1.0000',
      '1.0000',
      '1.0000',
    ]);
    expect(fit?.correlation).toBeGreaterThan(0.1);
    expect(fit?.correlation).toBeLessThan(0.13);
  },
);

/** Mean spend of customers drawn from the model, each with a few purchases. */
function drawSpend(
  { p, q, v }: GammaGammaParameters,
  customers: number,
  seed = 6,
): { frequency: number; spendCount: number; meanSpend: number }[] {
  const draws = createDraws(seededRandom(seed));
  return Array.from({ length: customers }, () => {
    const spendCount = 1 + draws.poisson(3);
    const scale = v / draws.gamma(q);
    return {
      frequency: spendCount,
      spendCount,
      meanSpend: (draws.gamma(p * spendCount) * scale) / spendCount,
    };
  });
}

function fitOf(rows: Parameters<typeof groupSpend>[0]): SpendFit | undefined {
  return finish(fitGammaGamma(groupSpend(rows)));
}

describe('VAL-52 a verdict goes with every fit of spend', () => {
  const truth = { p: 5, q: 3.5, v: 12 };

  test('identified, whatever the currency', () => {
    const rows = drawSpend(truth, 4000);
    const fit = fitOf(rows);
    expect(fit?.verdict).toBe('identified');
    for (const name of ['p', 'q', 'v'] as const) {
      const error = Math.abs((fit?.model.parameters[name] ?? 0) - truth[name]);
      expect(error).toBeLessThan(4 * (fit?.standardErrors[name] ?? 0));
    }
    const yen = fitOf(rows.map((row) => ({ ...row, meanSpend: row.meanSpend * 1e6 })));
    expect(yen?.verdict).toBe('identified');
    expect((yen?.model.parameters.v ?? 0) / (fit?.model.parameters.v ?? 1)).toBeCloseTo(1e6, -3);
    expect(yen?.logLikelihood).toBeCloseTo((fit?.logLikelihood ?? 0) - 4000 * Math.log(1e6), 4);
  });

  test('counted rows are worth as many single ones', () => {
    const rows = drawSpend(truth, 300);
    const once = fitOf(rows);
    const thrice = fitOf([...rows, ...rows, ...rows]);
    expect(thrice?.model.parameters.p).toBeCloseTo(once?.model.parameters.p ?? 0, 3);
    expect(thrice?.logLikelihood).toBeCloseTo(3 * (once?.logLikelihood ?? 0), 6);
  });

  test('no customers, few customers', () => {
    expect(fitOf([])).toBeUndefined();
    expect(fitOf([{ frequency: 3, spendCount: 0, meanSpend: 0 }])).toBeUndefined();
    const few = fitOf(drawSpend(truth, SPEND_CUSTOMERS_MIN - 1));
    expect(few?.verdict).toBe('too-little-data');
  });

  test('no mean where q is at most 1', () => {
    const fit = fitOf(drawSpend({ p: 5, q: 0.6, v: 12 }, 3000));
    expect(fit?.verdict).toBe('mean-not-finite');
    expect(fit?.model.expectedSpend({ spendCount: 0, meanSpend: 0 })).toBeUndefined();
  });

  test('customers who are all alike', () => {
    const alike = Array.from({ length: 200 }, () => ({
      frequency: 3,
      spendCount: 3,
      meanSpend: 20,
    }));
    const fit = fitOf(alike);
    expect(fit?.verdict).toBe('differences-not-identified');
    expect(fit?.model.expectedSpend({ spendCount: 3, meanSpend: 20 })).toBeCloseTo(20, 1);
  });

  test('spend that goes with frequency', () => {
    const rows = drawSpend(truth, 3000).map((row) => ({
      ...row,
      meanSpend: row.meanSpend * row.frequency ** 1.5,
    }));
    expect(fitOf(rows)?.verdict).toBe('spend-follows-frequency');
  });

  test('a purchase of less than nothing never goes in', () => {
    const rows = drawSpend(truth, 500);
    const clean = fitOf(rows);
    const odd = [-5, 0, Number.NEGATIVE_INFINITY].map((meanSpend) => ({
      frequency: 2,
      spendCount: 2,
      meanSpend,
    }));
    expect(fitOf([...rows, ...odd])?.logLikelihood).toBeCloseTo(clean?.logLikelihood ?? 0, 8);
  });
});

describe('VAL-53 expected spend lies between the customer and the base', () => {
  const positive = (max: number): fc.Arbitrary<number> =>
    fc.double({ min: Math.log(1e-3), max: Math.log(max), noNaN: true }).map(Math.exp);

  test('nothing is ever not finite', () => {
    fc.assert(
      fc.property(
        positive(1e4),
        positive(1e4),
        positive(1e7),
        fc.integer({ min: 0, max: 100_000 }),
        positive(1e9),
        fc.nat(),
        (p, q, v, spendCount, meanSpend, seed) => {
          const model = createGammaGamma({ p, q, v });
          const history = { spendCount, meanSpend: spendCount === 0 ? 0 : meanSpend };
          expect(Number.isFinite(model.logLikelihood(history))).toBe(true);
          const expected = model.expectedSpend(history);
          if (expected === undefined) expect(p * spendCount + q).toBeLessThanOrEqual(1);
          else expect(Number.isFinite(expected) && expected >= 0).toBe(true);
          const draws = createDraws(seededRandom(seed));
          expect(Number.isFinite(model.drawMeanSpend(history, draws))).toBe(true);
          expect(Number.isFinite(model.drawTotalSpend(history, 5, draws))).toBe(true);
          if (q > 1 && spendCount > 0) {
            const base = (p * v) / (q - 1);
            const [low, high] = [Math.min(base, meanSpend), Math.max(base, meanSpend)];
            expect(expected).toBeGreaterThanOrEqual(low * (1 - 1e-9));
            expect(expected).toBeLessThanOrEqual(high * (1 + 1e-9));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('draws are of that mean', () => {
    const model = createGammaGamma({ p: 6.25, q: 3.74, v: 15.4 });
    const history = { spendCount: 3, meanSpend: 40 };
    const draws = createDraws(seededRandom(1));
    let [mean, total] = [0, 0];
    for (let i = 0; i < 50_000; i++) {
      mean += model.drawMeanSpend(history, draws) / 50_000;
      total += model.drawTotalSpend(history, 4, draws) / 50_000;
    }
    const expected = model.expectedSpend(history) ?? 0;
    expect(mean / expected).toBeCloseTo(1, 2);
    expect(total / 4 / expected).toBeCloseTo(1, 2);
    expect(model.drawTotalSpend(history, 0, draws)).toBe(0);
  });
});
