import { finish, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitBgBb } from '../fit/fit-bg-bb.ts';
import type { PredictiveModel } from '../model.ts';
import { createDraws } from '../numerics/index.ts';
import { valueBenchmark } from '../testing/benchmark-data.ts';
import { bgBbLikelihood, createBgBb } from './bg-bb.ts';
import { type Likelihood, likelihoodRows } from './index.ts';
import { createMbgCnbdK, intervalLogLikelihood, mbgCnbdKLikelihood } from './mbg-cnbd-k.ts';

interface Golden {
  readonly params: readonly [number, number, number, number];
  readonly x: number;
  readonly tx: number;
  readonly ll: number;
  readonly cet: number;
}

type GoldenDay = Golden & { readonly T: number; readonly t: number } & {
  readonly palive: number;
  readonly ex: number;
};
type GoldenPeriod = Golden & { readonly n: number; readonly nstar: number } & {
  readonly palive_T: number;
};

const goldenText = valueBenchmark('golden_values.json');
const donations = valueBenchmark('donations_lifetimes.csv');
const golden = JSON.parse(goldenText ?? '{"mbgnbd":[],"bgbb":[]}') as {
  readonly mbgnbd: readonly GoldenDay[];
  readonly bgbb: readonly GoldenPeriod[];
};

const off = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe.skipIf(goldenText === undefined)('values computed at 60 digits', () => {
  test('VAL-54 MBG/CNBD-k at k = 1 has those of MBG/NBD', () => {
    expect(golden.mbgnbd.length).toBeGreaterThan(10);
    for (const { params, x, tx, T, t, ll, palive, cet, ex } of golden.mbgnbd) {
      const [r, alpha, a, b] = params;
      const model = createMbgCnbdK({ r, alpha, a, b, k: 1 });
      expect(off(model.logLikelihood(x, tx, T), ll)).toBeLessThan(1e-12);
      expect(Math.abs(model.probabilityAlive(x, tx, T) - palive)).toBeLessThan(1e-10);
      expect(off(model.expectedPurchases(x, tx, T, t), cet)).toBeLessThan(1e-8);
      expect(off(model.expectedPurchases(0, 0, 0, t), ex)).toBeLessThan(1e-8);
    }
  });

  test('VAL-57 BG/BB has them', () => {
    expect(golden.bgbb.length).toBeGreaterThan(5);
    for (const { params, x, tx, n, nstar, ll, palive_T, cet } of golden.bgbb) {
      const [alpha, beta, gamma, delta] = params;
      const model = createBgBb({ alpha, beta, gamma, delta });
      expect(off(model.logLikelihood(x, tx, n), ll)).toBeLessThan(1e-12);
      expect(Math.abs(model.probabilityAlive(x, tx, n) - palive_T)).toBeLessThan(1e-10);
      expect(off(model.expectedPurchases(x, tx, n, nstar), cet)).toBeLessThan(1e-8);
    }
  });
});

test.skipIf(donations === undefined)(
  'VAL-58 BG/BB on donations has its optimum where others find it',
  () => {
    const rows = (donations ?? '').trim().split('\n').slice(1);
    const cells = rows.map((line) => line.split(',').map(Number));
    const column = (i: number): Float64Array => Float64Array.from(cells, (cell) => cell[i] ?? 0);
    const statistics = {
      frequency: column(0),
      recency: column(1),
      age: column(2),
      count: column(3),
    };
    const fit = finish(fitBgBb(statistics));
    expect(fit).toMatchObject({ verdict: 'identified', isConverged: true, customers: 11_104 });
    expect(fit?.logLikelihood).toBeCloseTo(-33225.5813, 4);
    const expected = [1.203522, 0.749716, 0.656718, 2.783442];
    const errors = [0.0694, 0.0294, 0.051, 0.3208];
    ['alpha', 'beta', 'gamma', 'delta'].forEach((name, i) => {
      expect(off(fit?.model.parameters[name] ?? 0, expected[i] ?? 0)).toBeLessThan(1e-5);
      expect(off(fit?.standardErrors[name] ?? 0, errors[i] ?? 0)).toBeLessThan(2e-3);
    });
  },
);

const shape = fc.double({ min: Math.log(1e-3), max: Math.log(1e3), noNaN: true }).map(Math.exp);
const history = fc
  .record({
    frequency: fc.integer({ min: 0, max: 2000 }),
    age: fc.double({ min: 1e-3, max: 5000, noNaN: true }),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ frequency, age, part }) => ({
    frequency,
    age,
    recency: frequency === 0 ? 0 : age * Math.max(part, 1e-6),
  }));
const periods = fc
  .tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }))
  .map((sizes) => sizes.toSorted((p, q) => p - q))
  .map(([frequency = 0, recency = 0, age = 0]) =>
    frequency === 0 ? { frequency, recency: 0, age } : { frequency, recency, age },
  );

