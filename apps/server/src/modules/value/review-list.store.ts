import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { PageEnd } from './pages.rules.ts';
import type { ValueReviewsTable } from './reviews.store.ts';

/** A review, and what it is sorted by. */
export type ListedReview = ValueReviewsTable & { readonly key: number };

/** Reviews of a state, and from where on. */
export interface ReviewFilter {
  readonly company: string;
  readonly state: 'open' | 'closed';
  readonly after: PageEnd | undefined;
  readonly limit: number;
}

/** Open reviews, who costs most first; or closed ones, the last to be closed first. */
export async function listReviews(
  db: Db,
  { company, state, after, limit }: ReviewFilter,
): Promise<readonly ListedReview[]> {
  // Falling keys become rising ones, so that one comparison goes on from either end.
  const key =
    state === 'open'
      ? sql<number>`(item->>'expectedValue')::double precision`
      : sql<number>`-floor(extract(epoch from closed_at) * 1000)::double precision`;
  let query = db
    .selectFrom('value_reviews')
    .selectAll()
    .select(key.as('key'))
    .where('company', '=', company)
    .where('closed_at', state === 'open' ? 'is' : 'is not', null);
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(${key}, id) > (${after.key}::double precision, ${after.id}::uuid)`,
    );
  }
  return await query.orderBy(key).orderBy('id').limit(limit).execute();
}

/**
 * A review, held until the transaction ends. The subject is held first, as whoever erases somebody
 * does.
 */
export async function lockReview(
  tx: Tx,
  { company, review }: { readonly company: string; readonly review: string },
): Promise<ValueReviewsTable | undefined> {
  const reviewOf = tx
    .selectFrom('value_reviews')
    .select('person')
    .where('company', '=', company)
    .where('id', '=', review);
  await tx
    .selectFrom('subjects')
    .select('id')
    .where('company', '=', company)
    .where('id', '=', reviewOf)
    .forKeyShare()
    .execute();
  return await tx
    .selectFrom('value_reviews')
    .selectAll()
    .where('company', '=', company)
    .where('id', '=', review)
    .forUpdate()
    .executeTakeFirst();
}

/** How a person has ended a review. */
export type ReviewEnd = Pick<
  ValueReviewsTable,
  'closed_at' | 'closed_by' | 'outcome' | 'outcome_sealed'
>;

/** Ends a review that is held and open. */
export async function endReview(
  tx: Tx,
  { company, id }: Pick<ValueReviewsTable, 'company' | 'id'>,
  end: ReviewEnd,
): Promise<void> {
  await tx
    .updateTable('value_reviews')
    .set(end)
    .where('company', '=', company)
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute();
}
