import {
  type Choice,
  type Configuration,
  type Conflict,
  checkDesign,
  completeDesign,
  freezeDesign,
  priceDesign,
  type Session,
  type TextFault,
  type Values,
} from '@keepsake/configurator';
import { DAY_MS, type Instant } from '@keepsake/kernel';
import { type Explosion, type Quote, type QuoteRequest, quote } from '@keepsake/production';
import type { Deps } from '../../platform/deps.ts';
import {
  type CompanyRecord,
  type DeliveryRule,
  deliversTo,
  findCompany,
  findSite,
  type SiteRecord,
  taxFor,
} from '../companies/index.ts';
import { findFamily, openSession, type PublishedFamily } from '../families/index.ts';
import type { Plants } from '../production/index.ts';
import { endOfDay, hoursOfStay, nightsOf } from './dates.rules.ts';
import { explodeDesign, requestOf } from './demand.rules.ts';
import type { Reason, StoredDiscount } from './orders.store.ts';
import { type OrderPrice, priceOrder } from './pricing.rules.ts';
import { reasonsOf, refusalReasons } from './reasons.rules.ts';

/** What quoting and ordering need. */
export type OrderDeps = Pick<
  Deps,
  'database' | 'clock' | 'random' | 'keys' | 'metrics' | 'config' | 'log'
> & { readonly plants: Plants };

/** A design that somebody would like to have, and how. */
export interface Wish {
  readonly company: string;
  readonly family: string;
  readonly decisions: readonly Choice[];
  readonly texts: Readonly<Record<string, string>>;
  readonly site?: string | undefined;
  readonly stay?: { readonly arrive: string; readonly depart: string } | undefined;
  readonly delivery?: string | undefined;
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  /** What is let off, as was found for who wishes it. */
  readonly discount?: StoredDiscount | undefined;
}

/** Why a wish has no price or date. */
export type WishRefusal =
  | {
      readonly kind:
        | 'company-not-found'
        | 'family-not-found'
        | 'site-not-found'
        | 'undecided'
        | 'stay-required'
        | 'delivery-unavailable';
    }
  | { readonly kind: 'conflict'; readonly error: Conflict | TextFault }
  | { readonly kind: 'impossible'; readonly reasons: readonly Reason[] };

/** A wish worked out: everything that an order needs, but for the date. */
export interface Proposal {
  readonly company: CompanyRecord;
  readonly site: SiteRecord;
  readonly published: PublishedFamily;
  readonly session: Session;
  readonly configuration: Configuration;
  readonly explosion: Explosion;
  readonly request: QuoteRequest;
  readonly price: OrderPrice;
}

export type ProposalOutcome =
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | WishRefusal;

function stayOf(proposal: Pick<Proposal, 'site'>, wish: Wish, now: Instant) {
  return wish.stay && hoursOfStay(proposal.site.timeZone, wish.stay, now);
}

/** Country and region of a site, from its place: `us/ca/monterey` is in US, CA. */
function homeOf(site: SiteRecord): { readonly country: string; readonly region: string } {
  const [country = '', region = ''] = site.place.split('/');
  return { country: country.toUpperCase(), region: region.toUpperCase() };
}

/** A stay is handed over where it is made ready. */
const STAY_DELIVERY: DeliveryRule = {
  id: 'stay',
  name: { en: 'At the house', de: 'Im Haus' },
  countries: [],
  feeMinor: 0n,
  days: 0,
  needsAddress: false,
};

function findDelivery(
  company: CompanyRecord,
  wish: Wish,
  demand: 'order' | 'stay',
): DeliveryRule | undefined {
  if (demand === 'stay') return STAY_DELIVERY;
  const rule =
    wish.delivery === undefined
      ? company.deliveries[0]
      : company.deliveries.find((each) => each.id === wish.delivery);
  if (rule === undefined) return undefined;
  return wish.country === undefined || deliversTo(rule, wish.country) ? rule : undefined;
}

/** Checks, completes, prices and explodes a wish. Costs one completion of the design. */
export async function proposeOrder(
  deps: Pick<Deps, 'database' | 'clock'>,
  wish: Wish,
): Promise<ProposalOutcome> {
  const { kysely } = deps.database;
  const company = await findCompany(kysely, wish.company);
  if (company === undefined) return { kind: 'company-not-found' };
  const published = await findFamily(kysely, wish);
  if (published === undefined) return { kind: 'family-not-found' };
  const site = findSite(company, wish.site);
  if (site === undefined) return { kind: 'site-not-found' };
  const opened = openSession(published, wish.decisions, wish.texts);
  if (opened.kind === 'refused') return { kind: 'conflict', error: opened.error };
  return proposeDesign({ company, site, published, session: opened.value }, wish, deps.clock.now());
}

