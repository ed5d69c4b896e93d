import type { Tier } from '@keepsake/value';
import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { effectiveTierAt } from './effective-tier.store.ts';
import { lastRunId } from './last-run.store.ts';
import type { MonthTerms } from './month-terms.store.ts';

/** The customers of one tier together, in units of the currency. */
export interface TierSums {
  readonly tier: Tier;
  readonly customers: number;
  readonly value: number;
  readonly growth: number;
  readonly atStake: number;
  /** Of the values, at 10, 25, 50, 75 and 90 %, linear between neighbours. */
  readonly quantiles: readonly number[];
}

/** Sums of the last run by the tier that has effects now; a tier of nobody is not among them. */
export async function sumTiers(db: Db, company: string, now: Date): Promise<readonly TierSums[]> {
  const { rows } = await sql<TierSums>`
    select tier, count(*)::int as customers, sum(value) as value, sum(growth) as growth,
      sum(at_stake) as "atStake",
      percentile_cont(array[0.1, 0.25, 0.5, 0.75, 0.9]) within group (order by value) as quantiles
    from (
      select ${effectiveTierAt(company, now)} as tier, scores.value, scores.growth, scores.at_stake
      from value_scores as scores
      left join value_tiers as tiers
        on tiers.company = scores.company and tiers.person = scores.person
      where scores.company = ${company} and scores.run = ${lastRunId(company)}
    ) as scored
    group by tier`.execute(db);
  return rows;
}

/** A whole base at the end of a month, which is told by its first day. */
export interface MonthTotal {
  readonly month: string;
  readonly customers: number;
  readonly equity: number;
  readonly profit: number;
  /** How many customers had each tier; null where no run has counted them yet. */
  readonly tiers: Readonly<Partial<Record<Tier, number>>> | null;
  /** Null where nobody has said it. */
  readonly terms: MonthTerms | null;
}

/** The last months with totals, the newest first. */
export async function listMonthTotals(
  db: Db,
  company: string,
  limit: number,
): Promise<readonly MonthTotal[]> {
  const rows = await db
    .selectFrom('value_month_totals')
    .select(['month', 'customers', 'equity', 'profit', 'tiers', 'terms'])
    .where('company', '=', company)
    .orderBy('month', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ tiers = null, terms = null, ...rest }) => ({ ...rest, tiers, terms }));
}

/** How many customers had a tier at the end of a month. */
export interface MonthTier {
  readonly month: string;
  readonly tier: Tier;
  readonly customers: number;
}

/** Customers by month and tier, of these months. One pass over them. */
export async function countMonthTiers(
  db: Db,
  company: string,
  months: readonly string[],
): Promise<readonly MonthTier[]> {
  if (months.length === 0) return [];
  const { rows } = await sql<MonthTier>`
    select month, tier, count(*)::int as customers from value_months
    where company = ${company} and month = any(${`{${months.join(',')}}`}::date[])
    group by month, tier`.execute(db);
  return rows;
}

/** Months whose tiers no run has counted yet, and those from a day on; told by their first days. */
export async function listUncountedMonths(
  db: Db,
  company: string,
  from: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ month: string }>`
    select month from value_month_totals
    where company = ${company}
      and (tiers is null or month >= date_trunc('month', ${from}::timestamptz at time zone 'UTC'))
    order by month`.execute(db);
  return rows.map(({ month }) => month);
}

/** Keeps how many customers had each tier in a month. One pass over it. */
export async function saveMonthTiers(tx: Tx, company: string, month: string): Promise<void> {
  await sql`
    update value_month_totals
    set tiers = coalesce((
      select jsonb_object_agg(tier, customers) from (
        select tier, count(*) as customers from value_months
        where company = ${company} and month = ${month}::date group by tier
      ) as each
    ), '{}')
    where company = ${company} and month = ${month}::date`.execute(tx);
}

/** Work that waits for a person. */
export interface OpenWork {
  readonly reviews: number;
  readonly contests: number;
}

/** Reviews and objections that nobody has answered yet. */
export async function countOpenWork(db: Db, company: string): Promise<OpenWork> {
  const { rows } = await sql<OpenWork>`
    select
      (select count(*)::int from value_reviews
        where company = ${company} and closed_at is null) as reviews,
      (select count(*)::int from value_tiers
        where company = ${company} and contested_at is not null) as contests`.execute(db);
  return rows[0] ?? { reviews: 0, contests: 0 };
}

/** Which of these months, told by their first days, have totals. */
export async function listKnownMonths(
  db: Db,
  company: string,
  months: readonly string[],
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('value_month_totals')
    .select('month')
    .where('company', '=', company)
    .where('month', 'in', [...months])
    .execute();
  return rows.map((row) => row.month);
}

/** Customers who went from one tier to another, or came, or left. */
export interface Flow {
  readonly from: Tier | 'absent';
  readonly to: Tier | 'absent';
  readonly customers: number;
  readonly value: number;
}

/** All flows between two months, told by their first days. Reads both months once. */
export async function sumFlows(
  db: Db,
  company: string,
  months: { readonly from: string; readonly to: string },
): Promise<readonly Flow[]> {
  const monthOf = (month: string) => sql`(
    select person, tier, value from value_months
    where company = ${company} and month = ${month}::date
  )`;
  const { rows } = await sql<Flow>`
    select coalesce(earlier.tier, 'absent') as "from", coalesce(later.tier, 'absent') as "to",
      count(*)::int as customers, sum(coalesce(later.value, earlier.value)) as value
    from ${monthOf(months.from)} as earlier
    full join ${monthOf(months.to)} as later on later.person = earlier.person
    group by 1, 2`.execute(db);
  return rows;
}
