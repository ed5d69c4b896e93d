import { finish } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
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

function betaObjective(a: number, b: number): number {
  const beta = (p: number, q: number): number => logGamma(p) + logGamma(q) - logGamma(p + q);
  let total = 0;
  EVENTS.forEach((k, i) => {
    total += beta(a + k, b + (TRIALS[i] ?? 0) - k) - beta(a, b);
  });
  const mean = a / (a + b);
  const z = (Math.log(a + b) - Math.log(10)) / 3;
  return total + (Math.log(mean) + Math.log(1 - mean)) / 2 - (z * z) / 2;
}

function gammaObjective(shape: number, rate: number): number {
  let total = 0;
  EVENTS.forEach((k, i) => {
    const n = TRIALS[i] ?? 0;
    total += logGamma(shape + k) - logGamma(shape);
    total += shape * Math.log(rate) - (shape + k) * Math.log(rate + n);
  });
  return total + (Math.log(shape / rate) - shape / rate) / 2 - Math.log(shape) ** 2 / 18;
}

/** Second derivatives by differences, for the covariance. */
function bends(f: (u: number, w: number) => number, u: number, w: number): readonly number[] {
  const h = 1e-3;
  return [
    (f(u + h, w) - 2 * f(u, w) + f(u - h, w)) / h ** 2,
    (f(u + h, w + h) - f(u + h, w - h) - f(u - h, w + h) + f(u - h, w - h)) / (4 * h * h),
    (f(u, w + h) - 2 * f(u, w) + f(u, w - h)) / h ** 2,
  ];
}

describe('shares', () => {
  test('VAL-64 the fitted Beta is where the likelihood, written out, is highest', () => {
    const fit = finish(fitBetaBinomial({ events: EVENTS, trials: TRIALS }));
    const { a, b } = fit.prior;
    expect(fit.maximum.logLikelihood).toBeCloseTo(betaObjective(a, b), 8);
    for (const up of [0.999, 1.001]) {
      expect(betaObjective(a * up, b)).toBeLessThan(fit.maximum.logLikelihood);
      expect(betaObjective(a, b * up)).toBeLessThan(fit.maximum.logLikelihood);
    }
    const along = (u: number, w: number): number => {
      const prior = fit.at([u, w]);
      return betaObjective(prior.a, prior.b);
    };
    const [uu = 0, uw = 0, ww = 0] = bends(
      along,
      fit.maximum.point[0] ?? 0,
      fit.maximum.point[1] ?? 0,
    );
    const determinant = uu * ww - uw * uw;
    expect(fit.maximum.covariance[0]).toBeCloseTo(-ww / determinant, 3);
    expect(fit.maximum.covariance[1]).toBeCloseTo(uw / determinant, 3);
    expect(fit.maximum.covariance[3]).toBeCloseTo(-uu / determinant, 3);
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
      const { a, b } = finish(fitBetaBinomial(counts)).prior;
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
  test('VAL-64 the fitted Gamma is where the likelihood, written out, is highest', () => {
    const fit = finish(fitGammaPoisson({ events: EVENTS, trials: TRIALS }));
    const { shape, rate } = fit.prior;
    expect(fit.maximum.logLikelihood).toBeCloseTo(gammaObjective(shape, rate), 9);
    for (const up of [0.999, 1.001]) {
      expect(gammaObjective(shape * up, rate)).toBeLessThan(fit.maximum.logLikelihood);
      expect(gammaObjective(shape, rate * up)).toBeLessThan(fit.maximum.logLikelihood);
    }
    const along = (u: number, w: number): number => {
      const prior = fit.at([u, w]);
      return gammaObjective(prior.shape, prior.rate);
    };
    const [uu = 0, uw = 0, ww = 0] = bends(
      along,
      fit.maximum.point[0] ?? 0,
      fit.maximum.point[1] ?? 0,
    );
    const determinant = uu * ww - uw * uw;
    expect(fit.maximum.covariance[0]).toBeCloseTo(-ww / determinant, 3);
    expect(fit.maximum.covariance[1]).toBeCloseTo(uw / determinant, 3);
    expect(fit.maximum.covariance[3]).toBeCloseTo(-uu / determinant, 3);
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
      const { shape, rate } = finish(fitGammaPoisson({ events, trials })).prior;
      expect(shape).toBeGreaterThan(0);
      expect(Number.isFinite(shape / rate)).toBe(true);
    }
    const { shape, rate } = finish(fitGammaPoisson({ events: even, trials: even })).prior;
    expect(shape / rate).toBeCloseTo(1, 2);
  });

  test('VAL-65 a rate moves from the base to the customer as trials come in', () => {
    const prior = { shape: 2, rate: 4 };
    expect(shrinkRate(prior, 0, 0)).toBe(0.5);
    expect(shrinkRate(prior, 3, 1)).toBe(1);
    expect(shrinkRate(prior, 3_000, 1_000)).toBeCloseTo(3, 1);
  });
});
