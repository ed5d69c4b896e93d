import { expect, test } from 'vitest';
import { firstDayOf, monthOf, orderOf, viewMonths } from './months.rules.ts';

const total = (month: string, equity: number, profit = 0) => ({
  ...{ month: firstDayOf(month), customers: 1, equity, profit, tiers: null },
});

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
