import { z } from 'zod';
import { customer, endpoint, staff } from './endpoint.ts';
import {
  Contest,
  Counterfactual,
  CustomerCounts,
  CustomerValue,
  Migration,
  Month,
  Portfolio,
  Review,
  Tier,
  TierAnswer,
  TreatmentOfCustomer,
  ValueDocument,
  ValuedCustomer,
  ValueReason,
  ValueRun,
  ValueSettings,
} from './value-shapes.ts';
import { Id, Instant, PageQuery, Prose, page, Slug } from './values.ts';

const company = { company: Slug };
const guest = { company: Slug, guest: Id };
const TAG = 'Customer value';
const manager = staff('marketing');

/** A document as data; what is wrong with it is told with paths. */
const Data = z.record(z.string().max(200), z.unknown());

export const value = {
  portfolio: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value',
      summary: 'Customer equity, tiers, whale curve, months and the model beside what came',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject(company),
    Portfolio,
  ),
  migration: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/migration',
      summary: 'How customers went from tier to tier between two months',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'valuation/month-not-found'],
    },
    z.strictObject({ ...company, from: Month, to: Month }),
    Migration,
  ),
  customers: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/customers',
      summary: 'Customers by tier, the most telling first',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject({
      ...company,
      tier: Tier.optional(),
      /** Highest first; `belowZero`: lowest value first. Absent: `value`. */
      sort: z.enum(['value', 'growth', 'atStake', 'belowZero']).optional(),
      ...PageQuery,
    }),
    page(ValuedCustomer),
  ),
  customer: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/customers/{guest}',
      summary: 'What a customer is worth, how sure that is, the tier, and why',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'guest/not-found', 'valuation/not-reckoned'],
    },
    z.strictObject(guest),
    CustomerValue,
  ),
  counterfactuals: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/customers/{guest}/counterfactuals',
      summary: 'What would lead to another tier: each the smallest change, scored anew',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'guest/not-found', 'valuation/not-reckoned'],
    },
    z.strictObject(guest),
    z.object({ items: z.array(Counterfactual) }),
  ),
  setTier: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/value/customers/{guest}/tier',
      summary: 'Set the tier of a customer by hand, and settle an objection with it',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'guest/not-found', 'valuation/not-reckoned'],
    },
    z.strictObject({ ...guest, tier: Tier, because: Prose.min(1).max(2_000) }),
    CustomerValue,
  ),
  runs: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/runs',
      summary: 'The last runs, the newest first',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject(company),
    z.object({ items: z.array(ValueRun) }),
  ),
  run: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/runs/{run}',
      summary: 'How far a run is',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'valuation/run-not-found'],
    },
    z.strictObject({ ...company, run: Id }),
    ValueRun,
  ),
  start: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/value/runs',
      summary: 'Fit the model anew and value every customer; one that is under way is answered',
      tag: TAG,
      access: manager,
      status: 202,
      problems: ['company/not-found', 'valuation/costs-missing'],
    },
    z.strictObject({
      ...company,
      /** Decide so many past months first, as they would have been; for months without tiers alone. */
      months: z.number().int().min(0).max(24).optional(),
    }),
    ValueRun,
  ),
  terms: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/terms',
      summary: 'Cost tables, tier policies and settings, the newest first',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject(company),
    z.object({
      costs: z.array(ValueDocument),
      /** Empty where the policy to begin with holds, which `policy` shows. */
      policies: z.array(ValueDocument),
      policy: Data,
      settings: ValueSettings,
    }),
  ),
  putCosts: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/value/costs',
      summary: 'State what orders bring and customers cost from a day on, as a new version',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'valuation/terms-refused', 'valuation/version-taken'],
    },
    z.strictObject({ ...company, document: Data }),
    ValueDocument,
  ),
  putPolicy: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/value/policy',
      summary: 'State how tiers are decided, as a new version',
      tag: TAG,
      access: manager,
      problems: ['company/not-found', 'valuation/terms-refused', 'valuation/version-taken'],
    },
    z.strictObject({ ...company, document: Data }),
    ValueDocument,
  ),
  putSettings: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/value/settings',
      summary: 'Change the horizon, what growing does, and how long customers are new',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject({ ...company, settings: ValueSettings }),
    ValueSettings,
  ),
  reviews: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/reviews',
      summary: 'Customers below zero whom a person has to look at',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject({ ...company, state: z.enum(['open', 'closed']).optional(), ...PageQuery }),
    page(Review),
  ),
  closeReview: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/value/reviews/{review}/close',
      summary: 'Decide what is done about a customer below zero; nobody is parted with otherwise',
      tag: TAG,
      access: manager,
      problems: [
        'company/not-found',
        'valuation/review-not-found',
        'valuation/review-closed',
        'valuation/outcome-refused',
      ],
    },
    z.strictObject({
      ...company,
      review: Id,
      outcome: z.enum(['remedies', 'no-change', 'part']),
      /** Remedies that are chosen, or that were tried before parting. */
      remedies: z.array(z.string().max(64)).max(8).optional(),
      because: Prose.max(2_000).optional(),
    }),
    Review,
  ),
  contests: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/value/contests',
      summary: 'Objections of customers that stand, the oldest first',
      tag: TAG,
      access: manager,
      problems: ['company/not-found'],
    },
    z.strictObject(company),
    z.object({ items: z.array(Contest) }),
  ),
  mine: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/me/value',
      summary:
        'How the company differentiates me: the tier, what was counted, why, what it changes',
      tag: TAG,
      access: customer,
      problems: ['company/not-found'],
    },
    z.strictObject(company),
    z.object({
      /** Null where nothing is reckoned of me. */
      differentiation: z
        .object({
          tier: Tier,
          given: Tier,
          since: Instant,
          expires: Instant,
          currency: z.string(),
          counts: CustomerCounts,
          reasons: z.array(ValueReason),
          treatments: z.array(TreatmentOfCustomer),
          contest: z.object({ at: Instant, words: z.string() }).nullable(),
          /** Null where no person ever set the tier. */
          answer: TierAnswer.nullable(),
        })
        .nullable(),
    }),
  ),
  contest: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/me/value/contest',
      summary: 'Object to my tier: it has no effect until a person has answered',
      tag: TAG,
      access: customer,
      problems: ['company/not-found', 'valuation/not-reckoned'],
    },
    z.strictObject({ ...company, words: Prose.min(1).max(2_000) }),
    z.object({ at: Instant, words: z.string() }),
  ),
};
