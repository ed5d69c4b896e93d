/** A person decides what is done about a customer below zero. */
import type { Review } from '@keepsake/contract';
import { invariant } from '@keepsake/kernel';
import { closeReview, type ReviewOutcome, type ReviewRefusal } from '@keepsake/value';
import type { Deps } from '../../platform/deps.ts';
import { namesOf } from '../memory/index.ts';
import { reviewView } from './review.view.ts';
import { endReview, lockReview } from './review-list.store.ts';
import { findKey, sealWords } from './sealed-words.ts';

/** What a person decides, and who. */
export interface ReviewDecision {
  readonly company: string;
  readonly review: string;
  readonly outcome: 'remedies' | 'no-change' | 'part';
  /** Remedies that are chosen, or that were tried before parting. */
  readonly remedies: readonly string[];
  readonly because: string;
  readonly by: { readonly id: string; readonly name: string };
}

/** What became of it. */
export type ReviewDecided =
  | { readonly kind: 'closed'; readonly review: Review }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'closed-already' }
  | { readonly kind: 'refused'; readonly issue: DecisionIssue };

/** What is wrong with a decision, and what to do. */
export interface DecisionIssue {
  readonly code: ReviewRefusal['code'];
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** Ends a review as a person has decided. Of two who decide at once the first one does. */
export async function decideReview(
  deps: Pick<Deps, 'database' | 'keys' | 'clock'>,
  decision: ReviewDecision,
): Promise<ReviewDecided> {
  const { company, outcome, remedies, by } = decision;
  return await deps.database.transaction(async (tx) => {
    const row = await lockReview(tx, decision);
    if (row === undefined) return { kind: 'not-found' };
    if (row.closed_at !== null) return { kind: 'closed-already' };
    const at = deps.clock.now();
    const closed = closeReview(row.item, outcomeOf(decision, at));
    if (closed.kind === 'refused') return { kind: 'refused', issue: issueOf(closed.error) };
    const key = await findKey(tx, deps, row);
    invariant(key !== undefined, 'a customer has a key for as long as there is a review');
    const because = decision.because.trim() === '' ? null : decision.because;
    const end = {
      ...{ closed_at: new Date(at), closed_by: by.id, outcome },
      outcome_sealed: sealWords(key, 'value.outcome', { because, remedies, by: by.name }),
    };
    await endReview(tx, row, end);
    const names = await namesOf(tx, deps, company, [row.person]);
    const name = names.get(row.person) ?? null;
    return { kind: 'closed', review: reviewView({ row: { ...row, ...end }, key, name }) };
  });
}

function outcomeOf({ outcome, remedies, because, by }: ReviewDecision, at: number): ReviewOutcome {
  const who = { by: by.id, at };
  switch (outcome) {
    case 'remedies':
      return { ...who, kind: 'remedies', ids: remedies };
    case 'no-change':
      return { ...who, kind: 'no-change', because };
    case 'part':
      return { ...who, kind: 'part', because, tried: remedies };
  }
}

function issueOf(refusal: ReviewRefusal): DecisionIssue {
  const { code } = refusal;
  switch (refusal.code) {
    case 'review/no-person':
      return { code, path: 'by', message: 'nobody has decided', hint: 'Sign in.' };
    case 'review/no-reason':
      return { code, path: 'because', message: 'there is no reason', hint: 'Say why.' };
    case 'review/unknown-remedy':
      return {
        ...{ code, path: 'remedies' },
        message:
          refusal.ids.length === 0
            ? 'no remedy is chosen'
            : `nothing is saved by ${refusal.ids.join(', ')}`,
        hint: 'Choose among the remedies of the review.',
      };
    case 'review/remedies-untried':
      return {
        ...{ code, path: 'remedies' },
        message: `${refusal.ids.join(', ')} would save, and was not tried`,
        hint: 'Try these first, or say that they were tried.',
      };
    case 'review/curable':
      return {
        ...{ code, path: 'outcome' },
        message: 'with remedies the customer is not below zero',
        hint: 'Choose remedies, or no change.',
      };
  }
}
