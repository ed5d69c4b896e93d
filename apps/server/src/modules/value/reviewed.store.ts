import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';

/**
 * Persons below zero whom somebody has looked at and kept: their last review ended with remedies or
 * without a change, and no other is open since.
 */
export async function listReviewed(db: Db, company: string): Promise<readonly string[]> {
  const { rows } = await sql<{ person: string }>`
    select person from (
      select distinct on (person) person, outcome from value_reviews
      where company = ${company} order by person, opened_at desc, id desc
    ) as last
    where outcome in ('remedies', 'no-change') order by person`.execute(db);
  return rows.map((row) => row.person);
}
