import { invariant } from '@keepsake/kernel';

const DENSITY_SCALE = 1 / Math.sqrt(2 * Math.PI);

/** Probability that a standard normal is at most x, for |x| ≤ 7 to 1e-15 (Marsaglia 2004). */
function normalProbability(x: number): number {
  let [sum, term] = [x, x];
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && i < 400; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + sum * DENSITY_SCALE * Math.exp((-x * x) / 2);
}

/** The x that a standard normal is at most with probability p, for p from 1e-9 to 1 − 1e-9. */
export function normalQuantile(p: number): number {
  invariant(p >= 1e-9 && p <= 1 - 1e-9, 'quantiles far out are asked of nobody');
  if (p < 0.5) return -normalQuantile(1 - p);
  // Newton's steps never overshoot: right of the middle the probability is concave.
  let x = 0;
  for (let i = 0; i < 60; i++) {
    const missing = p - normalProbability(x);
    if (missing < 1e-16) break;
    x += missing / (DENSITY_SCALE * Math.exp((-x * x) / 2));
  }
  return x;
}

/**
 * The quantile of Student's t with so many degrees of freedom, by its expansion about the normal
 * (Abramowitz and Stegun 26.7.5): within 1e-3 from 10 degrees and 95 % on.
 */
export function studentQuantile(p: number, degrees: number): number {
  const z = normalQuantile(p);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
