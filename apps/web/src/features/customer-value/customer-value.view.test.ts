import type { CustomerValue } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import {
  changeWords,
  isByHand,
  likelihoodsOf,
  roundToSum,
  spellsOf,
  surenessOf,
  tierState,
  valueScale,
  waterfallOf,
} from './customer-value.view.ts';

const probabilities = { top: 0.05, growable: 0.72, ordinary: 0.2, belowZero: 0.03 };

const reason = (driver: CustomerValue['reasons'][number]['driver'], amount: number) => ({
  ...{ driver, amount, customer: 2, cohort: 1 },
});

describe('how sure a tier is', () => {
  test('is the probability of what the tier means', () => {
    expect(surenessOf({ given: 'grow', probabilities })).toBe(0.72);
    expect(surenessOf({ given: 'below-zero', probabilities })).toBe(0.03);
  });

  test('is not told of a tier that decides nothing', () => {
    expect(surenessOf({ given: 'undecided', probabilities })).toBeUndefined();
  });

  test('is known of each other tier too', () => {
    expect(likelihoodsOf({ probabilities }).map(({ tier, share }) => [tier, share])).toEqual([
      ['keep', 0.05],
      ['grow', 0.72],
      ['maintain', 0.2],
      ['below-zero', 0.03],
    ]);
  });
});

describe('a tier', () => {
  const value = {
    contest: null,
    expires: '2026-12-01T00:00:00Z',
    tier: 'grow',
    given: 'grow',
  } as const;

  test('has effects as long as it is the one that was given', () => {
    expect(tierState(value)).toBe('effective');
    expect(tierState({ ...value, tier: 'undecided' })).toBe('old');
  });

  test('has none while somebody objects', () => {
    const contest = { at: '2026-11-01T00:00:00Z', words: 'No.' };
    expect(tierState({ ...value, tier: 'undecided', contest })).toBe('contested');
  });
});

test('a tier is by hand until a run has looked again', () => {
  const basis = { scoredAt: '2026-11-20T00:00:00Z' } as CustomerValue['basis'];
  const answer = { at: '2026-11-21T00:00:00Z', because: 'We know them.' };
  expect(isByHand({ answer, basis })).toBe(true);
  expect(isByHand({ answer: { ...answer, at: '2026-11-19T00:00:00Z' }, basis })).toBe(false);
  expect(isByHand({ answer: null, basis })).toBe(false);
});

describe('the way from the mean customer', () => {
  const value = {
    ...{ cohortValue: 100.4, value: 185.2, remainder: 2.6 },
    reasons: [reason('returnRate', -38.4), reason('purchases', 120.4), reason('lines', 0.02)],
  };

  test('begins at the mean, takes the heaviest reason first and ends at the value', () => {
    const { steps } = waterfallOf(value, 1);
    expect(steps.map(({ id }) => id)).toEqual([
      ...['mean', 'purchases', 'returnRate', 'remainder', 'value'],
    ]);
    expect(steps.map(({ isSum }) => isSum)).toEqual([true, false, false, false, true]);
  });

  test('tells amounts that add up, however they are rounded', () => {
    for (const step of [1, 10, 100]) {
      const { steps } = waterfallOf(value, step);
      const [last] = steps.slice(-1);
      const sum = steps.slice(0, -1).reduce((all, { amount }) => all + amount, 0);
      expect(sum, `steps of ${step}`).toBe(last?.amount);
      expect(Math.abs((last?.amount ?? 0) - value.value)).toBeLessThanOrEqual(step / 2);
    }
  });

  test('puts what is below half a step together, and leaves out what comes to nothing', () => {
    const many = {
      ...{ cohortValue: 0, value: 12, remainder: 0 },
      reasons: [reason('lines', 4), reason('margin', 4), reason('spend', 4)],
    };
    expect(waterfallOf(many, 10).steps.map(({ id, amount }) => [id, amount])).toEqual([
      ['mean', 0],
      ['small', 10],
      ['value', 10],
    ]);
  });

  test('hangs each bar where the one before it ended, across zero too', () => {
    const below = {
      ...{ cohortValue: 50, value: -50, remainder: 0 },
      reasons: [reason('returnRate', -100)],
    };
    const { steps, zero } = waterfallOf(below, 1);
    expect(zero).toBe(50);
    expect(steps.map(({ start, width }) => [start, width])).toEqual([
      [50, 50],
      [0, 100],
      [0, 50],
    ]);
  });
});

describe('amounts in whole steps', () => {
  test('give what is missing to those that lost most', () => {
    expect(roundToSum([10.4, 10.4, 10.1], { step: 1, sum: 30.9 })).toEqual([11, 10, 10]);
    expect(roundToSum([10.6, 10.6, 10.9], { step: 1, sum: 32.1 })).toEqual([10, 11, 11]);
    expect(roundToSum([-22, 440, -690], { step: 100, sum: -272 })).toEqual([0, 400, -700]);
    expect(roundToSum([], { step: 1, sum: 0 })).toEqual([]);
  });

  test('add up to the rounded sum, none of them more than a step away', () => {
    const amounts = [552.7, 2_348.3, -418, 180.2, -152.97, 72.6, 57.5, 2.4, 57.8];
    const sum = amounts.reduce((all, one) => all + one, 0);
    for (const step of [1, 7, 10, 100, 1_000]) {
      const told = roundToSum(amounts, { step, sum });
      expect(told.reduce((all, one) => all + one, 0)).toBe(Math.round(sum / step) * step);
      told.forEach((one, i) => {
        expect(Math.abs(one - (amounts[i] ?? 0))).toBeLessThanOrEqual(step);
      });
    }
  });
});

test('the axis of a value has zero on it', () => {
  const scale = valueScale({ value: 120, low: 80, high: 190 });
  expect(scale.from).toBe(0);
  expect(scale.to).toBeGreaterThanOrEqual(190);
  expect(valueScale({ value: -20, low: -40, high: -5 }).to).toBe(0);
});

test('months of one tier are told as one time', () => {
  const month = (at: string, tier: 'grow' | 'undecided') => ({ month: at, tier, value: 1 });
  const months = [
    month('2026-01', 'undecided'),
    month('2026-02', 'grow'),
    month('2026-03', 'grow'),
  ];
  expect(spellsOf(months)).toEqual([
    { tier: 'undecided', from: '2026-01', to: '2026-01' },
    { tier: 'grow', from: '2026-02', to: '2026-03' },
  ]);
  expect(spellsOf([])).toEqual([]);
});

test('a change is told by how many', () => {
  const to = { channel: null, into: null, tier: 'grow', value: 3 } as const;
  expect(changeWords({ ...to, of: 'returns', from: 4, to: 3 }).count).toBe(1);
  expect(changeWords({ ...to, of: 'purchases', from: 4, to: 6 }).count).toBe(2);
  expect(changeWords({ ...to, of: 'spend', from: 40.5, to: 60 }).count).toBe(0);
});
