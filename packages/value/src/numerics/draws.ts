import { invariant, type Random } from '@keepsake/kernel';
import { logGamma } from './gamma.ts';

/** Seeded draws from the distributions that the models are made of. */
export interface Draws {
  /** Between 0 and 1, neither included, in steps of 2⁻⁵³. */
  uniform(): number;
  /** Of mean 0 and deviation 1. */
  normal(): number;
  /** Of rate 1. */
  exponential(): number;
  /** Of a shape > 0 and scale 1; may be 0 where the shape is small. */
  gamma(shape: number): number;
  /** Of shapes a, b > 0. */
  beta(a: number, b: number): number;
  /** Of a mean ≥ 0, which counts as 2⁵² where it is more. */
  poisson(mean: number): number;
  /** How many times out of n something of probability p happens. */
  binomial(n: number, p: number): number;
  /** How many times something of probability p in (0, 1] fails before it succeeds; may be ∞. */
  geometric(p: number): number;
}

const SMALL_POISSON = 12;
/** Beyond this, whole numbers are no longer told apart. */
const POISSON_MAX = 2 ** 52;
const SMALL_SHAPE = 0.1;

/**
 * Draws from a source of chance, of which 16 bytes are taken: they seed a fast generator (sfc32,
 * Doty-Humphrey 2010), so that a draw costs some ten nanoseconds. Not for secrets.
 */
export function createDraws(random: Random): Draws {
  const word = createWords(random.bytes(16));
  const uniform = (): number => ((word() >>> 5) * 67108864 + (word() >>> 6) + 0.5) / 2 ** 53;
  const exponential = (): number => -Math.log(uniform());
  const normal = createNormal(uniform);
  const gamma = (shape: number): number =>
    shape >= 1
      ? gammaOfShape(shape, { normal, uniform })
      : gammaOfShape(shape + 1, { normal, uniform }) * uniform() ** (1 / shape);
  const logOfGamma = (shape: number): number =>
    Math.log(gammaOfShape(shape + 1, { normal, uniform })) + Math.log(uniform()) / shape;
  const beta = (a: number, b: number): number => {
    if (a < SMALL_SHAPE || b < SMALL_SHAPE) {
      return 1 / (1 + Math.exp(logOfGamma(b) - logOfGamma(a)));
    }
    const first = gamma(a);
    return first / (first + gamma(b));
  };
  const poisson = (mean: number): number =>
    mean < SMALL_POISSON
      ? smallPoisson(mean, uniform)
      : largePoisson(Math.min(mean, POISSON_MAX), uniform);
  const geometric = (p: number): number =>
    p >= 1 ? 0 : Math.floor(-exponential() / Math.log1p(-p));
  const binomial = (n: number, p: number): number => {
    if (p > 0.5) return n - binomial(n, 1 - p);
    let found = 0;
    if (p <= 0) return found;
    for (let at = geometric(p); at < n; at += 1 + geometric(p)) found += 1;
    return found;
  };
  return { uniform, normal, exponential, gamma, beta, poisson, binomial, geometric };
}

/** 32 random bits at a time, from 16 bytes. */
function createWords(seed: Uint8Array): () => number {
  const at = (i: number): number =>
    (seed[i] ?? 0) |
    ((seed[i + 1] ?? 0) << 8) |
    ((seed[i + 2] ?? 0) << 16) |
    ((seed[i + 3] ?? 0) << 24);
  let a = at(0);
  let b = at(4);
  let c = at(8);
  let counter = at(12);
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

/** The polar method (Marsaglia and Bray 1964): two at a time. */
function createNormal(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * factor;
      return u * factor;
    }
  };
}

/** A gamma draw of a shape ≥ 1 (Marsaglia and Tsang 2000). */
function gammaOfShape(
  shape: number,
  { normal, uniform }: { normal: () => number; uniform: () => number },
): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  // Else it would never end.
  invariant(shape < Infinity, 'shapes are numbers');
  for (;;) {
    const x = normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** By inversion, from zero up. */
function smallPoisson(mean: number, uniform: () => number): number {
  let left = uniform();
  let probability = Math.exp(-mean);
  for (let k = 0; ; k++) {
    left -= probability;
    if (left <= 0 || probability === 0) return k;
    probability *= mean / (k + 1);
  }
}

/** By transformed rejection (PTRS, Hörmann 1993). */
function largePoisson(mean: number, uniform: () => number): number {
  // Else it would never end.
  invariant(mean < Infinity, 'means are numbers');
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const quick = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= quick) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    const height = Math.log((v * inverse) / (a / (edge * edge) + b));
    if (height <= k * Math.log(mean) - mean - logGamma(k + 1)) return k;
  }
}
