import type { Tier, TreatmentVerdict } from '@keepsake/value';
import { sql } from 'kysely';
import { type Column, insertRows } from '../../platform/database/insert-rows.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { contestedSubjects } from '../value/index.ts';
import { aloneLots, heldLots, joinedLots } from './joined.store.ts';

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

/** Everybody who was drawn into a treatment, by the person that they are now: see `joinedLots`. */
export async function listAssignments(
  db: Db,
  company: string,
): Promise<readonly Pick<TreatmentAssignmentsTable, 'treatment' | 'person' | 'arm'>[]> {
  type Row = Pick<TreatmentAssignmentsTable, 'treatment' | 'person' | 'arm'>;
  const { rows } = await sql<Row>`
    with ${joinedLots(company)}
    select treatment, person, arm from ${aloneLots(company)} as alone
    union all
    select treatment, person, arm from joined where place = 1`.execute(db);
  return rows;
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

/** Someone whose outcome can be counted now; days are `YYYY-MM-DD`, the last one not counted. */
export interface DueOutcome {
  readonly treatment: string;
  readonly person: string;
  readonly from: string;
  readonly to: string;
  /**
   * Where several records of one person were drawn into the treatment: those that this one answers
   * for. Each answers for itself, and the first for those without a lot as well, so that together
   * they are the whole person and each stays what it is when they part. Null: the whole person.
   */
  readonly subjects: readonly string[] | null;
}

/** Whose window has closed. */
export async function listDueOutcomes(
  db: Db,
  company: string,
  now: Date,
): Promise<readonly DueOutcome[]> {
  const { rows } = await sql<DueOutcome>`
    with ${joinedLots(company)},
    shared as (
      select treatment, person, array_agg(record) as records from joined
      group by treatment, person having count(*) > 1
    )
    select due.treatment, due.person,
      to_char(due.assigned_at at time zone 'UTC', 'YYYY-MM-DD') as "from",
      to_char(due.counts_at at time zone 'UTC', 'YYYY-MM-DD') as "to",
      case when shared.person is not null then array(
        select subject from members
        where company = ${company} and members.person = shared.person
          and (subject = due.person or (joined.place = 1 and subject <> all (shared.records)))
        order by subject
      ) end as subjects
    from treatment_assignments as due
    left join joined on joined.treatment = due.treatment and joined.record = due.person
    left join shared on shared.treatment = joined.treatment and shared.person = joined.person
    where due.company = ${company} and due.outcome is null and due.counts_at <= ${now}
    order by due.treatment, due.person`.execute(db);
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

/**
 * What the persons of these subjects have, each by their first lot: see `heldLots`. Who goes without by
 * lot has nothing, nor has who objects, from the moment of the objection to its end.
 */
export async function listHeld(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly HeldTreatment[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<HeldTreatment>`
    with ${heldLots(company, subjects)}
    select person, treatment, assigned_at as since from held
    where arm = 'treated' and person not in ${contestedSubjects(company)}
    order by assigned_at, treatment, person`.execute(db);
  return rows;
}

/**
 * Holds a treatment of a customer until the transaction ends, so that two orders never take the same
 * offer; false where none of these has it (any more).
 */
export async function lockHeld(
  tx: Tx,
  held: {
    readonly company: string;
    readonly treatment: string;
    readonly persons: readonly string[];
  },
): Promise<boolean> {
  await tx
    .selectFrom('treatment_assignments')
    .select('person')
    .where('company', '=', held.company)
    .where('treatment', '=', held.treatment)
    .where('person', 'in', [...held.persons])
    .orderBy('person')
    .forUpdate()
    .execute();
  const rows = await listHeld(tx, held.company, held.persons);
  return rows.some(({ treatment }) => treatment === held.treatment);
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
export type GroupedBy = 'joined' | 'source' | 'category' | 'country';

/**
 * Everybody with a tier, by the year of the first purchase, the system it was made in, what is bought
 * most, or the country of the site that took the last order here that was not cancelled; and whether a
 * treatment is theirs. One pass. Where customers live is in their addresses, which are sealed with the
 * key of each and which no statement can read; which language they speak is not kept.
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
    country: sql`(
      select case when sites.place ~ '^[a-z]{2}(/|$)' then upper(left(sites.place, 2)) end
      from orders as placed
      left join sites on sites.company = placed.company and sites.site = placed.site
      where placed.company = accounts.company and placed.state <> 'cancelled'
        and placed.subject = any (accounts.subjects::text[])
      order by placed.placed_at desc, placed.id desc limit 1)`,
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

/** An assignment of a subject, and whether anything follows from it now. */
export interface OwnAssignment extends TreatmentAssignmentsTable {
  /** Whether it is the first lot of the person. */
  readonly isHeld: boolean;
  /** Whether an objection of the person stands. */
  readonly isSuspended: boolean;
}

/** All that a subject was drawn into, the first one first. */
export async function listAssignmentsOf(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly OwnAssignment[]> {
  const { rows } = await sql<OwnAssignment>`
    with ${heldLots(company, [subject])}
    select mine.*, held.record is not null as "isHeld",
      mine.person in ${contestedSubjects(company)} as "isSuspended"
    from treatment_assignments as mine
    left join held on held.treatment = mine.treatment and held.record = mine.person
    where mine.company = ${company} and mine.person = ${subject}::uuid
    order by mine.assigned_at, mine.treatment`.execute(db);
  return rows;
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
