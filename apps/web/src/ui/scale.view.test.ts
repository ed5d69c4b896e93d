import { expect, test } from 'vitest';
import { fewOf, placeOn, scaleOf, ticksOn } from './scale.view.ts';

test('a scale holds all values and ends at round numbers', () => {
  expect(scaleOf([0, 412_000])).toEqual({ from: 0, to: 600_000 });
  expect(scaleOf([-3, 17])).toEqual({ from: -10, to: 20 });
  expect(ticksOn(scaleOf([-0.003, 0.065])).length).toBeGreaterThan(2);
  expect(scaleOf([0.2, 0.9, Number.NaN])).toEqual({ from: 0.2, to: 1 });
  expect(scaleOf([])).toEqual({ from: 0, to: 1 });
  expect(scaleOf([0, 0])).toEqual({ from: 0, to: 1 });
  expect(scaleOf([40, 40])).toEqual({ from: 0, to: 40 });
});

test('ticks are round, and without the dust of binary fractions', () => {
  expect(ticksOn({ from: 0, to: 1 })).toEqual([0, 0.5, 1]);
  expect(ticksOn({ from: 0, to: 0.8 })).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  expect(ticksOn({ from: -5, to: 20 })).toEqual([0, 10, 20]);
  expect(ticksOn({ from: 0, to: 0 })).toEqual([]);
});

test('a place is a share of the way, held at the ends', () => {
  const scale = { from: -10, to: 30 };
  expect([-20, -10, 0, 30, 40].map((value) => placeOn(scale, value))).toEqual([0, 0, 0.25, 1, 1]);
  expect(placeOn({ from: 3, to: 3 }, 3)).toBe(0);
});

test('of many places few are named, evenly apart, the last among them', () => {
  expect(fewOf(24, 5)).toEqual([5, 11, 17, 23]);
  expect(fewOf(12, 4)).toEqual([3, 7, 11]);
  expect(fewOf(3, 4)).toEqual([0, 1, 2]);
  expect(fewOf(1, 4)).toEqual([0]);
  expect(fewOf(0, 4)).toEqual([]);
});
