/** The end of a run in the database: what was decided with the scores goes to the tiers and the month. */
import type { TierDecision } from '@keepsake/value';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { contestedSubjects } from './contested.store.ts';
import type { TierRow } from './tiers.store.ts';

/** A tier as it stands, and the version of its row: an opaque text that every change of it changes. */
export type StandingTier = TierRow & { readonly stood: string };

/** The tiers of these persons as they stand, without a lock; contested as `lockTiers` says it. */
export async function listStanding(
  db: Db,
  company: string,
  persons: readonly string[],
): Promise<readonly StandingTier[]> {
  const { rows } = await sql<StandingTier>`
    select person, tier, since, expires, last_run, candidate, candidate_runs, xmin::text as stood,
      coalesce(contested_at, case when person in ${contestedSubjects(company)} then last_run end)
        as contested_at
    from value_tiers
    where company = ${company} and person = any(${`{${persons.join(',')}}`}::uuid[])`.execute(db);
  return rows;
}

/** Customers of a run by their ids: those after the first, up to the last. */
export interface PersonRange {
  readonly company: string;
  readonly run: string;
  readonly after: string;
  readonly upTo: string;
}

const FIRST = '00000000-0000-0000-0000-000000000000';
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The customers of a run in ranges of so many, so that no statement takes long. One pass by index. */
export async function listRanges(
  db: Db,
  of: { readonly company: string; readonly run: string },
  size: number,
): Promise<readonly PersonRange[]> {
  const { rows } = await sql<{ person: string }>`
    select person from (
      select person, row_number() over (order by person) as place from value_scores
      where company = ${of.company} and run = ${of.run}
    ) as placed
    where place % ${size}::int = 0 order by person`.execute(db);
  const ends = [...rows.map(({ person }) => person), LAST];
  return ends.map((upTo, i) => ({ ...of, after: ends[i - 1] ?? FIRST, upTo }));
}

function within({ company, run, after, upTo }: PersonRange): RawBuilder<unknown> {
  return sql`scores.company = ${company} and scores.run = ${run}
    and scores.person > ${after}::uuid and scores.person <= ${upTo}::uuid`;
}

/** Locks customers as `lockPresent` does; whoever was erased meanwhile has no score after it. */
export async function lockRange(tx: Tx, range: PersonRange): Promise<void> {
  await sql`
    select count(*) from (
      select from subjects where company = ${range.company}
        and id in (select person from value_scores as scores where ${within(range)})
      order by id for key share
    ) as locked`.execute(tx);
}

/**
 * Gives the tiers that were decided with the scores, at an instant: those that nobody has touched since,
 * nor objects to, and first ones.
 */
export async function giveTiers(tx: Tx, range: PersonRange, at: Date): Promise<void> {
  const { company } = range;
  await sql`
    update value_tiers as tiers set tier = scores.next_tier, since = scores.next_since,
      expires = scores.next_expires, last_run = ${at}, candidate = scores.next_candidate,
      candidate_runs = scores.next_candidate_runs,
      set_by = case when scores.next_since = tiers.since then tiers.set_by end
    from value_scores as scores
    where ${within(range)} and scores.next_tier is not null
      and tiers.company = ${company} and tiers.person = scores.person
      and tiers.xmin::text = scores.stood and tiers.contested_at is null
      and tiers.person not in ${contestedSubjects(company)}`.execute(tx);
  await sql`
    insert into value_tiers (company, person, tier, since, expires, last_run, candidate,
      candidate_runs)
    select company, person, next_tier, next_since, next_expires, ${at}::timestamptz, next_candidate,
      next_candidate_runs
    from value_scores as scores
    where ${within(range)} and next_tier is not null and not exists (
      select from value_tiers as tiers
      where tiers.company = ${company} and tiers.person = scores.person)
    on conflict do nothing`.execute(tx);
}

/** What a run decided of a customer. */
export interface DecidedCustomer {
  readonly person: string;
  readonly decision: TierDecision;
}

/** Customers whose tier `giveTiers` did not touch, as somebody else has since it was decided. */
export async function listUngiven(
  db: Db,
  range: PersonRange,
  at: Date,
): Promise<readonly DecidedCustomer[]> {
  const { rows } = await sql<DecidedCustomer>`
    select scores.person, scores.body -> 'decision' as decision
    from value_scores as scores
    join value_tiers as tiers on tiers.company = scores.company and tiers.person = scores.person
    where ${within(range)} and next_tier is not null and tiers.last_run <> ${at}
    order by scores.person`.execute(db);
  return rows;
}

/** Those of these persons whom a run has scored. */
export async function listScored(
  db: Db,
  { company, id }: { readonly company: string; readonly id: string },
  persons: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ person: string }>`
    select person from value_scores where company = ${company} and run = ${id}
      and person = any(${`{${persons.join(',')}}`}::uuid[])`.execute(db);
  return rows.map(({ person }) => person);
}

/** Writes the month of customers with the tiers that they have now, over what it had of them. */
export async function keepMonthOf(tx: Tx, range: PersonRange, month: string): Promise<void> {
  await sql`
    insert into value_months (company, month, person, tier, value)
    select scores.company, ${month}::date, scores.person, tiers.tier, scores.value
    from value_scores as scores
    join value_tiers as tiers on tiers.company = scores.company and tiers.person = scores.person
    where ${within(range)}
    on conflict (company, month, person)
      do update set tier = excluded.tier, value = excluded.value`.execute(tx);
}

/** Deletes of a month whom a run does not know. */
export async function deleteUnscoredMonth(
  tx: Tx,
  {
    company,
    run,
    month,
  }: { readonly company: string; readonly run: string; readonly month: string },
): Promise<void> {
  await sql`
    delete from value_months as months where company = ${company} and month = ${month}::date
      and not exists (select from value_scores as scores where scores.company = ${company}
        and scores.run = ${run} and scores.person = months.person)`.execute(tx);
}
