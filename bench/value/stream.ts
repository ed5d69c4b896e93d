import { seededRandom } from '@keepsake/kernel';
import { createDraws, PurchaseStream, type StreamResult } from '@keepsake/value';
import { progress } from '../support/bench.ts';
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
