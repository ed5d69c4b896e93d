import type { Random, Work } from '@keepsake/kernel';
import type { PredictiveModel, PurchaseHistory } from '../model.ts';
import { createDraws } from '../numerics/index.ts';
import type { FittedPurchases } from './fit-purchases.ts';
import { drawModels } from './laplace.ts';

export interface PredictionOptions {
  /** In units of time, from the end of observation. */
  readonly horizon: number;
  readonly random: Random;
  /** How often the future is drawn. */
  readonly draws?: number;
  /** The probability that the interval should hold what comes. */
  readonly level?: number;
}

/** What a group of customers is going to buy together. */
export interface PurchasePrediction {
  readonly expected: number;
  /** It holds the purchases to come with the probability that was asked for. */
  readonly interval: Interval;
  /** It holds their expectation: what would remain uncertain of very many such groups. */
  readonly expectedInterval: Interval;
}

/** Both ends belong to it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export const PREDICTION_DRAWS = 1000;
const PREDICTION_LEVEL = 0.9;
/** Draws of the parameters; each serves several draws of the future. */
const MODELS_MAX = 100;

/**
 * Predicts the purchases of a group, of one customer or many, within a horizon: parameters are drawn
 * as the data leave them open, rates and dropout of each customer given its history, and purchases.
 * Cost: 0.2 to 1 µs for each customer and draw.
 */
export function* predictPurchases(
  fit: FittedPurchases,
  histories: readonly PurchaseHistory[],
  options: PredictionOptions,
): Work<PurchasePrediction> {
  const draws = createDraws(options.random);
  const count = options.draws ?? PREDICTION_DRAWS;
  const models = yield* drawModels(fit, Math.min(count, MODELS_MAX), draws);
  const totals = new Float64Array(count);
  const { horizon } = options;
  for (let i = 0; i < models.length; i++) {
    const model = models[i] ?? fit.model;
    for (const history of histories) {
      for (let draw = i; draw < count; draw += models.length) {
        totals[draw] = (totals[draw] ?? 0) + model.drawPurchases(history, horizon, draws);
      }
    }
    yield { done: i, of: models.length };
  }
  const expectations = models.map((model) => expectedTotal(model, histories, horizon));
  const level = options.level ?? PREDICTION_LEVEL;
  return {
    expected: expectedTotal(fit.model, histories, horizon),
    interval: intervalOf(totals, level),
    expectedInterval: intervalOf(expectations, level),
  };
}

function expectedTotal(
  model: PredictiveModel,
  histories: readonly PurchaseHistory[],
  horizon: number,
): number {
  let total = 0;
  for (const { frequency, recency, age } of histories) {
    total += model.expectedPurchases(frequency, recency, age, horizon);
  }
  return total;
}

/**
 * The interval between quantiles of draws that holds so much of them. Of values that are drawn again
 * and again, half lie below themselves: else whole numbers would make intervals too wide.
 */
export function intervalOf(draws: ArrayLike<number>, level: number): Interval {
  const sorted = Float64Array.from(draws).sort();
  const size = sorted.length;
  const tail = ((1 - level) / 2) * size;
  let from = 0;
  while (from < size - 1 && middleRank(sorted, from) < tail) from = firstAfter(sorted, from);
  let to = size - 1;
  while (to > from && size - middleRank(sorted, to) < tail) to = lastBefore(sorted, to);
  return { from: sorted[from] ?? 0, to: sorted[to] ?? 0 };
}

/** How many are less, and half of those that are equal. */
function middleRank(sorted: Float64Array, at: number): number {
  return (lastBefore(sorted, at) + 1 + firstAfter(sorted, at)) / 2;
}

function firstAfter(sorted: Float64Array, at: number): number {
  let next = at;
  while (next < sorted.length && sorted[next] === sorted[at]) next += 1;
  return next;
}

function lastBefore(sorted: Float64Array, at: number): number {
  let next = at;
  while (next >= 0 && sorted[next] === sorted[at]) next -= 1;
  return next;
}
