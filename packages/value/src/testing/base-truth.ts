import { findContactCost } from '../money/cost-of.ts';
import { type Horizon, purchasesOfRate } from '../money/horizon.ts';
import type { CostKind } from '../money/value-draws.ts';
import type { Base, BasePurchase, TrueCustomer } from './base.ts';

/** What a simulated customer is truly worth at a month, in units of the currency. */
export interface TrueValue {
  readonly customer: string;
  readonly isAlive: boolean;
  /** Expected by his true traits, within the horizon, discounted; 0 for who has left. */
  readonly actual: number;
  /** What growing him would add, after what it costs; may be below zero. */
  readonly growth: number;
  /** The cost to serve in it, by kind. */
  readonly costs: Readonly<Record<CostKind, number>>;
}

/** True values at a month of who has joined before it, in the order of `accountsAt`. */
export function trueValuesAt(base: Base, month: number, horizon: Horizon): readonly TrueValue[] {
  return base.customers
    .filter((customer) => customer.joined < month)
    .map((customer) => trueValueOf(base, customer, { month, horizon }));
}

/** What each customer truly brought between two months, costs taken off, in the same order. */
export function realisedBetween(base: Base, from: number, to: number): Float64Array {
  const totals: number[] = [];
  base.customers.forEach((customer, i) => {
    if (customer.joined >= from) return;
    let total = 0;
    for (const purchase of base.purchases[i] ?? []) {
      if (purchase.at >= from && purchase.at < to) total += broughtBy(base, purchase);
    }
    totals.push(total);
  });
  return Float64Array.from(totals);
}

function trueValueOf(
  base: Base,
  customer: TrueCustomer,
  at: { readonly month: number; readonly horizon: Horizon },
): TrueValue {
  const { length, discount } = at.horizon;
  const isAlive = customer.leaves >= at.month;
  const each = eachPurchase(base, customer);
  const count = (rate: number): number =>
    isAlive ? purchasesOfRate({ rate, hazard: customer.hazard }, length, discount) : 0;
  const purchases = count(customer.rate);
  const { bestShare, reach, cost } = base.shape.growth;
  const best = Math.max(customer.rate, customer.walletRate * bestShare);
  return {
    customer: customer.customer,
    isAlive,
    actual: purchases * each.contribution,
    growth: reach * Math.max(0, (count(best) - purchases) * each.contribution) - cost,
    costs: {
      orders: purchases * each.costs.orders,
      lines: purchases * each.costs.lines,
      returns: purchases * each.costs.returns,
      contacts: purchases * each.costs.contacts,
      payment: purchases * each.costs.payment,
    },
  };
}

/** What a purchase of a customer brings on average, and what serving it costs; own faults excused. */
function eachPurchase(
  base: Base,
  customer: TrueCustomer,
): { readonly contribution: number; readonly costs: Readonly<Record<CostKind, number>> } {
  const { table } = base;
  const unit = table.minorPerUnit;
  const net = customer.spend * (1 - customer.returnRate * base.shape.emptied);
  const costs = {
    orders: table.perOrderMinor / unit,
    lines: (customer.lines * table.perLineMinor) / unit,
    returns: (customer.returnRate * table.perReturnMinor) / unit,
    contacts: Object.entries(customer.contacts).reduce(
      (sum, [channel, rate]) => sum + rate * (findContactCost(table, channel) ?? 0),
      0,
    ),
    payment: (net * table.paymentBasisPoints) / 10_000,
  };
  const served = costs.orders + costs.lines + costs.returns + costs.contacts + costs.payment;
  return { contribution: net * customer.margin - served, costs };
}

/** What one purchase brought, the company's own faults excused. */
function broughtBy(base: Base, purchase: BasePurchase): number {
  const { table } = base;
  const unit = table.minorPerUnit;
  const worth = purchase.returned === 'by-company' ? purchase.value : purchase.kept;
  const margin =
    (table.marginBasisPointsByCategory[purchase.category] ?? table.marginBasisPoints) / 10_000;
  let served = (table.perOrderMinor + purchase.lines * table.perLineMinor) / unit;
  if (purchase.returned === 'by-customer') served += table.perReturnMinor / unit;
  for (const [channel, count] of Object.entries(purchase.contacts)) {
    served += count * (findContactCost(table, channel) ?? 0);
  }
  return worth * (margin - table.paymentBasisPoints / 10_000) - served;
}
