import { instantToText, invariant, newId } from '@keepsake/kernel';
import { companyKey } from '../../platform/company-key.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { openText, type SubjectKey, seal } from '../../platform/keys.ts';
import { findCompany, listCompanies } from '../companies/index.ts';
import { deleteMailsTo, insertMail, listKeptMails, type MailRow } from './mail.store.ts';
import {
  bareAddress,
  type Letter,
  letterFromText,
  letterToText,
  normaliseEmail,
  type OutgoingMail,
} from './mail.ts';

/** What sending needs of the platform. */
export type MailDeps = Pick<Deps, 'keys' | 'clock' | 'random' | 'config'>;

const SEALED_FOR = 'mail.letter';
const RECIPIENT = 'mail.recipient';
const MAILBOX_MAX = 200;

/**
 * Queues a mail inside the caller's transaction: it goes out once that has committed, and never
 * when it was rolled back. Without a mail server it is kept for the development mailbox instead.
 */
export async function queueMail(tx: Tx, deps: MailDeps, mail: OutgoingMail): Promise<void> {
  const company = await findCompany(tx, mail.company);
  invariant(company !== undefined, 'a mail is sent by a company that exists');
  const letter: Letter = {
    from: { name: company.mailSender, address: bareAddress(deps.config.mailFrom) },
    to: mail.to.trim(),
    subjectLine: mail.subjectLine,
    text: mail.text,
    attachments: mail.attachments ?? [],
  };
  const key = await keyOf(tx, deps, mail);
  const now = deps.clock.now();
  await insertMail(tx, {
    company: mail.company,
    id: newId(now, deps.random),
    subject: mail.subject,
    kind: mail.kind,
    recipient_hmac: recipientHmac(deps, mail.company, mail.to),
    sealed: seal(key, letterToText(letter), SEALED_FOR),
    state: deps.config.smtpUrl === undefined ? 'kept' : 'queued',
    attempts: 0,
    next_at: new Date(now),
    created_at: new Date(now),
  });
}

async function keyOf(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  mail: Pick<OutgoingMail, 'company' | 'subject'>,
): Promise<SubjectKey> {
  if (mail.subject === null) return await companyKey(db, deps, mail.company);
  const key = await deps.keys.findSubjectKey(db, mail.company, mail.subject);
  invariant(key !== undefined, 'a mail concerns a subject who was not erased');
  return key;
}

function recipientHmac(deps: Pick<Deps, 'keys'>, company: string, to: string): string {
  return deps.keys.hmac(company, RECIPIENT, normaliseEmail(to));
}

/** Opens a stored mail; undefined when the key of its subject was destroyed. */
export async function openMail(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  row: MailRow,
): Promise<Letter | undefined> {
  const key =
    row.subject === null
      ? await companyKey(db, deps, row.company)
      : await deps.keys.findSubjectKey(db, row.company, row.subject);
  return key === undefined ? undefined : letterFromText(openText(key, row.sealed, SEALED_FOR));
}

/** Deletes the mails of a kind to an address, such as sign-in links once one of them was used. */
export async function discardMails(
  tx: Tx,
  deps: Pick<Deps, 'keys'>,
  which: { readonly company: string; readonly to: string; readonly kind: string },
): Promise<number> {
  const hmac = recipientHmac(deps, which.company, which.to);
  return await deleteMailsTo(tx, { company: which.company, hmac, kind: which.kind });
}

/** A mail as the development mailbox shows it. */
export interface MailboxItem {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The newest mails of the development mailbox, to one address or to all. At most 200. */
export async function readMailbox(
  deps: Pick<Deps, 'database' | 'keys'>,
  to: string | undefined,
): Promise<readonly MailboxItem[]> {
  const db = deps.database.kysely;
  const rows = await listKeptMails(db, {
    ...(to === undefined ? {} : { recipients: await recipientsOf(deps, to) }),
    limit: MAILBOX_MAX,
  });
  const items: MailboxItem[] = [];
  for (const row of rows) {
    const letter = await openMail(db, deps, row);
    if (letter === undefined) continue;
    items.push({
      id: row.id,
      at: instantToText(row.created_at.getTime()),
      from: `${letter.from.name} <${letter.from.address}>`,
      to: letter.to,
      subject: letter.subjectLine,
      text: letter.text,
    });
  }
  return items;
}

async function recipientsOf(deps: Pick<Deps, 'database' | 'keys'>, to: string) {
  const companies = await listCompanies(deps.database.kysely);
  return companies.map(({ id }) => ({ company: id, hmac: recipientHmac(deps, id, to) }));
}
