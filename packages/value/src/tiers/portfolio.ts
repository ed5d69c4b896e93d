import { invariant } from '@keepsake/kernel';
import { quantileOf } from '../numerics/index.ts';

/** Sum that does not drift however many the values are (Neumaier 1974). */
function exactSum(values: Float64Array): number {
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Customer equity: what all customers together are worth, in the unit of the values. */
export function customerEquity(values: Float64Array): number {
  return exactSum(values);
}

/**
 * Return on customer (Peppers and Rogers 2005): profit of a period and what customer equity changed
 * by, over the equity that it began with. A ratio; undefined where there was no equity above zero.
 */
export function returnOnCustomer(period: {
  readonly profit: number;
  readonly equityBefore: number;
  readonly equityAfter: number;
}): number | undefined {
  const { profit, equityBefore, equityAfter } = period;
  return equityBefore > 0 ? (profit + equityAfter - equityBefore) / equityBefore : undefined;
}

/** The whale curve: value held by the best customers, from none of them to all (Kaplan 1989). */
export interface WhaleCurve {
  /** Share of customers, 0 to 1, growing. */
  readonly customers: Float64Array;
  /** What these customers hold together, in the unit of the values. */
  readonly value: Float64Array;
  readonly total: number;
  /** Where the curve is highest: those behind it take value away. */
  readonly peak: { readonly customers: number; readonly value: number };
}

/** The curve at `points` + 1 places, of values in any order. Cost is that of sorting them. */
export function whaleCurve(values: Float64Array, points = 100): WhaleCurve {
  invariant(points >= 1, 'a curve has a beginning and an end');
  const sorted = values.slice().sort().reverse();
  const count = sorted.length;
  const customers = new Float64Array(points + 1);
  const value = new Float64Array(points + 1);
  let peak = { customers: 0, value: 0 };
  let [held, taken] = [0, 0];
  for (let point = 1; point <= points; point++) {
    for (const until = Math.round((point * count) / points); taken < until; ) {
      held += sorted[taken++] ?? 0;
      if (held > peak.value) peak = { customers: taken / count, value: held };
    }
    customers[point] = count === 0 ? 0 : taken / count;
    value[point] = held;
  }
  return { customers, value, total: held, peak };
}

/** What is said of the values of one group, for a chart. In the unit of the values. */
export interface GroupQuantities {
  readonly group: string;
  readonly count: number;
  readonly total: number;
  readonly mean: number;
  /** Share of all customers and of the sum of all values; the latter undefined where that is not above zero. */
  readonly shareOfCustomers: number;
  readonly shareOfValue: number | undefined;
  /** Customers with a value below zero. */
  readonly belowZero: number;
  /** Quantiles at 10, 25, 50, 75 and 90 %, linear between neighbours. */
  readonly quantiles: readonly [number, number, number, number, number];
}

/** Quantities of each group, in the order in which the groups first appear. */
export function groupQuantities(
  groups: readonly string[],
  values: Float64Array,
): readonly GroupQuantities[] {
  invariant(groups.length === values.length, 'each value has a group');
  const members = new Map<string, number[]>();
  for (const [i, group] of groups.entries()) {
    const list = members.get(group) ?? [];
    if (list.length === 0) members.set(group, list);
    list.push(values[i] ?? 0);
  }
  const all = exactSum(values);
  return [...members].map(([group, list]) => {
    const sorted = Float64Array.from(list).sort();
    const total = exactSum(sorted);
    return {
      group,
      count: sorted.length,
      total,
      mean: total / sorted.length,
      shareOfCustomers: sorted.length / values.length,
      shareOfValue: all > 0 ? total / all : undefined,
      belowZero: sorted.reduce((count, value) => count + (value < 0 ? 1 : 0), 0),
      quantiles: [
        quantileOf(sorted, 0.1),
        quantileOf(sorted, 0.25),
        quantileOf(sorted, 0.5),
        quantileOf(sorted, 0.75),
        quantileOf(sorted, 0.9),
      ],
    };
  });
}

/** One row of a calibration table: customers predicted alike, and what came. */
export interface CalibrationRow {
  readonly count: number;
  /** Least and greatest prediction of the row. */
  readonly from: number;
  readonly to: number;
  readonly predictedMean: number;
  readonly actualMean: number;
  /** Standard error of the actual mean; undefined of a single customer. */
  readonly actualError: number | undefined;
}

function calibrationRow(
  places: readonly number[],
  predicted: Float64Array,
  actual: Float64Array,
): CalibrationRow {
  const count = places.length;
  const predictedMean = places.reduce((sum, i) => sum + (predicted[i] ?? 0), 0) / count;
  const actualMean = places.reduce((sum, i) => sum + (actual[i] ?? 0), 0) / count;
  const squares = places.reduce((sum, i) => sum + ((actual[i] ?? 0) - actualMean) ** 2, 0);
  return {
    count,
    from: predicted[places[0] ?? 0] ?? 0,
    to: predicted[places[count - 1] ?? 0] ?? 0,
    predictedMean,
    actualMean,
    actualError: count > 1 ? Math.sqrt(squares / (count - 1) / count) : undefined,
  };
}

/**
 * Predicted against actual in groups of about one size, lowest predictions first. Customers with one
 * and the same prediction are never parted, so that there may be fewer groups than wished.
 */
export function calibrationTable(
  predicted: Float64Array,
  actual: Float64Array,
  groups = 10,
): readonly CalibrationRow[] {
  invariant(predicted.length === actual.length, 'what was predicted has come or not');
  const order = Array.from(predicted.keys());
  order.sort((a, b) => (predicted[a] ?? 0) - (predicted[b] ?? 0));
  const rows: CalibrationRow[] = [];
  for (let start = 0; start < order.length; ) {
    const wished = Math.round(((rows.length + 1) * order.length) / groups);
    let end = Math.max(start + 1, wished);
    while (end < order.length && predicted[order[end] ?? 0] === predicted[order[end - 1] ?? 0]) {
      end++;
    }
    rows.push(calibrationRow(order.slice(start, end), predicted, actual));
    start = end;
  }
  return rows;
}
