import type { Instant, Work } from '@keepsake/kernel';
import type { AccountColumns } from '../money/accounts.ts';
import type { CostTable } from '../money/cost-table.ts';
import { type Drivers, driversAt } from '../money/drivers.ts';
import type { Horizon } from '../money/horizon.ts';
import type { PointColumns } from '../money/nearest.ts';
import { type GrowthTerms, growthDraws, potentialOf } from '../money/potential.ts';
import { type Rates, ratesOf } from '../money/service.ts';
import { drawOnceEach, prepareTierDraws } from '../money/tier-draws.ts';
import type { DrawTerms, ValueDraws } from '../money/value-draws.ts';
import type { PlacedValueModel } from '../money/value-model.ts';
import { summariseValue, type ValueSummary } from '../money/value-summary.ts';
import { decideTier, startTierRun, type TierRun } from '../tiers/decide.ts';
import type { TierPolicy } from '../tiers/policy.ts';
import { type ReviewItem, reviewItem } from '../tiers/review.ts';
import type { TierDecision } from '../tiers/tier.ts';
import { cohortOf } from './cohort.ts';
import { driversInSlices } from './driver-slices.ts';
import { lookalikeProfile } from './profile.ts';

/** What a base is scored by. Times are in the unit of the histories. */
export interface ScoringTerms {
  readonly columns: AccountColumns;
  /** Fitted on these columns, or placed on them. */
  readonly model: PlacedValueModel;
  readonly table: CostTable;
  readonly policy: TierPolicy;
  readonly horizon: Horizon;
  readonly growth: GrowthTerms;
  /** Customers of whom nothing but one purchase was seen, for less than this, are new. */
  readonly newAge: number;
  /** Of each customer, at least one. */
  readonly draws: number;
  readonly seed: number;
  /** What lookalikes are alike in; without it, what accounts know (`lookalikeProfile`). */
  readonly profile?: PointColumns;
}

/** All that one run says of one customer. Amounts are in units of the currency. */
export interface CustomerScore {
  readonly customer: string;
  readonly decision: TierDecision;
  readonly value: ValueSummary;
  /** What the value is made of; `valueOfDrivers` of them is the value but for the chance of draws. */
  readonly drivers: Drivers;
  /** Discounted purchases within the horizon of the customer's lookalikes at their best. */
  readonly potentialPurchases: number;
  /** The value at that many purchases, if alive; not below the mean of the value. */
  readonly potential: number;
  /** What growing the customer is expected to add, after its cost; may be below zero. */
  readonly growth: number;
  /** The work that the decision gives a person. */
  readonly review: ReviewItem | undefined;
}

/** A base that is ready to be scored, customer by customer, in any order. */
export interface BaseScoring {
  readonly size: number;
  readonly run: TierRun;
  /** Value from which a customer is at the top, as in `run`. */
  readonly topThreshold: number;
  /** The mean customer, whom reasons compare with (`cohortOf`). */
  readonly cohort: Drivers;
  readonly rates: Rates;
  /** Scores customer `index` of the columns; some 0.2 µs × (6 + channels) a draw. Pure. */
  score(index: number, now: Instant): CustomerScore;
}

/** The way to the potential gone whole, whatever the evidence and for free. */
const WHOLE_WAY: GrowthTerms = { reach: 1, cost: 0 };

/**
 * Prepares the scores of a base: where its top begins, what its lookalikes buy, what its mean customer
 * is. The model is taken as it is, nothing is fitted. Costs some 10 to 20 µs a customer for drivers, as
 * much for one draw, and 20 to 100 µs for lookalikes; each score then makes one set of draws.
 */
export function* prepareScoring(terms: ScoringTerms): Work<BaseScoring> {
  const { columns, model, table, policy, growth } = terms;
  const size = columns.customer.length;
  const drawing: DrawTerms = {
    columns,
    model,
    table,
    horizon: terms.horizon,
    count: terms.draws,
    seed: terms.seed,
    kind: 'expected',
  };
  // What lies beyond the horizon is in no score.
  const horizon = { ...terms.horizon, residual: 0 };
  const of = 3 * size;
  const rates = ratesOf(table, model.service);
  const drivers = yield* after(driversInSlices(columns, model, { table, horizon }), {
    before: 0,
    of,
  });
  const one = yield* after(drawOnceEach(drawing), { before: size, of });
  const profile = terms.profile ?? lookalikeProfile(columns, model.spend);
  const lookalikes = potentialOf(profile, one.purchases);
  const potentialPurchases = yield* after(lookalikes, { before: 2 * size, of });
  const run = startTierRun(policy, one.actual);
  const draw = prepareTierDraws({ ...drawing, potentialPurchases, growth, newAge: terms.newAge });
  const score = (i: number, now: Instant): CustomerScore => {
    const draws = draw(i);
    const decision = decideTier(draws, run);
    const value = summariseValue(draws);
    const purchases = potentialPurchases[i] ?? 0;
    return {
      customer: draws.customer,
      decision,
      value,
      drivers: driversAt(drivers, i),
      potentialPurchases: purchases,
      potential: value.mean + missingValue(draws, purchases),
      growth: decision.expected.growth,
      review: reviewItem(draws, decision, run, now),
    };
  };
  const { topThreshold } = run;
  return { size, run, topThreshold, cohort: cohortOf(drivers, rates), rates, score };
}

/** What is missing to the potential, on average, in units of the currency. */
function missingValue(draws: ValueDraws, potentialPurchases: number): number {
  const missing = growthDraws(draws, { potentialPurchases, evidence: 1 }, WHOLE_WAY);
  return missing.reduce((sum, value) => sum + value, 0) / missing.length;
}

/** Work as a part of more: its progress comes after what was done before. */
function* after<T>(work: Work<T>, part: { readonly before: number; readonly of: number }): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield { done: part.before + step.value.done, of: part.of };
  }
}
