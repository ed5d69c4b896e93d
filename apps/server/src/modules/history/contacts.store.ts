import type { Db, Tx } from '../../platform/database/schema.ts';
import type { ServiceContactsTable } from './history.store.ts';

/** Which contact: its source, and the keyed HMAC of its id there. */
export type ContactKey = Pick<ServiceContactsTable, 'company' | 'source' | 'id_key'>;

/**
 * Adds a contact unless it is there; answers whether it was not. Breaks
 * `service_contacts_subject_exists` where the subject was erased meanwhile.
 */
export async function insertContactOnce(tx: Tx, row: ServiceContactsTable): Promise<boolean> {
  const result = await tx
    .insertInto('service_contacts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['company', 'source', 'id_key']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** A contact; nobody else deletes it until the transaction ends. */
export async function findContactForUpdate(
  tx: Tx,
  key: ContactKey,
): Promise<ServiceContactsTable | undefined> {
  return await tx
    .selectFrom('service_contacts')
    .selectAll()
    .where('company', '=', key.company)
    .where('source', '=', key.source)
    .where('id_key', '=', key.id_key)
    .forUpdate()
    .executeTakeFirst();
}

/** Deletes a contact. */
export async function deleteContact(tx: Tx, key: ContactKey): Promise<void> {
  await tx
    .deleteFrom('service_contacts')
    .where('company', '=', key.company)
    .where('source', '=', key.source)
    .where('id_key', '=', key.id_key)
    .execute();
}

/** The latest contacts of some subjects, the newest first. */
export async function listLatestContacts(
  db: Db,
  whose: { readonly company: string; readonly subjects: readonly string[] },
  limit: number,
): Promise<readonly ServiceContactsTable[]> {
  if (whose.subjects.length === 0) return [];
  return await db
    .selectFrom('service_contacts')
    .selectAll()
    .where('company', '=', whose.company)
    .where('subject', 'in', [...whose.subjects])
    .orderBy('day', 'desc')
    .orderBy('imported_at', 'desc')
    .orderBy('id_key')
    .limit(limit)
    .execute();
}
