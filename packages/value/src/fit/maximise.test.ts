import { finish } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { type MaximiseOptions, type Maximum, maximise } from './maximise.ts';

type Simple = (point: Float64Array) => { value: number; gradient: number[] };

function maximum(f: Simple, options: MaximiseOptions): Maximum {
  return finish(
    maximise(function* (point) {
      yield { done: 0, of: 1 };
      const { value, gradient } = f(point);
      return { value, gradient: Float64Array.from(gradient) };
    }, options),
  );
}

const valley: Simple = ([x = 0, y = 0]) => ({
  value: -((1 - x) ** 2) - 100 * (y - x * x) ** 2,
  gradient: [2 * (1 - x) + 400 * x * (y - x * x), -200 * (y - x * x)],
});

describe('a maximum', () => {
  test('at the end of a bent valley', () => {
    const found = maximum(valley, { start: [-1.2, 1] });
    expect(found.isConverged).toBe(true);
    expect(found.point[0]).toBeCloseTo(1, 3);
    expect(found.logLikelihood).toBeGreaterThan(-1e-6);
    expect(found.evaluations).toBeLessThan(150);
  });

  test('VAL-4 ends when little is left to gain, however large the gradient is in rounding', () => {
    const large = 1e7;
    const found = maximum(
      ([x = 0]) => ({
        value: -large * (2 + (x - 3) ** 2),
        // What sums over a million rows leave of a gradient that should be zero.
        gradient: [-2 * large * (x - 3) + 1e-4],
      }),
      { start: [0] },
    );
    expect(found.isConverged).toBe(true);
    expect(found.gain).toBeLessThan(1e-7);
    expect(found.evaluations).toBeLessThan(12);
    expect((found.covariance[0] ?? 0) * 2 * large).toBeCloseTo(1, 4);
  });

  test('is found from where the Hessian points the wrong way', () => {
    const found = maximum(
      ([x = 0]) => ({ value: Math.exp(-x * x), gradient: [-2 * x * Math.exp(-x * x)] }),
      { start: [1.5], gainMin: 1e-12 },
    );
    expect(found.point[0]).toBeCloseTo(0, 5);
  });

  test('VAL-5 on a bound is told, and the others are free', () => {
    const found = maximum(
      ([x = 0, y = 0]) => ({ value: x - (y - 1) ** 2, gradient: [1, -2 * (y - 1)] }),
      { start: [0, 0], lower: [-5, -5], upper: [2, 5] },
    );
    expect(found.atBound).toEqual([true, false]);
    expect(found.point[0]).toBe(2);
    expect(found.point[1]).toBeCloseTo(1, 3);
    expect(found.covariance[0]).toBe(0);
    expect(found.covariance[3]).toBeCloseTo(0.5, 4);
    expect(found.isConverged).toBe(true);
  });

  test('survives values that are not finite on the way', () => {
    const found = maximum(([x = 0]) => ({ value: Math.log(x) - x, gradient: [1 / x - 1] }), {
      start: [0.01],
    });
    expect(found.point[0]).toBeCloseTo(1, 3);
  });

  test('gives up after so many evaluations, and says so', () => {
    const found = maximum(valley, { start: [-1.2, 1], evaluationsMax: 8 });
    expect(found.isConverged).toBe(false);
    expect(found.evaluations).toBeLessThan(20);
  });

  test('a likelihood that says nothing ends at once', () => {
    const found = maximum(() => ({ value: 0, gradient: [0, 0] }), { start: [1, 2] });
    expect(found.isConverged).toBe(true);
    expect([...found.covariance].every(Number.isFinite)).toBe(true);
    expect(found.conditionNumber).toBe(Number.POSITIVE_INFINITY);
  });
});
