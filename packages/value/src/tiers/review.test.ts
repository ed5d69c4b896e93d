import { expect, test } from 'vitest';
import { decideTier, startTierRun, type TierRun } from './decide.ts';
import { DEFAULT_TIER_POLICY } from './default-policy.data.ts';
import { closeReview, type ReviewItem, reviewItem } from './review.ts';
import type { CustomerDraws } from './tier.ts';

const run: TierRun = startTierRun(DEFAULT_TIER_POLICY, Float64Array.of(10, 20, 100, 200, 400));

function customer(actual: number, returns: number, contacts = 0): CustomerDraws {
  return {
    customer: 'bert',
    actual: Float64Array.of(actual - 1, actual, actual + 1),
    growth: Float64Array.of(-5, -5, -5),
    costs: {
      returns: new Float64Array(3).fill(returns),
      contacts: new Float64Array(3).fill(contacts),
    },
    isNew: false,
  };
}

function itemOf(one: CustomerDraws): ReviewItem {
  const item = reviewItem(one, decideTier(one, run), run, 1000);
  if (item === undefined) throw new Error('no item');
  return item;
}

test('VAL-97 below zero gives a person work, with remedies by what they save', () => {
  const one = customer(-120, 80, 20);
  const decision = decideTier(one, run);
  expect(decision.tier).toBe('below-zero');
  const item = itemOf(one);
  expect(item.why).toBe('below-zero');
  // Halving returns of 80; a third less of them at a cost of 8; contacts of 20 less by 60 %.
  expect(item.remedies.map(({ ids, saving }) => [ids[0], Math.round(saving * 100) / 100])).toEqual([
    ['return-fee', 40],
    ['fitting-advice', 20],
    ['self-service', 12],
  ]);
  expect(item.together?.ids).toEqual(['self-service', 'return-fee', 'fitting-advice']);
  expect(item.together?.saving).toBeCloseTo(80 * (1 - 0.5 * 0.65) - 8 + 12, 9);
  expect(item.together?.belowZeroAfter).toBe(1);
});

test('VAL-97 who would not be below zero with remedies gets the work and not the tier', () => {
  const one = customer(-30, 100);
  const decision = decideTier(one, run);
  expect(decision.tier).not.toBe('below-zero');
  expect(decision.isCurable).toBe(true);
  expect(itemOf(one).why).toBe('curable');
  expect(itemOf(one).together?.valueAfter).toBeGreaterThan(0);
});

test('VAL-97 other tiers give no work', () => {
  const one = customer(50, 10);
  expect(reviewItem(one, decideTier(one, run), run, 0)).toBeUndefined();
});

test('VAL-97 parting takes a person, a reason, and every remedy tried', () => {
  const item = itemOf(customer(-120, 80));
  const part = { kind: 'part', at: 2000, because: 'Nothing helped.' } as const;
  const tried = ['return-fee', 'fitting-advice'];
  expect(closeReview(item, { ...part, by: ' ', tried })).toEqual({
    kind: 'refused',
    error: { code: 'review/no-person' },
  });
  expect(closeReview(item, { ...part, by: 'staff-7', tried: ['return-fee'] })).toEqual({
    kind: 'refused',
    error: { code: 'review/remedies-untried', ids: ['fitting-advice'] },
  });
  expect(closeReview(item, { ...part, by: 'staff-7', because: '', tried }).kind).toBe('refused');
  expect(closeReview(item, { ...part, by: 'staff-7', tried }).kind).toBe('ok');
});

test('VAL-97 nobody is parted from who would not be below zero with remedies', () => {
  const outcome = {
    kind: 'part',
    by: 'staff-7',
    at: 1,
    because: 'Too dear.',
    tried: ['return-fee', 'fitting-advice'],
  } as const;
  expect(closeReview(itemOf(customer(-30, 100)), outcome)).toEqual({
    kind: 'refused',
    error: { code: 'review/curable' },
  });
});

test('VAL-97 a review ends with remedies that it lists', () => {
  const item = itemOf(customer(-120, 80));
  const chosen = (ids: readonly string[]) =>
    closeReview(item, { kind: 'remedies', by: 'staff-7', at: 1, ids });
  expect(chosen(['return-fee']).kind).toBe('ok');
  expect(chosen(['black-list']).kind).toBe('refused');
  expect(chosen([]).kind).toBe('refused');
  expect(
    closeReview(item, { kind: 'no-change', by: 'staff-7', at: 1, because: 'A hard year.' }).kind,
  ).toBe('ok');
});
