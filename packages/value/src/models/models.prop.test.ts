import { seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import type { PredictiveModel } from '../model.ts';
import { createDraws, integrate, logBeta, logGamma } from '../numerics/index.ts';
import { discountedResidualPurchases } from './discounted.ts';
import {
  bgNbdLikelihood,
  createBgNbd,
  createMbgNbd,
  createNbd,
  createParetoNbd,
  type Likelihood,
  likelihoodRows,
  mbgNbdLikelihood,
  nbdLikelihood,
  paretoNbdLikelihood,
} from './index.ts';

type Create = (p: readonly number[]) => PredictiveModel;

const MODELS: readonly (readonly [string, number, Create, Likelihood])[] = [
  ['NBD', 2, ([r = 0, alpha = 0]) => createNbd({ r, alpha }), nbdLikelihood],
  [
    'BG/NBD',
    4,
    ([r = 0, alpha = 0, a = 0, b = 0]) => createBgNbd({ r, alpha, a, b }),
    bgNbdLikelihood,
  ],
  [
    'MBG/NBD',
    4,
    ([r = 0, alpha = 0, a = 0, b = 0]) => createMbgNbd({ r, alpha, a, b }),
    mbgNbdLikelihood,
  ],
  [
    'Pareto/NBD',
    4,
    ([r = 0, alpha = 0, s = 0, beta = 0]) => createParetoNbd({ r, alpha, s, beta }),
    paretoNbdLikelihood,
  ],
];

const draws = createDraws(seededRandom(20));
const between = (low: number, high: number): number => 10 ** (low + (high - low) * draws.uniform());

interface Case {
  readonly parameters: readonly number[];
  readonly x: number;
  readonly tx: number;
  readonly T: number;
  readonly horizon: number;
}

/** Parameters over eight orders of magnitude, and histories of all kinds. */
function extremeCase(i: number): Case {
  const parameters = Array.from({ length: 4 }, () => between(-4, 4));
  const T = between(-6, 6);
  const x = i % 3 === 0 ? Math.floor(between(0, 4)) : i % 7;
  const places = [T, T * draws.uniform(), T * (1 - between(-12, 0)), T * between(-8, 0)];
  const tx = x === 0 ? 0 : (places[i % 4] ?? T);
  return { parameters, x, tx, T, horizon: between(-3, 5) };
}

function ordinaryCase(i: number): Case {
  const parameters = Array.from({ length: 4 }, () => between(-0.7, 1));
  const T = between(0, 2);
  const x = i % 6;
  return { parameters, x, tx: x === 0 ? 0 : T * draws.uniform(), T, horizon: between(-1, 2) };
}

/** The value and the gradient by the logarithms of the parameters, of one row. */
function sumsOf(
  likelihood: Likelihood,
  { parameters, x, tx, T }: Case,
  size: number,
): Float64Array {
  const rows = likelihoodRows({
    frequency: Float64Array.of(x),
    recency: Float64Array.of(tx),
    age: Float64Array.of(T),
    count: Float64Array.of(1),
  });
  const sums = new Float64Array(size + 1);
  likelihood(Float64Array.from(parameters.slice(0, size)), rows)(0, 1, sums);
  return sums;
}

describe.each(MODELS)('%s', (_name, size, create, likelihood) => {
  test('VAL-7 nothing is infinite or not a number, whatever the parameters and histories', () => {
    for (let i = 0; i < 10_000; i++) {
      const one = extremeCase(i);
      const { x, tx, T, horizon } = one;
      const model = create(one.parameters);
      const { r = 0 } = model.parameters;
      const alive = model.probabilityAlive(x, tx, T);
      const expected = model.expectedPurchases(x, tx, T, horizon);
      const history = { frequency: x, recency: tx, age: T };
      const rate = model.purchaseRate(history, horizon);
      const figures = [model.logLikelihood(x, tx, T), alive, expected, rate];
      const isSound =
        [...figures, ...sumsOf(likelihood, one, size)].every(Number.isFinite) &&
        alive >= 0 &&
        alive <= 1 &&
        expected >= 0 &&
        rate >= 0 &&
        // Nobody buys more for being able to stop.
        expected <= alive * (r + x) * (horizon / T) * (1 + 1e-9) + 1e-300;
      if (!isSound) expect({ one, figures }).toBe('sound');
    }
  });

  test('VAL-8 the gradient is that of the likelihood, and both ways to compute it agree', () => {
    for (let i = 0; i < 300; i++) {
      const one = ordinaryCase(i);
      const sums = sumsOf(likelihood, one, size);
      const direct = create(one.parameters).logLikelihood(one.x, one.tx, one.T);
      expect(Math.abs((sums[0] ?? 0) - direct)).toBeLessThan(1e-11 * (1 + Math.abs(direct)));
      for (let k = 0; k < size; k++) {
        const at = (step: number): number => {
          const parameters = one.parameters.map((p, j) => (j === k ? p * Math.exp(step) : p));
          return sumsOf(likelihood, { ...one, parameters }, size)[0] ?? 0;
        };
        const slope = (at(1e-4) - at(-1e-4)) / 2e-4;
        expect(Math.abs((sums[k + 1] ?? 0) - slope)).toBeLessThan(1e-6 * (1 + Math.abs(slope)));
      }
    }
  });

  test('VAL-9 the rate of purchases, over a time, makes the purchases expected in it', () => {
    for (let i = 0; i < 60; i++) {
      const { parameters, x, tx, T, horizon } = ordinaryCase(i);
      const model = create(parameters);
      const history = { frequency: x, recency: tx, age: T };
      const whole = integrate(
        (v) => model.purchaseRate(history, v ** 4) * 4 * v ** 3,
        [0, horizon ** 0.25],
        8,
      );
      const expected = model.expectedPurchases(x, tx, T, horizon);
      expect(Math.abs(whole - expected)).toBeLessThan(1e-8 * expected);
      const undiscounted = discountedResidualPurchases(model, history, { rate: 0, horizon });
      expect(Math.abs(undiscounted - expected)).toBeLessThan(1e-8 * expected);
    }
  });

  test('VAL-10 drawn purchases have the expected mean', () => {
    const COUNT = 20_000;
    for (const x of [0, 3]) {
      const model = create([1.3, 8, 0.9, 3]);
      const history = { frequency: x, recency: x === 0 ? 0 : 17, age: 20 };
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < COUNT; i++) {
        const drawn = model.drawPurchases(history, 25, draws);
        sum += drawn;
        squares += drawn * drawn;
      }
      const mean = sum / COUNT;
      const error = Math.sqrt((squares / COUNT - mean * mean) / COUNT);
      const expected = model.expectedPurchases(x, history.recency, history.age, 25);
      expect(Math.abs(mean - expected)).toBeLessThan(4.5 * error);
    }
  });
});

