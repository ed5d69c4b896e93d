import type { Selectable } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

interface SignInLinksTable {
  readonly company: string;
  readonly token_hash: string;
  readonly subject: string | null;
  readonly email_hmac: string;
  readonly email_sealed: Uint8Array;
  readonly return_to: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
}

interface CustomerSessionsTable {
  readonly company: string;
  readonly token_hash: string;
  readonly subject: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly sign_in_links: SignInLinksTable;
    readonly customer_sessions: CustomerSessionsTable;
  }
}

/** A sign-in link as it is stored. */
export type LinkRow = Selectable<SignInLinksTable>;
/** A session of a customer as it is stored. */
export type CustomerSessionRow = Selectable<CustomerSessionsTable>;

/** Adds a link. */
export async function insertLink(tx: Tx, row: LinkRow): Promise<void> {
  await tx.insertInto('sign_in_links').values(row).execute();
}

/** Takes a link out, so that it is used once; undefined when it is used up or too old. */
export async function takeLink(
  tx: Tx,
  which: { readonly company: string; readonly tokenHash: string; readonly now: Date },
): Promise<LinkRow | undefined> {
  return await tx
    .deleteFrom('sign_in_links')
    .where('company', '=', which.company)
    .where('token_hash', '=', which.tokenHash)
    .where('expires_at', '>', which.now)
    .returningAll()
    .executeTakeFirst();
}

/** Deletes the other links of an address, once one of them was used. */
export async function deleteLinksOf(tx: Tx, company: string, emailHmac: string): Promise<void> {
  await tx
    .deleteFrom('sign_in_links')
    .where('company', '=', company)
    .where('email_hmac', '=', emailHmac)
    .execute();
}

/** Adds a session. */
export async function insertSession(tx: Tx, row: CustomerSessionRow): Promise<void> {
  await tx.insertInto('customer_sessions').values(row).execute();
}

/** The session of a token, while it lasts. */
export async function findSession(
  db: Db,
  which: { readonly company: string; readonly tokenHash: string; readonly now: Date },
): Promise<CustomerSessionRow | undefined> {
  return await db
    .selectFrom('customer_sessions')
    .selectAll()
    .where('company', '=', which.company)
    .where('token_hash', '=', which.tokenHash)
    .where('expires_at', '>', which.now)
    .executeTakeFirst();
}

/** Moves the end of a session. */
export async function extendSession(
  db: Db,
  row: Pick<CustomerSessionRow, 'company' | 'token_hash'>,
  expiresAt: Date,
): Promise<void> {
  await db
    .updateTable('customer_sessions')
    .set({ expires_at: expiresAt })
    .where('company', '=', row.company)
    .where('token_hash', '=', row.token_hash)
    .execute();
}

/** Ends a session. */
export async function deleteSession(db: Db, company: string, tokenHash: string): Promise<void> {
  await db
    .deleteFrom('customer_sessions')
    .where('company', '=', company)
    .where('token_hash', '=', tokenHash)
    .execute();
}

/** Deletes what has run out, of every company. */
export async function purgeSessions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('sign_in_links').where('expires_at', '<', now).execute();
  await db.deleteFrom('customer_sessions').where('expires_at', '<', now).execute();
}

/** Ends every session of a subject and deletes the links to them; answers how many rows. */
export async function eraseSessions(tx: Tx, company: string, subject: string): Promise<number> {
  const sessions = await tx
    .deleteFrom('customer_sessions')
    .where('company', '=', company)
    .where('subject', '=', subject)
    .executeTakeFirst();
  const links = await tx
    .deleteFrom('sign_in_links')
    .where('company', '=', company)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return Number(sessions.numDeletedRows + links.numDeletedRows);
}
