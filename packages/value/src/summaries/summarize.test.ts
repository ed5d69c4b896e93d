import { describe, expect, test } from 'vitest';
import { splitHoldOut } from './hold-out.ts';
import { type PurchaseSummaries, summarizeTransactions } from './summarize.ts';
import { NOTICES_MAX, type Transaction } from './transaction.ts';

type Row = Partial<Transaction> & { readonly day: number };

/** A purchase of 10.00 by Ada, but for what is given. */
const row = (given: Row): Transaction => ({
  customer: 'ada',
  amountMinor: 1000,
  kind: 'purchase',
  ...given,
});

const weeks = { until: 140, unit: 'week' } as const;

function summarize(...rows: Row[]): PurchaseSummaries {
  const result = summarizeTransactions(rows.map(row), weeks);
  if (result.kind === 'refused') throw new Error(result.error.kind);
  return result.value;
}

describe('VAL-30 lines of one day are one purchase, and times count from the first', () => {
  test('merged and counted, in any order', () => {
    const { summaries } = summarize(
      { day: 70, amountMinor: 3000 },
      { day: 28, amountMinor: 500 },
      { day: 70, amountMinor: 2000 },
      { day: 28 },
    );
    expect(summaries).toEqual([
      { customer: 'ada', frequency: 1, recency: 6, age: 16, spendCount: 1, meanSpend: 50 },
    ]);
  });

  test('days as unit, and a currency without minor units', () => {
    const rows = [row({ day: 28 }), row({ day: 70, amountMinor: 5000 })];
    const result = summarizeTransactions(rows, { until: 140, unit: 'day', minorPerUnit: 1 });
    expect(result).toMatchObject({
      value: { summaries: [{ recency: 42, age: 112, meanSpend: 5000 }] },
    });
  });

  test('nobody gives nothing', () => {
    expect(summarize().summaries).toEqual([]);
  });

  test('days before 1970', () => {
    expect(summarize({ day: -7 }, { day: 0 }).summaries[0]).toMatchObject({ recency: 1, age: 21 });
  });
});

describe('VAL-31 returns reduce their order, or else the latest earlier purchases', () => {
  const bought = [
    { day: 0 },
    { day: 7, order: 'a' },
    { day: 14, order: 'b', amountMinor: 3000 },
    { day: 21, order: 'c' },
  ] as const;
  const meanOf = (...rows: Row[]): number => summarize(...rows).summaries[0]?.meanSpend ?? -1;

  test('against the order it names', () => {
    const back = { day: 30, kind: 'return', order: 'b', amountMinor: 1500 } as const;
    expect(meanOf(...bought)).toBeCloseTo(50 / 3, 12);
    expect(meanOf(...bought, back)).toBeCloseTo(35 / 3, 12);
  });

  test('without an order, or with one that is not known, against the latest before', () => {
    for (const order of [undefined, 'unknown']) {
      const given = order === undefined ? {} : { order };
      const back = { day: 20, kind: 'return', amountMinor: 3500, ...given } as const;
      const { summaries, notices } = summarize(...bought, back);
      // 30.00 of day 14 and 5.00 of day 7; day 21 was not bought yet.
      expect(summaries[0]).toMatchObject({ frequency: 3, spendCount: 2, meanSpend: 7.5 });
      expect(notices.first).toEqual([]);
    }
  });

  test('more than its order is reported, and takes from no other order', () => {
    const back = { day: 22, kind: 'return', order: 'c', amountMinor: 1700 } as const;
    const { summaries, notices } = summarize(...bought, back);
    expect(summaries[0]).toMatchObject({ frequency: 3, spendCount: 2, meanSpend: 20 });
    expect(notices.first).toEqual([
      { kind: 'refund-exceeds-order', customer: 'ada', day: 22, order: 'c', excessMinor: 700 },
    ]);
  });

  test('what no purchase covers is reported', () => {
    const back = { day: 10, kind: 'return', amountMinor: 2500 } as const;
    const { notices } = summarize({ day: 0 }, { day: 7 }, back);
    expect(notices.first).toEqual([
      { kind: 'refund-without-purchase', customer: 'ada', day: 10, excessMinor: 500 },
    ]);
  });

  test('a customer with nothing but returns is reported and has no summary', () => {
    const { summaries, notices, totals } = summarize({ day: 3, kind: 'return' });
    expect(summaries).toEqual([]);
    expect(totals.customers).toBe(0);
    expect(notices.counts['only-returns']).toBe(1);
  });

  test('many returns of many purchases take linear time', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) =>
      row(
        i % 2 === 0 ? { day: i, amountMinor: i } : { day: i, kind: 'return', amountMinor: i - 1 },
      ),
    );
    const result = summarizeTransactions(rows, { until: 100_000, unit: 'day' });
    expect(result).toMatchObject({ value: { summaries: [{ frequency: 49_999, spendCount: 0 }] } });
  });
});

