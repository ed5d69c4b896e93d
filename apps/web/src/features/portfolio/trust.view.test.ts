import type { BackTest } from '@keepsake/contract';
import { expect, test } from 'vitest';
import { topTenthVerdict, trustPoints, trustScale, trustVerdict } from './trust.view.ts';

const row = (predicted: number, actual: number, error: number | null) => ({
  ...{ count: 100, from: 0, to: 1, predicted, actual, error },
});
const tested = (actual: number): BackTest['purchases'] => ({
  rows: [row(0.1, 0.3, 0.02), row(1, 1.1, 0.1), row(4, 3.9, null)],
  ...{ predicted: 1_000, low: 950, high: 1_050, actual },
});

test('a group may differ by two standard errors, and of one customer nobody can say', () => {
  const points = trustPoints(tested(1_000));
  expect(points[1]?.range?.low).toBeCloseTo(0.9, 9);
  expect(points[1]?.range?.high).toBeCloseTo(1.3, 9);
  expect(points[2]?.range).toBeNull();
  expect(trustScale(points)).toEqual({ from: 0, to: 4 * 1.05 });
  expect(trustScale([])).toEqual({ from: 0, to: 1 });
});

test('the verdict is about all together, and counts the groups that fit', () => {
  expect(trustVerdict(tested(1_020))).toMatchObject({
    ...{ total: 'inside', groupsWithin: 1, groups: 3 },
  });
  expect(trustVerdict(tested(1_200)).total).toBe('more');
  expect(trustVerdict(tested(1_200)).difference).toBeCloseTo(0.2, 9);
  expect(trustVerdict(tested(800)).total).toBe('fewer');
  expect(trustVerdict({ ...tested(0), rows: [] }).total).toBe('nothing');
});

test('the best tenth is told apart only by more than nothing', () => {
  expect(topTenthVerdict({ byModel: 0.41, byPast: 0.4 })).toBe('alike');
  expect(topTenthVerdict({ byModel: 0.45, byPast: 0.4 })).toBe('better');
  expect(topTenthVerdict({ byModel: 0.35, byPast: 0.4 })).toBe('worse');
  expect(topTenthVerdict({ byModel: null, byPast: 0.4 })).toBe('unknown');
});
