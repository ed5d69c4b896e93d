import { seededRandom } from '@keepsake/kernel';
import {
  CountTable,
  createDraws,
  type FittedModelName,
  fitPurchases,
  type PurchaseStatistics,
} from '@keepsake/value';
import { paretoNbdProcess, simulateCustomers } from '@keepsake/value/testing';
import { progress } from '../support/bench.ts';
import type { Cell, Table } from '../support/report.ts';
import { measureCpu, measureWork, residentMegabytes } from './cpu.ts';

const MODELS: readonly FittedModelName[] = ['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'];

/** Parameters of the CDNOW sample: weeks. */
const PROCESS = paretoNbdProcess({ r: 0.5533, alpha: 10.578, s: 0.6062, beta: 11.669 });
const HORIZON = 39;

/** Fitting and scoring bases of different sizes. */
export function measureFits(sizes: readonly number[]): Table {
  return {
    title: 'Simulated customers of a Pareto/NBD, days in weeks: fitting and scoring, one thread',
    columns: [
      'customers',
      'model',
      'different rows',
      'grouping CPU s',
      'fit CPU s',
      'scoring CPU s',
      'passes',
      'log-likelihood',
      'verdict',
      'resident MB',
    ],
    rows: sizes.flatMap(fitSize),
    remarks: [
      'fitting includes NBD and the starts; scoring is the expectation for every different row',
      'passes over rows count those over a sample too',
    ],
  };
}

function fitSize(customers: number): Cell[][] {
  progress(`${customers} simulated customers`);
  const columns = simulateColumns(customers);
  const { value: statistics, cpuSeconds: grouping } = measureCpu(() => group(columns));
  return MODELS.map((name) => {
    const { value: fit, cpuSeconds } = measureWork(fitPurchases(statistics, name));
    if (fit.verdict === 'too-little-data') return [customers, name, fit.verdict];
    const scoring = measureCpu(() => score(statistics, fit.model.expectedPurchases));
    return [
      customers,
      name,
      statistics.count.length,
      grouping,
      cpuSeconds,
      scoring.cpuSeconds,
      fit.evaluations,
      fit.logLikelihood.toFixed(2),
      fit.verdict,
      residentMegabytes(),
    ];
  });
}

interface Columns {
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
}

/** Histories with times in whole days, as weeks. */
function simulateColumns(customers: number): Columns {
  const draws = createDraws(seededRandom(5));
  const frequency = new Float64Array(customers);
  const recency = new Float64Array(customers);
  const age = new Float64Array(customers);
  const plan = { customers, ageMin: 27, ageMax: 39, horizon: 0 };
  let i = 0;
  for (const life of simulateCustomers(PROCESS, plan, draws)) {
    const days = new Set(life.times.map((time) => Math.floor(time * 7)));
    frequency[i] = days.size - 1;
    recency[i] = Math.floor(life.recency * 7) / 7;
    age[i] = Math.floor(life.age * 7) / 7;
    i += 1;
  }
  return { frequency, recency, age };
}

function group({ frequency, recency, age }: Columns): PurchaseStatistics {
  const table = new CountTable();
  for (let i = 0; i < frequency.length; i++) {
    table.add(frequency[i] ?? 0, recency[i] ?? 0, age[i] ?? 0);
  }
  const { first, second, third, count } = table.rows();
  return { frequency: first, recency: second, age: third, count };
}

function score(
  { frequency, recency, age, count }: PurchaseStatistics,
  expected: (x: number, recency: number, age: number, horizon: number) => number,
): number {
  let total = 0;
  for (let i = 0; i < count.length; i++) {
    const each = expected(frequency[i] ?? 0, recency[i] ?? 0, age[i] ?? 0, HORIZON);
    total += (count[i] ?? 0) * each;
  }
  return total;
}