test('VAL-32 a purchase of nothing counts for frequency and not for spend', () => {
  const { summaries } = summarize({ day: 0 }, { day: 7, amountMinor: 0 }, { day: 14 });
  expect(summaries[0]).toMatchObject({ frequency: 2, spendCount: 1, meanSpend: 10 });
  const returned = summarize({ day: 0 }, { day: 7 }, { day: 9, kind: 'return' });
  expect(returned.summaries[0]).toMatchObject({ frequency: 1, spendCount: 0, meanSpend: 0 });
});

describe('VAL-33 what cannot be is refused, with its place', () => {
  test.each([
    ['future-date', row({ day: 141 })],
    ['day-not-whole', row({ day: 1.5 })],
    ['day-not-whole', row({ day: Number.NaN })],
    ['amount-not-whole', row({ day: 3, amountMinor: 0.5 })],
    ['amount-not-whole', row({ day: 3, amountMinor: -1 })],
    ['amount-not-whole', row({ day: 3, amountMinor: Number.POSITIVE_INFINITY })],
    ['mixed-currencies', row({ day: 3, currency: 'USD' })],
  ])('%s', (kind, bad) => {
    const rows = [row({ day: 1, currency: 'EUR' }), row({ day: 2 }), bad, row({ day: 5 })];
    expect(summarizeTransactions(rows, weeks)).toMatchObject({
      kind: 'refused',
      error: { kind, position: 2, customer: 'ada' },
    });
  });
});

describe('VAL-34 equal rows are reported and not dropped', () => {
  test('both count', () => {
    const { summaries, notices } = summarize({ day: 0 }, { day: 7 }, { day: 7 }, { day: 7 });
    expect(summaries[0]).toMatchObject({ frequency: 1, meanSpend: 30 });
    expect(notices.counts.duplicate).toBe(2);
    expect(notices.first[0]).toEqual({
      kind: 'duplicate',
      customer: 'ada',
      day: 7,
      amountMinor: 1000,
    });
  });

  test('another order, amount or kind is no duplicate', () => {
    const { notices } = summarize(
      { day: 7, order: 'a' },
      { day: 7, order: 'b' },
      { day: 7, amountMinor: 5 },
      { day: 7, order: 'a', kind: 'return' },
    );
    expect(notices.counts.duplicate).toBe(0);
  });

  test('all are counted, the first are kept', () => {
    const rows = Array.from({ length: NOTICES_MAX + 500 }, () => ({ day: 1 }));
    const { notices } = summarize(...rows);
    expect(notices.counts.duplicate).toBe(NOTICES_MAX + 499);
    expect(notices.first).toHaveLength(NOTICES_MAX);
  });
});

describe('VAL-37 a hold-out is judged by what calibration could not see', () => {
  const rows = [
    row({ day: 0 }),
    row({ day: 7, amountMinor: 2000 }),
    row({ day: 80, amountMinor: 700 }),
    row({ day: 80, amountMinor: 300, order: 'x' }),
    row({ day: 90, kind: 'return', order: 'x', amountMinor: 100 }),
    // Of a purchase before the cut: calibration has not seen it yet.
    row({ customer: 'bo', day: 60 }),
    row({ customer: 'bo', day: 65, amountMinor: 5000, order: 'y' }),
    row({ customer: 'bo', day: 75, kind: 'return', order: 'y', amountMinor: 5000 }),
    row({ customer: 'late', day: 71 }),
  ];

  test('counts and spend after the cut, summaries before it', () => {
    const result = splitHoldOut(rows, weeks, 70);
    if (result.kind === 'refused') throw new Error(result.error.kind);
    const { customers, horizon } = result.value;
    expect(horizon).toBe(10);
    expect(customers.map(({ purchases, spend }) => [purchases, spend])).toEqual([
      [1, 9],
      [0, 0],
    ]);
    expect(customers.map(({ summary }) => summary)).toEqual([
      { customer: 'ada', frequency: 1, recency: 1, age: 10, spendCount: 1, meanSpend: 20 },
      {
        customer: 'bo',
        frequency: 1,
        recency: 5 / 7,
        age: 10 / 7,
        spendCount: 1,
        meanSpend: 50,
      },
    ]);
  });

  test('a date after the end is refused here too', () => {
    const result = splitHoldOut([...rows, row({ day: 200 })], weeks, 70);
    expect(result).toMatchObject({ kind: 'refused', error: { kind: 'future-date', position: 9 } });
  });
});
