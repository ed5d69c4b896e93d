/** Makes up what a demo company's customers did before. Pure: the same shape gives the same lives. */
import type { ContactLine, CustomerLine, PurchaseLine } from '@keepsake/contract';
import { DAY_MS, seededRandom } from '@keepsake/kernel';
import { createDraws, type Draws } from '@keepsake/value';
import type {
  DemoNames,
  HistoryShape,
  Segment,
  ShareSpread,
  Spread,
} from './demo-history.document.ts';
import { nameCustomers } from './demo-names.rules.ts';

/** What is true of a customer and nobody observes. Times are in months from the beginning. */
export interface TrueCustomer {
  readonly customer: string;
  readonly segment: string;
  readonly joined: number;
  /** May be after the end. */
  readonly leaves: number;
  readonly rate: number;
  readonly hazard: number;
  /** Mean of a purchase of a category of factor 1, in units of the currency. */
  readonly spend: number;
  readonly returnRate: number;
  /** Mean lines of a purchase. */
  readonly lines: number;
  /** Own contacts for each purchase, by channel. */
  readonly contacts: Readonly<Record<string, number>>;
  /** Shares of purchases by category. */
  readonly categories: Readonly<Record<string, number>>;
  /** Purchases a month here and elsewhere. */
  readonly walletRate: number;
}

/** Somebody's life as the earlier system tells it, in lines of the history door. */
export interface DemoLife {
  readonly truth: TrueCustomer;
  readonly person: CustomerLine;
  readonly purchases: readonly PurchaseLine[];
  readonly contacts: readonly ContactLine[];
}

/** Days of a month. */
const MONTH_DAYS = 30.4375;
/** Contacts come within three weeks of a purchase, returns within four. */
const CONTACT_DAYS = 21;
const RETURN_DAYS = 28;

/**
 * Lives of customers until a day (`YYYY-MM-DD`, which is in it), in the order in which they joined:
 * Poisson purchases until an exponential lifetime ends, gamma spend, returns and contacts purchase by
 * purchase, by the customer or by the company's fault. Some 10 µs a line.
 */
export function* makeUpLives(
  shape: HistoryShape,
  names: DemoNames,
  about: { readonly until: string; readonly digits: number },
): Generator<DemoLife, void, void> {
  const draws = createDraws(seededRandom(shape.seed));
  const joined = Array.from({ length: shape.customers }, () => draws.uniform() * shape.months);
  joined.sort((a, b) => a - b);
  const people = nameCustomers(shape, names, draws);
  for (const [index, person] of people.entries()) {
    const truth = drawTruth({ shape, person, joined: joined[index] ?? 0 }, draws);
    yield new Life(shape, { truth, person, ...about }, draws).live();
  }
}

function drawTruth(
  given: {
    readonly shape: HistoryShape;
    readonly person: CustomerLine;
    readonly joined: number;
  },
  draws: Draws,
): TrueCustomer {
  const { shape, person, joined } = given;
  const segment = pick(
    shape.segments.map((one) => [one, one.share]),
    draws,
  );
  const hazard = drawSpread(segment.hazard, draws);
  const rate = drawSpread(segment.rate, draws);
  const { mean, shape: q } = segment.spend;
  return {
    customer: person.customer,
    segment: segment.name,
    joined,
    leaves: joined + draws.exponential() / hazard,
    rate,
    hazard,
    spend: (mean * (q - 1)) / draws.gamma(q),
    returnRate: drawShare(segment.returns, draws),
    lines: 1 + drawSpread(segment.lines, draws),
    contacts: Object.fromEntries(
      Object.entries(segment.contacts).map(([channel, of]) => [channel, drawSpread(of, draws)]),
    ),
    categories: drawMix(shape, segment, draws),
    walletRate: rate / Math.max(0.1, drawShare(segment.shareOfWallet, draws)),
  };
}

interface LifeOf {
  readonly truth: TrueCustomer;
  readonly person: CustomerLine;
  readonly until: string;
  /** Digits of the currency after the point. */
  readonly digits: number;
}

/** One life while it is made up. */
class Life {
  readonly #shape: HistoryShape;
  readonly #of: LifeOf;
  readonly #draws: Draws;
  readonly #within: number;
  /** The last day, counted from the beginning. */
  readonly #lastDay: number;
  readonly #firstMs: number;
  readonly #purchases: PurchaseLine[] = [];
  readonly #contacts: ContactLine[] = [];

