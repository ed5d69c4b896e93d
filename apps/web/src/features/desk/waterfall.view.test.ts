import type { EvidenceStep } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import { levelOf, likelihoodOf, waterfallOf } from './waterfall.view.ts';

const STEPS: readonly EvidenceStep[] = [
  { evidence: 'prior', level: '', bits: -10 },
  { evidence: 'given', level: 'equal', bits: 6 },
  { evidence: 'surname', level: 'equal', bits: 14 },
  { evidence: 'email', level: 'different', bits: -2 },
];

describe('the waterfall', () => {
  test('begins each bar where the one before it ended, on one scale', () => {
    const { bars, zero } = waterfallOf(STEPS);
    expect(zero).toBe(50);
    expect(bars.map(({ start, width }) => [start, width])).toEqual([
      [0, 50],
      [0, 30],
      [30, 70],
      [90, 10],
      [50, 40],
    ]);
    expect(bars.at(-1)).toMatchObject({ evidence: 'total', bits: 8 });
  });

  test('of nothing, and of steps that move nothing, stays within its width', () => {
    for (const steps of [[], [{ evidence: 'prior', level: '', bits: 0 } as const]]) {
      for (const { start, width } of waterfallOf(steps).bars) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + width).toBeLessThanOrEqual(100);
      }
    }
  });
});

test('degrees of agreement that nobody has words for are left out', () => {
  expect([levelOf('slip'), levelOf(''), levelOf('turned')]).toEqual(['slip', undefined, undefined]);
});

test('a probability in words', () => {
  expect([0.97, 0.9, 0.7, 0.5, 0.1].map(likelihoodOf)).toEqual([
    ...['almost', 'almost', 'likely', 'even', 'unlikely'],
  ]);
});
