import { seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { centralInterval, createDraws } from '../numerics/index.ts';
import { summariseValue } from './value-summary.ts';

const none = new Float64Array(0);
const NO_COSTS = { orders: none, lines: none, returns: none, contacts: none, payment: none };

describe('a summary of value', () => {
  test('VAL-73 it is counted from the draws', () => {
    const actual = Float64Array.of(5, -1, 0, 0, 3, -2, 7, 8, 9, 1);
    const draws = { customer: 'ada', actual, purchases: none, costs: NO_COSTS };
    const summary = summariseValue(draws);
    expect(summary).toMatchObject({ customer: 'ada', mean: 3, belowZero: 0.2, alive: 0.8 });
    expect(summary.interval80.low).toBeGreaterThanOrEqual(summary.interval90.low);
    expect(summary.interval80.high).toBeLessThanOrEqual(summary.interval90.high);
    // The draws themselves stay in their order, for they belong to draws of others.
    expect(actual[0]).toBe(5);
  });

  test('VAL-73 one draw is its own interval', () => {
    expect(centralInterval(Float64Array.of(4), 0.9)).toEqual({ low: 4, high: 4 });
  });

  test('VAL-73 an interval holds one more draw as often as it says', () => {
    const draws = createDraws(seededRandom(2));
    const one = (): number => draws.gamma(0.7) - draws.gamma(1.3);
    for (const probability of [0.8, 0.9]) {
      let held = 0;
      for (let round = 0; round < 6_000; round++) {
        const sorted = Float64Array.from({ length: 40 }, one).sort();
        const { low, high } = centralInterval(sorted, probability);
        const next = one();
        if (next >= low && next <= high) held++;
      }
      expect(Math.abs(held / 6_000 - probability)).toBeLessThan(0.015);
    }
  });
});