  constructor(shape: HistoryShape, of: LifeOf, draws: Draws) {
    this.#shape = shape;
    this.#of = of;
    this.#draws = draws;
    this.#within = shape.segments.find(({ name }) => name === of.truth.segment)?.spend.within ?? 1;
    this.#lastDay = Math.floor(shape.months * MONTH_DAYS);
    this.#firstMs = Date.parse(of.until) - this.#lastDay * DAY_MS;
  }

  live(): DemoLife {
    const { truth, person } = this.#of;
    const end = Math.min(this.#shape.months, truth.leaves);
    for (let at = truth.joined; at < end; at += this.#draws.exponential() / truth.rate) {
      this.#buy(Math.floor(at * MONTH_DAYS));
    }
    return { truth, person, purchases: this.#purchases, contacts: this.#contacts };
  }

  #buy(day: number): void {
    const { truth, person } = this.#of;
    const draws = this.#draws;
    const { companyFault, spendOf } = this.#shape;
    const number = `${person.customer}-${this.#purchases.length + 1}`;
    const category = pick(Object.entries(truth.categories), draws);
    const mean = truth.spend * (spendOf[category] ?? 1);
    const value = (mean * draws.gamma(this.#within)) / this.#within;
    const whose = { customer: person.customer, category };
    this.#purchases.push({
      ...{ number, kind: 'purchase', ...whose, day: this.#dayText(day) },
      ...{ amount: this.#amount(value), lines: 1 + draws.poisson(truth.lines - 1) },
    });
    const byCustomer = draws.uniform() < truth.returnRate;
    const byCompany = draws.uniform() < companyFault.returns;
    if (byCustomer || byCompany) this.#return(day, { number, value, byCustomer, whose });
    this.#ask(day, truth.contacts, false);
    this.#ask(day, companyFault.contacts, true);
  }

  #return(
    bought: number,
    what: {
      readonly number: string;
      readonly value: number;
      readonly byCustomer: boolean;
      readonly whose: Pick<PurchaseLine, 'customer' | 'category'>;
    },
  ): void {
    const draws = this.#draws;
    const part = draws.uniform() < this.#shape.emptied ? 1 : 0.5;
    const day = bought + 2 + Math.floor(draws.uniform() * (RETURN_DAYS - 2));
    if (day > this.#lastDay) return;
    this.#purchases.push({
      ...{ number: `${what.number}-R`, kind: 'return', ...what.whose, day: this.#dayText(day) },
      ...{ amount: this.#amount(part * what.value), order: what.number },
      ...(what.byCustomer ? {} : { ownFault: true }),
    });
  }

  #ask(bought: number, rates: Readonly<Record<string, number>>, ownFault: boolean): void {
    const draws = this.#draws;
    const reasons = this.#shape.reasons[ownFault ? 'company' : 'customer'];
    const { customer } = this.#of.person;
    for (const [channel, rate] of Object.entries(rates)) {
      for (let left = draws.poisson(rate); left > 0; left--) {
        const day = bought + Math.floor(draws.uniform() * CONTACT_DAYS);
        const reason = reasons[Math.floor(draws.uniform() * reasons.length)] ?? '';
        if (day > this.#lastDay) continue;
        const id = `${customer}-C${this.#contacts.length + 1}`;
        const line = { id, customer, day: this.#dayText(day), channel, reason };
        this.#contacts.push(ownFault ? { ...line, ownFault } : line);
      }
    }
  }

  #dayText(day: number): string {
    return new Date(this.#firstMs + day * DAY_MS).toISOString().slice(0, 10);
  }

  /** Nothing is bought for nothing. */
  #amount(value: number): string {
    const { digits } = this.#of;
    return Math.max(value, 1).toFixed(digits);
  }
}

function pick<T>(weighted: readonly (readonly [T, number])[], draws: Draws): T {
  let left = draws.uniform();
  for (const [value, share] of weighted) {
    left -= share;
    if (left <= 0) return value;
  }
  const last = weighted.at(-1);
  if (last === undefined) throw new Error('there is something to pick from');
  return last[0];
}

/** Shares of the categories in what one customer buys: Dirichlet. */
function drawMix(
  shape: HistoryShape,
  segment: Segment,
  draws: Draws,
): Readonly<Record<string, number>> {
  const weights = Object.entries(segment.categories).map(
    ([category, share]) => [category, draws.gamma(share * shape.categoryStrength)] as const,
  );
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return Object.fromEntries(weights.map(([category, weight]) => [category, weight / total]));
}

function drawSpread({ mean, shape }: Spread, draws: Draws): number {
  return (mean * draws.gamma(shape)) / shape;
}

function drawShare({ mean, strength }: ShareSpread, draws: Draws): number {
  return draws.beta(mean * strength, (1 - mean) * strength);
}
