import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { ValueReviewsTable } from './reviews.store.ts';

/**
 * Deletes what is kept of a customer by name: scores, the tier, months and reviews. A score of others
 * who were one person with the subject when it was worked out goes as well; so call this before the
 * accounts are deleted. Totals of months stay, which name nobody.
 */
export async function deleteValues(tx: Tx, company: string, subject: string): Promise<number> {
  const { rows } = await sql<{ deleted: number }>`
    with scores as (
      delete from value_scores where company = ${company} and (person = ${subject}::uuid
        or person in (select person from value_accounts
          where company = ${company} and subjects @> array[${subject}::uuid]))
      returning 1
    ), tiers as (
      delete from value_tiers where company = ${company} and person = ${subject}::uuid returning 1
    ), months as (
      delete from value_months where company = ${company} and person = ${subject}::uuid returning 1
    ), reviews as (
      delete from value_reviews where company = ${company} and person = ${subject}::uuid returning 1
    )
    select ((select count(*) from scores) + (select count(*) from tiers)
      + (select count(*) from months) + (select count(*) from reviews))::int as deleted`.execute(
    tx,
  );
  return rows[0]?.deleted ?? 0;
}

/** All reviews of a customer, the first one first. */
export async function listAllReviews(
  db: Db,
  company: string,
  person: string,
): Promise<readonly ValueReviewsTable[]> {
  return await db
    .selectFrom('value_reviews')
    .selectAll()
    .where('company', '=', company)
    .where('person', '=', person)
    .orderBy('opened_at')
    .execute();
}