function expectSound(
  model: PredictiveModel,
  { frequency, recency, age }: { frequency: number; recency: number; age: number },
  horizon: number,
): void {
  const log = model.logLikelihood(frequency, recency, age);
  const alive = model.probabilityAlive(frequency, recency, age);
  const expected = model.expectedPurchases(frequency, recency, age, horizon);
  const rate = model.purchaseRate({ frequency, recency, age }, horizon);
  for (const value of [log, alive, expected, rate]) expect(Number.isFinite(value)).toBe(true);
  expect(alive >= 0 && alive <= 1).toBe(true);
  expect(expected >= 0 && rate >= 0).toBe(true);
}

describe('VAL-55 nothing is ever not finite', () => {
  test('MBG/CNBD-k', () => {
    fc.assert(
      fc.property(
        fc.tuple(shape, shape, shape, shape),
        fc.integer({ min: 1, max: 6 }),
        history,
        fc.double({ min: 0, max: 500, noNaN: true }),
        ([r, alpha, a, b], k, given, horizon) =>
          expectSound(createMbgCnbdK({ r, alpha, a, b, k }), given, horizon),
      ),
      { numRuns: 200 },
    );
  });

  test('BG/BB', () => {
    fc.assert(
      fc.property(
        fc.tuple(shape, shape, shape, shape),
        periods,
        fc.double({ min: 0, max: 500, noNaN: true }),
        ([alpha, beta, gamma, delta], given, horizon) =>
          expectSound(createBgBb({ alpha, beta, gamma, delta }), given, horizon),
      ),
      { numRuns: 1000 },
    );
  });
});

/** The gradient by differences of the value. */
function expectGradient(
  likelihood: Likelihood,
  values: readonly number[],
  histories: readonly { frequency: number; recency: number; age: number }[],
): void {
  const pick = (name: 'frequency' | 'recency' | 'age'): Float64Array =>
    Float64Array.from(histories, (each) => each[name]);
  const rows = likelihoodRows({
    frequency: pick('frequency'),
    recency: pick('recency'),
    age: pick('age'),
    count: new Float64Array(histories.length).fill(2),
  });
  const evaluate = (logs: readonly number[]): Float64Array => {
    const sums = new Float64Array(values.length + 1);
    likelihood(Float64Array.from(logs, Math.exp), rows)(0, histories.length, sums);
    return sums;
  };
  const logs = values.map(Math.log);
  const sums = evaluate(logs);
  logs.forEach((log, i) => {
    const moved = (by: number): number => evaluate(logs.with(i, log + by))[0] ?? 0;
    const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
    const size = Math.max(1, Math.abs(slope), Math.abs(sums[0] ?? 0) * 1e-3);
    expect(Math.abs((sums[i + 1] ?? 0) - slope) / size).toBeLessThan(1e-6);
  });
}

describe('VAL-56 likelihoods agree with the model, and gradients with differences', () => {
  const days = [
    { frequency: 0, recency: 0, age: 39 },
    { frequency: 3, recency: 20, age: 39 },
    { frequency: 20, recency: 38, age: 39 },
    { frequency: 1, recency: 1.5, age: 1.5 },
  ];

  test.each([1, 2, 3, 6])('MBG/CNBD-%d', (k) => {
    expectGradient(mbgCnbdKLikelihood(k), [0.5, 6, 0.9, 1.6], days);
    const model = createMbgCnbdK({ r: 0.5, alpha: 6, a: 0.9, b: 1.6, k });
    const total = days.reduce(
      (sum, { frequency, recency, age }) => sum + model.logLikelihood(frequency, recency, age),
      0,
    );
    const sums = new Float64Array(5);
    const rows = likelihoodRows({
      frequency: Float64Array.from(days, (day) => day.frequency),
      recency: Float64Array.from(days, (day) => day.recency),
      age: Float64Array.from(days, (day) => day.age),
      count: new Float64Array(days.length).fill(1),
    });
    mbgCnbdKLikelihood(k)(Float64Array.of(0.5, 6, 0.9, 1.6), rows)(0, days.length, sums);
    expect(off(sums[0] ?? 0, total)).toBeLessThan(1e-13);
  });

  test('BG/BB', () => {
    expectGradient(
      bgBbLikelihood,
      [1.2, 0.75, 0.66, 2.8],
      [
        { frequency: 0, recency: 0, age: 6 },
        { frequency: 3, recency: 5, age: 6 },
        { frequency: 6, recency: 6, age: 6 },
        { frequency: 1, recency: 4, age: 30 },
      ],
    );
  });

  test('of BG/BB, all histories of a few periods sum to 1', () => {
    const model = createBgBb({ alpha: 0.7, beta: 1.9, gamma: 0.5, delta: 2.2 });
    const age = 7;
    let sum = 0;
    for (let taken = 0; taken < 2 ** age; taken++) {
      const bits = Array.from({ length: age }, (_, i) => (taken >> i) & 1);
      const frequency = bits.reduce((count, bit) => count + bit, 0);
      sum += Math.exp(model.logLikelihood(frequency, bits.lastIndexOf(1) + 1, age));
    }
    expect(sum).toBeCloseTo(1, 12);
  });

  test('of MBG/CNBD-2, all first intervals and none sum to 1', () => {
    const model = createMbgCnbdK({ r: 1.2, alpha: 3, a: 0.8, b: 2, k: 2 });
    const age = 2;
    // None, one at t, or two or more: of these the second comes after the first in the density.
    let one = 0;
    let two = 0;
    const steps = 800;
    for (let i = 0; i < steps; i++) {
      const t = ((i + 0.5) / steps) * age;
      one += Math.exp(model.logLikelihood(1, t, age)) * t * (age / steps);
      // Two purchases whose second is at t, with what comes after left open: age ends there.
      const dense = Math.exp(model.logLikelihood(2, t, t)) * (t ** 3 / 6) * (age / steps);
      two += dense;
    }
    const sum = Math.exp(model.logLikelihood(0, 0, age)) + one + two;
    expect(sum).toBeCloseTo(1, 4);
  });

  test('intervals tell regularity', () => {
    const given = { logIntervals: 3, intervals: 4 };
    expect(intervalLogLikelihood(1, given)).toBe(0);
    expect(intervalLogLikelihood(4, given)).toBeCloseTo(9 - 4 * Math.log(6), 12);
  });
});

