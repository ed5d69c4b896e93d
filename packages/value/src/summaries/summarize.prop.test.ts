import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PurchaseStatistics, PurchaseSummary } from '../model.ts';
import { PurchaseStream } from './purchase-stream.ts';
import { groupSpend, groupSummaries, PurchaseTotals, summarizeHistory } from './purchase-totals.ts';
import { summarizeTransactions } from './summarize.ts';
import type { Transaction } from './transaction.ts';

const UNTIL = 40;
const weeks = { until: UNTIL, unit: 'week' } as const;

const transaction: fc.Arbitrary<Transaction> = fc.record(
  {
    customer: fc.constantFrom('a', 'b', 'c', 'd'),
    day: fc.integer({ min: 0, max: UNTIL }),
    amountMinor: fc.integer({ min: 0, max: 9 }),
    kind: fc.constantFrom('purchase' as const, 'purchase' as const, 'return' as const),
    order: fc.constantFrom('x', 'y'),
  },
  { requiredKeys: ['customer', 'day', 'amountMinor', 'kind'] },
);
const transactions = fc.array(transaction, { maxLength: 40 });

/** Slow and plain: minor unit by minor unit, a day at a time. */
function referenceSummary(rows: readonly Transaction[]): Omit<PurchaseSummary, 'customer'> | null {
  const left: { day: number; order: string | undefined; minor: number }[] = [];
  const takeFrom = (candidates: typeof left, amountMinor: number): void => {
    for (let unit = 0; unit < amountMinor; unit++) {
      const purchase = candidates.findLast((each) => each.minor > 0);
      if (purchase !== undefined) purchase.minor -= 1;
    }
  };
  for (let day = 0; day <= UNTIL; day++) {
    const today = rows.filter((each) => each.day === day);
    const bought = today.filter((each) => each.kind === 'purchase');
    // Within a day the dearest purchase counts as the latest; equal ones are told by their order.
    bought.sort(
      (p, q) => p.amountMinor - q.amountMinor || ((p.order ?? '') < (q.order ?? '') ? -1 : 1),
    );
    for (const { order, amountMinor } of bought) left.push({ day, order, minor: amountMinor });
    const returned = today.filter((each) => each.kind === 'return');
    returned.sort(
      (p, q) => p.amountMinor - q.amountMinor || ((p.order ?? '') < (q.order ?? '') ? -1 : 1),
    );
    for (const { order, amountMinor } of returned) {
      const own = left.filter((each) => order !== undefined && each.order === order);
      takeFrom(own.length > 0 ? own : left, amountMinor);
    }
  }
  const days = [...new Set(left.map((each) => each.day))];
  const [first = 0] = days;
  if (days.length === 0) return null;
  const values = days.slice(1).map((day) => {
    const own = left.filter((each) => each.day === day);
    return own.reduce((sum, each) => sum + each.minor, 0) / 100;
  });
  const paid = values.filter((value) => value > 0);
  return {
    frequency: days.length - 1,
    recency: ((days.at(-1) ?? 0) - first) / 7,
    age: (UNTIL - first) / 7,
    spendCount: paid.length,
    meanSpend: paid.length === 0 ? 0 : paid.reduce((a, b) => a + b, 0) / paid.length,
  };
}

function summariesOf(rows: readonly Transaction[]) {
  const result = summarizeTransactions(rows, weeks);
  if (result.kind === 'refused') throw new Error(result.error.kind);
  return result.value;
}

/** Rows of statistics in an order of their own: by first day and by age they are not the same. */
function linesOf({ frequency, recency, age, count }: PurchaseStatistics): readonly string[] {
  const lines = [...count].map((n, i) => [frequency[i], recency[i], age[i], n].join());
  return lines.sort();
}

const byCustomer = (rows: readonly Transaction[]): readonly Transaction[] =>
  rows.toSorted((a, b) => (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0));

