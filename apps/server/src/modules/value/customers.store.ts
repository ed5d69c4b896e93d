import type { Tier } from '@keepsake/value';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';
import { contestedSubjects } from './contested.store.ts';
import { effectiveTierAt } from './effective-tier.store.ts';
import { lastRunId } from './last-run.store.ts';
import type { PageEnd } from './pages.rules.ts';

/** What customers can be sorted by. */
export type CustomerSort = 'value' | 'growth' | 'atStake' | 'belowZero';

/** A customer of the last run; amounts in units of the currency. */
export interface ListedCustomer {
  readonly person: string;
  /** The one that has effects now. */
  readonly tier: Tier;
  readonly since: Date;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly belowZero: number;
  readonly growth: number;
  readonly atStake: number;
  readonly driver: string | null;
  readonly amount: number | null;
  /** The figures of the driver: of the customer, and of the mean one. */
  readonly customer: number | null;
  readonly cohort: number | null;
  readonly isContested: boolean;
}

/** Which customers, in which order, and from where on. */
export interface CustomerFilter {
  readonly company: string;
  readonly now: Date;
  readonly sort: CustomerSort;
  readonly tier: Tier | undefined;
  readonly after: PageEnd | undefined;
  readonly limit: number;
}

const KEYS: Readonly<Record<CustomerSort, RawBuilder<number>>> = {
  value: sql<number>`scores.value`,
  growth: sql<number>`scores.growth`,
  atStake: sql<number>`scores.at_stake`,
  belowZero: sql<number>`scores.value`,
};

/** Customers of the last run, sorted; by value along its index, otherwise one pass over the run. */
export async function listCustomers(
  db: Db,
  filter: CustomerFilter,
): Promise<readonly ListedCustomer[]> {
  const { company, now, sort, tier, after, limit } = filter;
  const key = KEYS[sort];
  const tierNow = effectiveTierAt(company, now);
  const isRising = sort === 'belowZero';
  // Both directions of the index: of equal values the smaller person, or read backwards the greater.
  const order = isRising ? sql`${key}, scores.person desc` : sql`${key} desc, scores.person`;
  // JSON is opened for the page alone: sorting would open that of everybody.
  const { rows } = await sql<ListedCustomer>`
    select scores.person, scores.tier, coalesce(scores.since, runs.ended_at) as since,
      scores.value, scores.low, scores.high, scores.below_zero as "belowZero", scores.growth,
      scores.at_stake as "atStake", scores.main_driver as driver, scores.main_amount as amount,
      (scores.body -> 'drivers' ->> scores.main_driver)::double precision as customer,
      (runs.body -> 'base' -> 'cohort' ->> scores.main_driver)::double precision as cohort,
      scores.person in ${contestedSubjects(company)} as "isContested"
    from (
      select scores.company, scores.run, scores.person, ${tierNow} as tier, tiers.since,
        scores.value, scores.low, scores.high, scores.below_zero, scores.growth, scores.at_stake,
        scores.main_driver, scores.main_amount, scores.body
      from value_scores as scores
      left join value_tiers as tiers
        on tiers.company = scores.company and tiers.person = scores.person
      where scores.company = ${company} and scores.run = ${lastRunId(company)}
        and ${tier === undefined ? sql`true` : sql`${tierNow} = ${tier}`}
        and ${after === undefined ? sql`true` : isPast(key, after, isRising)}
      order by ${order} limit ${limit}
    ) as scores
    join value_runs as runs on runs.company = scores.company and runs.id = scores.run
    order by ${order}`.execute(db);
  return rows;
}

function isPast(key: RawBuilder<number>, after: PageEnd, isRising: boolean): RawBuilder<boolean> {
  const at = sql`${after.key}::double precision`;
  return isRising
    ? sql`(${key} >= ${at} and (${key} > ${at} or scores.person < ${after.id}::uuid))`
    : sql`(${key} <= ${at} and (${key} < ${at} or scores.person > ${after.id}::uuid))`;
}
