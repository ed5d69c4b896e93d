import { type ColumnType, type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly fact_reads: FactReadsTable;
    readonly ask_log: AskLogTable;
    readonly ask_reservations: AskReservationsTable;
  }
}

interface FactReadsTable {
  readonly company: string;
  readonly subject: string;
  readonly id: string;
  readonly at: Date;
  readonly actor_kind: 'customer' | 'staff' | 'system';
  readonly actor: string | null;
  readonly actor_name: Uint8Array | null;
  readonly purpose: string;
  readonly touchpoint: string;
  readonly site: string | null;
  readonly fact_ids: ColumnType<readonly string[], string>;
}

interface AskLogTable {
  readonly company: string;
  readonly subject: string;
  readonly id: string;
  readonly asked_at: Date;
  readonly channel: string;
  readonly touchpoint: string;
  readonly purpose: string;
  readonly predicate: string;
  readonly outcome: 'known' | 'confirm' | 'ask' | 'later' | 'declined' | 'withheld';
  readonly fact_ids: ColumnType<readonly string[], string>;
  readonly is_repeat: boolean;
}

interface AskReservationsTable {
  readonly company: string;
  readonly subject: string;
  readonly predicate: string;
  readonly holder: string;
  readonly until_at: Date;
}

/** A reading as it is read. */
export type ReadRow = Omit<FactReadsTable, 'fact_ids'> & { readonly fact_ids: readonly string[] };

/** A reading as it is written. */
export type ReadInsert = Omit<FactReadsTable, 'fact_ids'> & { readonly fact_ids: string };

/** A line of the log of questions as it is written. */
export type AskInsert = Omit<AskLogTable, 'fact_ids'> & { readonly fact_ids: string };

/** Adds readings. */
export async function insertReads(db: Db, rows: readonly ReadInsert[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('fact_reads')
    .values([...rows])
    .execute();
}

/** The last readings of these subjects, the newest first. */
export async function listReads(
  db: Db,
  company: string,
  subjects: readonly string[],
  limit: number,
): Promise<readonly ReadRow[]> {
  return await db
    .selectFrom('fact_reads')
    .selectAll()
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/**
 * A condition that always holds: the statement it is in does not wait for the disk when it commits.
 * What it wrote outlives this server; should the database's machine lose power, the last second of
 * it may be gone. Only for logs of what was read and asked, in a statement that is a transaction.
 */
export const COMMITTED_SOON: RawBuilder<boolean> = sql<boolean>`(select set_config('synchronous_commit', 'off', true)) = 'off'`;

/** What is written of questions and answers. */
export interface AskedRows {
  readonly company: string;
  /** Whom questions are kept of. */
  readonly subject: string;
  readonly holder: string;
  readonly now: Date;
  readonly until: Date;
  readonly asks: readonly AskInsert[];
  readonly reads: readonly ReadInsert[];
}

/**
 * Keeps the questions among these for one who puts them, and logs answers and readings, in one
 * statement. Answers the predicates that were to be had: a question that somebody else holds is
 * logged as put off.
 */
export async function keepAsked(db: Db, asked: AskedRows): Promise<ReadonlySet<string>> {
  const { company, subject, holder, now, until, asks } = asked;
  const reads = asked.reads.map((one) => ({
    ...one,
    actor_name: one.actor_name === null ? null : Buffer.from(one.actor_name).toString('hex'),
  }));
  const { rows } = await sql<{ predicate: string }>`/* prepared */
    with answered as materialized (
      select * from json_to_recordset(${JSON.stringify(asks)}::text::json) as row(subject uuid, id uuid,
        asked_at timestamptz, channel text, touchpoint text, purpose text, predicate text,
        outcome text, fact_ids text, is_repeat boolean)
      where ${COMMITTED_SOON}
    ), won as (
      insert into ask_reservations (company, subject, predicate, holder, until_at)
      select distinct ${company}::text, ${subject}::uuid, predicate, ${holder}::text,
        ${until}::timestamptz
      from answered where outcome = 'ask' order by predicate
      on conflict (company, subject, predicate) do update
        set holder = excluded.holder, until_at = excluded.until_at
        where ask_reservations.holder = excluded.holder
          or ask_reservations.until_at <= ${now}::timestamptz
      returning predicate
    ), logged as (
      insert into ask_log (company, subject, id, asked_at, channel, touchpoint, purpose, predicate,
        outcome, fact_ids, is_repeat)
      select ${company}::text, subject, id, asked_at, channel, touchpoint, purpose, predicate,
        case when is_put then 'ask' when outcome = 'ask' then 'later' else outcome end,
        fact_ids::jsonb, is_repeat and is_put
      from (
        select answered.*, outcome = 'ask' and exists (
          select from won where won.predicate = answered.predicate) as is_put
        from answered
      ) as answer
    ), read as (
      insert into fact_reads (company, subject, id, at, actor_kind, actor, actor_name, purpose,
        touchpoint, site, fact_ids)
      select ${company}::text, subject, id, at, actor_kind, actor, decode(actor_name, 'hex'), purpose,
        touchpoint, site, fact_ids::jsonb
      from json_to_recordset(${JSON.stringify(reads)}::text::json) as row(subject uuid, id uuid,
        at timestamptz, actor_kind text, actor text, actor_name text, purpose text,
        touchpoint text, site text, fact_ids text)
    )
    select predicate from won`.execute(db);
  return new Set(rows.map((row) => row.predicate));
}

/** Lets go of questions that have been answered or declined, whoever of the person was asked. */
export async function deleteReservations(
  tx: Tx,
  { company, subject }: Who,
  predicates: readonly string[],
): Promise<void> {
  if (predicates.length === 0) return;
  const person = tx
    .selectFrom('members as own')
    .innerJoin('members as other', (join) =>
      join.onRef('other.company', '=', 'own.company').onRef('other.person', '=', 'own.person'),
    )
    .select('other.subject')
    .where('own.company', '=', company)
    .where('own.subject', '=', subject);
  await tx
    .deleteFrom('ask_reservations')
    .where('company', '=', company)
    .where((one) => one.or([one('subject', '=', subject), one('subject', 'in', person)]))
    .where('predicate', 'in', [...predicates])
    .execute();
}
