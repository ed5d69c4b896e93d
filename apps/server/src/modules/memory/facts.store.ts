import type { Words } from '@keepsake/kernel';
import type { Fact, Scope } from '@keepsake/memory';
import type { ColumnType } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly facts: FactsTable;
    readonly consents: ConsentsTable;
    readonly declines: DeclinesTable;
  }
}

interface FactsTable {
  readonly company: string;
  readonly subject: string;
  readonly id: string;
  readonly slot: string;
  readonly lane: string;
  readonly predicate: string;
  readonly scope: ColumnType<Scope, string>;
  readonly value: Uint8Array;
  readonly unit: string | null;
  readonly polarity: Fact['polarity'];
  readonly basis: Fact['basis'];
  readonly confidence: number;
  readonly evidence: ColumnType<readonly string[], string>;
  readonly seq: number;
  readonly as_of: Date;
  readonly purpose: string;
  readonly sensitivity: Fact['sensitivity'];
  readonly valid_from: Date;
  readonly valid_to: Date | null;
  readonly tx_from: Date;
  readonly tx_to: Date | null;
  readonly supersedes: string | null;
}

interface ConsentsTable {
  readonly company: string;
  readonly subject: string;
  readonly id: string;
  readonly purpose: string;
  readonly status: 'granted' | 'withdrawn';
  readonly basis: 'consent' | 'explicit-consent' | null;
  readonly wording: ColumnType<Words | null, string | null>;
  readonly receipt_id: string;
  readonly at: Date;
  readonly expires_at: Date | null;
  readonly recorded_at: Date;
  readonly seq: number;
}

interface DeclinesTable {
  readonly company: string;
  readonly subject: string;
  readonly id: string;
  readonly predicate: string;
  readonly at: Date;
  readonly until_at: Date | null;
  readonly recorded_at: Date;
  readonly seq: number;
}

/** A fact as it is read: the value sealed. */
export type FactRow = Omit<FactsTable, 'scope' | 'evidence'> & {
  readonly scope: Scope;
  readonly evidence: readonly string[];
};

/** A fact as it is written. */
export type FactInsert = Omit<FactsTable, 'scope' | 'evidence'> & {
  readonly scope: string;
  readonly evidence: string;
};

/** A consent as it is read. */
export type ConsentRow = Omit<ConsentsTable, 'wording'> & { readonly wording: Words | null };

/** A consent as it is written. */
export type ConsentInsert = Omit<ConsentsTable, 'wording'> & { readonly wording: string | null };

/** A refusal to answer. */
export type DeclineRow = DeclinesTable;

/** Everything ever believed of a subject, or of these slots of it, in the engine's order. */
export async function listEverBelieved(
  db: Db,
  who: Who,
  slots?: readonly string[],
): Promise<readonly FactRow[]> {
  let query = db
    .selectFrom('facts')
    .selectAll()
    .where('company', '=', who.company)
    .where('subject', '=', who.subject);
  if (slots !== undefined) {
    if (slots.length === 0) return [];
    query = query.where('slot', 'in', [...slots]);
  }
  return await query
    .orderBy('slot')
    .orderBy('tx_from')
    .orderBy('valid_from')
    .orderBy('id')
    .execute();
}

/** Takes rows out, as if they had never been. */
export async function deleteFacts(tx: Tx, who: Who, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('facts')
    .where('company', '=', who.company)
    .where('subject', '=', who.subject)
    .where('id', 'in', [...ids])
    .execute();
}

/** Ends the belief in a row: the one change a fact ever sees. */
export async function closeFact(tx: Tx, who: Who, id: string, txTo: Date): Promise<void> {
  await tx
    .updateTable('facts')
    .set({ tx_to: txTo })
    .where('company', '=', who.company)
    .where('subject', '=', who.subject)
    .where('id', '=', id)
    .execute();
}

/** Adds rows. */
export async function insertFacts(tx: Tx, rows: readonly FactInsert[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('facts')
    .values([...rows])
    .execute();
}

/** Adds consents; one that is there already stays. */
export async function insertConsents(tx: Tx, rows: readonly ConsentInsert[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('consents')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Adds refusals; one that is there already stays. */
export async function insertDeclines(tx: Tx, rows: readonly DeclineRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('declines')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Every consent of these subjects, in the order they became known. */
export async function listConsents(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly ConsentRow[]> {
  return await db
    .selectFrom('consents')
    .selectAll()
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .orderBy('recorded_at')
    .orderBy('seq')
    .orderBy('id')
    .execute();
}

/** Every refusal of these subjects, in the order they became known. */
export async function listDeclines(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly DeclineRow[]> {
  return await db
    .selectFrom('declines')
    .selectAll()
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .orderBy('recorded_at')
    .orderBy('seq')
    .orderBy('id')
    .execute();
}

/** Empties what follows from a subject's journal, before a replay fills it again. */
export async function deleteProjection(tx: Tx, who: Who): Promise<void> {
  for (const table of ['facts', 'consents', 'declines'] as const) {
    await tx
      .deleteFrom(table)
      .where('company', '=', who.company)
      .where('subject', '=', who.subject)
      .execute();
  }
}
