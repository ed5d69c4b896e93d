import { seededRandom } from '@keepsake/kernel';
import type { CustomerAccount } from '../money/accounts.ts';
import { marginOf } from '../money/cost-of.ts';
import type { CostTable } from '../money/cost-table.ts';
import { createDraws, type Draws } from '../numerics/index.ts';
import {
  BASE_COSTS,
  type BaseShape,
  type Segment,
  type ShareSpread,
  type Spread,
} from './base-shape.ts';

/** What is true of a simulated customer and nobody observes. Times are in months. */
export interface TrueCustomer {
  readonly customer: string;
  readonly segment: string;
  readonly joined: number;
  /** When he leaves; may be after the end of everything. */
  readonly leaves: number;
  readonly rate: number;
  readonly hazard: number;
  /** Mean of a purchase. */
  readonly spend: number;
  /** Of a purchase, over the categories that he buys from. */
  readonly margin: number;
  readonly returnRate: number;
  readonly lines: number;
  /** Own contacts for each purchase, by channel. */
  readonly contacts: Readonly<Record<string, number>>;
  /** Purchases per month here and elsewhere. */
  readonly walletRate: number;
  /** What is known of him besides purchases: noisy logs of wallet and of spend. */
  readonly profile: readonly number[];
}

/** One purchase with all that it led to; `at` is its time in months. */
export interface BasePurchase {
  readonly at: number;
  /** As it was ordered, in units of the currency. */
  readonly value: number;
  readonly category: string;
  readonly lines: number;
  readonly returned: 'not' | 'by-customer' | 'by-company';
  /** What of the value was kept. */
  readonly kept: number;
  readonly contacts: Readonly<Record<string, number>>;
  readonly companyContacts: Readonly<Record<string, number>>;
}

/** A simulated base: who its customers are, and what they did until its last month. */
export interface Base {
  readonly shape: BaseShape;
  readonly table: CostTable;
  readonly customers: readonly TrueCustomer[];
  readonly purchases: readonly (readonly BasePurchase[])[];
}

/**
 * Simulates a base of customers until a month: Poisson purchases until an exponential lifetime ends,
 * gamma spend, returns and contacts purchase by purchase, by the customer or by the company's fault.
 */
export function simulateBase(
  shape: BaseShape,
  size: { readonly customers: number; readonly months: number; readonly seed: number },
): Base {
  const draws = createDraws(seededRandom(size.seed));
  const customers: TrueCustomer[] = [];
  const purchases: (readonly BasePurchase[])[] = [];
  for (let i = 0; i < size.customers; i++) {
    const segment = pickSegment(shape, draws);
    const mix = drawMix(shape, draws);
    const customer = drawCustomer({ shape, segment, mix, index: i }, draws);
    customers.push(customer);
    purchases.push(drawPurchases({ shape, segment, mix, customer }, size.months, draws));
  }
  return { shape, table: BASE_COSTS, customers, purchases };
}

/** The accounts at a month, of who has joined before it, in order; times in months. */
export function accountsAt(base: Base, month: number): readonly CustomerAccount[] {
  const accounts: CustomerAccount[] = [];
  base.customers.forEach(({ customer, joined }, i) => {
    if (joined >= month) return;
    const seen = (base.purchases[i] ?? []).filter((purchase) => purchase.at < month);
    accounts.push(accountOf(customer, seen, month));
  });
  return accounts;
}

function accountOf(
  customer: string,
  seen: readonly BasePurchase[],
  month: number,
): CustomerAccount {
  const first = seen[0]?.at ?? month;
  // Nobody is blamed for what the company did: such a purchase counts at its full value.
  const worth = (one: BasePurchase): number =>
    one.returned === 'by-company' ? one.value : one.kept;
  const spent = seen
    .slice(1)
    .map(worth)
    .filter((value) => value > 0);
  const contacts: Record<string, number> = {};
  const categories: Record<string, number> = {};
  for (const purchase of seen) {
    categories[purchase.category] = (categories[purchase.category] ?? 0) + 1;
    for (const [channel, count] of Object.entries(purchase.contacts)) {
      contacts[channel] = (contacts[channel] ?? 0) + count;
    }
  }
  return {
    customer,
    frequency: seen.length - 1,
    recency: (seen.at(-1)?.at ?? first) - first,
    age: month - first,
    spendCount: spent.length,
    meanSpend: spent.reduce((sum, value) => sum + value, 0) / Math.max(1, spent.length),
    lines: seen.reduce((sum, purchase) => sum + purchase.lines, 0),
    returns: seen.filter((purchase) => purchase.returned === 'by-customer').length,
    contacts,
    categories,
  };
}

