import { fitPurchases, groupSummaries } from '@keepsake/value';
import { valueBenchmark } from '@keepsake/value/testing';
import type { Cell, Table } from '../support/report.ts';
import { measureWork } from './cpu.ts';

/** The CDNOW sample, whose parameters are known to many digits; undefined where it is not there. */
export function measurePublished(): Table | undefined {
  const text = valueBenchmark('cdnow_customers_summary.csv');
  if (text === undefined) return undefined;
  const histories = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, frequency = 0, recency = 0, age = 0] = line.split(',').map(Number);
      return { frequency, recency, age };
    });
  const statistics = groupSummaries(histories);
  const rows = (['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const).map((name): Cell[] => {
    const { value: fit, cpuSeconds } = measureWork(fitPurchases(statistics, name));
    if (fit.verdict === 'too-little-data') return [name, fit.verdict];
    const parameters = Object.entries(fit.model.parameters).map(
      ([key, value]) =>
        `${key} ${value.toPrecision(7)} ± ${(fit.standardErrors[key] ?? 0).toPrecision(3)}`,
    );
    return [name, fit.logLikelihood.toFixed(4), parameters.join(', '), fit.evaluations, cpuSeconds];
  });
  return {
    title: `CDNOW sample: ${histories.length} customers, ${statistics.count.length} different rows`,
    columns: ['model', 'log-likelihood', 'parameters and standard errors', 'passes', 'CPU s'],
    rows,
    remarks: [
      'others found for BG/NBD r .242593 α 4.413532 a .792886 b 2.425752 at −9582.4256,',
      'for Pareto/NBD r .5533 α 10.578 s .6062 β 11.669 at −9594.97',
    ],
  };
}
