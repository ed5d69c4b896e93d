import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';

/**
 * On how many orders of these subjects each treatment let something off, by treatment. What was
 * cancelled does not count.
 */
export async function countDiscounts(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ treatment: string; used: number }>`
    select discount ->> 'treatment' as treatment, count(*)::int as used from orders
    where company = ${company} and discount is not null and state <> 'cancelled'
      and subject in (select value from json_array_elements_text(${JSON.stringify(subjects)}::json))
    group by 1`.execute(db);
  return new Map(rows.map(({ treatment, used }) => [treatment, used]));
}
