import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@keepsake/kernel';
import { createDraws, PurchaseStream, type StreamResult } from '@keepsake/value';
import { progress } from '../support/bench.ts';
import { type Chart, drawChart } from '../support/chart.ts';
import { ROOT } from '../support/machine.ts';
import type { Cell, Table } from '../support/report.ts';
import { measureCpu, residentMegabytes } from './cpu.ts';

const UNTIL = 20_000;
const DAYS = 1000;

/** Folding transactions, sorted by customer, into totals as they come. */
export function measureStreams(sizes: readonly number[]): Table {
  return {
    title: 'Transactions in a stream, some nine a customer: drawn and folded, one thread',
    columns: ['customers', 'transactions', 'CPU s', 'million a CPU s', 'rows', 'resident MB'],
    rows: sizes.map(streamCustomers),
    remarks: ['rows are the different histories of purchases, which is what memory goes into'],
  };
}

/** Time and memory by the number of transactions. */
export function streamCharts({ rows }: Pick<Table, 'rows'>): readonly Chart[] {
  const chart = (
    title: string,
    yLabel: string,
    names: Readonly<Record<number, string>>,
  ): Chart => ({
    ...{ title, yLabel, xLabel: 'transactions', isByPowers: true },
    lines: Object.entries(names).map(([column, name]) => ({
      name,
      points: rows.map((row) => [Number(row[1]), Number(row[Number(column)])] as const),
    })),
  });
  return [
    chart('Folding a stream of transactions, one thread', 'CPU seconds', { 2: 'seconds' }),
    chart('Memory while a stream of transactions is folded', 'MB', { 5: 'resident' }),
  ];
}

/** Where the page about customer value shows each chart. */
const SHOWN = ['customer-value-stream-time.svg', 'customer-value-stream-memory.svg'];

/** Draws the charts into the documents. */
export function drawStreams(charts: readonly Chart[]): void {
  charts.forEach((chart, i) => {
    writeFileSync(join(ROOT, 'docs', 'concepts', SHOWN[i] ?? ''), drawChart(chart));
  });
}

function streamCustomers(customers: number): Cell[] {
  progress(`a stream of ${customers} customers`);
  const { value, cpuSeconds } = measureCpu(() => fold(customers));
  const { totals, transactions } = value;
  const rows = totals.statistics({ until: UNTIL, unit: 'day' }).count.length;
  const rate = (transactions / cpuSeconds / 1e6).toFixed(2);
  const resident = Math.round(residentMegabytes());
  return [customers, transactions, cpuSeconds, rate, rows, resident];
}

function fold(customers: number): StreamResult {
  const draws = createDraws(seededRandom(5));
  const stream = new PurchaseStream({ until: UNTIL, sortedBy: 'number' });
  for (let i = 0; i < customers; i++) {
    const customer = String(i);
    const purchases = 1 + Math.floor(9.5 * draws.exponential());
    let day = UNTIL - DAYS + Math.floor(0.4 * DAYS * draws.uniform());
    for (let j = 0; j < purchases && day <= UNTIL; j++) {
      const amountMinor = Math.floor(10_000 * draws.uniform());
      const fault = stream.add({ customer, day, amountMinor, kind: 'purchase' });
      if (fault !== undefined) throw new Error(`The stream refuses ${fault.kind}.`);
      day += 1 + Math.floor(60 * draws.uniform());
    }
  }
  return stream.end();
}
