import type { ArmMoments } from '@keepsake/value';
import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';
import { aloneLots, joinedLots } from './joined.store.ts';

/** One arm of a treatment: how many are in it, and the moments of those who are counted. */
export interface ArmRow {
  readonly treatment: string;
  readonly arm: 'treated' | 'control';
  readonly assigned: number;
  readonly moments: ArmMoments;
  /** Lots that fell on the arm and whose outcome is known, whoever was found to be one since. */
  readonly lots: number;
}

/**
 * Both arms of every treatment. Records that are one person count as one customer, by what they brought
 * together, once all of their windows have closed; in no arm where their lots differ. One pass over the
 * assignments, and one more over the lots.
 */
export async function listArms(db: Db, company: string): Promise<readonly ArmRow[]> {
  const { rows } = await sql<Omit<ArmRow, 'moments'> & ArmMoments>`
    with ${joinedLots(company)},
    customers as (
      select treatment, arm, before, outcome from ${aloneLots(company)} as alone
      union all
      select treatment, min(arm), sum(before), case when count(outcome) = count(*) then sum(outcome) end
      from joined group by treatment, person having min(arm) = max(arm)
    ),
    arms as (
      select treatment, arm, count(*)::int as assigned, count(outcome)::int as count,
        avg(outcome) as mean, regr_syy(outcome, before) as squares,
        regr_avgx(outcome, before) as mean_before, regr_sxx(outcome, before) as squares_before,
        regr_sxy(outcome, before) as products
      from customers group by treatment, arm
    ),
    lots as (
      select treatment, arm, count(outcome)::int as lots from treatment_assignments
      where company = ${company} group by treatment, arm
    )
    select treatment, arm, lots, coalesce(assigned, 0) as assigned, coalesce(count, 0) as count,
      coalesce(mean, 0) as mean, coalesce(squares, 0) as squares,
      coalesce(mean_before, 0) as "meanBefore", coalesce(squares_before, 0) as "squaresBefore",
      coalesce(products, 0) as products
    from lots left join arms using (treatment, arm)
    order by treatment, arm`.execute(db);
  return rows.map(({ treatment, arm, assigned, lots, ...moments }) => ({
    ...{ treatment, arm, assigned, lots },
    moments,
  }));
}

/** How many persons of each treatment have records in both of its arms: they are counted in none. */
export async function countMixed(db: Db, company: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ treatment: string; persons: number }>`
    with ${joinedLots(company)},
    mixed as (
      select treatment from joined group by treatment, person having min(arm) <> max(arm)
    )
    select treatment, count(*)::int as persons from mixed group by treatment`.execute(db);
  return new Map(rows.map(({ treatment, persons }) => [treatment, persons]));
}
