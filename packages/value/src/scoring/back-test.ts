import { invariant, type Work } from '@keepsake/kernel';
import type { FittedPurchases } from '../fit/fit-purchases.ts';
import type { AccountColumns } from '../money/accounts.ts';
import type { CostTable } from '../money/cost-table.ts';
import type { Horizon } from '../money/horizon.ts';
import { prepareValueDraws } from '../money/value-draws.ts';
import {
  DEFAULT_VALUE_MODEL,
  fitValueModel,
  type NoValueModel,
  type ValueModel,
  type ValueModelOptions,
} from '../money/value-model.ts';
import type { ValueInterval } from '../money/value-summary.ts';
import { centralInterval } from '../numerics/index.ts';
import { type CalibrationRow, calibrationTable } from '../tiers/portfolio.ts';
import { type DecileCapture, topDecileOf } from './capture.ts';
import { driversInSlices } from './driver-slices.ts';

/** A base as it was seen at a cut, and what its customers did after it. */
export interface BackTestQuestion {
  /** What was known at the cut, returns included; of who had come by then. */
  readonly before: AccountColumns;
  /**
   * What each of the same customers did within `length` after the cut: days with a purchase, and what
   * they brought, net of their returns, in units of the currency. Index i is one customer throughout.
   */
  readonly after: { readonly purchases: Float64Array; readonly revenue: Float64Array };
  readonly table: CostTable;
  /** In the unit of the histories. */
  readonly length: number;
  readonly options?: BackTestOptions;
}

/** How a model is back-tested. */
export interface BackTestOptions {
  readonly model: ValueModelOptions;
  /** Draws of the future that the intervals are from. */
  readonly draws: number;
  readonly seed: number;
  /** Rows of the calibration tables, about. */
  readonly groups: number;
}

/** As bases are fitted, with more draws of the parameters: they decide how wide an interval is. */
export const DEFAULT_BACK_TEST: BackTestOptions = {
  model: { ...DEFAULT_VALUE_MODEL, parameterDraws: 100 },
  draws: 200,
  seed: 1,
  groups: 10,
};

/** What was predicted of all together, what came, and both by groups predicted alike. */
export interface TestedTotal {
  readonly rows: readonly CalibrationRow[];
  readonly predicted: number;
  readonly actual: number;
  /**
   * Central 90 % of draws of the total: of the parameters, and of each customer's chance. Where few were
   * seen for a short time it is somewhat narrow: of 300 customers of 10 to 40 weeks, 20 weeks ahead, the
   * one for purchases holds 83 in a hundred.
   */
  readonly interval90: ValueInterval;
  readonly isWithin: boolean;
}

/** How a model did that knew nothing of what came. */
export interface TestedModel {
  readonly kind: 'tested';
  readonly verdict: FittedPurchases['verdict'];
  readonly customers: number;
  /** Repeat purchases. */
  readonly purchases: TestedTotal;
  /** In units of the currency, not discounted. */
  readonly revenue: TestedTotal;
  /** How much of the revenue came from the best tenth by prediction, and by what was brought before. */
  readonly topDecile: DecileCapture;
}

/** The test, or why there is no model to test. */
export type BackTest = TestedModel | NoValueModel;

/** Customers drawn between two pauses. */
const SLICE = 64;

/**
 * Tests a model against what came: fits it to what was known at a cut, and predicts each customer's
 * purchases and revenue (purchases × what is kept of them × their worth) over the time since. A season,
 * or whatever else is different in that time, is in no interval. Costs a fit, and some 0.4 ms a
 * customer with 200 draws.
 */
export function* backTest(question: BackTestQuestion): Work<BackTest> {
  const { before, after, table, length, options = DEFAULT_BACK_TEST } = question;
  const size = before.customer.length;
  const isAligned = after.purchases.length === size && after.revenue.length === size;
  invariant(isAligned, 'each customer of before has an after');
  const model = yield* fitValueModel(before, table, options.model);
  if (model.kind !== 'fitted') return model;
  const horizon: Horizon = { length, residual: 0, discount: 0 };
  const { alive, purchases, spend, returnRate } = yield* driversInSlices(before, model, {
    table,
    horizon,
  });
  const { emptied } = model.service;
  const bought = alive.map((share, i) => share * (purchases[i] ?? 0));
  const brought = bought.map(
    (count, i) => count * (1 - (returnRate[i] ?? 0) * emptied) * (spend[i] ?? 0),
  );
  const totals = yield* drawTotals(question, model, { horizon, options });
  const past = before.spendCount.map((count, i) => count * (before.meanSpend[i] ?? 0));
  const tested = (predicted: Float64Array, actual: Float64Array, draws: Float64Array) =>
    testTotal({ predicted, actual, draws }, options.groups);
  return {
    kind: 'tested',
    verdict: model.purchaseFit.verdict,
    customers: size,
    purchases: tested(bought, after.purchases, totals.purchases),
    revenue: tested(brought, after.revenue, totals.revenue),
    topDecile: topDecileOf(after.revenue, { predicted: brought, past }),
  };
}

/** Draws of what all buy and bring together; draw d of everybody is by the same parameters. */
function* drawTotals(
  { before, table }: BackTestQuestion,
  model: ValueModel,
  given: { readonly horizon: Horizon; readonly options: BackTestOptions },
): Work<{ readonly purchases: Float64Array; readonly revenue: Float64Array }> {
  const { draws: count, seed } = given.options;
  const size = before.customer.length;
  const draw = prepareValueDraws({
    columns: before,
    // Contacts bring nothing.
    model: { ...model, service: { ...model.service, contacts: new Map() } },
    // Where all that is paid goes to who handles the payment, that cost is the revenue.
    table: { ...table, paymentBasisPoints: 10_000 },
    horizon: given.horizon,
    count,
    seed,
    kind: 'realised',
  });
  const purchases = new Float64Array(count);
  const revenue = new Float64Array(count);
  for (let i = 0; i < size; i++) {
    if (i % SLICE === 0) yield { done: i, of: size };
    const own = draw(i);
    for (let d = 0; d < count; d++) {
      purchases[d] = (purchases[d] ?? 0) + (own.purchases[d] ?? 0);
      revenue[d] = (revenue[d] ?? 0) + (own.costs.payment[d] ?? 0);
    }
  }
  return { purchases, revenue };
}

function testTotal(
  given: {
    readonly predicted: Float64Array;
    readonly actual: Float64Array;
    readonly draws: Float64Array;
  },
  groups: number,
): TestedTotal {
  const { predicted, actual, draws } = given;
  const total = sumOf(actual);
  const interval90 = centralInterval(draws.sort(), 0.9);
  return {
    rows: calibrationTable(predicted, actual, groups),
    predicted: sumOf(predicted),
    actual: total,
    interval90,
    isWithin: total >= interval90.low && total <= interval90.high,
  };
}

function sumOf(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
