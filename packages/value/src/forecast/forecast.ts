import { finish, type Random, seededRandom } from '@keepsake/kernel';
import type { SpendFit } from '../fit/fit-gamma-gamma.ts';
import { drawSpendModel } from '../fit/laplace.ts';
import type { PredictiveModel, PurchaseSummary } from '../model.ts';
import type { SpendModel } from '../models/gamma-gamma.ts';
import { discountedPurchases } from '../money/horizon.ts';
import { centralInterval, createDraws, type Draws } from '../numerics/index.ts';
import { drawModelFits, type ModelFit } from './fit-model.ts';

/** How far ahead is looked, and what a unit of revenue is worth. */
export interface ForecastTerms {
  /** In the unit of the histories, > 0. */
  readonly horizon: number;
  /** Continuous, per unit of time. */
  readonly discount: number;
  /** What is kept of revenue, as a share; 1 for revenue itself. */
  readonly margin: number;
  /** How often each customer's future is drawn, ≥ 1. */
  readonly draws: number;
  readonly random: Random;
}

/** What is to be expected of one customer within the horizon. Money is in units of the currency. */
export interface CustomerForecast {
  readonly alive: number;
  readonly purchases: number;
  /** What a purchase is expected to come to; undefined where spend has no model. */
  readonly spend: number | undefined;
  /** Margin of the purchases, discounted. */
  readonly value: number | undefined;
  /** The interval that holds nine values of ten; widened to the expectation where that is rare. */
  readonly valueLow: number | undefined;
  readonly valueHigh: number | undefined;
}

/** An expectation, and the interval that holds what comes nine times of ten. */
export interface Estimate {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Forecasts of all customers that were asked for, summed. */
export interface ForecastTotals {
  readonly customers: number;
  readonly alive: Estimate;
  readonly purchases: Estimate;
  /** Of purchases, undiscounted; undefined where spend has no model. */
  readonly revenue: Estimate | undefined;
  /** Customer equity: the sum of the values. */
  readonly value: Estimate | undefined;
}

const LEVEL = 0.9;
/** So many draws of the parameters tell how many are alive; fewer from so many histories on. */
const ALIVE_MODELS = 100;
const HISTORIES_LARGE = 10_000;
const ALIVE_MODELS_FEW = 20;

/**
 * Forecasts customers one after the other. Draws leave open what the data leave open, the parameters,
 * and what nobody knows, whether the customer is alive, how often he buys and for how much. The same draw
 * of the parameters serves all customers, so that sums are as uncertain as they are.
 * When within the horizon purchases come enters at its mean. Cost: a second at most for the parameters,
 * and 0.5 to 2 µs a draw.
 */
export class Forecaster {
  readonly #fit: ModelFit;
  readonly #spend: SpendModel | undefined;
  readonly #terms: ForecastTerms;
  readonly #draws: Draws;
  readonly #models: readonly PredictiveModel[];
  readonly #spends: readonly (SpendModel | undefined)[];
  readonly #drawn: { alive: Float64Array; purchases: Float64Array; revenue: Float64Array };
  readonly #drawnValue: Float64Array;
  readonly #own: Float64Array;
  readonly #known = new Map<string, Known>();
  #customers = 0;
  #alive = 0;
  #purchases = 0;
  #revenue = 0;
  #value = 0;

  constructor(fit: ModelFit, spend: SpendFit | undefined, terms: ForecastTerms) {
    this.#fit = fit;
    this.#spend = spend?.model;
    this.#terms = terms;
    this.#draws = createDraws(terms.random);
    this.#models = finish(drawModelFits(fit, terms.draws, this.#draws));
    this.#spends = this.#models.map(() =>
      spend === undefined ? undefined : drawSpendModel(spend, this.#draws),
    );
    this.#drawn = {
      alive: new Float64Array(terms.draws),
      purchases: new Float64Array(terms.draws),
      revenue: new Float64Array(terms.draws),
    };
    this.#drawnValue = new Float64Array(terms.draws);
    this.#own = new Float64Array(terms.draws);
  }