function frozenOf(session: Session, values: Values) {
  return freezeDesign(session.space, values, session.texts);
}

function proposeDesign(
  at: Pick<Proposal, 'company' | 'site' | 'published' | 'session'>,
  wish: Wish,
  now: Instant,
): ProposalOutcome {
  const { company, published, session } = at;
  const { family } = published;
  const stay = stayOf(at, wish, now);
  if (family.demand === 'stay' && stay === undefined) return { kind: 'stay-required' };
  const delivery = findDelivery(company, wish, family.demand);
  if (delivery === undefined) return { kind: 'delivery-unavailable' };
  const values = completeDesign(session);
  if (values === undefined || checkDesign(session.space, values).length > 0) {
    return { kind: 'undecided' };
  }
  const frozen = frozenOf(session, values);
  if (frozen.kind === 'refused') return textConflict(frozen.error);
  const configuration = frozen.value;
  const exploded = explodeDesign({ family, values, texts: configuration.texts });
  if (exploded.kind === 'refused') {
    return { kind: 'impossible', reasons: [{ code: 'work-content', note: exploded.error.kind }] };
  }
  const request = requestOf(exploded.value, { now, stay });
  const price = priceWish(at, wish, { delivery, values, texts: configuration.texts });
  return {
    kind: 'proposal',
    proposal: { ...at, configuration, explosion: exploded.value, request, price },
  };
}

function textConflict(faults: readonly (TextFault | { readonly kind: string })[]): WishRefusal {
  const fault = faults.find(
    (each): each is TextFault => 'attribute' in each && !each.kind.startsWith('attribute'),
  );
  return fault === undefined ? { kind: 'undecided' } : { kind: 'conflict', error: fault };
}

function priceWish(
  { company, site, published }: Pick<Proposal, 'company' | 'site' | 'published'>,
  wish: Wish,
  chosen: {
    readonly delivery: DeliveryRule;
    readonly values: Values;
    readonly texts: Readonly<Record<string, string>>;
  },
): OrderPrice {
  const { family } = published;
  const home = homeOf(site);
  const country = wish.country ?? home.country;
  const region = wish.country === undefined ? home.region : wish.region;
  const { id, name, feeMinor, days } = chosen.delivery;
  return priceOrder({
    design: priceDesign(family, chosen.values, chosen.texts),
    times: wish.stay === undefined || family.demand !== 'stay' ? 1 : nightsOf(wish.stay),
    delivery: { id, name, feeMinor: feeMinor.toString(), days },
    tax: taxFor(company, { country, region, taxClass: family.taxClass }),
    taxIncluded: company.taxIncluded,
    discount: wish.discount ?? null,
  });
}

/** A date for a proposal: when it is ready and delivered, and why not sooner. */
export interface PromiseDate {
  readonly ready: Instant;
  readonly delivered: Instant;
  readonly reasons: readonly Reason[];
}

/** The date that a plant's answer means for the customer: kept to the day, in local time. */
export function promiseOf(
  proposal: Proposal,
  answer: Pick<Quote, 'finish' | 'binding'>,
): PromiseDate {
  const { site, published, price, request } = proposal;
  const ready = request.stay?.from ?? endOfDay(site.timeZone, answer.finish);
  const delivered = ready + price.delivery.days * DAY_MS;
  return { ready, delivered, reasons: reasonsOf(published.family, answer.binding) };
}

export type QuoteOutcome =
  | { readonly kind: 'quote'; readonly proposal: Proposal; readonly promise: PromiseDate }
  | WishRefusal;

/** A price and a date for a wish, as things stand. Takes nothing. */
export async function quoteWish(
  deps: Pick<OrderDeps, 'database' | 'clock' | 'plants'>,
  wish: Wish,
): Promise<QuoteOutcome> {
  const outcome = await proposeOrder(deps, wish);
  if (outcome.kind !== 'proposal') return outcome;
  const { proposal } = outcome;
  const key = { company: wish.company, site: proposal.site.id };
  const answer = await deps.plants.read(key, (state) => quote(state, proposal.request));
  if (answer === undefined) return { kind: 'site-not-found' };
  if (answer.kind === 'refused') {
    const reasons = refusalReasons(proposal.published.family, answer.error);
    return { kind: 'impossible', reasons };
  }
  return { kind: 'quote', proposal, promise: promiseOf(proposal, answer.value) };
}
