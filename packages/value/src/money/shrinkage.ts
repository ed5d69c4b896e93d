import type { Work } from '@keepsake/kernel';
import { type Maximum, maximise } from '../fit/index.ts';
import type { ActivityLevels } from './activity.ts';

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

/** Priors that were fitted, one for each level of activity, and how sure they are. */
export interface FittedPriors<P> {
  readonly priors: readonly P[];
  /** The maximum over three working parameters, with their covariance (Laplace). */
  readonly maximum: Pick<Maximum, 'point' | 'covariance'>;
  /** The priors at a point of the working parameters, for draws around the maximum. */
  readonly at: PriorsAt<P>;
}

/** Priors, one for each level, at a point of three working parameters. */
export type PriorsAt<P> = (point: ArrayLike<number>) => readonly P[];

/** Priors with all that was found on the way to the maximum. */
export interface FoundPriors<P> extends FittedPriors<P> {
  readonly maximum: Maximum;
}

/** Counts of customers: `events[i]` (whole) in `trials[i]` (whole), of customer i. */
export interface EventCounts {
  readonly events: Float64Array;
  readonly trials: Float64Array;
  readonly levels: ActivityLevels;
}

/** Spread of the weak prior on the log of the strength: a factor of 20 either way is one deviation. */
const STRENGTH_SPREAD = 3;
/** Spread of the weak prior on how the mean goes with activity. */
const TREND_SPREAD = 1;
/** Half an event in the whole base keeps a base without events away from a rate of exactly zero. */
const HALF_EVENT = 0.5;

/** Beta priors of levels; working parameters as `fitBetaBinomial` has them. */
export function betaPriorsAt(logs: Float64Array): PriorsAt<BetaPrior> {
  return (point) => {
    const strength = Math.exp(point[1] ?? 0);
    return Array.from(logs, (log) => {
      const mean = 1 / (1 + Math.exp(-(point[0] ?? 0) - (point[2] ?? 0) * log));
      return { a: mean * strength, b: (1 - mean) * strength };
    });
  };
}

/** Gamma priors of levels; working parameters as `fitGammaPoisson` has them. */
export function gammaPriorsAt(logs: Float64Array): PriorsAt<GammaPrior> {
  return (point) => {
    const shape = Math.exp(point[1] ?? 0);
    return Array.from(logs, (log) => ({
      shape,
      rate: shape / Math.exp((point[0] ?? 0) + (point[2] ?? 0) * log),
    }));
  };
}

/**
 * Fits Beta(a, b) to how many of each customer's trials ended in an event, by the likelihood of the
 * Beta–Binomial (Skellam 1948). Working parameters are the logit of the mean, log(a + b), and how the
 * logit goes with the log of activity. A weak prior decides only where the counts say nothing: half
 * an event each way in the whole base, log(a + b) ~ N(log 10, 3²), trend ~ N(0, 1). Needs no special
 * functions: the gammas of whole counts are products. Each evaluation costs levels × largest count.
 */
export function* fitBetaBinomial(counts: EventCounts): Work<FoundPriors<BetaPrior>> {
  const { events, trials, levels } = counts;
  const hit = exceedances(events, levels);
  const missed = exceedances(
    trials.map((n, i) => n - (events[i] ?? 0)),
    levels,
  );
  const all = exceedances(trials, levels);
  const at = betaPriorsAt(levels.logs);
  const share = (sum(events) + HALF_EVENT) / (sum(trials) + 2 * HALF_EVENT);
  const maximum = yield* maximise(
    function* (point) {
      yield { done: 0, of: 1 };
      const strength = Math.exp(point[1] ?? 0);
      const middle = 1 / (1 + Math.exp(-(point[0] ?? 0)));
      const pull = weakPull((point[1] ?? 0) - Math.log(10), point[2] ?? 0);
      let value = HALF_EVENT * (Math.log(middle) + Math.log(1 - middle)) + pull.value;
      const gradient = Float64Array.of(HALF_EVENT * (1 - 2 * middle), pull.strength, pull.trend);
      at(point).forEach(({ a, b }, level) => {
        const h = risingLogs(hit[level], a);
        const m = risingLogs(missed[level], b);
        const t = risingLogs(all[level], strength);
        const slope = ((h.slope - m.slope) * a * b) / strength;
        value += h.value + m.value - t.value;
        gradient[0] = (gradient[0] ?? 0) + slope;
        gradient[1] = (gradient[1] ?? 0) + h.slope * a + m.slope * b - t.slope * strength;
        gradient[2] = (gradient[2] ?? 0) + slope * (levels.logs[level] ?? 0);
      });
      return { value, gradient };
    },
    { start: [Math.log(share / (1 - share)), Math.log(10), 0] },
  );
  return { priors: at(maximum.point), maximum, at };
}

/**
 * Fits Gamma(shape, rate) to how many events each customer had in a number of trials, by the
 * likelihood of the negative binomial (Greenwood and Yule 1920). Working parameters are the log of the
 * mean, that of the shape, and how the first goes with the log of activity. A weak prior decides only
 * where the counts say nothing: half an event in half a trial, log(shape) ~ N(0, 3²), trend ~ N(0, 1).
 * Each evaluation costs levels × (largest count + different numbers of trials).
 */