function pickSegment(shape: BaseShape, draws: Draws): Segment {
  let left = draws.uniform();
  for (const segment of shape.segments) {
    left -= segment.share;
    if (left <= 0) return segment;
  }
  return shape.segments[0];
}

function drawCustomer(
  given: {
    readonly shape: BaseShape;
    readonly segment: Segment;
    readonly mix: readonly (readonly [string, number])[];
    readonly index: number;
  },
  draws: Draws,
): TrueCustomer {
  const { shape, segment, mix } = given;
  const joined = draws.uniform() * shape.joiningMonths;
  const hazard = drawSpread(segment.hazard, draws);
  const rate = drawSpread(segment.rate, draws);
  const { mean, shape: q } = segment.spend;
  const spend = (mean * (q - 1)) / draws.gamma(q);
  const walletRate = rate / Math.max(0.1, drawShare(segment.shareOfWallet, draws));
  const noise = (): number => shape.profileNoise * draws.normal();
  return {
    customer: `c${given.index}`,
    segment: segment.name,
    joined,
    leaves: joined + draws.exponential() / hazard,
    rate,
    hazard,
    spend,
    margin: mix.reduce((sum, [category, share]) => sum + share * marginOf(BASE_COSTS, category), 0),
    returnRate: drawShare(segment.returns, draws),
    lines: 1 + drawSpread(segment.lines, draws),
    contacts: Object.fromEntries(
      Object.entries(segment.contacts).map(([channel, of]) => [channel, drawSpread(of, draws)]),
    ),
    walletRate,
    profile: [Math.log(walletRate) + noise(), Math.log(spend) + noise()],
  };
}

function drawPurchases(
  given: {
    readonly shape: BaseShape;
    readonly segment: Segment;
    readonly mix: readonly (readonly [string, number])[];
    readonly customer: TrueCustomer;
  },
  until: number,
  draws: Draws,
): readonly BasePurchase[] {
  const { customer } = given;
  const end = Math.min(until, customer.leaves);
  const purchases: BasePurchase[] = [];
  for (let at = customer.joined; at < end; at += draws.exponential() / customer.rate) {
    purchases.push(drawPurchase(given, at, draws));
  }
  return purchases;
}

function drawPurchase(
  given: {
    readonly shape: BaseShape;
    readonly segment: Segment;
    readonly mix: readonly (readonly [string, number])[];
    readonly customer: TrueCustomer;
  },
  at: number,
  draws: Draws,
): BasePurchase {
  const { shape, segment, customer } = given;
  const { within } = segment.spend;
  const value = (customer.spend * draws.gamma(within)) / within;
  const byCustomer = draws.uniform() < customer.returnRate;
  const byCompany = draws.uniform() < shape.companyFault.returns;
  const returned = byCustomer ? 'by-customer' : byCompany ? 'by-company' : 'not';
  const isEmpty = returned !== 'not' && draws.uniform() < shape.emptied;
  const countEach = (rates: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(rates).map(([channel, rate]) => [channel, draws.poisson(rate)]),
    );
  return {
    at,
    value,
    category: pickCategory(given.mix, draws),
    lines: 1 + draws.poisson(customer.lines - 1),
    returned,
    kept: isEmpty ? 0 : value,
    contacts: countEach(customer.contacts),
    companyContacts: countEach(shape.companyFault.contacts),
  };
}

function pickCategory(mix: readonly (readonly [string, number])[], draws: Draws): string {
  let left = draws.uniform();
  for (const [category, share] of mix) {
    left -= share;
    if (left <= 0) return category;
  }
  return mix[0]?.[0] ?? '';
}

/** Shares of the categories in what one customer buys: Dirichlet. */
function drawMix(shape: BaseShape, draws: Draws): readonly (readonly [string, number])[] {
  const weights = Object.entries(shape.categories).map(
    ([category, share]) => [category, draws.gamma(share * shape.categoryStrength)] as const,
  );
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return weights.map(([category, weight]) => [category, weight / total]);
}

function drawSpread({ mean, shape }: Spread, draws: Draws): number {
  return (mean * draws.gamma(shape)) / shape;
}

function drawShare({ mean, strength }: ShareSpread, draws: Draws): number {
  return draws.beta(mean * strength, (1 - mean) * strength);
}