describe('VAL-55 expectations', () => {
  test('of MBG/CNBD-k are the integral of the rate and the mean of draws', () => {
    for (const k of [1, 2, 5]) {
      const model = createMbgCnbdK({ r: 0.8, alpha: 6 / k, a: 0.9, b: 2.5, k });
      const given = { frequency: 4, recency: 22, age: 27 };
      const expected = model.expectedPurchases(4, 22, 27, 30);
      let integral = 0;
      for (let i = 0; i < 600; i++) integral += model.purchaseRate(given, (i + 0.5) / 20) / 20;
      expect(off(integral, expected)).toBeLessThan(1e-4);
      const draws = createDraws(seededRandom(5));
      let [sum, squares] = [0, 0];
      for (let i = 0; i < 40_000; i++) {
        const drawn = model.drawPurchases(given, 30, draws);
        sum += drawn;
        squares += drawn * drawn;
      }
      const mean = sum / 40_000;
      const error = Math.sqrt((squares / 40_000 - mean * mean) / 40_000);
      expect(Math.abs(mean - expected)).toBeLessThan(4.5 * error);
    }
  });

  test('of BG/BB are the sum of the rate and the mean of draws', () => {
    const model = createBgBb({ alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 });
    const given = { frequency: 3, recency: 5, age: 6 };
    const expected = model.expectedPurchases(3, 5, 6, 8);
    let sum = 0;
    for (let period = 0; period < 8; period++) sum += model.purchaseRate(given, period);
    expect(off(sum, expected)).toBeLessThan(1e-12);
    expect(model.expectedPurchases(3, 5, 6, 7.5)).toBeCloseTo(
      (expected + model.expectedPurchases(3, 5, 6, 7)) / 2,
      12,
    );
    const draws = createDraws(seededRandom(5));
    let drawn = 0;
    for (let i = 0; i < 40_000; i++) drawn += model.drawPurchases(given, 8, draws) / 40_000;
    expect(Math.abs(drawn - expected)).toBeLessThan(0.06);
  });

  test('of horizons beyond which ticks are not counted go on as before', () => {
    for (const [frequency, recency] of [
      [0, 0],
      [2, 1],
      [40, 1.9],
    ] as const) {
      for (const [a, b] of [
        [0.9, 2.5],
        [0.05, 1],
      ] as const) {
        const model = createMbgCnbdK({ r: 0.8, alpha: 2, a, b, k: 3 });
        const given = { frequency, recency, age: 2 };
        // Somewhere on the way the sum becomes an integral: nothing may jump there.
        let before = 0;
        for (let horizon = 1500; horizon < 3000; horizon *= 1.003) {
          const expected = model.expectedPurchases(frequency, recency, 2, horizon);
          const middle = horizon / Math.sqrt(1.003);
          const grown = model.purchaseRate(given, middle) * (horizon - horizon / 1.003);
          if (before > 0) expect(Math.abs(expected - before - grown) / expected).toBeLessThan(2e-3);
          before = expected;
        }
      }
    }
  });

  test('occasions must be whole periods', () => {
    const model = createBgBb({ alpha: 1, beta: 1, gamma: 1, delta: 1 });
    for (const [x, recency, age] of [
      [2, 1, 6],
      [1, 7, 6],
      [0.5, 1, 2],
    ] as const) {
      expect(() => model.logLikelihood(x, recency, age)).toThrow('whole');
    }
  });
});
