import { finish } from '@keepsake/kernel';
import { expect, test } from 'vitest';
import { fitGammaGamma } from '../fit/fit-gamma-gamma.ts';
import { fitPurchasesNow } from '../fit/fit-purchases.ts';
import { valueBenchmark } from '../testing/benchmark-data.ts';
import { splitHoldOut } from './hold-out.ts';
import type { Transaction } from './transaction.ts';

const text = valueBenchmark('CDNOW_sample.txt');
const title = 'VAL-59 Pareto/NBD and Gamma-Gamma foretell 39 weeks of the CDNOW sample';

/** Days since 1970 of a date like 19970131. */
function dayOf(date: string): number {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)].map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day) / 86_400_000;
}

function readSample(): readonly Transaction[] {
  const lines = (text ?? '').trim().split('\n');
  return lines.map((line) => {
    const [customer = '', , date = '', , dollars = ''] = line.trim().split(/\s+/);
    const amountMinor = Math.round(Number(dollars) * 100);
    return { customer, day: dayOf(date), amountMinor, kind: 'purchase' };
  });
}

test.skipIf(text === undefined)(
  text === undefined ? `${title} (skipped: no benchmark data)` : title,
  () => {
    const calibrated = dayOf('19970930');
    const observation = { until: dayOf('19980630'), unit: 'week' } as const;
    const split = splitHoldOut(readSample(), observation, calibrated);
    if (split.kind === 'refused') throw new Error(split.error.kind);
    const { customers, horizon, calibration } = split.value;
    expect(customers).toHaveLength(2357);
    expect(customers.reduce((sum, { purchases }) => sum + purchases, 0)).toBe(1882);
    expect(horizon).toBe(39);

    const seen = { until: calibrated, unit: 'week' } as const;
    const fit = fitPurchasesNow(calibration.totals.statistics(seen), 'pareto-nbd');
    const spend = finish(fitGammaGamma(calibration.totals.spendStatistics()));
    if (fit.verdict !== 'identified' || spend?.verdict !== 'identified') {
      throw new Error('Both are identified.');
    }
    expect(spend.logLikelihood).toBeCloseTo(-4055.9177, 3);
    let [absolute, squared, money] = [0, 0, 0];
    for (const { summary, purchases, spend: spent } of customers) {
      const { frequency, recency, age } = summary;
      const expected = fit.model.expectedPurchases(frequency, recency, age, horizon);
      absolute += Math.abs(expected - purchases);
      squared += (expected - purchases) ** 2;
      money += (expected * (spend.model.expectedSpend(summary) ?? 0) - spent) ** 2;
    }
    expect(absolute / customers.length).toBeLessThanOrEqual(0.755);
    expect(Math.sqrt(squared / customers.length)).toBeLessThanOrEqual(1.603);
    expect(Math.sqrt(money / customers.length)).toBeLessThanOrEqual(72.2);
  },
);
