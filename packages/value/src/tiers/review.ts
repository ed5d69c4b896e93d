import { type Instant, ok, type Result, refused, type Words } from '@keepsake/kernel';
import type { TierRun } from './decide.ts';
import { reachableValue } from './losses.ts';
import { savingOf } from './remedies.ts';
import type { CustomerDraws, TierDecision } from './tier.ts';

/** What one remedy, or several together, would do. In units of the currency. */
export interface RemedyEffect {
  readonly ids: readonly string[];
  readonly words: readonly Words[];
  /** Expected saving, the remedy's own cost taken off. */
  readonly saving: number;
  /** Expected value with it, growth included where there is any. */
  readonly valueAfter: number;
  /** That the customer stays below zero all the same. */
  readonly belowZeroAfter: number;
}

/** Work for a person: a customer who is below zero, or would be but for remedies. */
export interface ReviewItem {
  readonly customer: string;
  readonly openedAt: Instant;
  readonly why: 'below-zero' | 'curable';
  readonly policyVersion: string;
  readonly expectedValue: number;
  readonly interval: { readonly low: number; readonly high: number };
  /** That the customer is below zero after all that can be done. */
  readonly probability: number;
  /** What parting in error is expected to lose. */
  readonly lossOfParting: number;
  /** Remedies one by one, the most saving first; those that save nothing are left out. */
  readonly remedies: readonly RemedyEffect[];
  /** The combination that saves most; undefined where none does. */
  readonly together: RemedyEffect | undefined;
}

/** What a person decided. There is no other way that a review ends. */
export type ReviewOutcome = {
  /** Who decided; never empty. */
  readonly by: string;
  readonly at: Instant;
} & (
  | { readonly kind: 'remedies'; readonly ids: readonly string[] }
  | { readonly kind: 'no-change'; readonly because: string }
  | { readonly kind: 'part'; readonly because: string; readonly tried: readonly string[] }
);

/** Why an outcome is refused. */
export type ReviewRefusal =
  | { readonly code: 'review/no-person' }
  | { readonly code: 'review/no-reason' }
  | { readonly code: 'review/unknown-remedy'; readonly ids: readonly string[] }
  | { readonly code: 'review/remedies-untried'; readonly ids: readonly string[] }
  | { readonly code: 'review/curable' };

/** A review that a person has ended. */
export interface ClosedReview {
  readonly item: ReviewItem;
  readonly outcome: ReviewOutcome;
}

function effectOf(customer: CustomerDraws, run: TierRun, index: number): RemedyEffect {
  const { combinations, policy } = run;
  const rows = combinations.kinds.map((kind) => customer.costs[kind]);
  const scratch = new Float64Array(rows.length);
  const count = customer.actual.length;
  let [saved, value, below] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < rows.length; k++) scratch[k] = rows[k]?.[i] ?? 0;
    const saving = savingOf(combinations, index, scratch);
    const after = reachableValue({
      actual: customer.actual[i] ?? 0,
      growth: customer.growth[i] ?? 0,
      saving,
    });
    saved += saving;
    value += after;
    if (after < 0) below++;
  }
  const ids = combinations.ids[index] ?? [];
  const words = policy.remedies.filter(({ id }) => ids.includes(id)).map((one) => one.words);
  return {
    ids,
    words,
    saving: saved / count,
    valueAfter: value / count,
    belowZeroAfter: below / count,
  };
}

function rankedRemedies(customer: CustomerDraws, run: TierRun): readonly RemedyEffect[] {
  return run.policy.remedies
    .map((_, bit) => effectOf(customer, run, 2 ** bit))
    .filter((effect) => effect.saving > 0)
    .sort((a, b) => b.saving - a.saving);
}

/**
 * The work that a decision gives a person, or undefined where it gives none. It says what could be
 * done, best first, and does nothing by itself. `customer` and `run` are those of the decision.
 */
export function reviewItem(
  customer: CustomerDraws,
  decision: TierDecision,
  run: TierRun,
  now: Instant,
): ReviewItem | undefined {
  if (decision.tier !== 'below-zero' && !decision.isCurable) return undefined;
  const best = run.combinations.ids.findIndex(
    (ids) => ids.join(' ') === decision.remedies.join(' '),
  );
  return {
    customer: customer.customer,
    openedAt: now,
    why: decision.tier === 'below-zero' ? 'below-zero' : 'curable',
    policyVersion: run.policy.version,
    expectedValue: decision.expected.actual,
    interval: decision.interval,
    probability: decision.probabilities['below-zero'],
    lossOfParting: decision.losses['below-zero'],
    remedies: rankedRemedies(customer, run),
    together: best > 0 ? effectOf(customer, run, best) : undefined,
  };
}

function refusalOf(item: ReviewItem, outcome: ReviewOutcome): ReviewRefusal | undefined {
  if (outcome.by.trim() === '') return { code: 'review/no-person' };
  const known = item.remedies.flatMap(({ ids }) => ids);
  if (outcome.kind === 'remedies') {
    const ids = outcome.ids.filter((id) => !known.includes(id));
    return ids.length > 0 || outcome.ids.length === 0
      ? { code: 'review/unknown-remedy', ids }
      : undefined;
  }
  if (outcome.because.trim() === '') return { code: 'review/no-reason' };
  if (outcome.kind === 'no-change') return undefined;
  if (item.why === 'curable') return { code: 'review/curable' };
  const ids = known.filter((id) => !outcome.tried.includes(id));
  return ids.length > 0 ? { code: 'review/remedies-untried', ids } : undefined;
}

/**
 * Ends a review by what a person decided. Parting needs a reason, and every remedy that saves
 * anything to have been tried; it is refused of who would not be below zero with remedies.
 */
export function closeReview(
  item: ReviewItem,
  outcome: ReviewOutcome,
): Result<ClosedReview, ReviewRefusal> {
  const refusal = refusalOf(item, outcome);
  return refusal === undefined ? ok({ item, outcome }) : refused(refusal);
}
