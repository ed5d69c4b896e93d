import type { ArmMoments, Tier, TreatmentVerdict } from '@keepsake/value';
import { sql } from 'kysely';
import { type Column, insertRows } from '../../platform/database/insert-rows.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { contestedSubjects } from '../value/index.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly treatment_assignments: TreatmentAssignmentsTable;
    readonly treatment_states: TreatmentStatesTable;
  }
}

/** A customer in a treatment; amounts are in units of the currency. */
export interface TreatmentAssignmentsTable {
  readonly company: string;
  readonly treatment: string;
  readonly person: string;
  readonly arm: 'treated' | 'control';
  readonly assigned_at: Date;
  readonly counts_at: Date;
  readonly before: number;
  readonly outcome: number | null;
  readonly suspended_at: Date | null;
}

/** How a treatment stands since the last run. */
export interface TreatmentStatesTable {
  readonly company: string;
  readonly treatment: string;
  readonly verdict: Exclude<TreatmentVerdict, 'running'> | null;
  readonly said_at: Date | null;
  readonly awaiting_review: number;
  readonly over_budget: number;
}

/** A customer with a tier, as lots are drawn by. */
export interface TieredPerson {
  readonly person: string;
  readonly tier: Tier;
  readonly expires: Date;
  readonly isContested: boolean;
}

/** Everybody who has a tier and was a customer on a day, `YYYY-MM-DD`; by person. */
export async function listTiered(
  db: Db,
  company: string,
  day: string,
): Promise<readonly TieredPerson[]> {
  const { rows } = await sql<TieredPerson>`
    select tiers.person, tier, expires, tiers.person in ${contestedSubjects(company)} as "isContested"
    from value_tiers as tiers
    join value_accounts as accounts on accounts.company = tiers.company
      and accounts.person = tiers.person
    where tiers.company = ${company} and accounts.first_day <= ${day}::date
    order by tiers.person`.execute(db);
  return rows;
}

/** Everybody who was drawn into a treatment. */
export async function listAssignments(
  db: Db,
  company: string,
): Promise<readonly Pick<TreatmentAssignmentsTable, 'treatment' | 'person' | 'arm'>[]> {
  return await db
    .selectFrom('treatment_assignments')
    .select(['treatment', 'person', 'arm'])
    .where('company', '=', company)
    .execute();
}

const COLUMNS: readonly Column<TreatmentAssignmentsTable>[] = [
  { name: 'person', type: 'uuid', of: (row) => row.person },
  { name: 'company', type: 'text', of: (row) => row.company },
  { name: 'treatment', type: 'text', of: (row) => row.treatment },
  { name: 'arm', type: 'text', of: (row) => row.arm },
  { name: 'assigned_at', type: 'timestamptz', of: (row) => row.assigned_at },
  { name: 'counts_at', type: 'timestamptz', of: (row) => row.counts_at },
  { name: 'before', type: 'double precision', of: (row) => row.before },
  { name: 'outcome', type: 'double precision', of: (row) => row.outcome },
  { name: 'suspended_at', type: 'timestamptz', of: (row) => row.suspended_at },
];

/** Rows that are written in one statement. */
const BATCH_MAX = 5_000;

/** Adds who was drawn. */
export async function insertAssignments(
  tx: Tx,
  rows: readonly TreatmentAssignmentsTable[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH_MAX) {
    const batch = rows.slice(from, from + BATCH_MAX);
    await insertRows(tx, 'treatment_assignments', batch, COLUMNS);
  }
}

/** Suspends what customers have who object, and ends that of those who no longer do. */
export async function suspendContested(tx: Tx, company: string, now: Date): Promise<void> {
  await sql`
    update treatment_assignments as mine
    set suspended_at = case when mine.suspended_at is null then ${now}::timestamptz end
    where mine.company = ${company}
      and (mine.suspended_at is not null) <> (mine.person in ${contestedSubjects(company)})`.execute(
    tx,
  );
}

