/** Contacts with service that are recorded here, beside those of earlier systems. */
import { DESK_SOURCE, LIMITS } from '@keepsake/contract';
import { type Instant, MINUTE_MS, newId } from '@keepsake/kernel';
import { isRefusedBy } from '../../platform/database/failure.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { openText, type SubjectKey, seal } from '../../platform/keys.ts';
import type { LoadedPerson } from '../memory/index.ts';
import {
  deleteContact,
  findContactForUpdate,
  insertContactOnce,
  listLatestContacts,
} from './contacts.store.ts';
import { SEALED_FOR } from './history.service.ts';
import type { ServiceContactsTable } from './history.store.ts';

/** For how long a contact recorded here can be undone. */
export const UNDO_MS: number = 10 * MINUTE_MS;

/** One contact of a person with service. */
export interface Contact {
  /** As its source calls it. */
  readonly id: string;
  readonly source: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly channel: string;
  readonly ownFault: boolean;
  readonly reason: string | null;
  /** Account of the member of staff; null where it was taken over. */
  readonly by: string | null;
  readonly recordedAt: Instant;
}

type ContactDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random'>;
type Person = Pick<LoadedPerson, 'company' | 'members' | 'keys'>;

/** What is sealed of a contact; those of earlier systems name nobody. */
interface ContactWords {
  readonly id: string;
  readonly reason?: string;
  readonly by?: string;
}

/** The latest contacts of a person, the newest first: at most `LIMITS.guestContactsMax`. */
export async function listContactsOf(db: Db, person: Person): Promise<readonly Contact[]> {
  const whose = { company: person.company, subjects: person.members };
  const rows = await listLatestContacts(db, whose, LIMITS.guestContactsMax);
  return rows.flatMap((row) => {
    const key = person.keys.get(row.subject);
    return key === undefined ? [] : [contactOf(key, row)];
  });
}

function contactOf(key: SubjectKey, row: ServiceContactsTable): Contact {
  // Sealed by this module, here or in `history.service.ts`.
  const words = JSON.parse(openText(key, row.content_sealed, SEALED_FOR)) as ContactWords;
  return {
    ...{ id: words.id, source: row.source, day: row.day, channel: row.channel },
    ...{ ownFault: row.own_fault, reason: words.reason ?? null, by: words.by ?? null },
    recordedAt: row.imported_at.getTime(),
  };
}

/** A contact to be recorded, by whom and whose. */
export interface ContactInput {
  readonly company: string;
  readonly subject: string;
  readonly channel: string;
  /** `YYYY-MM-DD` where it is recorded. */
  readonly day: string;
  readonly ownFault: boolean;
  readonly reason?: string | undefined;
  /** Account of the member of staff. */
  readonly by: string;
  /** The same again by the same person is one contact. */
  readonly idempotencyKey: string | null;
}

/** What became of it. */
export type ContactRecorded =
  | { readonly kind: 'recorded'; readonly contact: Contact }
  | { readonly kind: 'subject-not-found' };

/** Records a contact of a subject. */
export async function recordContact(
  deps: ContactDeps,
  input: ContactInput,
): Promise<ContactRecorded> {
  try {
    return await deps.database.transaction((tx) => recordIn(tx, deps, input));
  } catch (error) {
    // Erased between our reading of the key and our writing.
    if (isRefusedBy(error, 'service_contacts_subject_exists')) return { kind: 'subject-not-found' };
    throw error;
  }
}

async function recordIn(tx: Tx, deps: ContactDeps, input: ContactInput): Promise<ContactRecorded> {
  const { company, subject } = input;
  const key = await deps.keys.findSubjectKey(tx, company, subject);
  if (key === undefined) return { kind: 'subject-not-found' };
  const row = rowOf(deps, key, input);
  const isNew = await insertContactOnce(tx, row);
  const kept = isNew ? row : await findContactForUpdate(tx, row);
  return { kind: 'recorded', contact: contactOf(key, kept ?? row) };
}

function rowOf(deps: ContactDeps, key: SubjectKey, input: ContactInput): ServiceContactsTable {
  const { company, subject, channel, day, ownFault, by } = input;
  const reason = input.reason?.trim() ?? '';
  const id = idOf(deps, input);
  const words: ContactWords = { id, by, ...(reason === '' ? {} : { reason }) };
  const content = JSON.stringify([subject, day, channel, ownFault, reason, by]);
  return {
    ...{ company, source: DESK_SOURCE, id_key: keyOf(deps, company, id), subject, day, channel },
    own_fault: ownFault,
    content_key: deps.keys.hmac(company, 'history.content', `${DESK_SOURCE}\0${content}`),
    content_sealed: seal(key, JSON.stringify(words), SEALED_FOR),
    imported_at: new Date(deps.clock.now()),
  };
}

/** An id of its own; of the key, where there is one, so that it is the same when it is sent again. */
function idOf(deps: ContactDeps, input: ContactInput): string {
  const { company, subject, by, idempotencyKey } = input;
  if (idempotencyKey === null) return newId(deps.clock.now(), deps.random);
  const text = `${subject}\0${by}\0${idempotencyKey}`;
  const digits = deps.keys.hmac(company, 'history.contact', text);
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function keyOf({ keys }: Pick<Deps, 'keys'>, company: string, id: string): string {
  return keys.hmac(company, 'history.number', `${DESK_SOURCE}\0${id}`);
}

/** Which contact is to be undone, and who wants it. */
export interface ContactUndo {
  readonly id: string;
  /** Account of the member of staff. */
  readonly by: string;
  /** An owner undoes what others recorded. */
  readonly isOwner: boolean;
}

/** What became of it. */
export type ContactUndone = 'undone' | 'contact-not-found' | 'undo-ended' | 'not-theirs';

/** Undoes a contact that was recorded here, within `UNDO_MS`. */
export async function undoContact(
  deps: ContactDeps,
  person: Person,
  undo: ContactUndo,
): Promise<ContactUndone> {
  const { company } = person;
  const key = { company, source: DESK_SOURCE, id_key: keyOf(deps, company, undo.id) };
  return await deps.database.transaction(async (tx) => {
    const row = await findContactForUpdate(tx, key);
    const subjectKey = row && person.keys.get(row.subject);
    if (row === undefined || subjectKey === undefined) return 'contact-not-found';
    const contact = contactOf(subjectKey, row);
    if (!mayUndo(contact, undo)) return 'not-theirs';
    if (deps.clock.now() >= undoneUntil(contact)) return 'undo-ended';
    await deleteContact(tx, key);
    return 'undone';
  });
}

/** Whether somebody may undo a contact, as long as it can be. */
export function mayUndo(contact: Contact, who: Omit<ContactUndo, 'id'>): boolean {
  return contact.source === DESK_SOURCE && (who.isOwner || contact.by === who.by);
}

/** The instant from which a contact stays. */
export function undoneUntil(contact: Contact): Instant {
  return contact.recordedAt + UNDO_MS;
}
