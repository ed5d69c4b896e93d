import { seededRandom } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import {
  createDraws,
  decaySum,
  digamma,
  digammaDifference,
  eigenSymmetric,
  gaussLegendre,
  integrate,
  logAddExp,
  logBeta,
  logGamma,
  logGammaRatio,
  logOneMinusExp,
  logSumExp,
  matrixFunction,
  multiply,
  trigamma,
} from './index.ts';

/** x, ln Γ, ψ and ψ′ there, computed at 40 digits. */
const GAMMA = [
  [1e-8, 18.42068073818021, -100000000.57721564, 1.0000000000000002e16],
  [0.003, 5.807418734725978, -333.9056249854075, 111112.74886194768],
  [0.2426, 1.3197854750907922, -4.358361853222514, 18.198210324240314],
  [0.5, 0.5723649429247001, -1.9635100260214235, 4.934802200544679],
  [0.99, 0.005854806764709781, -0.5937863040555952, 1.6693041010718246],
  [1.3, -0.10817480950786047, -0.16919088886679962, 1.1342534349966193],
  [2.0, 0.0, 0.42278433509846713, 0.6449340668482264],
  [2.7, 0.4348205536551047, 0.7967831689911411, 0.4472120689183236],
  [5.1, 3.3297641684752244, 1.528009529055989, 0.21654882779179013],
  [8.9, 10.391128627481786, 2.1288207660445835, 0.11890771023118978],
  [9.0, 10.60460290274525, 2.14064147795561, 0.11751201469403143],
  [12.3, 18.238983407092245, 2.468398400301138, 0.0846951702459164],
  [47.7, 135.64544751827333, 3.854412593842257, 0.021185648314308605],
  [503.2, 2625.0096236376244, 6.219993735579558, 0.0019892573507821203],
  [30000.0, 279264.3442843094, 10.308935993885033, 3.333388889506173e-5],
  [1000000000.0, 19723265827.503716, 20.723265836446412, 1.0000000005e-9],
] as const;

/** a, n and ln Γ(a + n) / Γ(a), computed at 40 digits. */
const RATIOS = [
  [1e-6, 1.0, -13.815510557964274],
  [1e-6, 500.0, 2591.300346594592],
  [0.2426, 3.0, -0.39149941678008754],
  [0.2426, 131.0, 505.9950609617621],
  [0.2426, 3000.0, 21016.641014149634],
  [5.5, 64.0, 220.1138695254608],
  [5.5, 65.0, 224.35519627803157],
  [30000.0, 2.0, 20.617938654066375],
  [30000.0, 900.0, 9291.40960436156],
  [1000000000.0, 7.0, 145.06286087962488],
  [1000000000.0, 300.0, 6216.9797959339185],
  [1000000000000.0, 1000.0, 27631.021116428048],
  [0.3, 0.7, -1.0957979948180756],
  [12.2, 0.001, 0.0024599355426953356],
] as const;

