import { z } from 'zod';
import { CalendarDate, Id, Instant, Words } from './values.ts';

/**
 * An estimate in units of the company's currency, such as 41.5 for 41.50 €. It is worked out, and no
 * money that moves: `Money` is exact.
 */
export const Estimate = z.number();

/** What a company does with a customer. */
export const Tier = z.enum(['keep', 'grow', 'maintain', 'below-zero', 'undecided']);
export type Tier = z.infer<typeof Tier>;

/** A tier, or that the customer was not there. */
export const TierOrAbsent = z.enum([...Tier.options, 'absent']);

/** A month, `YYYY-MM`. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** What values depend on: those of one customer, or the means of all. */
export const ValueDriver = z.enum([
  'alive',
  'purchases',
  'spend',
  'margin',
  'returnRate',
  'lines',
  'contactCost',
]);
export type ValueDriver = z.infer<typeof ValueDriver>;

/** How far a run is. */
export const ValueRun = z.object({
  run: Id,
  state: z.enum(['queued', 'running', 'done', 'failed']),
  step: z.enum(['adding-up', 'fitting', 'testing', 'scoring', 'keeping']),
  /** Of the whole run, from 0 to 1. */
  progress: z.number(),
  /** Months that are decided as they would have been, oldest first; 0: now alone. */
  months: z.number().int(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  /** Why it failed, as a code; null where it did not. */
  problem: z.string().nullable(),
  /** How many were valued; null before the end. */
  customers: z.number().int().nullable(),
});
export type ValueRun = z.infer<typeof ValueRun>;

const CalibrationRow = z.object({
  count: z.number().int(),
  from: z.number(),
  to: z.number(),
  predicted: z.number(),
  actual: z.number(),
  /** Standard error of what came; null of a single customer. */
  error: z.number().nullable(),
});

const Tested = z.object({
  rows: z.array(CalibrationRow),
  predicted: z.number(),
  low: z.number(),
  high: z.number(),
  actual: z.number(),
});

/** The model fitted as of an earlier day, beside what came after it. */
export const BackTest = z.object({
  cut: CalendarDate,
  until: CalendarDate,
  customers: z.number().int(),
  /** Purchases of a customer. */
  purchases: Tested,
  /** Net revenue of a customer, in units of the currency. */
  revenue: Tested,
  /** Share of the revenue that came from the tenth predicted best, and from the tenth with most before. */
  topTenth: z.object({ byModel: z.number().nullable(), byPast: z.number().nullable() }),
});
export type BackTest = z.infer<typeof BackTest>;

/** What was fitted, and on what. */
export const ValueFit = z.object({
  model: z.string(),
  verdict: z.string(),
  parameters: z.record(z.string(), z.number()),
  customers: z.number().int(),
  fittedAt: Instant,
  until: CalendarDate,
});

/** What a value was worked out by. */
export const ValueBasis = z.object({
  scoredAt: Instant,
  /** The last day that is counted. */
  until: CalendarDate,
  horizonWeeks: z.number(),
  costs: z.string(),
  policy: z.string(),
  fit: ValueFit,
});
export type ValueBasis = z.infer<typeof ValueBasis>;

export const TierShare = z.object({
  tier: Tier,
  customers: z.number().int(),
  value: Estimate,
  growth: Estimate,
  atStake: Estimate,
  /** Null where all values together are not above zero. */
  shareOfValue: z.number().nullable(),
  /** Of a customer's value, at 10, 25, 50, 75 and 90 %. */
  quantiles: z.array(Estimate).length(5),
});

/** One month of a whole base. */
export const ValueMonth = z.object({
  month: Month,
  customers: z.number().int(),
  equity: Estimate,
  /** What the month brought after the cost to serve. */
  profit: Estimate,
  /**
   * What the month brought and equity changed by, as a part of the equity that it began with; null for the
   * first month, where there was no equity before, and where the terms changed.
   */
  returnOnCustomer: z.number().nullable(),
  /** Whether cost table or horizon are others than the month before: the two are not compared. */
  termsChanged: z.boolean(),
  tiers: z.record(Tier, z.number().int()),
});

/**
 * How many went from each tier to each from one month to another. The value is that of the later
 * month, and of who left that of the earlier one. A flow of nobody is not listed.
 */
export const Migration = z.object({
  from: Month,
  to: Month,
  flows: z.array(
    z.object({
      from: TierOrAbsent,
      to: TierOrAbsent,
      customers: z.number().int(),
      value: Estimate,
    }),
  ),
});
export type Migration = z.infer<typeof Migration>;

/** A whole base at one look. */
export const Portfolio = z.object({
  currency: z.string(),
  /** Null before the first run that ended well. */
  basis: ValueBasis.nullable(),
  /** A run that is under way, or one that failed and is the last. */
  run: ValueRun.nullable(),
  /** Why there is no model, of the last run: too little of what. */
  tooLittle: z.enum(['purchases', 'spend', 'spend-mean']).nullable(),
  /**
   * Purchases in another currency than the company's, as the last run found them: they are kept, and
   * counted in nothing. Null where there are none.
   */
  leftOut: z
    .object({
      purchases: z.number().int(),
      customers: z.number().int(),
      /** ISO 4217, sorted. */
      currencies: z.array(z.string()),
    })
    .nullable(),
  customers: z.number().int(),
  /** What is summed now: who was erased since the run is in no sum, and still in its curves. */
  equity: Estimate,
  /** By the tier that has effects now; a tier of nobody is not listed. */
  tiers: z.array(TierShare),
  /** Value held by the best customers, from none of them to all; shares and units of the currency. */
  whale: z.object({
    customers: z.array(z.number()),
    value: z.array(Estimate),
    total: Estimate,
    peak: z.object({ customers: z.number(), value: Estimate }),
  }),
  /** Oldest first, 24 at most. */
  months: z.array(ValueMonth),
  backTest: BackTest.nullable(),
  openReviews: z.number().int(),
  openContests: z.number().int(),
});
export type Portfolio = z.infer<typeof Portfolio>;

/** What sets a customer apart from the mean one: in money, and by which two figures. */
export const ValueReason = z.object({
  driver: ValueDriver,
  amount: Estimate,
  customer: z.number(),
  cohort: z.number(),
});

/** A customer in a list. */
export const ValuedCustomer = z.object({
  guest: Id,
  name: z.string().nullable(),
  tier: Tier,
  since: Instant,
  value: Estimate,
  low: Estimate,
  high: Estimate,
  /** That the customer costs more than he brings. */
  belowZero: z.number(),
  growth: Estimate,
  atStake: Estimate,
  /** What sets the customer apart most; null where nothing does. */
  mainReason: ValueReason.nullable(),
  isContested: z.boolean(),
});
export type ValuedCustomer = z.infer<typeof ValuedCustomer>;

/** What was counted of a customer. */
export const CustomerCounts = z.object({
  firstDay: CalendarDate,
  lastDay: CalendarDate,
  /** Days with a purchase, the first one counted. */
  purchases: z.number().int(),
  /** Mean of a purchase after the first of which something was kept; null without one. */
  meanSpend: Estimate.nullable(),
  /** Purchases of which something was returned, not by the company's fault. */
  returns: z.number().int(),
  contacts: z.record(z.string(), z.number().int()),
  categories: z.record(z.string(), z.number().int()),
});

export const RemedyEffect = z.object({
  ids: z.array(z.string()),
  words: z.array(Words),
  saving: Estimate,
  valueAfter: Estimate,
  belowZeroAfter: z.number(),
});

/** Work for a person: a customer below zero, or who would be but for remedies. */
export const Review = z.object({
  review: Id,
  guest: Id,
  name: z.string().nullable(),
  openedAt: Instant,
  why: z.enum(['below-zero', 'curable']),
  value: Estimate,
  low: Estimate,
  high: Estimate,
  probability: z.number(),
  lossOfParting: Estimate,
  remedies: z.array(RemedyEffect),
  together: RemedyEffect.nullable(),
  closed: z
    .object({
      at: Instant,
      by: z.string().nullable(),
      outcome: z.enum(['remedies', 'no-change', 'part', 'superseded']),
      /** Remedies that were chosen, or tried before parting. */
      remedies: z.array(z.string()),
      because: z.string().nullable(),
    })
    .nullable(),
});
export type Review = z.infer<typeof Review>;

/** A customer's objection to a tier. */
export const Contest = z.object({
  guest: Id,
  name: z.string().nullable(),
  tier: Tier,
  at: Instant,
  words: z.string(),
});
export type Contest = z.infer<typeof Contest>;

/** What a person said with a tier that was set by hand, the last time. */
export const TierAnswer = z.object({ at: Instant, because: z.string() });
export type TierAnswer = z.infer<typeof TierAnswer>;

export const TreatmentOfCustomer = z.object({
  treatment: z.string(),
  words: Words,
  kind: z.enum(['service-level', 'offer', 'starting-point', 'contact-rhythm', 'price-fence']),
  since: Instant,
});

/** All that is reckoned of one customer. */
export const CustomerValue = z.object({
  guest: Id,
  name: z.string().nullable(),
  currency: z.string(),
  basis: ValueBasis,
  /** The tier that has effects now; undecided while it is contested, or too old. */
  tier: Tier,
  /** The tier that the runs gave. */
  given: Tier,
  since: Instant,
  expires: Instant,
  /** What the last run said, where it was another tier. */
  candidate: Tier.nullable(),
  why: z.enum(['new', 'wide', 'least-loss']),
  /** Of value at the top, of growth above zero, of neither, and below zero after all remedies. */
  probabilities: z.object({
    top: z.number(),
    growable: z.number(),
    ordinary: z.number(),
    belowZero: z.number(),
  }),
  value: Estimate,
  /** Central interval of nine tenths. */
  low: Estimate,
  high: Estimate,
  alive: z.number(),
  belowZero: z.number(),
  growth: Estimate,
  /** What such customers are worth at their best: an estimate, nobody observes it. */
  potential: Estimate,
  atStake: Estimate,
  counts: CustomerCounts,
  /**
   * What the mean customer of the base is worth. This, the amounts of the reasons and the remainder
   * are the value, to a billionth.
   */
  cohortValue: Estimate,
  reasons: z.array(ValueReason),
  /**
   * What no reason tells: the value is a mean over draws of all that is uncertain, the reasons are of
   * the figures in the middle. Mostly a small part of the interval.
   */
  remainder: Estimate,
  months: z.array(z.object({ month: Month, tier: Tier, value: Estimate })),
  contest: z.object({ at: Instant, words: z.string() }).nullable(),
  /** Null where no person ever set the tier. */
  answer: TierAnswer.nullable(),
  /** The one that is open, or the last that was closed. */
  review: Review.nullable(),
  treatments: z.array(TreatmentOfCustomer),
});
export type CustomerValue = z.infer<typeof CustomerValue>;

/** The smallest change of one thing alone that leads to another tier. It was scored, and so is true. */
export const Counterfactual = z.object({
  /** Returned purchases, contacts by a channel, purchases, or mean spend. */
  of: z.enum(['returns', 'contacts', 'channel', 'purchases', 'spend']),
  channel: z.string().nullable(),
  /** Where contacts go by another channel. */
  into: z.string().nullable(),
  from: z.number(),
  to: z.number(),
  tier: Tier,
  value: Estimate,
});
export type Counterfactual = z.infer<typeof Counterfactual>;

/** What a company reckons by, as it has stated it. */
export const ValueDocument = z.object({
  version: z.string(),
  madeAt: Instant,
  madeBy: z.string().nullable(),
  /** As the reference of `@keepsake/value` describes a cost table, a tier policy or settings. */
  document: z.record(z.string(), z.unknown()),
});
export type ValueDocument = z.infer<typeof ValueDocument>;

/** How values are reckoned, beside what things cost and what tiers mean. */
export const ValueSettings = z.strictObject({
  /** How far value is counted. */
  horizonWeeks: z.number().int().min(13).max(520),
  /** The part of the way to the potential that growing goes, and what it costs a customer. */
  growthReach: z.number().min(0).max(1),
  growthCost: z.number().min(0).max(1e9),
  /** Who bought but once, for less than this, is new. */
  newWeeks: z.number().int().min(0).max(104),
});
export type ValueSettings = z.infer<typeof ValueSettings>;
