import type { Evaluation } from './maximise.ts';

/** Log-density of a prior, up to a constant, and its gradient, by the logarithms of the parameters. */
export type LogPrior = (logs: Float64Array, age: number) => Evaluation;

/** Wide: half of what is believed lies within a factor of nine of the middle, either way. */
const SCALE = 2;

/** A quantity whose logarithm is believed to be logistic about 0, of scale 2, and its slopes by the arguments. */
interface Term {
  readonly value: number;
  readonly slopes: readonly number[];
}

/** Of NBD: the shape r lies as likely below 1 as above it. The rate is left open. */
export function purchasePrior([r = 0]: Float64Array): Evaluation {
  return addTerms(2, [{ value: r, slopes: [1, 0] }]);
}

/**
 * Of BG/NBD and MBG/NBD: besides r, the mean probability to stop lies as likely below a half as above
 * it, and a + b below 2 as above it: with a = b = 1 every probability is as common.
 */
export function stopPrior([r = 0, , a = 0, b = 0]: Float64Array): Evaluation {
  const shareA = 1 / (1 + Math.exp(b - a));
  const sum = Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  return addTerms(4, [
    { value: r, slopes: [1, 0, 0, 0] },
    { value: a - b, slopes: [0, 0, 1, -1] },
    { value: sum - Math.LN2, slopes: [0, 0, shareA, 1 - shareA] },
  ]);
}

/**
 * Of Pareto/NBD: besides r, the shape s lies as likely below 1 as above it, and so does the number of
 * times that the mean customer stops within the mean age, s T / β.
 */
export function lifetimePrior([r = 0, , s = 0, beta = 0]: Float64Array, age: number): Evaluation {
  return addTerms(4, [
    { value: r, slopes: [1, 0, 0, 0] },
    { value: s, slopes: [0, 0, 1, 0] },
    { value: s - beta + Math.log(age), slopes: [0, 0, 1, -1] },
  ]);
}

/** ln of the logistic density of each, over the scale, and its slope. */
function addTerms(size: number, terms: readonly Term[]): Evaluation {
  const gradient = new Float64Array(size);
  let total = 0;
  for (const { value, slopes } of terms) {
    const far = Math.abs(value) / SCALE;
    total -= far + 2 * Math.log1p(Math.exp(-far));
    const slope = -Math.tanh(value / (2 * SCALE)) / SCALE;
    slopes.forEach((by, i) => {
      gradient[i] = (gradient[i] ?? 0) + slope * by;
    });
  }
  return { value: total, gradient };
}
