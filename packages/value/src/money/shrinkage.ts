import type { Work } from '@keepsake/kernel';
import { type Maximum, maximise } from '../fit/index.ts';

/** How a probability varies from customer to customer: Beta(a, b). */
export interface BetaPrior {
  readonly a: number;
  readonly b: number;
}

/** How a rate varies from customer to customer: Gamma of a shape and a rate; its mean is shape / rate. */
export interface GammaPrior {
  readonly shape: number;
  readonly rate: number;
}

/** A prior that was fitted, and how sure it is. */
export interface FittedPrior<P> {
  readonly prior: P;
  /** The maximum over two working parameters, with their covariance (Laplace). */
  readonly maximum: Maximum;
  /** The prior at a point of the working parameters, for draws around the maximum. */
  readonly at: (point: ArrayLike<number>) => P;
}

/** Counts of customers: `events[i]` (whole) in `trials[i]` (whole), of customer i. */
export interface EventCounts {
  readonly events: Float64Array;
  readonly trials: Float64Array;
}

/** Spread of the weak prior on the log of the strength: a factor of 20 either way is one deviation. */
const STRENGTH_SPREAD = 3;
/** Half an event in the whole base keeps a base without events away from a rate of exactly zero. */
const HALF_EVENT = 0.5;

/**
 * Fits Beta(a, b) to how many of each customer's trials ended in an event, by the likelihood of the
 * Beta–Binomial (Skellam 1948) with a weak prior: half an event each way in the whole base, and
 * log(a + b) ~ N(log 10, 3²), which decide only where the counts say nothing. Working parameters are
 * logit of the mean and log(a + b). Needs no special functions: the gammas of whole counts are
 * products. Each evaluation costs the largest count.
 */
export function* fitBetaBinomial(counts: EventCounts): Work<FittedPrior<BetaPrior>> {
  const { events, trials } = counts;
  const hit = exceedances(events);
  const missed = exceedances(trials.map((n, i) => n - (events[i] ?? 0)));
  const all = exceedances(trials);
  const at = (point: ArrayLike<number>): BetaPrior => {
    const mean = 1 / (1 + Math.exp(-(point[0] ?? 0)));
    const strength = Math.exp(point[1] ?? 0);
    return { a: mean * strength, b: (1 - mean) * strength };
  };
  const share = (sum(events) + HALF_EVENT) / (sum(trials) + 2 * HALF_EVENT);
  const maximum = yield* maximise(
    function* (point) {
      yield { done: 0, of: 1 };
      const { a, b } = at(point);
      const strength = a + b;
      const mean = a / strength;
      const z = (Math.log(strength) - Math.log(10)) / STRENGTH_SPREAD;
      const h = risingLogs(hit, a);
      const m = risingLogs(missed, b);
      const t = risingLogs(all, strength);
      const pull = HALF_EVENT * (Math.log(mean) + Math.log(1 - mean)) - (z * z) / 2;
      return {
        value: h.value + m.value - t.value + pull,
        gradient: Float64Array.of(
          ((h.slope - m.slope) * a * b) / strength + HALF_EVENT * (1 - 2 * mean),
          h.slope * a + m.slope * b - t.slope * strength - z / STRENGTH_SPREAD,
        ),
      };
    },
    { start: [Math.log(share / (1 - share)), Math.log(10)] },
  );
  return { prior: at(maximum.point), maximum, at };
}

/**
 * Fits Gamma(shape, rate) to how many events each customer had in a number of trials, by the
 * likelihood of the negative binomial (Greenwood and Yule 1920) with a weak prior: half an event in half
 * a trial in
 * the whole base, and log(shape) ~ N(0, 3²). Working parameters are log of the mean and of the shape.
 * Each evaluation costs the largest count and the different numbers of trials.
 */
export function* fitGammaPoisson(counts: EventCounts): Work<FittedPrior<GammaPrior>> {
  const { events, trials } = counts;
  const hit = exceedances(events);
  const cells = countsByTrials(counts);
  const at = (point: ArrayLike<number>): GammaPrior => {
    const shape = Math.exp(point[1] ?? 0);
    return { shape, rate: shape / Math.exp(point[0] ?? 0) };
  };
  const start = (sum(events) + HALF_EVENT) / (sum(trials) + HALF_EVENT);
  const maximum = yield* maximise(
    function* (point) {
      yield { done: 0, of: 1 };
      const { shape, rate } = at(point);
      const z = Math.log(shape) / STRENGTH_SPREAD;
      const h = risingLogs(hit, shape);
      const mean = shape / rate;
      let value = h.value + HALF_EVENT * (Math.log(mean) - mean) - (z * z) / 2;
      let slopeMean = HALF_EVENT * (1 - mean);
      let slopeShape = h.slope * shape - z / STRENGTH_SPREAD;
      for (const { trials: n, customers, events: k } of cells) {
        // `customers` with n trials each and k events in all: shape log(rate/(rate + n)) − k log(rate + n).
        const missing = Math.log1p(n / rate);
        const share = n / (rate + n);
        value -= customers * shape * missing + k * Math.log(rate + n);
        slopeMean += k * (1 - share) - customers * shape * share;
        slopeShape += customers * shape * (share - missing) - k * (1 - share);
      }
      return { value, gradient: Float64Array.of(slopeMean, slopeShape) };
    },
    { start: [Math.log(start), 0] },
  );
  return { prior: at(maximum.point), maximum, at };
}

/** The customer's probability, after `events` in `trials`. */
export function shrinkShare(prior: BetaPrior, events: number, trials: number): number {
  return (prior.a + events) / (prior.a + prior.b + trials);
}

/** The customer's rate per trial, after `events` in `trials`. */
export function shrinkRate(prior: GammaPrior, events: number, trials: number): number {
  return (prior.shape + events) / (prior.rate + trials);
}

/** `answer[j]` customers have a count above j. */
function exceedances(counts: Float64Array): Float64Array {
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  const above = new Float64Array(most);
  for (const count of counts) if (count > 0) above[count - 1] = (above[count - 1] ?? 0) + 1;
  for (let j = most - 2; j >= 0; j--) above[j] = (above[j] ?? 0) + (above[j + 1] ?? 0);
  return above;
}

/** Σ log Γ(a + k) / Γ(a) over customers, and its derivative in a. */
function risingLogs(above: Float64Array, a: number): { value: number; slope: number } {
  let [value, slope] = [0, 0];
  for (let j = 0; j < above.length; j++) {
    const customers = above[j] ?? 0;
    value += customers * Math.log(a + j);
    slope += customers / (a + j);
  }
  return { value, slope };
}

interface Cell {
  readonly trials: number;
  customers: number;
  events: number;
}

function countsByTrials(counts: EventCounts): readonly Cell[] {
  const cells = new Map<number, Cell>();
  counts.trials.forEach((trials, i) => {
    if (trials === 0) return;
    let cell = cells.get(trials);
    if (cell === undefined) {
      cell = { trials, customers: 0, events: 0 };
      cells.set(trials, cell);
    }
    cell.customers++;
    cell.events += counts.events[i] ?? 0;
  });
  return [...cells.values()];
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
