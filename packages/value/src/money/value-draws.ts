import { invariant, seededRandom } from '@keepsake/kernel';
import type { PurchaseModel } from '../model.ts';
import { createDraws, type Draws } from '../numerics/index.ts';
import type { AccountColumns } from './accounts.ts';
import { findContactCost } from './cost-of.ts';
import type { CostTable } from './cost-table.ts';
import { type Rates, ratesOf, type ServiceModel, type SpendPrior } from './drivers.ts';
import { type History, type Horizon, purchasesOfRate } from './horizon.ts';
import { shrinkMargin } from './margins.ts';
import type { BetaPrior, FittedPrior, GammaPrior } from './shrinkage.ts';
import { drawTraits, type Traits } from './traits.ts';

/** Kinds of cost to serve, as `costOf` divides them. */
export const COST_KINDS = ['orders', 'lines', 'returns', 'contacts', 'payment'] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** What one customer may be worth: draws that stand side by side. In units of the currency. */
export interface ValueDraws {
  readonly customer: string;
  /** Value within the horizon; exactly 0 where the customer no longer buys. */
  readonly actual: Float64Array;
  /** The cost to serve that has been taken off, by kind. */
  readonly costs: Readonly<Record<CostKind, Float64Array>>;
}

/** One draw of all that was fitted. */
export interface DrawnParameters {
  readonly purchase: PurchaseModel;
  readonly spend: SpendPrior;
}

/** What draws are made by. */
export interface DrawTerms {
  readonly columns: AccountColumns;
  readonly service: ServiceModel;
  /**
   * Draws of the fitted models, to be taken in turn; one, the fit itself, where its uncertainty does
   * not matter. Each costs one probability of being alive a customer.
   */
  readonly parameters: readonly [DrawnParameters, ...DrawnParameters[]];
  readonly table: CostTable;
  readonly horizon: Horizon;
  /** Draws of each customer. */
  readonly count: number;
  readonly seed: number;
  /**
   * `expected`: what a customer of the drawn traits brings on average. `realised`: what happens to
   * him within the horizon, chance included; undiscounted sums of it are what a ledger will show.
   */
  readonly kind: 'expected' | 'realised';
}

/** Draws values of one customer after another. */
export type ValueSampler = (index: number) => ValueDraws;

interface DrawnService {
  readonly returns: BetaPrior;
  readonly extraLines: GammaPrior;
  readonly contacts: readonly {
    readonly prior: GammaPrior;
    readonly price: number;
    readonly events: Float64Array;
  }[];
}

/** Traits of one customer in one draw. */
interface Person {
  readonly traits: Traits;
  /** What a purchase is worth on average of which something is kept. */
  readonly spend: number;
  readonly margin: number;
  readonly returnRate: number;
  readonly lineRate: number;
  readonly contactRates: readonly number[];
}

/** What a customer does within the horizon, expected or by chance. */
interface Outcome {
  readonly purchases: number;
  readonly revenue: number;
  readonly margin: number;
  readonly extraLines: number;
  readonly returns: number;
  readonly contactCost: number;
}

/**
 * Prepares draws from the posterior of value: uncertainty of the parameters (draw d of every customer
 * uses the same ones, so that draws of a group add up) and of the customer. Each customer has chance
 * of his own, from the seed and his name: his draws are the same whoever else is in the base. Costs
 * some 0.2 µs × (6 + channels) a draw.
 */
export function prepareValueDraws(terms: DrawTerms): ValueSampler {
  const { columns, parameters, count } = terms;
  const rates = ratesOf(terms.table, terms.service);
  const shared = createDraws(seededRandom(terms.seed));
  const services = parameters.map((_, d) => drawService(terms, d === 0 ? undefined : shared));
  const aliveOf = new Float64Array(parameters.length);
  return (i) => {
    const customer = columns.customer[i];
    invariant(customer !== undefined, 'a customer of the base');
    const draws = createDraws(seededRandom(seedOf(terms.seed, customer)));
    const history = historyAt(columns, i);
    parameters.forEach(({ purchase }, d) => {
      aliveOf[d] = purchase.probabilityAlive(history.frequency, history.recency, history.age);
    });
    const actual = new Float64Array(count);
    const costs = emptyCosts(count);
    for (let d = 0; d < count; d++) {
      const at = d % parameters.length;
      const drawn = parameters[at] ?? parameters[0];
      const service = services[at];
      if (service === undefined || draws.uniform() >= (aliveOf[at] ?? 0)) continue;
      const person = drawPerson({ terms, drawn, service, history, index: i }, draws);
      const outcome =
        terms.kind === 'expected'
          ? expectedOutcome(person, service, terms, rates)
          : realisedOutcome({ person, service, drawn, terms, rates }, draws);
      actual[d] = account(outcome, rates, costs, d);
    }
    return { customer, actual, costs };
  };
}

/** Adds one outcome to the costs of draw d; answers what is left of it. */
function account(outcome: Outcome, rates: Rates, costs: ValueDraws['costs'], d: number): number {
  const payment = outcome.revenue * rates.payment;
  const orders = outcome.purchases * rates.perOrder;
  const lines = (outcome.purchases + outcome.extraLines) * rates.perLine;
  const returns = outcome.returns * rates.perReturn;
  costs.orders[d] = orders;
  costs.lines[d] = lines;
  costs.returns[d] = returns;
  costs.contacts[d] = outcome.contactCost;
  costs.payment[d] = payment;
  const served = orders + lines + returns + outcome.contactCost + payment;
  return outcome.revenue * outcome.margin - served;
}

