import { invariant, seededRandom } from '@keepsake/kernel';
import type { PurchaseHistory } from '../model.ts';
import { createDraws, type Draws, drawAround } from '../numerics/index.ts';
import type { AccountColumns } from './accounts.ts';
import { findContactCost } from './cost-of.ts';
import type { CostTable } from './cost-table.ts';
import { type Horizon, purchasesOfRate } from './horizon.ts';
import { shrinkMargin } from './margins.ts';
import { type Rates, ratesOf } from './service.ts';
import type { BetaPrior, FittedPriors, GammaPrior } from './shrinkage.ts';
import { drawTraits, type Traits } from './traits.ts';
import type { DrawnParameters, PlacedValueModel } from './value-model.ts';

/** Kinds of cost to serve, as `costOf` divides them. */
export const COST_KINDS = ['orders', 'lines', 'returns', 'contacts', 'payment'] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** What one customer may be worth: draws that stand side by side. In units of the currency. */
export interface ValueDraws {
  readonly customer: string;
  /** Value within the horizon; exactly 0 where the customer no longer buys. */
  readonly actual: Float64Array;
  /** Purchases within the horizon, discounted where value is. */
  readonly purchases: Float64Array;
  /** The cost to serve that has been taken off, by kind. */
  readonly costs: Readonly<Record<CostKind, Float64Array>>;
}

/** What draws are made by. */
export interface DrawTerms {
  readonly columns: AccountColumns;
  /** Its parameters are taken in turn; each costs one probability of being alive a customer. */
  readonly model: Pick<PlacedValueModel, 'service' | 'parameters'>;
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
  readonly returns: readonly BetaPrior[];
  readonly extraLines: readonly GammaPrior[];
  readonly contacts: readonly {
    readonly priors: readonly GammaPrior[];
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
  const { columns, count } = terms;
  // Fewer draws than parameters use the first of them only.
  const parameters = terms.model.parameters.slice(0, count);
  const rates = ratesOf(terms.table, terms.model.service);
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
    const purchases = new Float64Array(count);
    const costs = emptyCosts(count);
    for (let d = 0; d < count; d++) {
      const at = d % parameters.length;
      const drawn = parameters[at] ?? terms.model.parameters[0];
      const service = services[at];
      if (service === undefined || draws.uniform() >= (aliveOf[at] ?? 0)) continue;
      const person = drawPerson({ terms, drawn, service, history, index: i }, draws);
      const outcome =
        terms.kind === 'expected'
          ? expectedOutcome(person, service, terms, rates)
          : realisedOutcome({ person, service, drawn, terms, rates }, draws);
      purchases[d] = outcome.purchases;
      actual[d] = account(outcome, rates, costs, d);
    }
    return { customer, actual, purchases, costs };
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
    readonly history: PurchaseHistory;
    readonly index: number;
  },
  draws: Draws,
): Person {
  const { terms, drawn, service, history, index: i } = given;
  const { columns } = terms;
  const { levels, margin, ownMargins } = terms.model.service;
  const level = levels.of[i] ?? 0;
  const log = levels.logs[level] ?? 0;
  const trials = history.frequency + 1;
  const returned = columns.returns[i] ?? 0;
  const extra = Math.max(0, (columns.lines[i] ?? 0) - trials);
  const own = shrinkMargin(margin, {
    mean: ownMargins.mean[i] ?? 0,
    weight: ownMargins.weight[i] ?? 0,
    log,
  });
  const scale = Math.exp(drawn.spend.slope * log);
  const spend = {
    spendCount: columns.spendCount[i] ?? 0,
    meanSpend: (columns.meanSpend[i] ?? 0) / scale,
  };
  const returns = priorAt(service.returns, level);
  const lines = priorAt(service.extraLines, level);
  return {
    traits: drawTraits(drawn.purchase, history, draws),
    spend: scale * drawn.spend.model.drawMeanSpend(spend, draws),
    margin: own.mean + Math.sqrt(own.variance) * draws.normal(),
    returnRate: draws.beta(returns.a + returned, returns.b + trials - returned),
    lineRate: draws.gamma(lines.shape + extra) / (lines.rate + trials),
    contactRates: service.contacts.map(({ priors, events }) => {
      const prior = priorAt(priors, level);
      return draws.gamma(prior.shape + (events[i] ?? 0)) / (prior.rate + trials);
    }),
  };
}

function priorAt<P>(priors: readonly P[], level: number): P {
  const prior = priors[level];
  invariant(prior !== undefined, 'every level has a prior');
  return prior;
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
  const { p } = drawn.spend.model.parameters;
  const purchases = drawPurchases(person.traits, terms.horizon.length, draws);
  const returns = draws.binomial(purchases, person.returnRate);
  const kept = purchases - draws.binomial(returns, rates.emptied);
  const noise = Math.sqrt(terms.model.service.margin.within / Math.max(1, kept)) * draws.normal();
  let contactCost = 0;
  service.contacts.forEach(({ price }, c) => {
    contactCost += price * draws.poisson(purchases * (person.contactRates[c] ?? 0));
  });
  return {
    purchases,
    revenue: kept > 0 ? (draws.gamma(p * kept) * person.spend) / p : 0,
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
  const { columns, model } = terms;
  const { service } = model;
  const none = new Float64Array(columns.customer.length);
  return {
    returns: drawPriors(service.returns, draws),
    extraLines: drawPriors(service.extraLines, draws),
    contacts: [...service.contacts].map(([channel, fitted]) => ({
      priors: drawPriors(fitted, draws),
      price: findContactCost(terms.table, channel) ?? 0,
      events: columns.contacts.get(channel) ?? none,
    })),
  };
}

function drawPriors<P>(fitted: FittedPriors<P>, draws: Draws | undefined): readonly P[] {
  if (draws === undefined) return fitted.priors;
  return fitted.at(drawAround(fitted.maximum.point, fitted.maximum.covariance, draws));
}

function historyAt(columns: AccountColumns, i: number): PurchaseHistory {
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
