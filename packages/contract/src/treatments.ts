import { z } from 'zod';
import { endpoint, staff } from './endpoint.ts';
import { Estimate, Tier, ValueDocument } from './value-shapes.ts';
import { AttributeId, Instant, Slug, Value, Words } from './values.ts';

const company = { company: Slug };
const TAG = 'Customer value';
const manager = staff('marketing');

const Arm = z.object({
  /** Customers in it, and those of them whose outcome is known. */
  assigned: z.number().int(),
  counted: z.number().int(),
  /** Mean of what a customer brought within the window; null while nobody is counted. */
  mean: Estimate.nullable(),
});

/** What a treatment does by itself. */
const TreatmentAct = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('discount'),
    /** Of the price of the goods, in hundredths of a per cent. */
    basisPoints: z.number().int(),
    /** Orders of one customer that it is given on; null for all while it runs. */
    uses: z.number().int().nullable(),
    /** Of which families; none: of all. */
    families: z.array(Slug),
  }),
  z.object({ kind: z.literal('start'), family: Slug, choices: z.record(AttributeId, Value) }),
]);

/** One treatment and what it did so far. */
export const TreatmentReport = z.object({
  treatment: z.string(),
  words: Words,
  kind: z.enum(['service-level', 'offer', 'starting-point', 'contact-rhythm', 'price-fence']),
  tiers: z.array(Tier),
  from: Instant,
  until: Instant,
  isRunning: z.boolean(),
  /** Null where its words tell people what to do. */
  act: TreatmentAct.nullable(),
  controlShare: z.number(),
  worth: Estimate,
  treated: Arm,
  control: Arm,
  /** Persons whose records were drawn into both arms before they were found to be one: in neither. */
  inBothArms: z.number().int(),
  /** That below zero a person has to agree first: how many wait. */
  awaitingReview: z.number().int(),
  overBudget: z.number().int(),
  /** The first verdict that was one stands. */
  verdict: z.enum(['running', 'works', 'harms', 'no-effect-worth', 'lots-broken']),
  /** Treated less control, a customer, with bounds that hold however often one looks. */
  effect: z.object({ difference: Estimate, low: Estimate, high: Estimate }).nullable(),
  /** Customers in both arms that an answer takes, as far as can be said; null where it cannot. */
  needed: z.number().int().nullable(),
});
export type TreatmentReport = z.infer<typeof TreatmentReport>;

/** Who gets a treatment, or a tier, by a group of customers. */
export const Disparity = z.object({
  by: z.string(),
  reference: z.string().nullable(),
  groups: z.array(
    z.object({
      /** Null for small groups together, which are not named; empty for whom it is not known. */
      group: z.string().nullable(),
      count: z.number().int(),
      rate: z.number(),
      low: z.number(),
      high: z.number(),
      ratio: z.number().nullable(),
      ratioLow: z.number().nullable(),
      ratioHigh: z.number().nullable(),
      fourFifths: z.enum(['met', 'below', 'surely-below', 'not-known']),
    }),
  ),
  smallGroups: z.number().int(),
});
export type Disparity = z.infer<typeof Disparity>;

/**
 * What customers are grouped by in a report on disparity: the year of the first purchase, the system it
 * was made in, the category bought most, or the country (ISO 3166-1 alpha-2) of the site that took the last
 * order here. By where customers live or which language they speak there is no report: addresses are
 * sealed with the key of each customer, and a language is not kept.
 */
export const DisparityBy = z.enum(['joined', 'source', 'category', 'country']);
export type DisparityBy = z.infer<typeof DisparityBy>;

export const treatments = {
  list: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/treatments',
      summary: 'Treatments with their control groups, and what each did so far',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject(company),
    z.object({
      currency: z.string(),
      /** Days after which what a customer brought is counted. */
      windowDays: z.number().int(),
      plan: ValueDocument.nullable(),
      treatments: z.array(TreatmentReport),
    }),
  ),
  put: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/treatments',
      summary:
        'State the plan of treatments, as a new version; who is in one stays where the lot put them',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'valuation/terms-refused', 'valuation/version-taken'],
    },
    z.strictObject({ ...company, document: z.record(z.string().max(200), z.unknown()) }),
    ValueDocument,
  ),
  disparity: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/treatments/disparity',
      summary: 'Whether groups of customers fare alike: by a tier, or by a treatment',
      tag: TAG,
      access: staff('marketing', 'privacy-officer'),
      problems: ['company/not-found', 'treatments/not-found'],
    },
    z.strictObject({
      ...company,
      by: DisparityBy,
      /** Of one treatment; absent: of `tier`. */
      treatment: z.string().max(64).optional(),
      /** Absent: `keep`. */
      tier: Tier.optional(),
    }),
    Disparity,
  ),
};
