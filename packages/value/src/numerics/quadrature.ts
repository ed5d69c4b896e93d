/** Abscissae and weights of a rule on [−1, 1]. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre quadrature with n points on [−1, 1], exact for polynomials up to degree 2n − 1.
 * Roots by Newton's method from Chebyshev's (Davis and Rabinowitz 1984, §2.7).
 */
export function gaussLegendre(n: number): QuadratureRule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    for (let step = 0; step < 8; step++) {
      const { value, slope } = legendre(n, x);
      x -= value / slope;
    }
    if (2 * i + 1 === n) x = 0;
    const { slope } = legendre(n, x);
    const weight = 2 / ((1 - x * x) * slope * slope);
    nodes[i] = -x;
    nodes[n - 1 - i] = x;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  return { nodes, weights };
}

/** The Legendre polynomial of degree n at x, and its derivative, by recurrence. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}

/** The rule that the models use: 16 points. */
export const GAUSS_16: QuadratureRule = gaussLegendre(16);

/** The integral of f from `from` to `to` on equal panels of one rule; for smooth functions. */
export function integrate(
  f: (x: number) => number,
  [from, to]: readonly [number, number],
  panels = 1,
  rule: QuadratureRule = GAUSS_16,
): number {
  const half = (to - from) / (2 * panels);
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const middle = from + (2 * panel + 1) * half;
    for (let i = 0; i < rule.nodes.length; i++) {
      sum += (rule.weights[i] ?? 0) * f(middle + half * (rule.nodes[i] ?? 0));
    }
  }
  return sum * half;
}
