import type { Tier } from '@keepsake/value';
import { sql } from 'kysely';
import { type Column, insertRows } from '../../platform/database/insert-rows.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { contestedSubjects } from './contested.store.ts';
import type { MonthTerms } from './month-terms.store.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_tiers: ValueTiersTable;
    readonly value_months: ValueMonthsTable;
    readonly value_month_totals: ValueMonthTotalsTable;
  }
}

/** The tier of one customer: `TierState` of `@keepsake/value`. */
export interface ValueTiersTable {
  readonly company: string;
  readonly person: string;
  readonly tier: Tier;
  readonly since: Date;
  readonly expires: Date;
  readonly last_run: Date;
  readonly candidate: Tier | null;
  readonly candidate_runs: number | null;
  readonly contested_at: Date | null;
  readonly contest_sealed: Uint8Array | null;
  readonly set_by: string | null;
  /** When a person set the tier by hand, and why: what was said last. */
  readonly answered_at: Date | null;
  readonly answer_sealed: Uint8Array | null;
}

/** A customer at the end of a month; `month` is its first day. */
export interface ValueMonthsTable {
  readonly company: string;
  readonly month: string;
  readonly person: string;
  readonly tier: Tier;
  readonly value: number;
}

/** A base at the end of a month. */
export interface ValueMonthTotalsTable {
  readonly company: string;
  readonly month: string;
  readonly customers: number;
  readonly equity: number;
  readonly profit: number;
  /** Counted once the month is written; null before. */
  readonly tiers?: Readonly<Partial<Record<Tier, number>>> | null;
  /** Null until the run that wrote the month has said it. */
  readonly terms?: MonthTerms | null;
}

/** What a run changes of a tier. */
export type RunTier = Pick<
  ValueTiersTable,
  'person' | 'tier' | 'since' | 'expires' | 'last_run' | 'candidate' | 'candidate_runs'
>;

const OF_RUN = [
  ...(['person', 'tier', 'since', 'expires', 'last_run'] as const),
  ...(['candidate', 'candidate_runs'] as const),
];

/** A tier as runs see it: whether it is contested, and not with which words. */
export type TierRow = RunTier & Pick<ValueTiersTable, 'contested_at'>;

/**
 * The tiers of these persons, locked to the end of the transaction. Who objected with another subject
 * of theirs objects to the tier of the whole person, and which moment is told does not matter.
 */
export async function lockTiers(
  tx: Tx,
  company: string,
  persons: readonly string[],
): Promise<readonly TierRow[]> {
  const contested = sql<Date | null>`coalesce(contested_at,
    case when person in ${contestedSubjects(company)} then last_run end)`;
  return await tx
    .selectFrom('value_tiers')
    .select(OF_RUN)
    .select(contested.as('contested_at'))
    .where('company', '=', company)
    .where(sql<boolean>`person = any(${`{${persons.join(',')}}`}::uuid[])`)
    .orderBy('person')
    .forUpdate()
    .execute();
}

/** The tiers of all customers that a run last looked at before an instant. */
export async function listTiersBefore(
  db: Db,
  company: string,
  before: Date,
): Promise<readonly TierRow[]> {
  return await db
    .selectFrom('value_tiers')
    .select([...OF_RUN, 'contested_at'])
    .where('company', '=', company)
    .where('last_run', '<', before)
    .execute();
}

/**
 * Changes tiers that nobody objects to. Who set a tier by hand is kept for as long as it stands; an
 * answer that was given is not touched.
 */
export async function updateTiers(
  tx: Tx,
  company: string,
  tiers: readonly RunTier[],
): Promise<void> {
  if (tiers.length === 0) return;
  await sql`
    update value_tiers as tiers set tier = said.tier, since = said.since, expires = said.expires,
      last_run = said.last_run, candidate = said.candidate, candidate_runs = said.candidate_runs,
      set_by = case when said.since = tiers.since then tiers.set_by end
    from json_to_recordset(${JSON.stringify(tiers)}::json) as said(person uuid, tier text,
      since timestamptz, expires timestamptz, last_run timestamptz,
      candidate text, candidate_runs integer)
    where tiers.company = ${company} and tiers.person = said.person
      and tiers.contested_at is null`.execute(tx);
}

/**
 * Deletes tiers of whom a run knows nothing, such as those who became a part of another person; but not
 * of who objects or was answered, whose words are kept with it.
 */
export async function deleteUnscoredTiers(tx: Tx, company: string, run: string): Promise<void> {
  await sql`
    delete from value_tiers as tiers
    where company = ${company} and contested_at is null and answered_at is null
      and not exists (select from value_scores as scores where scores.company = ${company}
        and scores.run = ${run} and scores.person = tiers.person)`.execute(tx);
}

/** What customers were at the end of a month. */
export type MonthRow = Pick<ValueMonthsTable, 'person' | 'tier' | 'value'>;

const MONTH_COLUMNS: readonly Column<ValueMonthsTable>[] = [
  { name: 'person', type: 'uuid', of: (row) => row.person },
  { name: 'company', type: 'text', of: (row) => row.company },
  { name: 'month', type: 'date', of: (row) => row.month },
  { name: 'tier', type: 'text', of: (row) => row.tier },
  { name: 'value', type: 'double precision', of: (row) => row.value },
];

/** Adds customers to a month of whom it has nothing yet. */
export async function insertMonth(
  tx: Tx,
  of: { readonly company: string; readonly month: string },
  rows: readonly MonthRow[],
): Promise<void> {
  await insertRows(
    tx,
    'value_months',
    rows.map((row) => ({ ...row, ...of })),
    MONTH_COLUMNS,
  );
}

/** Deletes months that a run began and did not end: they have no totals. */
export async function deleteUnendedMonths(tx: Tx, company: string): Promise<void> {
  await sql`
    delete from value_months as months where company = ${company} and not exists (
      select from value_month_totals as totals
      where totals.company = ${company} and totals.month = months.month)`.execute(tx);
}

/** The months that are decided, as first days. */
export async function listEndedMonths(db: Db, company: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('value_month_totals')
    .select('month')
    .where('company', '=', company)
    .orderBy('month')
    .execute();
  return rows.map(({ month }) => month);
}

/** Whether any month of a company is decided. */
export async function hasMonths(db: Db, company: string): Promise<boolean> {
  const row = await db
    .selectFrom('value_month_totals')
    .select('month')
    .where('company', '=', company)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes the totals of months, over those that are there; by what is said when the run ends. */
export async function saveMonthTotals(
  tx: Tx,
  totals: readonly ValueMonthTotalsTable[],
): Promise<void> {
  if (totals.length === 0) return;
  await tx
    .insertInto('value_month_totals')
    .values([...totals])
    .onConflict((conflict) =>
      conflict.columns(['company', 'month']).doUpdateSet((row) => ({
        customers: row.ref('excluded.customers'),
        equity: row.ref('excluded.equity'),
        profit: row.ref('excluded.profit'),
        terms: null,
      })),
    )
    .execute();
}

/** Writes what a month brought by now, where it has totals: some of it came after its last run. */
export async function saveMonthProfit(
  tx: Tx,
  total: Pick<ValueMonthTotalsTable, 'company' | 'month' | 'profit'>,
): Promise<void> {
  await tx
    .updateTable('value_month_totals')
    .set({ profit: total.profit, terms: sql`terms - 'profitCosts'` })
    .where('company', '=', total.company)
    .where('month', '=', total.month)
    .execute();
}
