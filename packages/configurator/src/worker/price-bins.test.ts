import { expect, test } from 'vitest';
import { planBins } from './price-bins.ts';

test('bins have widths that people read easily, and hold every price', () => {
  expect(planBins(120_900, 716_900)).toEqual({ fromMinor: 120_000, stepMinor: 20_000, count: 30 });
  expect(planBins(90, 90)).toEqual({ fromMinor: 90, stepMinor: 1, count: 1 });
  expect(planBins(0, 32)).toEqual({ fromMinor: 0, stepMinor: 2, count: 17 });
  expect(planBins(-305, 494)).toEqual({ fromMinor: -325, stepMinor: 25, count: 33 });
  for (let min = -500; min < 500; min += 7) {
    for (let range = 0; range < 100_000; range = 3 * range + 5) {
      const { fromMinor, stepMinor, count } = planBins(min, min + range);
      expect(Number.isInteger(stepMinor)).toBe(true);
      expect(fromMinor).toBeLessThanOrEqual(min);
      expect(fromMinor + count * stepMinor).toBeGreaterThan(min + range);
      expect(fromMinor + (count - 1) * stepMinor).toBeLessThanOrEqual(min + range);
      expect(count).toBeLessThanOrEqual(33);
    }
  }
});
