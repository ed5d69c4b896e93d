import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

interface MailsTable {
  readonly company: string;
  readonly id: string;
  readonly subject: string | null;
  readonly kind: string;
  readonly recipient_hmac: string;
  readonly sealed: Uint8Array;
  readonly state: 'queued' | 'kept' | 'failed';
  readonly attempts: number;
  readonly next_at: Date;
  readonly created_at: Date;
}

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly mails: MailsTable;
  }
}

/** A mail as it is stored. */
export type MailRow = Selectable<MailsTable>;

/** Adds a mail. */
export async function insertMail(tx: Tx, row: MailRow): Promise<void> {
  await tx.insertInto('mails').values(row).execute();
}

/** Takes mails that are due; until `leaseUntil` no other process takes them. */
export async function takeDueMails(
  db: Db,
  how: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number },
): Promise<readonly MailRow[]> {
  const due = db
    .selectFrom('mails')
    .select(['company', 'id'])
    .where('state', '=', 'queued')
    .where('next_at', '<=', how.now)
    .orderBy('next_at')
    .limit(how.limit)
    .forUpdate()
    .skipLocked();
  return await db
    .updateTable('mails')
    .from(due.as('due'))
    .whereRef('mails.company', '=', 'due.company')
    .whereRef('mails.id', '=', 'due.id')
    .set((row) => ({ next_at: how.leaseUntil, attempts: sql`${row.ref('mails.attempts')} + 1` }))
    .returningAll('mails')
    .execute();
}

/** Puts a mail off, or gives it up. */
export async function postponeMail(
  db: Db,
  mail: Pick<MailRow, 'company' | 'id' | 'state' | 'next_at'>,
): Promise<void> {
  await db
    .updateTable('mails')
    .set({ state: mail.state, next_at: mail.next_at })
    .where('company', '=', mail.company)
    .where('id', '=', mail.id)
    .execute();
}

/** Deletes a mail, which was sent or can no longer be opened. */
export async function deleteMail(db: Db, mail: Pick<MailRow, 'company' | 'id'>): Promise<void> {
  await db
    .deleteFrom('mails')
    .where('company', '=', mail.company)
    .where('id', '=', mail.id)
    .execute();
}

/** The mails of the development mailbox, newest first; of all companies, as it is one mailbox. */
export async function listKeptMails(
  db: Db,
  how: { readonly recipients?: readonly RecipientKey[]; readonly limit: number },
): Promise<readonly MailRow[]> {
  let query = db.selectFrom('mails').selectAll().where('state', '=', 'kept');
  if (how.recipients !== undefined) {
    const recipients = how.recipients;
    query = query.where((where) =>
      where.or(
        recipients.map((each) =>
          where.and([where('company', '=', each.company), where('recipient_hmac', '=', each.hmac)]),
        ),
      ),
    );
  }
  return await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(how.limit).execute();
}

/** A recipient's look-up value, which differs from company to company. */
export interface RecipientKey {
  readonly company: string;
  readonly hmac: string;
}

/** Deletes the mails of one kind to one recipient; answers how many. */
export async function deleteMailsTo(
  tx: Tx,
  recipient: RecipientKey & { readonly kind: string },
): Promise<number> {
  const result = await tx
    .deleteFrom('mails')
    .where('company', '=', recipient.company)
    .where('recipient_hmac', '=', recipient.hmac)
    .where('kind', '=', recipient.kind)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Deletes what concerns a subject; answers how many mails that were. */
export async function eraseMails(tx: Tx, company: string, subject: string): Promise<number> {
  const result = await tx
    .deleteFrom('mails')
    .where('company', '=', company)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
