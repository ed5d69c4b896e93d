import { seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { createDraws } from './draws.ts';

const DRAWS = 200_000;

/** Mean and variance of many draws. */
function momentsOf(draw: () => number): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < DRAWS; i++) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  const mean = sum / DRAWS;
  return { mean, variance: squares / DRAWS - mean * mean };
}

/** The moments agree within five standard errors, with `kurtosis` bounding the fourth moment. */
function expectMoments(draw: () => number, mean: number, variance: number, kurtosis = 12): void {
  const found = momentsOf(draw);
  expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
  const tolerance = 5 * variance * Math.sqrt(kurtosis / DRAWS);
  expect(Math.abs(found.variance - variance)).toBeLessThan(tolerance);
}

describe('VAL-49 draws have the moments of their distributions', () => {
  test('uniform, normal, exponential', () => {
    const draws = createDraws(seededRandom(11));
    expectMoments(draws.uniform, 0.5, 1 / 12);
    expectMoments(draws.normal, 0, 1);
    expectMoments(draws.exponential, 1, 1);
  });

  test.each([0.05, 0.3, 0.9, 1, 2.5, 40, 1000])('gamma of shape %d', (shape) => {
    const draws = createDraws(seededRandom(7));
    expectMoments(() => draws.gamma(shape), shape, shape, 3 + 6 / shape);
  });

  test.each([
    [0.05, 0.4],
    [0.8, 2.4],
    [1, 1],
    [3, 50],
    [500, 2],
  ])('beta of %d and %d', (a, b) => {
    const draws = createDraws(seededRandom(5));
    const variance = (a * b) / ((a + b) ** 2 * (a + b + 1));
    expectMoments(() => draws.beta(a, b), a / (a + b), variance, 40);
  });

  test.each([0, 0.01, 1, 15, 17, 80, 1000, 30_000])('Poisson of mean %d', (mean) => {
    const draws = createDraws(seededRandom(3));
    if (mean === 0) expect(momentsOf(() => draws.poisson(0)).mean).toBe(0);
    else expectMoments(() => draws.poisson(mean), mean, mean, 3 + 1 / mean);
  });

  test('normal draws fall into tenths as often as they should', () => {
    const draws = createDraws(seededRandom(21));
    // Quantiles of the normal distribution at .1, .2, … .9.
    const cuts = [
      -1.2815515655446, -0.84162123357291, -0.52440051270804, -0.2533471031358, 0, 0.2533471031358,
      0.52440051270804, 0.84162123357291, 1.2815515655446,
    ];
    const counts = new Float64Array(10);
    for (let i = 0; i < DRAWS; i++) {
      const x = draws.normal();
      const bin = cuts.filter((cut) => x > cut).length;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, n) => sum + (n - DRAWS / 10) ** 2 / (DRAWS / 10), 0);
    expect(chiSquare).toBeLessThan(27.9); // The 99.9 % point of nine degrees of freedom.
  });

  test('binomial and geometric', () => {
    const draws = createDraws(seededRandom(13));
    expectMoments(() => draws.binomial(40, 0.3), 12, 8.4);
    expectMoments(() => draws.binomial(40, 0.9), 36, 3.6);
    expectMoments(() => draws.geometric(0.2), 4, 20);
    expect(draws.geometric(1)).toBe(0);
  });

  test('a beta draw of tiny shapes is a share', () => {
    const draws = createDraws(seededRandom(2));
    for (let i = 0; i < 1000; i++) {
      const share = draws.beta(1e-4, 1e-4);
      expect(share >= 0 && share <= 1).toBe(true);
    }
  });

  test('the same seed gives the same draws', () => {
    const drawn = (): readonly number[] => {
      const draws = createDraws(seededRandom(9));
      return Array.from({ length: 50 }, () => draws.gamma(0.7) + draws.poisson(40));
    };
    expect(drawn()).toEqual(drawn());
  });
});