/** Someone whose outcome can be counted now; days are `YYYY-MM-DD`, the last one not counted. */
export interface DueOutcome {
  readonly treatment: string;
  readonly person: string;
  readonly from: string;
  readonly to: string;
}

/** Whose window has closed. */
export async function listDueOutcomes(
  db: Db,
  company: string,
  now: Date,
): Promise<readonly DueOutcome[]> {
  const { rows } = await sql<DueOutcome>`
    select treatment, person, to_char(assigned_at at time zone 'UTC', 'YYYY-MM-DD') as "from",
      to_char(counts_at at time zone 'UTC', 'YYYY-MM-DD') as "to"
    from treatment_assignments
    where company = ${company} and outcome is null and counts_at <= ${now}
    order by treatment, person`.execute(db);
  return rows;
}

/** Writes outcomes down, once for all. */
export async function saveOutcomes(
  tx: Tx,
  company: string,
  outcomes: readonly {
    readonly treatment: string;
    readonly person: string;
    readonly outcome: number;
  }[],
): Promise<void> {
  for (let from = 0; from < outcomes.length; from += BATCH_MAX) {
    const batch = JSON.stringify(outcomes.slice(from, from + BATCH_MAX));
    await sql`
      update treatment_assignments as mine set outcome = come.outcome
      from json_to_recordset(${batch}::json)
        as come(treatment text, person uuid, outcome double precision)
      where mine.company = ${company} and mine.treatment = come.treatment
        and mine.person = come.person and mine.outcome is null`.execute(tx);
  }
}

/** One arm of a treatment: how many are in it, and the moments of those who are counted. */
export interface ArmRow {
  readonly treatment: string;
  readonly arm: 'treated' | 'control';
  readonly assigned: number;
  readonly moments: ArmMoments;
}

/** Both arms of every treatment. One pass over the assignments. */
export async function listArms(db: Db, company: string): Promise<readonly ArmRow[]> {
  const { rows } = await sql<Omit<ArmRow, 'moments'> & ArmMoments>`
    select treatment, arm, count(*)::int as assigned, count(outcome)::int as count,
      coalesce(avg(outcome), 0) as mean,
      coalesce(regr_syy(outcome, before), 0) as squares,
      coalesce(regr_avgx(outcome, before), 0) as "meanBefore",
      coalesce(regr_sxx(outcome, before), 0) as "squaresBefore",
      coalesce(regr_sxy(outcome, before), 0) as products
    from treatment_assignments where company = ${company}
    group by treatment, arm order by treatment, arm`.execute(db);
  return rows.map(({ treatment, arm, assigned, ...moments }) => ({
    ...{ treatment, arm, assigned },
    moments,
  }));
}

/** How treatments stood at the last run. */
export async function listStates(
  db: Db,
  company: string,
): Promise<readonly TreatmentStatesTable[]> {
  return await db
    .selectFrom('treatment_states')
    .selectAll()
    .where('company', '=', company)
    .execute();
}

/** Writes how treatments stand; a verdict that was one stays. */
export async function saveStates(tx: Tx, rows: readonly TreatmentStatesTable[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('treatment_states')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['company', 'treatment']).doUpdateSet((row) => ({
        verdict: sql`coalesce(treatment_states.verdict, excluded.verdict)`,
        said_at: sql`coalesce(treatment_states.said_at, excluded.said_at)`,
        awaiting_review: row.ref('excluded.awaiting_review'),
        over_budget: row.ref('excluded.over_budget'),
      })),
    )
    .execute();
}

/** A treatment that a customer has now. */
export interface HeldTreatment {
  readonly person: string;
  readonly treatment: string;
  readonly since: Date;
}

/** What these customers have; who goes without by lot, or objects, has nothing. */
export async function listHeld(
  db: Db,
  company: string,
  persons: readonly string[],
): Promise<readonly HeldTreatment[]> {
  if (persons.length === 0) return [];
  return await db
    .selectFrom('treatment_assignments')
    .select(['person', 'treatment', 'assigned_at as since'])
    .where('company', '=', company)
    .where('person', 'in', [...persons])
    .where('arm', '=', 'treated')
    .where('suspended_at', 'is', null)
    .orderBy('assigned_at')
    .orderBy('treatment')
    .execute();
}