export function* fitGammaPoisson(counts: EventCounts): Work<FoundPriors<GammaPrior>> {
  const { events, trials, levels } = counts;
  const hit = exceedances(events, levels);
  const cells = countsByTrials(counts);
  const at = gammaPriorsAt(levels.logs);
  const start = (sum(events) + HALF_EVENT) / (sum(trials) + HALF_EVENT);
  const maximum = yield* maximise(
    function* (point) {
      yield { done: 0, of: 1 };
      const middle = Math.exp(point[0] ?? 0);
      const pull = weakPull(point[1] ?? 0, point[2] ?? 0);
      let value = HALF_EVENT * (Math.log(middle) - middle) + pull.value;
      const gradient = Float64Array.of(HALF_EVENT * (1 - middle), pull.strength, pull.trend);
      at(point).forEach(({ shape, rate }, level) => {
        const h = risingLogs(hit[level], shape);
        const c = addCells(cells[level] ?? [], shape, rate);
        value += h.value + c.value;
        gradient[0] = (gradient[0] ?? 0) + c.byMean;
        gradient[1] = (gradient[1] ?? 0) + h.slope * shape + c.byShape;
        gradient[2] = (gradient[2] ?? 0) + c.byMean * (levels.logs[level] ?? 0);
      });
      return { value, gradient };
    },
    { start: [Math.log(start), 0, 0] },
  );
  return { priors: at(maximum.point), maximum, at };
}

/** The weak prior of the strength and of the trend, in logs, with its derivatives. */
function weakPull(
  strength: number,
  trend: number,
): { readonly value: number; readonly strength: number; readonly trend: number } {
  const z = strength / STRENGTH_SPREAD;
  const y = trend / TREND_SPREAD;
  return { value: -(z * z + y * y) / 2, strength: -z / STRENGTH_SPREAD, trend: -y / TREND_SPREAD };
}

/** What the numbers of trials add to the likelihood: shape·log(rate/(rate + n)) − k·log(rate + n). */
function addCells(
  cells: readonly Cell[],
  shape: number,
  rate: number,
): { readonly value: number; readonly byMean: number; readonly byShape: number } {
  let [value, byMean, byShape] = [0, 0, 0];
  for (const { trials, customers, events } of cells) {
    const missing = Math.log1p(trials / rate);
    const share = trials / (rate + trials);
    value -= customers * shape * missing + events * Math.log(rate + trials);
    byMean += events * (1 - share) - customers * shape * share;
    byShape += customers * shape * (share - missing) - events * (1 - share);
  }
  return { value, byMean, byShape };
}

/** The customer's probability, after `events` in `trials`. */
export function shrinkShare(prior: BetaPrior, events: number, trials: number): number {
  return (prior.a + events) / (prior.a + prior.b + trials);
}

/** The customer's rate per trial, after `events` in `trials`. */
export function shrinkRate(prior: GammaPrior, events: number, trials: number): number {
  return (prior.shape + events) / (prior.rate + trials);
}

/** For each level, how many of its customers have a count above 0, 1, 2 … */
function exceedances(counts: Float64Array, levels: ActivityLevels): readonly Float64Array[] {
  const most = new Float64Array(levels.logs.length);
  counts.forEach((count, i) => {
    const level = levels.of[i] ?? 0;
    if (count > (most[level] ?? 0)) most[level] = count;
  });
  const above = Array.from(most, (count) => new Float64Array(count));
  counts.forEach((count, i) => {
    const own = above[levels.of[i] ?? 0];
    if (count > 0 && own !== undefined) own[count - 1] = (own[count - 1] ?? 0) + 1;
  });
  for (const own of above) {
    for (let j = own.length - 2; j >= 0; j--) own[j] = (own[j] ?? 0) + (own[j + 1] ?? 0);
  }
  return above;
}

/** Σ log Γ(a + k) / Γ(a) over customers, and its derivative in a. */
function risingLogs(
  above: Float64Array | undefined,
  a: number,
): { readonly value: number; readonly slope: number } {
  let [value, slope] = [0, 0];
  above?.forEach((customers, j) => {
    value += customers * Math.log(a + j);
    slope += customers / (a + j);
  });
  return { value, slope };
}

/** Customers with one number of trials, and their events in all. */
interface Cell {
  readonly trials: number;
  customers: number;
  events: number;
}

/** For each level, its customers by their number of trials. */
function countsByTrials({ events, trials, levels }: EventCounts): readonly (readonly Cell[])[] {
  const cells = Array.from(levels.logs, () => new Map<number, Cell>());
  trials.forEach((count, i) => {
    const own = cells[levels.of[i] ?? 0];
    if (own === undefined) return;
    const cell = own.get(count) ?? { trials: count, customers: 0, events: 0 };
    cell.customers++;
    cell.events += events[i] ?? 0;
    own.set(count, cell);
  });
  return cells.map((own) => [...own.values()]);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
