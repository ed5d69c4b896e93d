import { GAUSS_16, logBeta } from '../numerics/index.ts';

/**
 * A customer who is alive: purchases come at a gamma rate of a shape, time is in units of its scale,
 * and after each the customer stops with a probability of shapes a and b.
 */
export interface AliveCustomer {
  readonly shape: number;
  readonly time: number;
  readonly a: number;
  readonly b: number;
}

/** Longer sums are replaced by an integral. */
const TERMS_MAX = 4000;
const RESCALE = 1e200;

/**
 * Purchases within the time, before the customer stops. Were there no stopping there would be K of
 * them, negative binomial; of K the customer makes Σ_{j<K} E(1 − p)ʲ. All terms are positive, and
 * nothing happens at a = 1, where the closed form by hypergeometric functions divides by zero.
 */
export function expectedBeforeDropout(customer: AliveCustomer): number {
  const { shape, time, a, b } = customer;
  if (time <= 0) return 0;
  if (!(termsOf(customer) < TERMS_MAX)) {
    const w = Math.min(time, Number.MAX_VALUE);
    const f = (p: number): number => growthUntil(shape, p, w);
    return betaMean({ f, fall: 1, scale: shape * w }, customer);
  }
  const z = time / (1 + time);
  let probability = 1;
  let total = 1;
  let stay = 1;
  let made = 0;
  let sum = 0;
  for (let k = 0; ; k++) {
    const ratio = (z * (shape + k)) / (k + 1);
    probability *= ratio;
    made += stay;
    stay *= (b + k) / (a + b + k);
    const term = probability * made;
    sum += term;
    total += probability;
    if (ratio < 1 && term <= 1e-17 * sum * (1 - ratio) * (1 - ratio)) break;
    if (total > RESCALE) {
      probability /= RESCALE;
      total /= RESCALE;
      sum /= RESCALE;
    }
  }
  return sum / total;
}

/**
 * How a rate of purchases has fallen by that time, against the rate now: the mean of
 * (1 + p w)^(−shape − 1) over p, w being the time.
 */
export function expectedSurvival(customer: AliveCustomer): number {
  const { shape, time, a, b } = customer;
  if (time <= 0) return 1;
  if (!(termsOf(customer) < TERMS_MAX)) {
    const f = (p: number): number => Math.exp(-(shape + 1) * Math.log1p(p * time));
    return betaMean({ f, fall: shape + 1, scale: time }, customer);
  }
  const z = time / (1 + time);
  let probability = 1;
  let total = 1;
  let stay = 1;
  let sum = 1;
  for (let k = 0; ; k++) {
    const ratio = (z * (shape + 1 + k)) / (k + 1);
    probability *= ratio;
    stay *= (b + k) / (a + b + k);
    sum += probability * stay;
    total += probability;
    if (ratio < 1 && probability < 1e-17 * total * (1 - ratio)) break;
    if (total > RESCALE) {
      probability /= RESCALE;
      total /= RESCALE;
      sum /= RESCALE;
    }
  }
  return sum / total;
}

/** About how many terms the sums have: the mean, eight deviations and the geometric tail. */
function termsOf({ shape, time }: AliveCustomer): number {
  return shape * time + 8 * Math.sqrt(shape * time * (1 + time)) + 40 * (1 + time);
}

/** (1 − (1 + p w)^−shape) / p: purchases within w of one who stops with probability p. */
function growthUntil(shape: number, p: number, w: number): number {
  const decay = shape * Math.log1p(p * w);
  return decay === 0 || p === 0 ? shape * w : -Math.expm1(-decay) / p;
}

/** Parts of the logit of p are at most so long, and so many to either side of the peak. */
const PANEL_MAX = 1.5;
const PANELS_MAX = 2000;
const NATS = 42;
/** Nearer than this to 0 or 1 a function is as good as at 0 or 1. */
const NEAR = 1e-11;
const HALVINGS = 60;

/** A positive function of p that falls about as (1 + scale · p)^−fall does. */
interface Falling {
  readonly f: (p: number) => number;
  readonly fall: number;
  readonly scale: number;
}

/**
 * The mean of a function over a beta distribution, by quadrature over the logit of p, from the peak
 * to both sides. What lies so near to 0 or 1 that the function no longer changes is added in closed
 * form, since small shapes keep most of their weight there.
 */
function betaMean(falling: Falling, { shape, time, a, b }: AliveCustomer): number {
  const { f } = falling;
  const constant = -logBeta(a, b);
  const left = Math.log(NEAR / ((shape + 1) * (time + 1) + b + 1));
  const right = -Math.log(NEAR / (shape + a + 2));
  const integrand = (y: number): number => {
    const small = Math.log1p(Math.exp(-Math.abs(y)));
    const logP = y < 0 ? y - small : -small;
    const logQ = y < 0 ? -small : -y - small;
    return Math.exp(a * logP + b * logQ + constant) * f(Math.exp(logP));
  };
  const walk: Walk = { ...falling, a, b, integrand };
  const peak = peakOf(walk, left, right);
  const tails =
    f(0) * Math.exp(a * left - Math.log(a) + constant) +
    f(1) * Math.exp(-b * right - Math.log(b) + constant);
  return tails + walkFrom(peak, left, walk) + walkFrom(peak, right, walk);
}

interface Walk extends Falling {
  readonly a: number;
  readonly b: number;
  readonly integrand: (y: number) => number;
}

/** Slope and bend of the logarithm of the integrand over the logit of p; the slope only falls. */
function shapeAt({ a, b, fall, scale }: Walk, y: number): { slope: number; bend: number } {
  const p = 1 / (1 + Math.exp(-y));
  const q = (p * scale) / (1 + p * scale);
  return {
    slope: a * (1 - p) - b * p - fall * q,
    bend: (a + b) * p * (1 - p) + fall * q * (1 - q),
  };
}

function peakOf(walk: Walk, left: number, right: number): number {
  let [low, high] = [left, right];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (shapeAt(walk, middle).slope > 0) low = middle;
    else high = middle;
  }
  return low;
}

/** The integral from one place to another, given up where nothing is left to add. */
function walkFrom(start: number, end: number, walk: Walk): number {
  const sign = end < start ? -1 : 1;
  let sum = 0;
  let at = start;
  for (let panel = 0; panel < PANELS_MAX && (end - at) * sign > 0; panel++) {
    const { slope, bend } = shapeAt(walk, at);
    // Three e-foldings, or three deviations.
    const longest = 3 / Math.max(Math.abs(slope), Math.sqrt(bend), 1);
    const length = Math.min(PANEL_MAX, longest, Math.abs(end - at));
    let part = 0;
    for (let i = 0; i < GAUSS_16.nodes.length; i++) {
      const y = at + (sign * length * (1 + (GAUSS_16.nodes[i] ?? 0))) / 2;
      part += (GAUSS_16.weights[i] ?? 0) * walk.integrand(y);
    }
    part *= length / 2;
    sum += part;
    at += sign * length;
    // The logarithm of the integrand is concave: once it has fallen this far it only falls.
    if (part <= sum * Math.exp(-NATS)) break;
  }
  return sum;
}
