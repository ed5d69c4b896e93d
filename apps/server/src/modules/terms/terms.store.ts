import { type ColumnType, type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_documents: ValueDocumentsTable;
  }
}

/** What a company reckons by. */
export type DocumentKind = 'costs' | 'policy' | 'settings' | 'treatments';

/** One version of what a company reckons by. */
export interface ValueDocumentsTable {
  readonly company: string;
  readonly kind: DocumentKind;
  readonly version: string;
  /** `YYYY-MM-DD`; of cost tables alone. */
  readonly valid_from: string | null;
  readonly body: ColumnType<unknown, string, never>;
  /** No two of a company are made at one instant. */
  readonly made_at: Date;
  /** Account of a member of staff; null where it came with the data. */
  readonly made_by: string | null;
}

/** A version as it is read. */
export type DocumentRow = Selectable<ValueDocumentsTable>;

/** Which documents. */
export interface DocumentsOf {
  readonly company: string;
  readonly kind: DocumentKind;
}

/**
 * Puts those who state something for a company in a row, and answers an instant after all that was
 * stated there: now, or a millisecond later where the clock stands or ran back.
 */
export async function lockDocuments(tx: Tx, company: string, now: Date): Promise<Date> {
  await tx
    .selectFrom('companies')
    .select('company')
    .where('company', '=', company)
    .forNoKeyUpdate()
    .execute();
  const row = await tx
    .selectFrom('value_documents')
    .select((one) => one.fn.max('made_at').as('latest'))
    .where('company', '=', company)
    .executeTakeFirst();
  const latest: Date | null | undefined = row?.latest;
  return latest && latest >= now ? new Date(latest.getTime() + 1) : now;
}

/** Adds a version. */
export async function insertDocument(
  tx: Tx,
  row: Omit<DocumentRow, 'body'> & { readonly body: string },
): Promise<void> {
  await tx.insertInto('value_documents').values(row).execute();
}

/** One version. */
export async function findDocument(
  db: Db,
  { company, kind }: DocumentsOf,
  version: string,
): Promise<DocumentRow | undefined> {
  return await db
    .selectFrom('value_documents')
    .selectAll()
    .where('company', '=', company)
    .where('kind', '=', kind)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** The latest versions, the newest first. */
export async function listDocuments(
  db: Db,
  { company, kind }: DocumentsOf,
  limit: number,
): Promise<readonly DocumentRow[]> {
  return await db
    .selectFrom('value_documents')
    .selectAll()
    .where('company', '=', company)
    .where('kind', '=', kind)
    .orderBy('made_at', 'desc')
    .limit(limit)
    .execute();
}

/** The cost table that holds on a day: of those begun the last to begin, of two the later made. */
export async function findCostsOn(
  db: Db,
  company: string,
  day: string,
): Promise<DocumentRow | undefined> {
  return await db
    .selectFrom('value_documents')
    .selectAll()
    .where('company', '=', company)
    .where('kind', '=', 'costs')
    .where('valid_from', '<=', sql<string>`${day}::date`)
    .orderBy('valid_from', 'desc')
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}
