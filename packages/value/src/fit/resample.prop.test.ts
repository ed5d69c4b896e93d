import { finish, seededRandom, type Work } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDraws } from '../numerics/index.ts';
import { resample } from './resample.ts';

type LogDensity = (x: number) => number;

/** ln of the density of ln Γ(shape): skewed, the more so the smaller the shape. */
const logGammaDensity =
  (shape: number): LogDensity =>
  (x) =>
    shape * x - shape * Math.exp(x);

/** Mean and deviation on a grid that holds all of it. */
function momentsOf(logDensity: LogDensity): { mean: number; deviation: number } {
  const grid = Array.from({ length: 8001 }, (_, i) => -20 + i / 200);
  const weights = grid.map((x) => Math.exp(logDensity(x) - logDensity(0)));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (of: LogDensity): number =>
    grid.reduce((sum, x, i) => sum + of(x) * (weights[i] ?? 0), 0) / whole;
  const mean = meanOf((x) => x);
  return { mean, deviation: Math.sqrt(meanOf((x) => (x - mean) ** 2)) };
}

function drawnFrom(logDensity: LogDensity, variance: number, seed: number): readonly number[] {
  const found = finish(
    resample(
      {
        *logDensity(point): Work<number> {
          yield { done: 0, of: 1 };
          return logDensity(point[0] ?? 0);
        },
        mode: Float64Array.of(0),
        covariance: Float64Array.of(variance),
      },
      { count: 1000, proposals: 4000, draws: createDraws(seededRandom(seed)) },
    ),
  );
  return (found ?? []).map((point) => point[0] ?? 0);
}

describe('sampling by importance', () => {
  test('VAL-132 finds a skewed density that a normal one stands for, as a grid does', () => {
    const cases = fc.record({ shape: fc.double({ min: 1, max: 40, noNaN: true }), seed: fc.nat() });
    fc.assert(
      fc.property(cases, ({ shape, seed }) => {
        const logDensity = logGammaDensity(shape);
        const drawn = drawnFrom(logDensity, 1 / shape, seed);
        expect(drawn).toHaveLength(1000);
        const { mean, deviation } = momentsOf(logDensity);
        const own = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
        const spread = Math.sqrt(drawn.reduce((sum, x) => sum + (x - own) ** 2, 0) / drawn.length);
        expect(Math.abs(own - mean)).toBeLessThan(0.2 * deviation);
        expect(Math.abs(spread / deviation - 1)).toBeLessThan(0.2);
      }),
      { numRuns: 60 },
    );
  });

  test('VAL-132 the mean moves away from the mode, as that of a skewed density does', () => {
    const drawn = drawnFrom(logGammaDensity(1), 1, 5);
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    // −γ, Euler's constant.
    expect(mean).toBeLessThan(-0.45);
    expect(mean).toBeGreaterThan(-0.7);
  });

  test('VAL-132 the same chance draws the same', () => {
    const draw = (seed: number) => drawnFrom(logGammaDensity(3), 0.3, seed);
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4)).not.toEqual(draw(5));
  });

  test('VAL-132 where proposals miss the density, nothing is drawn', () => {
    expect(drawnFrom((x) => -1e4 * (x - 9) ** 2, 1e-4, 1)).toEqual([]);
    expect(drawnFrom(() => Number.NaN, 1, 1)).toEqual([]);
    expect(drawnFrom(() => Number.NEGATIVE_INFINITY, 1, 1)).toEqual([]);
  });
});
