/**
 * The gamma function and what hangs on it, for arguments above zero. Stirling's series (Abramowitz
 * and Stegun 1964, 6.1.40, 6.3.18, 6.4.12) from `STIRLING_MIN` on, and recurrence below.
 */

const STIRLING_MIN = 9;
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** Up to this many steps a rising factorial is multiplied out. */
const PRODUCT_STEPS_MAX = 64;
/** Factors are gathered below this before a logarithm is taken. */
const PRODUCT_MAX = 1e150;
const PRODUCT_MIN = 1e-150;

/** ln Γ(x) − (x − ½) ln x + x − ½ ln 2π, for x ≥ `STIRLING_MIN`; error below 1e-17. */
function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  return (
    (1 / 12 -
      y *
        (1 / 360 -
          y *
            (1 / 1260 -
              y *
                (1 / 1680 -
                  y * (1 / 1188 - y * (691 / 360360 - y * (1 / 156 - y * (3617 / 122400)))))))) /
    x
  );
}

/** ln Γ(x) for x > 0; absolute error below 1e-14 up to x = 10, relative below 1e-15 beyond. */
export function logGamma(x: number): number {
  let y = x;
  let product = 1;
  while (y < STIRLING_MIN) {
    product *= y;
    y += 1;
  }
  const value = (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + stirlingRest(y);
  return product === 1 ? value : value - Math.log(product);
}

/** The derivative of ln Γ at x > 0; absolute error below 1e-14 times what is largest in it. */
export function digamma(x: number): number {
  let y = x;
  let sum = 0;
  while (y < STIRLING_MIN) {
    sum += 1 / y;
    y += 1;
  }
  return Math.log(y) - digammaRest(y) - sum;
}

/** ln x − ψ(x), for x ≥ `STIRLING_MIN`. */
function digammaRest(x: number): number {
  const y = 1 / (x * x);
  return (
    0.5 / x +
    y *
      (1 / 12 -
        y *
          (1 / 120 -
            y *
              (1 / 252 -
                y *
                  (1 / 240 -
                    y * (1 / 132 - y * (691 / 32760 - y * (1 / 12 - y * (3617 / 8160))))))))
  );
}

/** The second derivative of ln Γ at x > 0; relative error below 1e-14. */
export function trigamma(x: number): number {
  let y = x;
  let sum = 0;
  while (y < STIRLING_MIN) {
    sum += 1 / (y * y);
    y += 1;
  }
  const z = 1 / (y * y);
  const rest =
    z *
    (1 / 6 -
      z *
        (1 / 30 -
          z *
            (1 / 42 -
              z * (1 / 30 - z * (5 / 66 - z * (691 / 2730 - z * (7 / 6 - z * (3617 / 510))))))));
  return sum + (1 + 0.5 / y + rest) / y;
}

/** ln B(a, b) for a, b > 0, without loss where one of them is much larger. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  return logGamma(small) - logGammaRatio(large, small);
}

/**
 * ln Γ(a + n) / Γ(a) for a > 0, n ≥ 0, without the loss that comes from subtracting: relative error
 * below 1e-14 where a is small or large beside n. The log of a rising factorial for a whole n.
 */
export function logGammaRatio(a: number, n: number): number {
  if (n === 0) return 0;
  if (n <= PRODUCT_STEPS_MAX && Number.isInteger(n)) return logProduct(a, n);
  let lower = a;
  let steps = 0;
  while (lower < STIRLING_MIN) {
    steps += 1;
    lower = a + steps;
  }
  const upper = lower + n;
  const shift = steps === 0 ? 0 : logProduct(a, steps) - logProduct(a + n, steps);
  const smooth = (lower - 0.5) * Math.log1p(n / lower) + n * (Math.log(upper) - 1);
  return shift + smooth + stirlingRest(upper) - stirlingRest(lower);
}

/** ln of a (a + 1) … (a + n − 1), for whole n. */
function logProduct(a: number, n: number): number {
  let sum = 0;
  let product = 1;
  for (let k = 0; k < n; k++) {
    product *= a + k;
    if (product > PRODUCT_MAX || product < PRODUCT_MIN) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return sum + Math.log(product);
}

/** ψ(a + n) − ψ(a) for a > 0, n ≥ 0: the derivative of `logGammaRatio` by a, as exactly. */
export function digammaDifference(a: number, n: number): number {
  if (n === 0) return 0;
  if (n <= PRODUCT_STEPS_MAX && Number.isInteger(n)) return reciprocalSum(a, n);
  let lower = a;
  let steps = 0;
  while (lower < STIRLING_MIN) {
    steps += 1;
    lower = a + steps;
  }
  const upper = lower + n;
  const shift = reciprocalSum(a, steps) - reciprocalSum(a + n, steps);
  return shift + Math.log1p(n / lower) + digammaRest(lower) - digammaRest(upper);
}

function reciprocalSum(a: number, n: number): number {
  let sum = 0;
  for (let k = n - 1; k >= 0; k--) sum += 1 / (a + k);
  return sum;
}
