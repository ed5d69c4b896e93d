import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly subjects: SubjectsTable;
    readonly identifiers: IdentifiersTable;
    readonly name_tokens: NameTokensTable;
    readonly tombstones: TombstonesTable;
  }
}

interface SubjectsTable {
  readonly company: string;
  readonly id: string;
  readonly name: Uint8Array | null;
  readonly journal_length: number;
  readonly last_recorded_at: Date | null;
  readonly last_seen_at: Date | null;
  readonly created_at: Date;
}

interface IdentifiersTable {
  readonly company: string;
  readonly subject: string;
  readonly kind: string;
  readonly hmac: string;
  readonly value: Uint8Array;
  readonly verified_at: Date | null;
  readonly verified_by: VerifiedBy | null;
  readonly strength: 'strong' | 'weak' | 'shared';
  readonly created_at: Date;
}

interface NameTokensTable {
  readonly company: string;
  readonly token: string;
  readonly subject: string;
}

interface TombstonesTable {
  readonly company: string;
  readonly kind: string;
  readonly hmac: string;
  readonly erased_at: Date;
}

/** How an identifier was proved: by opening a mail, by staff who checked, by the system it is of. */
export type VerifiedBy = 'link' | 'staff' | 'source';

/** A stored identifier; its value is sealed. */
export type IdentifierRow = IdentifiersTable;

/** A stored subject; its name is sealed. */
export type SubjectRow = SubjectsTable;

/** Adds a subject without anything known of it. */
export async function insertSubject(tx: Tx, who: Who, now: Date): Promise<void> {
  await tx
    .insertInto('subjects')
    .values({
      company: who.company,
      id: who.subject,
      name: null,
      journal_length: 0,
      last_recorded_at: null,
      last_seen_at: null,
      created_at: now,
    })
    .execute();
}

/** The subject's row. */
export async function findSubject(db: Db, who: Who): Promise<SubjectRow | undefined> {
  return await db
    .selectFrom('subjects')
    .selectAll()
    .where('company', '=', who.company)
    .where('id', '=', who.subject)
    .executeTakeFirst();
}

/**
 * The subject's row, locked to the end of the transaction: its writers go one after another. Rows
 * that merely refer to the subject, such as readings, can still be added meanwhile.
 */
export async function lockSubject(tx: Tx, who: Who): Promise<SubjectRow | undefined> {
  return await tx
    .selectFrom('subjects')
    .selectAll()
    .where('company', '=', who.company)
    .where('id', '=', who.subject)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** As `lockSubject`, and nothing that refers to the subject can be added: it is about to go. */
export async function lockSubjectWhole(tx: Tx, who: Who): Promise<SubjectRow | undefined> {
  return await tx
    .selectFrom('subjects')
    .selectAll()
    .where('company', '=', who.company)
    .where('id', '=', who.subject)
    .forUpdate()
    .executeTakeFirst();
}

/** Writes where the journal now ends. */
export async function updateJournalEnd(
  tx: Tx,
  who: Who,
  end: { readonly length: number; readonly recordedAt: Date; readonly seenAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('subjects')
    .set({
      journal_length: end.length,
      last_recorded_at: end.recordedAt,
      ...(end.seenAt === null ? {} : { last_seen_at: end.seenAt }),
    })
    .where('company', '=', who.company)
    .where('id', '=', who.subject)
    .execute();
}

/** Writes the sealed name and the tokens that it can be searched by. */
export async function updateName(
  tx: Tx,
  who: Who,
  name: Uint8Array,
  tokens: readonly string[],
): Promise<void> {
  const { company, subject } = who;
  await tx
    .updateTable('subjects')
    .set({ name })
    .where('company', '=', company)
    .where('id', '=', subject)
    .execute();
  await deleteNameTokens(tx, who);
  if (tokens.length === 0) return;
  const rows = tokens.map((token) => ({ company, token, subject }));
  await tx.insertInto('name_tokens').values(rows).execute();
}

async function deleteNameTokens(tx: Tx, who: Who): Promise<void> {
  await tx
    .deleteFrom('name_tokens')
    .where('company', '=', who.company)
    .where('subject', '=', who.subject)
    .execute();
}

/** Subjects whose name has all of these tokens, the last seen first. */
export async function findByNameTokens(
  db: Db,
  company: string,
  tokens: readonly string[],
  limit: number,
): Promise<readonly SubjectRow[]> {
  if (tokens.length === 0) return [];
  const having = db
    .selectFrom('name_tokens')
    .select('subject')
    .where('company', '=', company)
    .where('token', 'in', [...tokens])
    .groupBy('subject')
    .having((all) => all.fn.count('token').distinct(), '=', BigInt(tokens.length));
  return await db
    .selectFrom('subjects')
    .selectAll()
    .where('company', '=', company)
    .where('id', 'in', having)
    .orderBy(sql`coalesce(last_seen_at, created_at) desc, id`)
    .limit(limit)
    .execute();
}

/** Keeps others from looking for or adding the same identifiers until the transaction ends. */
export async function lockIdentifiers(tx: Tx, hmacs: readonly string[]): Promise<void> {
  // In one order, so that two who lock the same pair do not wait for each other.
  for (const hmac of [...hmacs].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${hmac}, 0))`.execute(tx);
  }
}

/** The subject that a proved strong identifier belongs to. */
export async function findVerifiedSubject(
  db: Db,
  identifier: { readonly company: string; readonly kind: string; readonly hmac: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('identifiers')
    .select('subject')
    .where('company', '=', identifier.company)
    .where('kind', '=', identifier.kind)
    .where('hmac', '=', identifier.hmac)
    .where('verified_at', 'is not', null)
    .where('strength', '=', 'strong')
    .executeTakeFirst();
  return row?.subject;
}

/**
 * Adds an identifier; answers whether it was new. Waits for another who is adding the same, and adds
 * nothing where the subject has it or somebody has proved it.
 */
export async function insertIdentifier(tx: Tx, row: IdentifierRow): Promise<boolean> {
  const result = await tx
    .insertInto('identifiers')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Marks an identifier that a subject merely claimed as proved. */
export async function markProved(
  tx: Tx,
  row: Pick<IdentifierRow, 'company' | 'subject' | 'kind' | 'hmac' | 'verified_at' | 'verified_by'>,
): Promise<void> {
  const { verified_at, verified_by } = row;
  await tx
    .updateTable('identifiers')
    .set({ verified_at, verified_by })
    .where('company', '=', row.company)
    .where('subject', '=', row.subject)
    .where('kind', '=', row.kind)
    .where('hmac', '=', row.hmac)
    .where('verified_at', 'is', null)
    .execute();
}

/** All identifiers of these subjects, the oldest first. */
export async function listIdentifiers(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly IdentifierRow[]> {
  return await db
    .selectFrom('identifiers')
    .selectAll()
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .orderBy('created_at')
    .orderBy('kind')
    .execute();
}

/** Whether somebody with this identifier had everything erased. */
export async function hasTombstone(
  db: Db,
  tombstone: { readonly company: string; readonly kind: string; readonly hmac: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('tombstones')
    .select('kind')
    .where('company', '=', tombstone.company)
    .where('kind', '=', tombstone.kind)
    .where('hmac', '=', tombstone.hmac)
    .executeTakeFirst();
  return row !== undefined;
}

/** Leaves tombstones; one that is there already keeps its date. */
export async function insertTombstones(tx: Tx, rows: readonly TombstonesTable[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('tombstones')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
