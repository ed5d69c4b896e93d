/** ln(eᵃ + eᵇ) without overflow; −∞ stands for nothing. */
export function logAddExp(a: number, b: number): number {
  const large = Math.max(a, b);
  if (large === Number.NEGATIVE_INFINITY) return large;
  return large + Math.log1p(Math.exp(Math.min(a, b) - large));
}

/** ln Σ exp of all values without overflow; −∞ where there is none. */
export function logSumExp(values: ArrayLike<number>): number {
  let large = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) large = Math.max(large, values[i] ?? large);
  if (large === Number.NEGATIVE_INFINITY) return large;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp((values[i] ?? large) - large);
  return large + Math.log(sum);
}

/** ln(1 − e⁻ˣ) for x > 0, exact for small and for large x (Mächler 2012). */
export function logOneMinusExp(x: number): number {
  return x < Math.LN2 ? Math.log(-Math.expm1(-x)) : Math.log1p(-Math.exp(-x));
}

/** (1 − e^(−k z)) / k, which is z where k is zero: a decaying rate summed over a time. */
export function decaySum(k: number, z: number): number {
  const y = k * z;
  return Math.abs(y) < 1e-300 ? z : -Math.expm1(-y) / k;
}

/** 1 / (1 + eˣ), without overflow. */
export function logistic(x: number): number {
  return x > 0 ? Math.exp(-x) / (1 + Math.exp(-x)) : 1 / (1 + Math.exp(x));
}