/** Sums over what nobody observes, on a grid: λ by its logarithm, and stopping. */
describe('against brute force', () => {
  const [r, alpha, a, b, s, beta] = [0.8, 5, 0.7, 2.1, 1.4, 9];
  const history = { x: 3, tx: 11, T: 20, horizon: 15 };
  const { x, tx, T, horizon } = history;
  const overRates = (f: (rate: number) => number): number =>
    integrate(
      (u) =>
        Math.exp(r * (u + Math.log(alpha)) - alpha * Math.exp(u) - logGamma(r)) * f(Math.exp(u)),
      [-30, 3],
      30,
    );
  const overStops = (f: (p: number) => number): number =>
    integrate(
      (y) => {
        const p = 1 / (1 + Math.exp(-y));
        return Math.exp(a * Math.log(p) + b * Math.log1p(-p) - logBeta(a, b)) * f(p);
      },
      [-40, 20],
      40,
    );

  test.each([
    ['BG/NBD', createBgNbd({ r, alpha, a, b }), 0],
    ['MBG/NBD', createMbgNbd({ r, alpha, a, b }), 1],
  ])('VAL-11 %s is the mean over rates and probabilities to stop', (_name, model, extra) => {
    const mean = (f: (rate: number, p: number) => number): number =>
      overStops((p) => overRates((rate) => f(rate, p)));
    const alive = (rate: number, p: number): number =>
      (1 - p) ** (x + extra) * rate ** x * Math.exp(-rate * T);
    const gone = (rate: number, p: number): number =>
      p * (1 - p) ** (x + extra - 1) * rate ** x * Math.exp(-rate * tx);
    const likelihood = mean((rate, p) => alive(rate, p) + gone(rate, p));
    expect(model.logLikelihood(x, tx, T)).toBeCloseTo(Math.log(likelihood), 9);
    expect(model.probabilityAlive(x, tx, T)).toBeCloseTo(mean(alive) / likelihood, 9);
    const future = mean((rate, p) => (alive(rate, p) * -Math.expm1(-rate * p * horizon)) / p);
    expect(model.expectedPurchases(x, tx, T, horizon)).toBeCloseTo(future / likelihood, 8);
  });

  test('VAL-11 Pareto/NBD is the mean over rates of buying and of stopping', () => {
    const model = createParetoNbd({ r, alpha, s, beta });
    const overStopping = (f: (rate: number) => number): number =>
      integrate(
        (u) =>
          Math.exp(s * (u + Math.log(beta)) - beta * Math.exp(u) - logGamma(s)) * f(Math.exp(u)),
        [-25, 2],
        30,
      );
    const mean = (f: (rate: number, stop: number) => number): number =>
      overStopping((stop) => overRates((rate) => f(rate, stop)));
    const alive = (rate: number, stop: number): number => rate ** x * Math.exp(-(rate + stop) * T);
    const gone = (rate: number, stop: number): number => {
      const both = rate + stop;
      const since = Math.exp(-both * tx) * -Math.expm1(-both * (T - tx));
      return (rate ** x * stop * since) / both;
    };
    const likelihood = mean((rate, stop) => alive(rate, stop) + gone(rate, stop));
    expect(model.logLikelihood(x, tx, T)).toBeCloseTo(Math.log(likelihood), 9);
    expect(model.probabilityAlive(x, tx, T)).toBeCloseTo(mean(alive) / likelihood, 9);
    const future = mean(
      (rate, stop) => (alive(rate, stop) * rate * -Math.expm1(-stop * horizon)) / stop,
    );
    expect(model.expectedPurchases(x, tx, T, horizon)).toBeCloseTo(future / likelihood, 8);
  });
});

