import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addOutcome,
  armOf,
  EMPTY_ARM,
  effectInterval,
  findEffect,
  mergeArms,
  sampleRatioScore,
} from './effect.ts';
import { normalQuantile, studentQuantile } from './normal.ts';

const figures = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

function variance(list: readonly number[]): number {
  const middle = mean(list);
  return list.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (list.length - 1);
}

/** Pairs of standard normals (Box and Muller 1958). */
function normals(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

test('quantiles agree with printed tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489, 12);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 10);
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.2281, 3);
  expect(studentQuantile(0.975, 60)).toBeCloseTo(2.0003, 4);
});

test('VAL-119 arms merge without loss, and count each subject once', () => {
  fc.assert(
    fc.property(figures, figures, (a, b) => {
      const before = (list: readonly number[]) => Float64Array.from(list, (x) => (x * 7) % 13);
      const whole = [...a, ...b];
      const arm = armOf(Float64Array.from(whole), before(whole));
      const merged = mergeArms(
        armOf(Float64Array.from(a), before(a)),
        armOf(Float64Array.from(b), before(b)),
      );
      expect(merged.count).toBe(whole.length);
      expect(arm.mean).toBeCloseTo(mean(whole), 8);
      expect(arm.squares).toBeCloseTo(variance(whole) * (whole.length - 1), 3);
      for (const key of ['mean', 'squares', 'meanBefore', 'squaresBefore', 'products'] as const) {
        expect(merged[key]).toBeCloseTo(arm[key], 3);
      }
    }),
  );
  expect(mergeArms(EMPTY_ARM, EMPTY_ARM)).toEqual(EMPTY_ARM);
});

test('VAL-119 the effect is the difference of means with its variance, where nothing is known before', () => {
  fc.assert(
    fc.property(figures, figures, (a, b) => {
      const arms = { treated: armOf(Float64Array.from(a)), control: armOf(Float64Array.from(b)) };
      const effect = findEffect(arms);
      expect(effect?.difference).toBeCloseTo(mean(a) - mean(b), 8);
      expect(effect?.variance).toBeCloseTo(variance(a) / a.length + variance(b) / b.length, 6);
      expect(effect?.explained).toBe(0);
    }),
  );
  expect(findEffect({ treated: EMPTY_ARM, control: EMPTY_ARM })).toBeUndefined();
});

test('VAL-119 the interval holds the effect as often as it says', () => {
  const normal = normals(11);
  let held = 0;
  const trials = 2000;
  for (let i = 0; i < trials; i++) {
    const outcomes = (count: number, middle: number, spread: number) =>
      armOf(Float64Array.from({ length: count }, () => middle + spread * normal()));
    const effect = findEffect({ treated: outcomes(60, 5, 8), control: outcomes(20, 2, 3) });
    if (effect === undefined) continue;
    const { low, high } = effectInterval(effect);
    if (low <= 3 && 3 <= high) held++;
  }
  // Four standard errors about 95 %.
  expect(Math.abs(held / trials - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / trials));
});

test('VAL-120 what was known before takes variance away and no effect', () => {
  const normal = normals(12);
  const [plain, adjusted]: [number[], number[]] = [[], []];
  for (let i = 0; i < 400; i++) {
    const arm = (count: number, gain: number) => {
      const before = Float64Array.from({ length: count }, () => 100 + 40 * normal());
      const outcomes = before.map((x) => x + gain + 20 * normal());
      return { with: armOf(outcomes, before), without: armOf(outcomes) };
    };
    const [treated, control] = [arm(200, 10), arm(50, 0)];
    const effect = findEffect({ treated: treated.with, control: control.with });
    const raw = findEffect({ treated: treated.without, control: control.without });
    if (effect === undefined || raw === undefined) continue;
    // 40² of 40² + 20² is foretold: four fifths of the variance.
    expect(Math.abs(effect.explained - 0.8)).toBeLessThan(0.15);
    adjusted.push(effect.difference);
    plain.push(raw.difference);
  }
  expect(Math.abs(mean(adjusted) - 10)).toBeLessThan(4 * Math.sqrt(variance(adjusted) / 400));
  expect(variance(adjusted) / variance(plain)).toBeLessThan(0.3);
});

test('VAL-120 what tells nothing changes next to nothing', () => {
  const normal = normals(13);
  const arm = () =>
    armOf(
      Float64Array.from({ length: 2000 }, () => normal()),
      Float64Array.from({ length: 2000 }, () => normal()),
    );
  expect(findEffect({ treated: arm(), control: arm() })?.explained).toBeLessThan(0.01);
});

test('VAL-121 arms that no lot would make are found', () => {
  const arm = (count: number) => ({ ...EMPTY_ARM, count });
  expect(sampleRatioScore({ treated: arm(9000), control: arm(1000) }, 0.1)).toBeCloseTo(0, 12);
  expect(sampleRatioScore({ treated: arm(9000), control: arm(800) }, 0.1)).toBeLessThan(-4);
  expect(addOutcome(EMPTY_ARM, 5).count).toBe(1);
});
