import type { ColumnType } from 'kysely';
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

/** Adds lines to the log of questions. */
export async function insertAsks(tx: Tx, rows: readonly AskInsert[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('ask_log')
    .values([...rows])
    .execute();
}

/** The questions that somebody is putting to these subjects just now. */
export async function listReservations(
  tx: Tx,
  company: string,
  subjects: readonly string[],
  now: Date,
): Promise<readonly AskReservationsTable[]> {
  return await tx
    .selectFrom('ask_reservations')
    .selectAll()
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .where('until_at', '>', now)
    .execute();
}

/** Keeps questions for one who puts them. */
export async function upsertReservations(
  tx: Tx,
  rows: readonly AskReservationsTable[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('ask_reservations')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['company', 'subject', 'predicate']).doUpdateSet((one) => ({
        holder: one.ref('excluded.holder'),
        until_at: one.ref('excluded.until_at'),
      })),
    )
    .execute();
}

/** Lets go of questions that have been answered or declined. */
export async function deleteReservations(
  tx: Tx,
  who: Who,
  predicates: readonly string[],
): Promise<void> {
  if (predicates.length === 0) return;
  await tx
    .deleteFrom('ask_reservations')
    .where('company', '=', who.company)
    .where('subject', '=', who.subject)
    .where('predicate', 'in', [...predicates])
    .execute();
}