describe('where closed forms divide by zero or lose their digits', () => {
  const near = (value: number, wanted: number, relative: number): void => {
    expect(Math.abs(value / wanted - 1)).toBeLessThan(relative);
  };

  test('VAL-12 expectations pass smoothly through a = 1 and s = 1', () => {
    const bg = (a: number): number =>
      createBgNbd({ r: 0.5, alpha: 6, a, b: 2 }).expectedPurchases(4, 20, 30, 40);
    const pareto = (s: number): number =>
      createParetoNbd({ r: 0.5, alpha: 6, s, beta: 12 }).expectedPurchases(4, 20, 30, 40);
    for (const f of [bg, pareto]) {
      near(f(1), (f(1 - 1e-5) + f(1 + 1e-5)) / 2, 1e-9);
      near(f(1 + 1e-12), f(1), 1e-10);
    }
  });

  test('VAL-12 sums and integrals of the future meet', () => {
    // One side of the limit is a sum of thousands of terms, the other an integral.
    const bg = createBgNbd({ r: 0.5, alpha: 6, a: 0.4, b: 2 });
    const history = { frequency: 4, recency: 20, age: 30 };
    const at = (horizon: number): number => bg.expectedPurchases(4, 20, 30, horizon);
    for (const horizon of [3100, 3200, 3300, 3400, 3500]) {
      const slope = (at(horizon + 5) - at(horizon - 5)) / 10;
      near(slope, bg.purchaseRate(history, horizon), 1e-5);
    }
  });

  test('VAL-13 discounted for ever, purchases are worth what the closed form says', () => {
    const rate = Math.log(1.15) / 52;
    const pareto = createParetoNbd({
      r: 0.55327705,
      alpha: 10.577683,
      s: 0.60623999,
      beta: 11.668735,
    });
    // Tricomi's function at 30 digits, for a customer of the CDNOW sample and a new one.
    const known = { frequency: 7, recency: 29.43, age: 38.86 };
    near(discountedResidualPurchases(pareto, known, { rate }), 16.58030152154061, 1e-9);
    near(
      discountedResidualPurchases(pareto, { frequency: 0, recency: 0, age: 0 }, { rate }),
      3.964020399923155,
      1e-9,
    );
    const nbd = createNbd({ r: 2, alpha: 10 });
    near(discountedResidualPurchases(nbd, known, { rate: 0.01 }), 9 / 48.86 / 0.01, 1e-9);
    const month = discountedResidualPurchases(nbd, known, { rate: 0.01, horizon: 4 });
    near(month, (9 / 48.86 / 0.01) * -Math.expm1(-0.04), 1e-9);
  });
});
