import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tier } from '../tiers/tier.ts';
import { type DisparityRule, selectionDisparity, tierDisparity } from './disparity.ts';

const rule: DisparityRule = { sense: 'benefit', groupMin: 20, confidence: 0.95 };

function members(groups: Readonly<Record<string, readonly [number, number]>>) {
  return Object.entries(groups).flatMap(([group, [count, selected]]) =>
    Array.from({ length: count }, (_, i) => ({ group, isSelected: i < selected })),
  );
}

test('VAL-124 rates are compared with those of the best served, and below four fifths is flagged', () => {
  const report = selectionDisparity(
    members({ a: [1000, 500], b: [1000, 350], c: [100, 39], d: [1000, 450] }),
    rule,
  );
  expect(report.reference).toBe('a');
  expect(report.groups.map((row) => [row.group, row.rate, row.ratio, row.fourFifths])).toEqual([
    ['a', 0.5, undefined, 'not-known'],
    ['b', 0.35, 0.7, 'surely-below'],
    ['c', 0.39, 0.78, 'below'],
    ['d', 0.45, 0.9, 'met'],
  ]);
});

test('VAL-124 of a burden the ratio is the other way round', () => {
  const report = selectionDisparity(members({ a: [1000, 20], b: [1000, 80] }), {
    ...rule,
    sense: 'burden',
  });
  expect(report.reference).toBe('a');
  expect(report.groups[1]).toMatchObject({ group: 'b', ratio: 0.25, fourFifths: 'surely-below' });
});

test('VAL-124 a reference may be named, and what has none is not known', () => {
  const groups = members({ a: [100, 50], b: [100, 20], tiny: [3, 3] });
  const named = selectionDisparity(groups, { ...rule, reference: 'b' });
  expect(named.groups.map((row) => row.ratio)).toEqual([2.5, undefined]);
  const tiny = selectionDisparity(groups, { ...rule, reference: 'tiny' });
  expect(tiny.reference).toBeUndefined();
  expect(tiny.groups.every((row) => row.fourFifths === 'not-known')).toBe(true);
  const nobody = selectionDisparity(members({ a: [50, 0], b: [50, 0] }), rule);
  expect(nobody.groups.every((row) => row.fourFifths === 'not-known')).toBe(true);
});

test('VAL-124 intervals hold the rate and the ratio as often as they say', () => {
  const random = seededRandom(5);
  const draws = (share: number) =>
    Array.from({ length: 150 }, () => random.next() < share).filter(Boolean).length;
  let [rate, ratio] = [0, 0];
  const trials = 600;
  for (let i = 0; i < trials; i++) {
    const report = selectionDisparity(members({ a: [150, draws(0.5)], b: [150, draws(0.3)] }), {
      ...rule,
      reference: 'a',
    });
    const row = report.groups.find(({ group }) => group === 'b');
    if (row === undefined) continue;
    if (row.low <= 0.3 && 0.3 <= row.high) rate++;
    if ((row.ratioLow ?? 9) <= 0.6 && 0.6 <= (row.ratioHigh ?? 0)) ratio++;
  }
  expect(rate / trials).toBeGreaterThan(0.92);
  expect(ratio / trials).toBeGreaterThan(0.92);
  expect(ratio / trials).toBeLessThan(0.99);
});

test('VAL-125 no group below the minimum is ever named, nor found by taking the others away', () => {
  const sizes = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(19, 20)),
  );
  fc.assert(
    fc.property(sizes, (counts) => {
      const list = Object.entries(counts).flatMap(([group, count]) =>
        Array.from({ length: count }, (_, i) => ({ group, isSelected: i % 3 === 0 })),
      );
      const report = selectionDisparity(list, rule);
      const small = Object.values(counts).filter((count) => count < 20);
      expect(report.smallGroups).toBe(small.length);
      const rows = report.groups.filter(({ group }) => group === undefined);
      const together = small.reduce((sum, count) => sum + count, 0);
      expect(rows).toHaveLength(small.length > 1 && together >= 20 ? 1 : 0);
      const large = Object.keys(counts).filter((group) => (counts[group] ?? 0) >= 20);
      expect(report.groups.flatMap(({ group }) => group ?? [])).toEqual(large.sort());
      for (const { group, count } of report.groups) {
        expect(count).toBeGreaterThanOrEqual(20);
        if (group !== undefined) expect(counts[group]).toBe(count);
      }
    }),
  );
  expect(() => selectionDisparity([], { ...rule, groupMin: 3 })).toThrow();
});

test('VAL-124 each tier has its report: below zero as a burden, the others as benefits', () => {
  const list = [
    ...members({ a: [100, 40], b: [100, 10] }).map((one) => ({
      group: one.group,
      tier: (one.isSelected ? 'keep' : 'maintain') as Tier,
    })),
    ...members({ a: [100, 5], b: [100, 30] }).map((one) => ({
      group: one.group,
      tier: (one.isSelected ? 'below-zero' : 'maintain') as Tier,
    })),
  ];
  const {
    keep,
    'below-zero': below,
    grow,
  } = tierDisparity(list, { groupMin: 20, confidence: 0.95 });
  expect(keep.groups.map((row) => row.fourFifths)).toEqual(['not-known', 'surely-below']);
  expect(below.groups.map((row) => row.fourFifths)).toEqual(['not-known', 'surely-below']);
  expect(grow.groups.map((row) => row.rate)).toEqual([0, 0]);
});