function drawPerson(
  given: {
    readonly terms: DrawTerms;
    readonly drawn: DrawnParameters;
    readonly service: DrawnService;
    readonly history: History;
    readonly index: number;
  },
  draws: Draws,
): Person {
  const { terms, drawn, service, history, index: i } = given;
  const { columns } = terms;
  const { spend } = drawn;
  const trials = history.frequency + 1;
  const spendCount = columns.spendCount[i] ?? 0;
  const spent = spend.v + spendCount * (columns.meanSpend[i] ?? 0);
  const returned = columns.returns[i] ?? 0;
  const extra = Math.max(0, (columns.lines[i] ?? 0) - trials);
  const { margin, ownMargins } = terms.service;
  const own = shrinkMargin(margin, ownMargins.mean[i] ?? 0, ownMargins.weight[i] ?? 0);
  return {
    traits: drawTraits(drawn.purchase, history, draws),
    spend: (spend.p * spent) / draws.gamma(spend.p * spendCount + spend.q),
    margin: own.mean + Math.sqrt(own.variance) * draws.normal(),
    returnRate: draws.beta(service.returns.a + returned, service.returns.b + trials - returned),
    lineRate: draws.gamma(service.extraLines.shape + extra) / (service.extraLines.rate + trials),
    contactRates: service.contacts.map(
      ({ prior, events }) => draws.gamma(prior.shape + (events[i] ?? 0)) / (prior.rate + trials),
    ),
  };
}

/** What a customer of these traits does on average, discounted. */
function expectedOutcome(
  person: Person,
  service: DrawnService,
  terms: DrawTerms,
  rates: Rates,
): Outcome {
  const { length, discount } = terms.horizon;
  const purchases = purchasesOfRate(person.traits, length, discount);
  const kept = purchases * (1 - person.returnRate * rates.emptied);
  let contactCost = 0;
  service.contacts.forEach(({ price }, c) => {
    contactCost += price * (person.contactRates[c] ?? 0) * purchases;
  });
  return {
    purchases,
    revenue: kept * person.spend,
    margin: person.margin,
    extraLines: purchases * person.lineRate,
    returns: purchases * person.returnRate,
    contactCost,
  };
}

/** What happens to a customer of these traits within the horizon, not discounted. */
function realisedOutcome(
  given: {
    readonly person: Person;
    readonly service: DrawnService;
    readonly drawn: DrawnParameters;
    readonly terms: DrawTerms;
    readonly rates: Rates;
  },
  draws: Draws,
): Outcome {
  const { person, service, drawn, terms, rates } = given;
  const purchases = drawPurchases(person.traits, terms.horizon.length, draws);
  const returns = draws.binomial(purchases, person.returnRate);
  const kept = purchases - draws.binomial(returns, rates.emptied);
  const noise = Math.sqrt(terms.service.margin.within / Math.max(1, kept)) * draws.normal();
  let contactCost = 0;
  service.contacts.forEach(({ price }, c) => {
    contactCost += price * draws.poisson(purchases * (person.contactRates[c] ?? 0));
  });
  return {
    purchases,
    revenue: kept > 0 ? (draws.gamma(drawn.spend.p * kept) * person.spend) / drawn.spend.p : 0,
    margin: person.margin + noise,
    extraLines: draws.poisson(purchases * person.lineRate),
    returns,
    contactCost,
  };
}

/** How many purchases of one alive within a time: until leaving, which may be with a last purchase. */
function drawPurchases(traits: Traits, time: number, draws: Draws): number {
  const { rate, hazard, leavesAtPurchase } = traits;
  const leaves = hazard > 0 ? draws.exponential() / hazard : Number.POSITIVE_INFINITY;
  const stays = Math.min(time, leaves);
  if (!leavesAtPurchase) return draws.poisson(rate * stays);
  return draws.poisson(Math.max(0, rate - hazard) * stays) + (leaves < time ? 1 : 0);
}

/** The priors of service as fitted, or around it where there is chance. */
function drawService(terms: DrawTerms, draws: Draws | undefined): DrawnService {
  const { service, columns } = terms;
  const none = new Float64Array(columns.customer.length);
  return {
    returns: drawPrior(service.returns, draws),
    extraLines: drawPrior(service.extraLines, draws),
    contacts: [...service.contacts].map(([channel, fitted]) => ({
      prior: drawPrior(fitted, draws),
      price: findContactCost(terms.table, channel) ?? 0,
      events: columns.contacts.get(channel) ?? none,
    })),
  };
}

/** By Laplace's approximation: a normal of two working parameters, through its Cholesky factor. */
function drawPrior<P>(fitted: FittedPrior<P>, draws: Draws | undefined): P {
  if (draws === undefined) return fitted.prior;
  const [u = 0, w = 0] = fitted.maximum.point;
  const [uu = 0, uw = 0, , ww = 0] = fitted.maximum.covariance;
  const [first, second] = [draws.normal(), draws.normal()];
  const root = Math.sqrt(Math.max(0, uu));
  const slope = root > 0 ? uw / root : 0;
  const rest = Math.sqrt(Math.max(0, ww - slope * slope));
  return fitted.at([u + root * first, w + slope * first + rest * second]);
}

function historyAt(columns: AccountColumns, i: number): History {
  return {
    frequency: columns.frequency[i] ?? 0,
    recency: columns.recency[i] ?? 0,
    age: columns.age[i] ?? 0,
  };
}

function emptyCosts(count: number): Record<CostKind, Float64Array> {
  return {
    orders: new Float64Array(count),
    lines: new Float64Array(count),
    returns: new Float64Array(count),
    contacts: new Float64Array(count),
    payment: new Float64Array(count),
  };
}

/** A seed of a customer's own: FNV-1a over the name, begun at the seed. */
function seedOf(seed: number, customer: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < customer.length; i++) {
    hash = Math.imul(hash ^ customer.charCodeAt(i), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