  /**
   * Forecasts one customer, and counts him for the totals; or one of so many who share the history,
   * and counts them all.
   */
  forecast(customer: PurchaseSummary, count = 1): CustomerForecast {
    const known = this.#know(customer);
    const { alive, purchases, discounted } = known;
    const { margin } = this.#terms;
    const spend = this.#spend?.expectedSpend(customer);
    this.#customers += count;
    this.#alive += count * alive;
    this.#purchases += count * purchases;
    known.count += count;
    this.#drawFuture({ customer, count, worth: purchases > 0 ? discounted / purchases : 1 });
    if (spend === undefined) {
      const none = { spend: undefined, value: undefined };
      return { alive, purchases, ...none, valueLow: undefined, valueHigh: undefined };
    }
    const value = discounted * spend * margin;
    this.#revenue += count * purchases * spend;
    this.#value += count * value;
    const { low, high } = boundsOf(this.#own);
    const bounds = { valueLow: Math.min(low, value), valueHigh: Math.max(high, value) };
    return { alive, purchases, spend, value, ...bounds };
  }

  /** The totals of all that were forecast. Cost: the models drawn times the different histories. */
  totals(): ForecastTotals {
    const isLarge = this.#known.size > HISTORIES_LARGE;
    const models = this.#models.slice(0, isLarge ? ALIVE_MODELS_FEW : ALIVE_MODELS);
    this.#drawn.alive.fill(0);
    for (const { history, count } of this.#known.values()) {
      models.forEach((model, i) => {
        const p = model.probabilityAlive(history.frequency, history.recency, history.age);
        this.#drawn.alive[i] = (this.#drawn.alive[i] ?? 0) + p * count;
      });
    }
    const hasSpend = this.#spend !== undefined;
    const estimate = (expected: number, drawn: Float64Array): Estimate => {
      const { low, high } = boundsOf(drawn);
      return { expected, low: Math.min(low, expected), high: Math.max(high, expected) };
    };
    return {
      customers: this.#customers,
      alive: estimate(this.#alive, this.#drawn.alive.subarray(0, models.length)),
      purchases: estimate(this.#purchases, this.#drawn.purchases),
      revenue: hasSpend ? estimate(this.#revenue, this.#drawn.revenue) : undefined,
      value: hasSpend ? estimate(this.#value, this.#drawnValue) : undefined,
    };
  }

  /** What follows from a history alone is worked out once. */
  #know({ frequency, recency, age }: PurchaseSummary): Known {
    const key = `${frequency}:${recency}:${age}`;
    const kept = this.#known.get(key);
    if (kept !== undefined) return kept;
    const history = { frequency, recency, age };
    const { model } = this.#fit;
    const { horizon, discount } = this.#terms;
    const { within } = discountedPurchases(model, history, {
      length: horizon,
      residual: 0,
      discount,
    });
    const known: Known = {
      history,
      count: 0,
      alive: model.probabilityAlive(frequency, recency, age),
      purchases: model.expectedPurchases(frequency, recency, age, horizon),
      discounted: within,
    };
    this.#known.set(key, known);
    return known;
  }

  #drawFuture(group: Group): void {
    const { draws, margin } = this.#terms;
    const { purchases, revenue } = this.#drawn;
    const means = group.count > GROUP_DRAWN_MAX ? this.#meansOf(group.customer) : undefined;
    for (let i = 0; i < draws; i++) {
      const drawn = this.#drawGroup(group, i);
      const { bought, spent } = stretch(drawn, group.count, means?.[i]);
      purchases[i] = (purchases[i] ?? 0) + bought;
      revenue[i] = (revenue[i] ?? 0) + spent;
      const scale = group.worth * margin;
      this.#own[i] = drawn.first * scale;
      this.#drawnValue[i] = (this.#drawnValue[i] ?? 0) + spent * scale;
    }
  }

  /** What those of a group that are drawn buy, and what the first of them spends. */
  #drawGroup({ customer, count }: Group, at: number): DrawnGroup {
    const model = this.#models[at] ?? this.#fit.model;
    const customers = Math.min(count, GROUP_DRAWN_MAX);
    let [bought, spent, first] = [0, 0, 0];
    for (let i = 0; i < customers; i++) {
      const many = model.drawPurchases(customer, this.#terms.horizon, this.#draws);
      const much = this.#spends[at]?.drawTotalSpend(customer, many, this.#draws) ?? 0;
      bought += many;
      spent += much;
      if (i === 0) first = much;
    }
    return { customers, bought, spent, first };
  }

  /** What is expected of one of a group, by each of the models drawn. */
  #meansOf(customer: PurchaseSummary): readonly Means[] {
    const { frequency, recency, age } = customer;
    return this.#models.map((model, i) => {
      const bought = model.expectedPurchases(frequency, recency, age, this.#terms.horizon);
      return { bought, spent: bought * (this.#spends[i]?.expectedSpend(customer) ?? 0) };
    });
  }
}

/** Customers who share a history, and what a unit of their spend is worth, discounted. */
interface Group {
  readonly customer: PurchaseSummary;
  readonly count: number;
  readonly worth: number;
}

interface Means {
  readonly bought: number;
  readonly spent: number;
}

interface DrawnGroup extends Means {
  readonly customers: number;
  readonly first: number;
}

/** Of a group that shares a history, no more are drawn one by one. */
export const GROUP_DRAWN_MAX = 100;

/**
 * From sums of some of a group to sums of all, whose deviation from the mean grows as the root of how
 * many they are.
 */
function stretch(drawn: DrawnGroup, count: number, means: Means | undefined): Means {
  if (means === undefined) return drawn;
  const root = Math.sqrt(count / drawn.customers);
  const all = (sum: number, mean: number): number =>
    count * mean + root * (sum - drawn.customers * mean);
  return { bought: all(drawn.bought, means.bought), spent: all(drawn.spent, means.spent) };
}

interface Known {
  readonly history: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>;
  count: number;
  readonly alive: number;
  readonly purchases: number;
  readonly discounted: number;
}

/** Draws of one customer beyond these make no interval better that anybody reads. */
const DRAWS_MAX = 400;
const DRAWS_MIN = 40;
/** Draws of all customers together: some seconds. */
const DRAWS_TOTAL = 4_000_000;

/** How often each of so many customers' future is drawn. */
export function drawsFor(customers: number): number {
  return Math.max(DRAWS_MIN, Math.min(DRAWS_MAX, Math.round(DRAWS_TOTAL / Math.max(1, customers))));
}

/** The same forecasts each time. */
export const FORECAST_SEED = 1;

/** Terms with the draws that suit so many customers, those of a group up to `GROUP_DRAWN_MAX`. */
export function forecastTerms(
  terms: Pick<ForecastTerms, 'horizon' | 'discount' | 'margin'>,
  customers: number,
): ForecastTerms {
  return { ...terms, draws: drawsFor(customers), random: seededRandom(FORECAST_SEED) };
}

/** Between which one more draw would lie nine times of ten. */
function boundsOf(drawn: Float64Array): { readonly low: number; readonly high: number } {
  return centralInterval(drawn.slice().sort(), LEVEL);
}
