import type { Tier } from '@keepsake/value';
import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { lastRunId } from './last-run.store.ts';
import type { ValueReviewsTable } from './reviews.store.ts';
import type { ValueScoresTable } from './scores.store.ts';
import type { ValueTiersTable } from './tiers.store.ts';

/** One customer of one company. */
export interface Person {
  readonly company: string;
  /** The smallest subject of the person, when the last run ended. */
  readonly person: string;
}

/**
 * What the last run says of whoever has one of these subjects. Where persons were joined since, the
 * one whose subject is the smallest is told, whom the next run tells as well.
 */
export async function findScore(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<ValueScoresTable | undefined> {
  return await db
    .selectFrom('value_scores')
    .selectAll()
    .where('company', '=', company)
    .where('run', '=', lastRunId(company))
    .where('person', 'in', [...subjects])
    .orderBy('person')
    .limit(1)
    .executeTakeFirst();
}

/** Tiers that any of these subjects has as a person: mostly one, more where persons were joined since. */
export async function listTierRows(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly ValueTiersTable[]> {
  return await db
    .selectFrom('value_tiers')
    .selectAll()
    .where('company', '=', company)
    .where('person', 'in', [...subjects])
    .orderBy('person')
    .execute();
}

/**
 * As `listTierRows`, held until the transaction ends. The subjects are held first, in their order, as
 * whoever erases somebody does.
 */
export async function lockTierRows(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly ValueTiersTable[]> {
  await tx
    .selectFrom('subjects')
    .select('id')
    .where('company', '=', company)
    .where('id', 'in', [...subjects])
    .orderBy('id')
    .forKeyShare()
    .execute();
  return await tx
    .selectFrom('value_tiers')
    .selectAll()
    .where('company', '=', company)
    .where('person', 'in', [...subjects])
    .orderBy('person')
    .forUpdate()
    .execute();
}

/** A customer at the end of a month, which is told by its first day. */
export interface MonthOfCustomer {
  readonly month: string;
  readonly tier: Tier;
  readonly value: number;
}

/** The last months of a customer, the oldest first. */
export async function listMonthsOf(
  db: Db,
  { company, person }: Person,
  limit: number,
): Promise<readonly MonthOfCustomer[]> {
  const newest = await db
    .selectFrom('value_months')
    .select(['month', 'tier', 'value'])
    .where('company', '=', company)
    .where('person', '=', person)
    .orderBy('month', 'desc')
    .limit(limit)
    .execute();
  return newest.reverse();
}

/** Reviews of a customer: the open one first, then the last that was closed. */
export async function listReviewsOf(
  db: Db,
  { company, person }: Person,
  limit: number,
): Promise<readonly ValueReviewsTable[]> {
  return await db
    .selectFrom('value_reviews')
    .selectAll()
    .where('company', '=', company)
    .where('person', '=', person)
    .orderBy(sql`closed_at is not null, closed_at desc, id`)
    .limit(limit)
    .execute();
}
