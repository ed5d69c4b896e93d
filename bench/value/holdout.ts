import { finish } from '@keepsake/kernel';
import {
  fitGammaGamma,
  fitMbgCnbdK,
  fitPurchasesNow,
  type HoldOut,
  type PredictiveModel,
  type SpendModel,
  splitHoldOut,
  type Transaction,
} from '@keepsake/value';
import { valueBenchmark } from '@keepsake/value/testing';
import type { Cell, Table } from '../support/report.ts';

const CALIBRATE_UNTIL = dayOf('19970930');
const UNTIL = dayOf('19980630');

/** How well models foretell 39 weeks of the CDNOW sample; undefined where it is not there. */
export function measureHoldOut(): Table | undefined {
  const text = valueBenchmark('CDNOW_sample.txt');
  if (text === undefined) return undefined;
  const observation = { until: UNTIL, unit: 'week' } as const;
  const split = splitHoldOut(readSample(text), observation, CALIBRATE_UNTIL);
  if (split.kind === 'refused') throw new Error(`The sample is refused: ${split.error.kind}.`);
  const holdOut = split.value;
  const { totals } = holdOut.calibration;
  const spend = finish(fitGammaGamma(totals.spendStatistics()))?.model;
  return {
    title: `CDNOW sample, ${holdOut.horizon} weeks held out: ${holdOut.customers.length} customers`,
    columns: [
      'model',
      'purchases MAE',
      'purchases RMSE',
      'predicted / actual',
      'spend MAE',
      'spend RMSE',
    ],
    rows: [
      scoreRow('frequency × T*/T', holdOut, pastRate, spend),
      ...fitModels(holdOut).map((model) =>
        scoreRow(model.name, holdOut, expectationOf(model), spend),
      ),
    ],
    remarks: [
      'spend is expected purchases times the expected mean of Gamma–Gamma',
      'others found for Pareto/NBD MAE .7545, RMSE 1.603, spend RMSE 72.2',
    ],
  };
}

type Foretell = (customer: HoldOut['customers'][number], horizon: number) => number;

function pastRate({ summary }: HoldOut['customers'][number], horizon: number): number {
  return (summary.frequency * horizon) / summary.age;
}

function expectationOf(model: PredictiveModel): Foretell {
  return ({ summary: { frequency, recency, age } }, horizon) =>
    model.expectedPurchases(frequency, recency, age, horizon);
}

function fitModels({ calibration: { totals } }: HoldOut): readonly PredictiveModel[] {
  const statistics = totals.statistics({ until: CALIBRATE_UNTIL, unit: 'week' });
  const names = ['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const;
  const fits = names.map((name) => fitPurchasesNow(statistics, name));
  const regular = finish(fitMbgCnbdK(statistics, totals.logIntervals('week')))?.model;
  return [
    ...fits.flatMap((fit) => (fit.verdict === 'too-little-data' ? [] : [fit.model])),
    ...(regular === undefined ? [] : [regular]),
  ];
}

function scoreRow(
  name: string,
  { customers, horizon }: HoldOut,
  foretell: Foretell,
  spend: SpendModel | undefined,
): Cell[] {
  const purchases = errorsOf();
  const money = errorsOf();
  for (const customer of customers) {
    const expected = foretell(customer, horizon);
    purchases.add(expected, customer.purchases);
    money.add(expected * (spend?.expectedSpend(customer.summary) ?? 0), customer.spend);
  }
  const [counts, values] = [purchases.read(), money.read()];
  return [
    name,
    counts.mae.toFixed(4),
    counts.rmse.toFixed(4),
    counts.ratio.toFixed(4),
    values.mae.toFixed(2),
    values.rmse.toFixed(2),
  ];
}

function errorsOf(): {
  add(predicted: number, actual: number): void;
  read(): { mae: number; rmse: number; ratio: number };
} {
  let [n, absolute, squared, predictedSum, actualSum] = [0, 0, 0, 0, 0];
  return {
    add: (predicted, actual) => {
      n += 1;
      absolute += Math.abs(predicted - actual);
      squared += (predicted - actual) ** 2;
      predictedSum += predicted;
      actualSum += actual;
    },
    read: () => ({
      mae: absolute / n,
      rmse: Math.sqrt(squared / n),
      ratio: predictedSum / actualSum,
    }),
  };
}

/** Master id, id, date, units, dollars. */
function readSample(text: string): readonly Transaction[] {
  return text
    .trim()
    .split('\n')
    .map((line): Transaction => {
      const [customer = '', , date = '', , dollars = ''] = line.trim().split(/\s+/);
      const amountMinor = Math.round(Number(dollars) * 100);
      return { customer, day: dayOf(date), amountMinor, kind: 'purchase' };
    });
}

function dayOf(date: string): number {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)].map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day) / 86_400_000;
}
