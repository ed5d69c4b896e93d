import { finish, seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { createNbd } from '../models/index.ts';
import { createDraws, quantileOf } from '../numerics/index.ts';
import {
  DEFAULT_POTENTIAL,
  evidenceOf,
  findShareOfCustomer,
  growthDraws,
  pinballLoss,
  potentialOf,
} from './potential.ts';

const draws = createDraws(seededRandom(3));
const SIZE = 1_200;
const profile = [
  Float64Array.from({ length: SIZE }, () => draws.normal()),
  Float64Array.from({ length: SIZE }, () => 1_000 * draws.normal()),
];
const actual = Float64Array.from({ length: SIZE }, (_, i) =>
  draws.uniform() < 0.2 ? 0 : Math.exp(3 + (profile[0]?.[i] ?? 0) + 0.5 * draws.normal()),
);

describe('potential', () => {
  test('VAL-76 it is the quantile over lookalikes who still buy, oneself left out', () => {
    const neighbours = 40;
    const found = finish(potentialOf(profile, actual, { ...DEFAULT_POTENTIAL, neighbours }));
    const scale = profile.map((column) => {
      const mean = column.reduce((sum, value) => sum + value, 0) / SIZE;
      return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / SIZE);
    });
    for (let i = 0; i < SIZE; i += 37) {
      const square = (j: number): number =>
        profile.reduce(
          (sum, column, k) => sum + (((column[i] ?? 0) - (column[j] ?? 0)) / (scale[k] ?? 1)) ** 2,
          0,
        );
      const peers = Array.from(actual, (_, j) => j)
        .filter((j) => j !== i && actual[j] !== 0)
        .sort((a, b) => square(a) - square(b))
        .slice(0, neighbours);
      const values = Float64Array.from(peers, (j) => actual[j] ?? 0).sort();
      expect(found[i]).toBeCloseTo(quantileOf(values, 0.85), 9);
    }
  });

  test('VAL-76 a large base is stood for by a part of it, always the same', () => {
    const options = { ...DEFAULT_POTENTIAL, lookalikesMax: 300 };
    const once = finish(potentialOf(profile, actual, options));
    expect(finish(potentialOf(profile, actual, options))).toEqual(once);
    const all = finish(potentialOf(profile, actual, DEFAULT_POTENTIAL));
    const close = once.filter((value, i) => Math.abs(Math.log(value / (all[i] ?? 1))) < 0.7);
    expect(close.length).toBeGreaterThan(SIZE * 0.9);
  });

  test('VAL-76 without a profile all are alike; alone, the best that is known is oneself', () => {
    const values = Float64Array.of(1, 2, 3, 4, 5);
    const flat = [new Float64Array(5).fill(7)];
    const options = { ...DEFAULT_POTENTIAL, quantile: 1 };
    expect([...finish(potentialOf(flat, values, options))]).toEqual([5, 5, 5, 5, 4]);
    expect([...finish(potentialOf([], Float64Array.of(9), options))]).toEqual([9]);
    expect([...finish(potentialOf([], Float64Array.of(), options))]).toEqual([]);
  });

  test('VAL-78 by pinball loss it is nearer than one quantile for all', () => {
    const living = actual.filter((value) => value !== 0);
    const alive = Array.from(actual, (_, i) => i).filter((i) => actual[i] !== 0);
    const found = finish(potentialOf(profile, actual, DEFAULT_POTENTIAL));
    const own = Float64Array.from(alive, (i) => found[i] ?? 0);
    const one = new Float64Array(living.length).fill(quantileOf(living.slice().sort(), 0.85));
    expect(pinballLoss(living, own, 0.85)).toBeLessThan(0.8 * pinballLoss(living, one, 0.85));
    const below = living.filter((value, i) => value <= (own[i] ?? 0)).length / living.length;
    expect(Math.abs(below - 0.85)).toBeLessThan(0.03);
  });

  test('VAL-78 pinball loss is least at the quantile', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i);
    const lossAt = (x: number): number => pinballLoss(values, new Float64Array(101).fill(x), 0.85);
    expect(lossAt(85)).toBeLessThan(lossAt(83));
    expect(lossAt(85)).toBeLessThan(lossAt(87));
    expect(pinballLoss(Float64Array.of(10), Float64Array.of(4), 0.9)).toBeCloseTo(5.4, 12);
    expect(pinballLoss(Float64Array.of(4), Float64Array.of(10), 0.9)).toBeCloseTo(0.6, 12);
  });
});

describe('growth', () => {
  test('VAL-77 it is more of the purchases there are, part of the way to the potential', () => {
    const value = {
      actual: Float64Array.of(20, 0, -5, 90),
      purchases: Float64Array.of(2, 0, 3, 9),
    };
    const customer = { potentialPurchases: 6, evidence: 0.5 };
    const found = growthDraws(value, customer, { reach: 0.5, cost: 3 });
    // Four purchases of 10 are missing, a quarter is reached; gone, at a loss, and beyond: none.
    expect([...found]).toEqual([7, -3, -3, -3]);
  });

  test('VAL-77 evidence grows with what was seen, from nothing to all', () => {
    const model = createNbd({ r: 1, alpha: 10 });
    expect(evidenceOf(model, 0)).toBe(0);
    expect(evidenceOf(model, 10)).toBe(0.5);
    expect(evidenceOf(model, 1e9)).toBeCloseTo(1, 6);
  });

  test('VAL-77 the share of a customer is between none and all, or not known', () => {
    expect(findShareOfCustomer(20, 80)).toBe(0.25);
    expect(findShareOfCustomer(-20, 80)).toBe(0);
    expect(findShareOfCustomer(90, 80)).toBe(1);
    expect(findShareOfCustomer(20, 0)).toBeUndefined();
  });
});
