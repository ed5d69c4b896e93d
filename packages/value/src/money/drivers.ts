import type { PurchaseModel } from '../model.ts';
import type { AccountColumns } from './accounts.ts';
import { findContactCost } from './cost-of.ts';
import type { CostTable } from './cost-table.ts';
import { uniqueHistories } from './histories.ts';
import { discountedPurchases, type Horizon } from './horizon.ts';
import { shrinkMargin } from './margins.ts';
import type { Rates, ServiceModel } from './service.ts';
import { shrinkRate, shrinkShare } from './shrinkage.ts';
import { expectedSpend } from './spend.ts';
import type { PlacedValueModel } from './value-model.ts';

/** What the value of one customer is made of. */
export interface Drivers {
  /** The probability that the customer still buys at all. */
  readonly alive: number;
  /** Discounted purchases within the horizon, if alive. */
  readonly purchases: number;
  /** What a purchase is worth of which something is kept, in units of the currency. */
  readonly spend: number;
  /** Share of net revenue. */
  readonly margin: number;
  /** The probability that something of a purchase is returned. */
  readonly returnRate: number;
  /** Lines of a purchase. */
  readonly lines: number;
  /** What contacts cost for each purchase, in units of the currency. */
  readonly contactCost: number;
}

/** The drivers of many customers, a column each, and the residual purchases, if alive. */
export interface DriverColumns extends Readonly<Record<keyof Drivers, Float64Array>> {
  readonly residual: Float64Array;
}

/**
 * The drivers of every customer. What follows from a history alone is worked out once for each
 * different history; the rest is a handful of operations a customer.
 */
export function driversOf(
  columns: AccountColumns,
  model: Pick<PlacedValueModel, 'purchase' | 'spend' | 'service'>,
  terms: { readonly table: CostTable; readonly horizon: Horizon },
): DriverColumns {
  const { service, spend } = model;
  const { ownMargins, levels } = service;
  const size = columns.customer.length;
  const at = (column: Float64Array, i: number): number => column[i] ?? 0;
  const levelAt = (i: number): number => levels.of[i] ?? 0;
  const logAt = (i: number): number => levels.logs[levelAt(i)] ?? 0;
  const trialsAt = (i: number): number => at(columns.frequency, i) + 1;
  const fill = (of: (i: number) => number): Float64Array => {
    const column = new Float64Array(size);
    for (let i = 0; i < size; i++) column[i] = of(i);
    return column;
  };
  return {
    ...purchaseDrivers(columns, model.purchase, terms.horizon),
    spend: fill((i) =>
      expectedSpend(spend, {
        spendCount: at(columns.spendCount, i),
        meanSpend: at(columns.meanSpend, i),
        log: logAt(i),
      }),
    ),
    margin: fill((i) => {
      const own = { mean: at(ownMargins.mean, i), weight: at(ownMargins.weight, i), log: logAt(i) };
      return shrinkMargin(service.margin, own).mean;
    }),
    returnRate: fill((i) => {
      const prior = service.returns.priors[levelAt(i)];
      return prior === undefined ? 0 : shrinkShare(prior, at(columns.returns, i), trialsAt(i));
    }),
    lines: fill((i) => {
      const prior = service.extraLines.priors[levelAt(i)];
      const extra = Math.max(0, at(columns.lines, i) - trialsAt(i));
      return 1 + (prior === undefined ? 0 : shrinkRate(prior, extra, trialsAt(i)));
    }),
    contactCost: contactCosts(columns, service, terms.table),
  };
}

/** The drivers of customer i. */
export function driversAt(columns: DriverColumns, i: number): Drivers {
  return {
    alive: columns.alive[i] ?? 0,
    purchases: columns.purchases[i] ?? 0,
    spend: columns.spend[i] ?? 0,
    margin: columns.margin[i] ?? 0,
    returnRate: columns.returnRate[i] ?? 0,
    lines: columns.lines[i] ?? 0,
    contactCost: columns.contactCost[i] ?? 0,
  };
}

/** What one purchase is expected to bring, less what serving it costs, in units of the currency. */
export function contributionOf(
  drivers: Omit<Drivers, 'alive' | 'purchases'>,
  rates: Rates,
): number {
  const net = drivers.spend * (1 - drivers.returnRate * rates.emptied);
  const service =
    rates.perOrder +
    drivers.lines * rates.perLine +
    drivers.returnRate * rates.perReturn +
    drivers.contactCost;
  return net * (drivers.margin - rates.payment) - service;
}

/** Value within the horizon, in units of the currency: purchases times what each is expected to bring. */
export function valueOfDrivers(drivers: Drivers, rates: Rates): number {
  return drivers.alive * drivers.purchases * contributionOf(drivers, rates);
}

function purchaseDrivers(
  columns: AccountColumns,
  model: PurchaseModel,
  horizon: Horizon,
): Pick<DriverColumns, 'alive' | 'purchases' | 'residual'> {
  const { first, rowOf } = uniqueHistories(columns);
  const alive = new Float64Array(first.length);
  const purchases = new Float64Array(first.length);
  const residual = new Float64Array(first.length);
  first.forEach((i, row) => {
    const frequency = columns.frequency[i] ?? 0;
    const recency = columns.recency[i] ?? 0;
    const age = columns.age[i] ?? 0;
    const share = model.probabilityAlive(frequency, recency, age);
    if (share <= 0) return;
    const expected = discountedPurchases(model, { frequency, recency, age }, horizon);
    alive[row] = share;
    purchases[row] = expected.within / share;
    residual[row] = expected.residual / share;
  });
  const spread = (column: Float64Array): Float64Array =>
    Float64Array.from(rowOf, (row) => column[row] ?? 0);
  return { alive: spread(alive), purchases: spread(purchases), residual: spread(residual) };
}

function contactCosts(
  columns: AccountColumns,
  service: ServiceModel,
  table: CostTable,
): Float64Array {
  const costs = new Float64Array(columns.customer.length);
  for (const [channel, fitted] of service.contacts) {
    const price = findContactCost(table, channel) ?? 0;
    const events = columns.contacts.get(channel);
    for (let i = 0; i < costs.length; i++) {
      const prior = fitted.priors[service.levels.of[i] ?? 0];
      if (prior === undefined) continue;
      const rate = shrinkRate(prior, events?.[i] ?? 0, (columns.frequency[i] ?? 0) + 1);
      costs[i] = (costs[i] ?? 0) + price * rate;
    }
  }
  return costs;
}
