import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';
import { addingUp } from './purchases.store.ts';

/** Purchases that are in no account, as they are in another currency than the company's. */
export interface LeftOut {
  readonly purchases: number;
  /** Persons who made them; some of what else they bought may be counted. */
  readonly customers: number;
  /** ISO 4217, sorted. */
  readonly currencies: readonly string[];
}

/**
 * What `purchasesOf` leaves out for its currency alone, to the end of a day (`YYYY-MM-DD`): purchases
 * of earlier systems and own orders that were not cancelled. Reads the history of a company once.
 */
export async function countLeftOut(db: Db, company: string, until: string): Promise<LeftOut> {
  const isForeign = sql`currency <> (select currency from companies where company = ${company})`;
  const statement = sql<LeftOut>`
    with left_out as (
      select subject, currency from purchase_history
      where company = ${company} and kind = 'purchase' and day <= ${until}::date and ${isForeign}
      union all
      select subject::uuid, currency from orders
      where company = ${company} and subject is not null and state <> 'cancelled' and ${isForeign}
        and placed_at < (${until}::date + 1)::timestamp at time zone 'UTC'
    )
    select count(*)::integer as purchases,
      count(distinct coalesce(member.person, left_out.subject))::integer as customers,
      coalesce(array_agg(distinct currency), '{}') as currencies
    from left_out
    left join members as member
      on member.company = ${company} and member.subject = left_out.subject`;
  const { rows } = await addingUp(db, (tx) => statement.execute(tx));
  return rows[0] ?? { purchases: 0, customers: 0, currencies: [] };
}
