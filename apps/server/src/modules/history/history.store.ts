import { sql } from 'kysely';
import { type Column, insertRows } from '../../platform/database/insert-rows.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly purchase_history: PurchaseHistoryTable;
    readonly service_contacts: ServiceContactsTable;
  }
}

/** A purchase or a return in an earlier system. */
export interface PurchaseHistoryTable {
  readonly company: string;
  readonly source: string;
  /** Keyed HMAC of the source's number. */
  readonly number_key: string;
  readonly kind: 'purchase' | 'return';
  readonly subject: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly lines: number;
  /** As the cost table names margins by; null where it was not told. */
  readonly category: string | null;
  readonly own_fault: boolean;
  /** Of a return: the `number_key` of its order. */
  readonly order_key: string | null;
  readonly content_key: string;
  readonly content_sealed: Uint8Array;
  readonly imported_at: Date;
}

/** A contact with service in an earlier system. */
export interface ServiceContactsTable {
  readonly company: string;
  readonly source: string;
  /** Keyed HMAC of the source's id. */
  readonly id_key: string;
  readonly subject: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly channel: string;
  readonly own_fault: boolean;
  readonly content_key: string;
  readonly content_sealed: Uint8Array;
  readonly imported_at: Date;
}

/** A row as it is looked up. */
export interface RowKey {
  readonly what: 'purchase' | 'return' | 'contact';
  readonly key: string;
}

/** A row that is there, and what it says. */
export interface StoredRow extends RowKey {
  readonly contentKey: string;
}

/** Whose rows. */
export interface SourceOf {
  readonly company: string;
  readonly source: string;
}

/** Which of these purchases and returns are there. */
export async function findPurchases(
  tx: Tx,
  { company, source }: SourceOf,
  keys: readonly RowKey[],
): Promise<readonly StoredRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<StoredRow>`
    select there.kind as what, there.number_key as key, there.content_key as "contentKey"
    from json_to_recordset(${JSON.stringify(keys)}::json) as wanted(what text, key text)
    join purchase_history as there on there.company = ${company} and there.source = ${source}
      and there.number_key = wanted.key and there.kind = wanted.what`.execute(tx);
  return rows;
}

/** Which of these contacts are there. */
export async function findContacts(
  tx: Tx,
  { company, source }: SourceOf,
  keys: readonly RowKey[],
): Promise<readonly StoredRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<StoredRow>`
    select 'contact' as what, there.id_key as key, there.content_key as "contentKey"
    from json_to_recordset(${JSON.stringify(keys)}::json) as wanted(key text)
    join service_contacts as there on there.company = ${company} and there.source = ${source}
      and there.id_key = wanted.key`.execute(tx);
  return rows;
}

const PURCHASE_COLUMNS: readonly Column<PurchaseHistoryTable>[] = [
  { name: 'number_key', type: 'text', of: (row) => row.number_key },
  { name: 'company', type: 'text', of: (row) => row.company },
  { name: 'source', type: 'text', of: (row) => row.source },
  { name: 'kind', type: 'text', of: (row) => row.kind },
  { name: 'subject', type: 'uuid', of: (row) => row.subject },
  { name: 'day', type: 'date', of: (row) => row.day },
  { name: 'amount_minor', type: 'bigint', of: (row) => row.amount_minor.toString() },
  { name: 'currency', type: 'text', of: (row) => row.currency },
  { name: 'lines', type: 'integer', of: (row) => row.lines },
  { name: 'category', type: 'text', of: (row) => row.category },
  { name: 'own_fault', type: 'boolean', of: (row) => String(row.own_fault) },
  { name: 'order_key', type: 'text', of: (row) => row.order_key },
  { name: 'content_key', type: 'text', of: (row) => row.content_key },
  { name: 'content_sealed', type: 'bytea', of: (row) => row.content_sealed },
  { name: 'imported_at', type: 'timestamptz', of: (row) => row.imported_at },
];

/** Adds purchases and returns; breaks `purchase_history_pkey` where somebody was faster. */
export async function insertPurchases(
  tx: Tx,
  rows: readonly PurchaseHistoryTable[],
): Promise<void> {
  await insertRows(tx, 'purchase_history', rows, PURCHASE_COLUMNS);
}

const CONTACT_COLUMNS: readonly Column<ServiceContactsTable>[] = [
  { name: 'id_key', type: 'text', of: (row) => row.id_key },
  { name: 'company', type: 'text', of: (row) => row.company },
  { name: 'source', type: 'text', of: (row) => row.source },
  { name: 'subject', type: 'uuid', of: (row) => row.subject },
  { name: 'day', type: 'date', of: (row) => row.day },
  { name: 'channel', type: 'text', of: (row) => row.channel },
  { name: 'own_fault', type: 'boolean', of: (row) => String(row.own_fault) },
  { name: 'content_key', type: 'text', of: (row) => row.content_key },
  { name: 'content_sealed', type: 'bytea', of: (row) => row.content_sealed },
  { name: 'imported_at', type: 'timestamptz', of: (row) => row.imported_at },
];

/** Adds contacts; breaks `service_contacts_pkey` where somebody was faster. */
export async function insertContacts(tx: Tx, rows: readonly ServiceContactsTable[]): Promise<void> {
  await insertRows(tx, 'service_contacts', rows, CONTACT_COLUMNS);
}

/** What a subject bought and returned, by day. */
export async function listPurchases(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly PurchaseHistoryTable[]> {
  return await db
    .selectFrom('purchase_history')
    .selectAll()
    .where('company', '=', company)
    .where('subject', '=', subject)
    .orderBy('day')
    .orderBy('number_key')
    .orderBy('kind')
    .execute();
}

/** What a subject asked service about, by day. */
export async function listContacts(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly ServiceContactsTable[]> {
  return await db
    .selectFrom('service_contacts')
    .selectAll()
    .where('company', '=', company)
    .where('subject', '=', subject)
    .orderBy('day')
    .orderBy('id_key')
    .execute();
}

/** Deletes the history of a subject; answers how many rows. */
export async function deleteHistory(tx: Tx, company: string, subject: string): Promise<number> {
  let rows = 0n;
  for (const table of ['purchase_history', 'service_contacts'] as const) {
    const result = await tx
      .deleteFrom(table)
      .where('company', '=', company)
      .where('subject', '=', subject)
      .executeTakeFirst();
    rows += result.numDeletedRows;
  }
  return Number(rows);
}