/**
 * Holds a treatment of a customer until the transaction ends, so that two orders never take the same
 * offer; false where none of these has it (any more). What the others did is seen by whoever then reads,
 * in a transaction that reads what is committed.
 */
export async function lockHeld(
  tx: Tx,
  held: {
    readonly company: string;
    readonly treatment: string;
    readonly persons: readonly string[];
  },
): Promise<boolean> {
  const rows = await tx
    .selectFrom('treatment_assignments')
    .select('person')
    .where('company', '=', held.company)
    .where('treatment', '=', held.treatment)
    .where('person', 'in', [...held.persons])
    .where('arm', '=', 'treated')
    .where('suspended_at', 'is', null)
    .orderBy('person')
    .forUpdate()
    .execute();
  return rows.length > 0;
}

/** Who was treated, by person. */
export async function listTreated(
  db: Db,
  company: string,
  treatment: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('treatment_assignments')
    .select('person')
    .where('company', '=', company)
    .where('treatment', '=', treatment)
    .where('arm', '=', 'treated')
    .orderBy('person')
    .execute();
  return rows.map(({ person }) => person);
}

/** Which of the persons of a company have a proved identifier of a kind. */
export async function listHolders(
  db: Db,
  company: string,
  kind: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ person: string }>`
    select distinct coalesce(members.person, identifiers.subject) as person
    from identifiers
    left join members on members.company = identifiers.company
      and members.subject = identifiers.subject
    where identifiers.company = ${company} and identifiers.kind = ${kind}
      and identifiers.verified_at is not null`.execute(db);
  return rows.map(({ person }) => person);
}

/** A customer with a tier and a treatment's arm, by a group. */
export interface GroupedPerson {
  readonly group: string | null;
  readonly tier: Tier;
  readonly arm: 'treated' | 'control' | null;
}

/** What customers are grouped by. */
export type GroupedBy = 'joined' | 'source' | 'category';

/**
 * Everybody with a tier, by the year of the first purchase, the system it was made in, or what is
 * bought most; and whether a treatment is theirs. One pass.
 */
export async function listGrouped(
  db: Db,
  company: string,
  by: GroupedBy,
  treatment: string,
): Promise<readonly GroupedPerson[]> {
  const group = {
    joined: sql`to_char(accounts.first_day, 'YYYY')`,
    source: sql`(
      select source from purchase_history as bought
      where bought.company = accounts.company and bought.subject = any (accounts.subjects)
      order by day, source limit 1)`,
    category: sql`(
      select key from jsonb_each_text(accounts.categories)
      order by value::int desc, key limit 1)`,
  }[by];
  const { rows } = await sql<GroupedPerson>`
    select ${group} as "group", tiers.tier, mine.arm
    from value_tiers as tiers
    join value_accounts as accounts on accounts.company = tiers.company
      and accounts.person = tiers.person
    left join treatment_assignments as mine on mine.company = tiers.company
      and mine.person = tiers.person and mine.treatment = ${treatment}
    where tiers.company = ${company}`.execute(db);
  return rows;
}

/** All that a subject was drawn into, the first one first. */
export async function listAssignmentsOf(
  db: Db,
  company: string,
  person: string,
): Promise<readonly TreatmentAssignmentsTable[]> {
  return await db
    .selectFrom('treatment_assignments')
    .selectAll()
    .where('company', '=', company)
    .where('person', '=', person)
    .orderBy('assigned_at')
    .orderBy('treatment')
    .execute();
}

/** Deletes the assignments of a subject; answers how many. */
export async function deleteAssignments(tx: Tx, company: string, subject: string): Promise<number> {
  const result = await tx
    .deleteFrom('treatment_assignments')
    .where('company', '=', company)
    .where('person', '=', subject)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