describe('summaries', () => {
  test('VAL-31 agree with returns taken cent by cent', () => {
    fc.assert(
      fc.property(transactions, (rows) => {
        const { summaries } = summariesOf(rows);
        for (const customer of ['a', 'b', 'c', 'd']) {
          const expected = referenceSummary(rows.filter((each) => each.customer === customer));
          const found = summaries.find((each) => each.customer === customer);
          if (expected === null) expect(found).toBeUndefined();
          else {
            const { meanSpend, ...rest } = expected;
            expect(found).toMatchObject(rest);
            expect(found?.meanSpend).toBeCloseTo(meanSpend, 10);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('VAL-30 do not depend on the order of rows', () => {
    fc.assert(
      fc.property(transactions, fc.infiniteStream(fc.nat()), (rows, keys) => {
        const shuffled = rows
          .map((each) => ({ each, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const sorted = (list: readonly PurchaseSummary[]): readonly PurchaseSummary[] =>
          list.toSorted((a, b) => (a.customer < b.customer ? -1 : 1));
        expect(sorted(summariesOf(shuffled).summaries)).toEqual(
          sorted(summariesOf(rows).summaries),
        );
      }),
    );
  });
});

describe('totals', () => {
  test('VAL-35 a stream sorted by customer comes to what all rows at once come to', () => {
    fc.assert(
      fc.property(transactions, (rows) => {
        const seen: PurchaseSummary[] = [];
        const stream = new PurchaseStream({
          until: UNTIL,
          sortedBy: 'text',
          each: (history) => seen.push(summarizeHistory(history, weeks)),
        });
        const sorted = byCustomer(rows);
        for (const each of sorted) expect(stream.add(each)).toBeUndefined();
        const { totals, notices, transactions: count } = stream.end();
        const whole = summariesOf(sorted);
        expect(count).toBe(rows.length);
        expect(seen).toEqual(whole.summaries);
        expect(notices).toEqual(whole.notices);
        expect(totals.read()).toEqual(whole.totals.read());
        expect(linesOf(totals.statistics(weeks))).toEqual(linesOf(groupSummaries(whole.summaries)));
        const spend = groupSpend(whole.summaries);
        expect([...totals.spendStatistics().meanSpend].sort()).toEqual([...spend.meanSpend].sort());
      }),
    );
  });

  test('VAL-36 of shards add up, and a customer can be replaced', () => {
    fc.assert(
      fc.property(transactions, fc.integer({ min: 0, max: UNTIL }), (rows, day) => {
        const whole = summariesOf(rows);
        const shards = new PurchaseTotals();
        for (const some of [['d', 'b'], ['a'], ['c']]) {
          const shard = rows.filter((each) => some.includes(each.customer));
          shards.merge(summariesOf(shard).totals.read());
        }
        const { logIntervals, ...rest } = whole.totals.read();
        expect(shards.read()).toMatchObject(rest);
        expect(shards.read().logIntervals).toBeCloseTo(logIntervals, 9);

        // Yesterday's totals, with the histories of today in the place of those of yesterday.
        const before = summariesOf(rows.filter((each) => each.day <= day));
        for (const history of before.histories) before.totals.remove(history);
        for (const history of whole.histories) before.totals.add(history);
        expect(before.totals.read()).toMatchObject(rest);
      }),
    );
  });

  test('VAL-36 the intervals sum up in either unit', () => {
    const rows = [0, 3, 17].map((day) => ({
      customer: 'a',
      day,
      amountMinor: 1,
      kind: 'purchase' as const,
    }));
    const { totals } = summariesOf(rows);
    expect(totals.logIntervals('day')).toBeCloseTo(Math.log(3 * 14), 12);
    expect(totals.logIntervals('week')).toBeCloseTo(Math.log((3 / 7) * 2), 12);
  });

  test('VAL-35 a customer who comes a second time is noticed where an order is said', () => {
    const rows = ['2', '10', '9'].map((customer) => ({
      customer,
      day: 1,
      amountMinor: 1,
      kind: 'purchase' as const,
    }));
    const faultsOf = (sortedBy: 'text' | 'number' | 'grouped'): unknown => {
      const stream = new PurchaseStream({ until: UNTIL, sortedBy });
      return rows.map((each) => stream.add(each)).find((fault) => fault !== undefined);
    };
    expect(faultsOf('grouped')).toBeUndefined();
    expect(faultsOf('text')).toMatchObject({ kind: 'not-sorted', position: 1, after: '2' });
    expect(faultsOf('number')).toMatchObject({ kind: 'not-sorted', customer: '9', after: '10' });
  });

  test('VAL-33 a stream takes nothing more after a refusal', () => {
    const stream = new PurchaseStream({ until: UNTIL, sortedBy: 'grouped' });
    const good = { customer: 'a', day: 1, amountMinor: 1, kind: 'purchase' as const };
    expect(stream.add(good)).toBeUndefined();
    const fault = stream.add({ ...good, day: UNTIL + 1 });
    expect(fault).toMatchObject({ kind: 'future-date', position: 1 });
    expect(stream.add(good)).toBe(fault);
    expect(stream.end().totals.customers).toBe(0);
  });
});
