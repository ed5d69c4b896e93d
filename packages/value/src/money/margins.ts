import type { AccountColumns } from './accounts.ts';
import { type ActivityLevels, fitLine, type Trend } from './activity.ts';
import { marginOf } from './cost-of.ts';
import type { CostTable } from './cost-table.ts';

/** How margins vary: within the purchases of one customer, and between customers. Shares of revenue. */
export interface MarginPrior {
  /** The mean, which goes with activity. */
  readonly mean: Trend;
  /** Variance of the margin among purchases of one customer. */
  readonly within: number;
  /** Variance of the customers' own means. */
  readonly between: number;
}

/** What the categories of a customer's purchases make of the margin: the mean, and of how many. */
export interface OwnMargins {
  readonly mean: Float64Array;
  readonly weight: Float64Array;
}

/** The margin of each customer's purchases by the table; the overall one, of no weight, without any. */
export function marginsOf(columns: AccountColumns, table: CostTable): OwnMargins {
  const size = columns.customer.length;
  const sum = new Float64Array(size);
  const weight = new Float64Array(size);
  for (const [category, counts] of columns.categories) {
    const margin = marginOf(table, category);
    for (let i = 0; i < size; i++) {
      const count = counts[i] ?? 0;
      sum[i] = (sum[i] ?? 0) + count * margin;
      weight[i] = (weight[i] ?? 0) + count;
    }
  }
  const overall = table.marginBasisPoints / 10_000;
  const mean = sum.map((total, i) => ((weight[i] ?? 0) > 0 ? total / (weight[i] ?? 1) : overall));
  return { mean, weight };
}

/**
 * The variances within and between customers by moments (Bühlmann and Straub 1970); between is 0 where
 * customers differ no more than chance makes them. One pass over customers × categories.
 */
export function fitMargins(
  columns: AccountColumns,
  given: { readonly table: CostTable; readonly own: OwnMargins; readonly levels: ActivityLevels },
): MarginPrior {
  const { table, own, levels } = given;
  const { mean, weight } = own;
  let [total, squares, customers] = [0, 0, 0];
  for (const n of weight) {
    total += n;
    squares += n * n;
    if (n > 0) customers++;
  }
  if (total === 0) {
    const overall = table.marginBasisPoints / 10_000;
    return { mean: { middle: overall, slope: 0 }, within: 0, between: 0 };
  }
  const line = fitLine(levels, mean, weight);
  const spread = spreadWithin(columns, table, mean);
  const within = total > customers ? spread / (total - customers) : 0;
  let apart = 0;
  weight.forEach((n, i) => {
    const expected = line.middle + line.slope * (levels.logs[levels.of[i] ?? 0] ?? 0);
    apart += n * ((mean[i] ?? 0) - expected) ** 2;
  });
  const scale = total - squares / total;
  const between = scale > 0 ? (apart - (customers - 1) * within) / scale : 0;
  return { mean: line, within, between: Math.max(0, between) };
}

/** The customer's margin after what was bought at a level of activity, and the variance left of it. */
export function shrinkMargin(
  prior: MarginPrior,
  own: { readonly mean: number; readonly weight: number; readonly log: number },
): { readonly mean: number; readonly variance: number } {
  const { within, between } = prior;
  const expected = prior.mean.middle + prior.mean.slope * own.log;
  const known = own.weight * between;
  if (known === 0) return { mean: expected, variance: between };
  const credibility = known / (known + within);
  return {
    mean: credibility * own.mean + (1 - credibility) * expected,
    variance: between * (1 - credibility),
  };
}

function spreadWithin(columns: AccountColumns, table: CostTable, mean: Float64Array): number {
  let spread = 0;
  for (const [category, counts] of columns.categories) {
    const margin = marginOf(table, category);
    counts.forEach((count, i) => {
      spread += count * (margin - (mean[i] ?? 0)) ** 2;
    });
  }
  return spread;
}
