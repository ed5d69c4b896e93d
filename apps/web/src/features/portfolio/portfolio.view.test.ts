import type { Portfolio } from '@keepsake/contract';
import { expect, test } from 'vitest';
import {
  flowsOf,
  isUnderWay,
  latestReturn,
  tierRows,
  tierScale,
  whaleWords,
} from './portfolio.view.ts';

const share = (tier: Portfolio['tiers'][number]['tier'], customers: number, value: number) => ({
  ...{ tier, customers, value, growth: 0, atStake: 0, shareOfValue: null },
  quantiles: [-20, 0, value / 10, 40, 90],
});

test('tiers stand in their order, and nobody has no mean', () => {
  const tiers = [share('below-zero', 0, 0), share('keep', 10, 900), share('grow', 30, 600)];
  const rows = tierRows({ tiers });
  expect(rows.map(({ tier }) => tier)).toEqual([
    'keep',
    'grow',
    'maintain',
    'below-zero',
    'undecided',
  ]);
  expect(rows.map(({ mean }) => mean)).toEqual([90, 20, null, null, null]);
  expect(rows.map(({ shareOfCustomers }) => shareOfCustomers)).toEqual([0.25, 0.75, 0, 0, 0]);
  expect(tierScale(rows)).toEqual({ from: -50, to: 100 });
});

test('a run is under way until it has ended', () => {
  const states = ['queued', 'running', 'done', 'failed'] as const;
  expect(states.map((state) => isUnderWay({ state }))).toEqual([true, true, false, false]);
  expect(isUnderWay(null)).toBe(false);
});

const curve = (value: readonly number[], total: number, peak: Portfolio['whale']['peak']) => ({
  whale: {
    customers: value.map((_, index) => index / (value.length - 1)),
    value: [...value],
    total,
    peak,
  },
});

test('the whale curve says whether those behind its peak take value away', () => {
  const takes = curve([0, 60, 90, 110, 118, 118, 118, 115, 110, 104, 100], 100, {
    ...{ customers: 0.62, value: 118 },
  });
  expect(whaleWords(takes)).toEqual({
    kind: 'takes',
    customers: 0.62,
    value: 1.18,
    bestTenth: 0.6,
  });
  const holds = curve([0, 50, 80, 100], 100, { customers: 1, value: 100 });
  expect(whaleWords(holds).kind).toBe('holds');
  const none = curve([0, 10, -5], -5, { customers: 0.5, value: 10 });
  expect(whaleWords(none).kind).toBe('none');
});

test('flows count who stayed of those who were there both times', () => {
  const flows = flowsOf({
    flows: [
      { from: 'grow', to: 'keep', customers: 3, value: 10 },
      { from: 'keep', to: 'keep', customers: 6, value: 90 },
      { from: 'absent', to: 'undecided', customers: 4, value: 1 },
      { from: 'keep', to: 'absent', customers: 2, value: 0 },
    ],
  });
  expect(flows.rows.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'keep keep',
    'keep absent',
    'grow keep',
    'absent undecided',
  ]);
  expect(flows.before).toEqual([
    { tier: 'keep', customers: 8 },
    { tier: 'grow', customers: 3 },
    { tier: 'absent', customers: 4 },
  ]);
  expect(flows).toMatchObject({ stayed: 6, stayedShare: 6 / 9, came: 4 });
  expect(flowsOf({ flows: [] }).stayedShare).toBeNull();
});

test('the newest return is of the last month that has one', () => {
  const month = (name: string, returnOnCustomer: number | null, termsChanged = false) => ({
    ...{ month: name, customers: 1, equity: 1, profit: 0, returnOnCustomer, termsChanged },
    tiers: { keep: 1, grow: 0, maintain: 0, 'below-zero': 0, undecided: 0 },
  });
  expect(latestReturn([month('2026-09', 0.1), month('2026-10', null)])).toEqual({
    month: '2026-09',
    share: 0.1,
  });
  expect(latestReturn([month('2026-09', null)])).toBeUndefined();
  const changed = month('2026-10', null, true);
  expect(latestReturn([month('2026-09', 0.1), changed])).toEqual({ month: '2026-10', share: null });
  expect(latestReturn([changed, month('2026-11', 0.2)])?.share).toBe(0.2);
});
