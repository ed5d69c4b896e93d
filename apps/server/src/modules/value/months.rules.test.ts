import { expect, test } from 'vitest';
import {
  firstDayOf,
  haveTermsChanged,
  lastDayOf,
  monthOf,
  orderOf,
  viewMonths,
} from './months.rules.ts';

const total = (month: string, equity: number, profit = 0) => ({
  ...{ month: firstDayOf(month), customers: 1, equity, profit, tiers: null, terms: null },
});

const SAME = { costs: 'a', profitCosts: 'a', horizonWeeks: 104 };

test('a return is on the month before, over the turn of a year too, and on no other', () => {
  const totals = [total('2026-01', 121, 1), total('2025-12', 110), total('2025-10', 100)];
  const months = viewMonths(totals, [], 24);
  expect(months.map(({ month }) => month)).toEqual(['2025-10', '2025-12', '2026-01']);
  expect(months.map((one) => one.returnOnCustomer)).toEqual([null, null, 12 / 110]);
});

test('a month that is not shown still tells what the first one shown returned', () => {
  const months = viewMonths([total('2026-01', 100), total('2026-02', 150)], [], 1);
  expect(months).toMatchObject([{ month: '2026-02', returnOnCustomer: 0.5 }]);
});

test('there is no return over a step from one cost table or horizon to another', () => {
  const terms = [
    SAME,
    { ...SAME, horizonWeeks: 52 },
    { ...SAME, horizonWeeks: 52 },
    { costs: 'b', profitCosts: 'b', horizonWeeks: 52 },
    { costs: 'b', profitCosts: 'c', horizonWeeks: 52 },
    { costs: 'b', profitCosts: 'b', horizonWeeks: 52 },
  ];
  const totals = terms.map((own, i) => ({ ...total(`2026-0${i + 1}`, 100), terms: own }));
  const months = viewMonths(totals, [], 24);
  expect(months.map((one) => one.termsChanged)).toEqual([false, true, false, true, true, false]);
  expect(months.map((one) => one.returnOnCustomer)).toEqual([null, null, 0, null, null, 0]);
  // With a month between them nothing is compared, whatever they were reckoned by.
  const [first, , , last] = totals;
  const apart = viewMonths(
    [first, last].flatMap((one) => one ?? []),
    [],
    24,
  );
  expect(apart.map((one) => one.termsChanged)).toEqual([false, false]);
});

test('what is not known of the terms is no change', () => {
  expect(haveTermsChanged(null, SAME)).toBe(false);
  expect(haveTermsChanged(SAME, {})).toBe(false);
  expect(haveTermsChanged({ costs: 'a' }, { horizonWeeks: 52 })).toBe(false);
  expect(haveTermsChanged(SAME, { costs: 'b' })).toBe(true);
});

test('a month has its last day', () => {
  expect(['2024-02-01', '2025-02-01', '2025-12-01'].map(lastDayOf)).toEqual([
    ...['2024-02-29', '2025-02-28', '2025-12-31'],
  ]);
});

test('tiers are those that a run has counted, and else those counted now', () => {
  const counted = { ...total('2026-01', 1), tiers: { keep: 3 } };
  const now = [
    { month: firstDayOf('2026-01'), tier: 'grow' as const, customers: 9 },
    { month: firstDayOf('2026-02'), tier: 'grow' as const, customers: 2 },
  ];
  const months = viewMonths([counted, total('2026-02', 1)], now, 24);
  const nobody = { keep: 0, grow: 0, maintain: 0, 'below-zero': 0, undecided: 0 };
  expect(months.map(({ tiers }) => tiers)).toEqual([
    { ...nobody, keep: 3 },
    { ...nobody, grow: 2 },
  ]);
});

test('tiers stand in one order, and who is absent last', () => {
  const places = ['absent', 'undecided', 'keep', 'below-zero'] as const;
  expect([...places].sort((a, b) => orderOf(a) - orderOf(b))).toEqual([
    ...['keep', 'below-zero', 'undecided', 'absent'],
  ]);
  expect(monthOf('2026-02-01')).toBe('2026-02');
});