const isNear = (value: number, wanted: number, relative: number, absolute = 0): void => {
  expect(Math.abs(value - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * relative + absolute);
};

describe('the gamma function', () => {
  test('VAL-1 and its derivatives agree with forty digits', () => {
    for (const [x, log, first, second] of GAMMA) {
      isNear(logGamma(x), log, 2e-15, 1e-14);
      isNear(digamma(x), first, 4e-15, 1e-14);
      isNear(trigamma(x), second, 1e-14);
    }
  });

  test('VAL-1 a ratio keeps its digits where subtracting would lose them', () => {
    for (const [a, n, wanted] of RATIOS) isNear(logGammaRatio(a, n), wanted, 1e-14, 2e-15);
    for (const [a, n] of RATIOS) {
      const h = 1e-4 * a;
      const slope = (logGammaRatio(a + h, n) - logGammaRatio(a - h, n)) / (2 * h);
      isNear(digammaDifference(a, n), slope, 1e-6, 1e-12);
    }
  });

  test('the beta function is symmetric, also where one side is far larger', () => {
    isNear(logBeta(2.5, 3.5), -3.301835269962053, 1e-14);
    isNear(logBeta(1e-3, 1e6), logBeta(1e6, 1e-3), 1e-15);
    isNear(logBeta(1, 1e9), -Math.log(1e9), 1e-14);
  });
});

describe('logarithms', () => {
  test('of sums neither overflow nor vanish', () => {
    expect(logAddExp(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12);
    expect(logAddExp(Number.NEGATIVE_INFINITY, 3)).toBe(3);
    expect(logAddExp(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(-Infinity);
    expect(logSumExp([-1000, -1000, -1000])).toBeCloseTo(Math.log(3) - 1000, 12);
    expect(logSumExp([])).toBe(-Infinity);
    isNear(logOneMinusExp(1e-20), Math.log(1e-20), 1e-15);
    isNear(logOneMinusExp(50), -Math.exp(-50), 1e-15);
  });

  test('a decaying sum passes through no decay', () => {
    expect(decaySum(0, 2)).toBe(2);
    isNear(decaySum(1e-12, 2), 2, 1e-11);
    isNear(decaySum(2, 1), (1 - Math.exp(-2)) / 2, 1e-15);
    isNear(decaySum(-2, 1), (Math.exp(2) - 1) / 2, 1e-15);
  });
});

describe('quadrature', () => {
  test('of n points is exact for degree 2n − 1', () => {
    for (const n of [1, 2, 5, 16]) {
      const rule = gaussLegendre(n);
      const degree = 2 * n - 1;
      isNear(
        integrate((x) => (degree + 1) * x ** degree, [0, 2], 1, rule),
        2 ** (degree + 1),
        1e-13,
      );
    }
    isNear(integrate(Math.exp, [0, 30], 12), Math.expm1(30), 1e-14);
  });
});

describe('small matrices', () => {
  test('are put together again from their eigenvalues', () => {
    const matrix = [4, 1, -2, 1, 2, 0, -2, 0, 3];
    const eigen = eigenSymmetric(matrix, 3);
    const again = matrixFunction(eigen, (value) => value);
    again.forEach((value, i) => {
      isNear(value, matrix[i] ?? 0, 1e-14, 1e-14);
    });
    const solved = multiply(
      matrixFunction(eigen, (value) => 1 / value),
      [1, 2, 3],
    );
    multiply(matrix, solved).forEach((value, i) => {
      isNear(value, i + 1, 1e-13);
    });
  });
});

describe('draws', () => {
  const draws = createDraws(seededRandom(7));
  const COUNT = 40_000;
  const moments = (draw: () => number): { mean: number; variance: number } => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < COUNT; i++) {
      const value = draw();
      sum += value;
      squares += value * value;
    }
    return { mean: sum / COUNT, variance: squares / COUNT - (sum / COUNT) ** 2 };
  };

  test.each([
    ['uniform', () => draws.uniform(), 1 / 2, 1 / 12],
    ['normal', () => draws.normal(), 0, 1],
    ['exponential', () => draws.exponential(), 1, 1],
    ['gamma of a small shape', () => draws.gamma(0.2), 0.2, 0.2],
    ['gamma of a large shape', () => draws.gamma(7.5), 7.5, 7.5],
    ['beta', () => draws.beta(0.7, 2.4), 0.7 / 3.1, (0.7 * 2.4) / (3.1 ** 2 * 4.1)],
    ['beta of tiny shapes', () => draws.beta(0.02, 0.01), 2 / 3, 2 / 9 / 1.03],
    ['poisson of a small mean', () => draws.poisson(2.2), 2.2, 2.2],
    ['poisson of a large mean', () => draws.poisson(31.5), 31.5, 31.5],
    ['binomial', () => draws.binomial(12, 0.8), 9.6, 1.92],
    ['geometric', () => draws.geometric(0.3), 7 / 3, 7 / 0.9],
  ])('%s have their mean and variance', (_name, draw, mean, variance) => {
    const found = moments(draw);
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / COUNT));
    expect(found.variance / variance).toBeGreaterThan(0.93);
    expect(found.variance / variance).toBeLessThan(1.07);
  });

  test('of what is not a number end at once', () => {
    expect(() => draws.gamma(Number.NaN)).toThrow('shapes are numbers');
    expect(() => draws.poisson(Number.NaN)).toThrow('means are numbers');
    expect(draws.poisson(Number.POSITIVE_INFINITY)).toBeGreaterThan(1e15);
  });

  test('VAL-2 are the same for the same source', () => {
    const some = (seed: number): number[] => {
      const seeded = createDraws(seededRandom(seed));
      return Array.from({ length: 20 }, () => seeded.gamma(0.4) + seeded.poisson(20));
    };
    expect(some(3)).toEqual(some(3));
    expect(some(3)).not.toEqual(some(4));
  });
});
