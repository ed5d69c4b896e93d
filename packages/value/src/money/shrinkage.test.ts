import { finish } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import type { Maximum } from '../fit/index.ts';
import { fitBetaBinomial, fitGammaPoisson, shrinkRate, shrinkShare } from './shrinkage.ts';

/** log Γ by Stirling's series after shifting, for the reference alone. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 15; z++) shift -= Math.log(z);
  const s = 1 / (z * z);
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s / 1680))) / z;
  return shift + (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series;
}

const EVENTS = Float64Array.of(0, 1, 0, 3, 2, 0, 0, 5, 1, 0, 4, 0);
const TRIALS = Float64Array.of(1, 1, 4, 3, 9, 2, 1, 7, 5, 20, 6, 1);
const LEVELS = {
  of: Uint8Array.of(0, 0, 1, 1, 2, 0, 1, 2, 2, 2, 1, 0),
  logs: Float64Array.of(-0.7, 0.1, 0.9),
};
const ONE = { of: new Uint8Array(200), logs: Float64Array.of(0) };

/** The priors' weak part, written out. */
function weak(strength: number, middle: number, trend: number): number {
  return -((strength - middle) ** 2) / 18 - trend ** 2 / 2;
}

function betaObjective([u = 0, w = 0, t = 0]: ArrayLike<number> & Iterable<number>): number {
  const beta = (p: number, q: number): number => logGamma(p) + logGamma(q) - logGamma(p + q);
  const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
  let total = weak(w, Math.log(10), t) + Math.log(logistic(u) * logistic(-u)) / 2;
  EVENTS.forEach((k, i) => {
    const mean = logistic(u + t * (LEVELS.logs[LEVELS.of[i] ?? 0] ?? 0));
    const [a, b] = [mean * Math.exp(w), (1 - mean) * Math.exp(w)];
    total += beta(a + k, b + (TRIALS[i] ?? 0) - k) - beta(a, b);
  });
  return total;
}

function gammaObjective([u = 0, w = 0, t = 0]: ArrayLike<number> & Iterable<number>): number {
  let total = weak(w, 0, t) + (u - Math.exp(u)) / 2;
  const shape = Math.exp(w);
  EVENTS.forEach((k, i) => {
    const n = TRIALS[i] ?? 0;
    const rate = shape / Math.exp(u + t * (LEVELS.logs[LEVELS.of[i] ?? 0] ?? 0));
    total += logGamma(shape + k) - logGamma(shape);
    total += shape * Math.log(rate) - (shape + k) * Math.log(rate + n);
  });
  return total;
}

/** That a point is the highest there is around, and the covariance is that of the curvature. */
function expectPeak(
  maximum: Maximum,
  objective: (point: ArrayLike<number> & Iterable<number>) => number,
): void {
  const { point, covariance, logLikelihood } = maximum;
  expect(logLikelihood).toBeCloseTo(objective(point), 8);
  const at = (i: number, di: number, j: number, dj: number): number => {
    const moved = point.slice();
    moved[i] = (moved[i] ?? 0) + di;
    moved[j] = (moved[j] ?? 0) + dj;
    return objective(moved);
  };
  const h = 2e-3;
  const bend = (i: number, j: number): number =>
    (at(i, h, j, h) - at(i, h, j, -h) - at(i, -h, j, h) + at(i, -h, j, -h)) / (4 * h * h);
  for (let i = 0; i < 3; i++) {
    for (const step of [-0.01, 0.01]) expect(at(i, step, i, 0)).toBeLessThan(logLikelihood);
    for (let j = 0; j < 3; j++) {
      let product = 0;
      for (let k = 0; k < 3; k++) product -= bend(i, k) * (covariance[k * 3 + j] ?? 0);
      expect(product).toBeCloseTo(i === j ? 1 : 0, 2);
    }
  }
}

describe('shares', () => {
  test('VAL-64 the fitted Betas are where the likelihood, written out, is highest', () => {
    const fit = finish(fitBetaBinomial({ events: EVENTS, trials: TRIALS, levels: LEVELS }));
    expectPeak(fit.maximum, betaObjective);
    expect(fit.priors).toEqual(fit.at(fit.maximum.point));
    expect(fit.priors).toHaveLength(3);
  });

  test('VAL-64 no events, only events and no trials leave a proper prior', () => {
    const none = Float64Array.of(0, 0, 0);
    const some = Float64Array.of(4, 4, 3);
    for (const counts of [
      { events: none, trials: some },
      { events: some, trials: some },
      { events: none, trials: none },
      { events: Float64Array.of(), trials: Float64Array.of() },
    ]) {
      const fit = finish(fitBetaBinomial({ ...counts, levels: ONE }));
      const { a, b } = fit.priors[0] ?? { a: 0, b: 0 };
      expect(a).toBeGreaterThan(0);
      expect(b).toBeGreaterThan(0);
      expect(Number.isFinite(a + b)).toBe(true);
    }
  });

  test('VAL-65 a share moves from the base to the customer as trials come in', () => {
    const prior = { a: 1, b: 9 };
    expect(shrinkShare(prior, 0, 0)).toBe(0.1);
    expect(shrinkShare(prior, 1, 1)).toBeCloseTo(2 / 11, 12);
    expect(shrinkShare(prior, 500, 1_000)).toBeCloseTo(0.5, 2);
  });
});

describe('rates', () => {
  test('VAL-64 the fitted Gammas are where the likelihood, written out, is highest', () => {
    const fit = finish(fitGammaPoisson({ events: EVENTS, trials: TRIALS, levels: LEVELS }));
    expectPeak(fit.maximum, gammaObjective);
    expect(fit.priors).toEqual(fit.at(fit.maximum.point));
  });

  test('VAL-64 a base without events, and one without overdispersion, leave a proper prior', () => {
    const even = Float64Array.from({ length: 200 }, () => 5);
    const none = Float64Array.from({ length: 200 }, () => 0);
    const empty = Float64Array.of();
    for (const [events, trials] of [
      [even, even],
      [none, even],
      [empty, empty],
    ] as const) {
      const fit = finish(fitGammaPoisson({ events, trials, levels: ONE }));
      const { shape, rate } = fit.priors[0] ?? { shape: 0, rate: 0 };
      expect(shape).toBeGreaterThan(0);
      expect(Number.isFinite(shape / rate)).toBe(true);
    }
    const fit = finish(fitGammaPoisson({ events: even, trials: even, levels: ONE }));
    const { shape, rate } = fit.priors[0] ?? { shape: 0, rate: 0 };
    expect(shape / rate).toBeCloseTo(1, 2);
  });

  test('VAL-65 a rate moves from the base to the customer as trials come in', () => {
    const prior = { shape: 2, rate: 4 };
    expect(shrinkRate(prior, 0, 0)).toBe(0.5);
    expect(shrinkRate(prior, 3, 1)).toBe(1);
    expect(shrinkRate(prior, 3_000, 1_000)).toBeCloseTo(3, 1);
  });
});
