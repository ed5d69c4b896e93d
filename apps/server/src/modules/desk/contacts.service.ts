/** What guests came to service with, as the desk reads and records it. */
import type { GuestContact } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import { findCompany, findSite } from '../companies/index.ts';
import {
  type Contact,
  listContactsOf,
  mayUndo,
  recordContact,
  undoContact,
  undoneUntil,
} from '../history/index.ts';
import { loadPerson } from '../memory/index.ts';
import { dateAt } from '../orders/index.ts';
import { listMembers } from '../staff/index.ts';
import type { DeskDeps, Encounter } from './desk.service.ts';

/** A guest as somebody meets one who may be an owner. */
export interface ContactEncounter extends Encounter {
  /** An owner undoes what others recorded. */
  readonly isOwner: boolean;
}

/** A contact to be recorded. */
export interface NewContact extends ContactEncounter {
  readonly channel: string;
  readonly ownFault: boolean;
  readonly reason?: string;
  readonly idempotencyKey: string | null;
}

/** The latest contacts of a guest, the newest first; undefined where there is no such guest. */
export async function listGuestContacts(
  deps: DeskDeps,
  encounter: ContactEncounter,
): Promise<GuestContact[] | undefined> {
  const db = deps.database.kysely;
  const { company, guest } = encounter;
  const person = await loadPerson(db, deps, { company, subject: guest });
  if (person === undefined) return undefined;
  const contacts = await listContactsOf(db, person);
  const names = await namesOf(deps, company, contacts);
  return contacts.map((contact) => wireContact(deps, encounter, { contact, names }));
}

/** Names of staff who recorded something, by account; who has left has none. */
async function namesOf(
  deps: DeskDeps,
  company: string,
  contacts: readonly Contact[],
): Promise<ReadonlyMap<string, string>> {
  if (contacts.every(({ by }) => by === null)) return new Map();
  const members = await listMembers(deps.database.kysely, company);
  return new Map(members.map(({ id, name }) => [id, name]));
}

function wireContact(
  deps: DeskDeps,
  { clerk, isOwner }: ContactEncounter,
  about: { readonly contact: Contact; readonly names: ReadonlyMap<string, string> },
): GuestContact {
  const { id, source, day, channel, ownFault, reason, by } = about.contact;
  const until = undoneUntil(about.contact);
  const isOpen = mayUndo(about.contact, { by: clerk.id, isOwner }) && deps.clock.now() < until;
  return {
    ...{ id, source, day, channel, ownFault, reason },
    by: by === null ? null : (about.names.get(by) ?? null),
    undoUntil: isOpen ? instantToText(until) : null,
  };
}

/** What became of a contact. */
export type GuestContactRecorded =
  | { readonly kind: 'recorded'; readonly contact: GuestContact }
  | { readonly kind: 'guest-not-found' }
  | { readonly kind: 'site-not-found' };

/** Records that a guest came to service, on the day that it is where the desk stands. */
export async function recordGuestContact(
  deps: DeskDeps,
  input: NewContact,
): Promise<GuestContactRecorded> {
  const { company, guest, clerk, channel, ownFault, reason, idempotencyKey } = input;
  const record = await findCompany(deps.database.kysely, company);
  if (record === undefined) return { kind: 'guest-not-found' };
  const site = input.site === undefined ? null : findSite(record, input.site);
  if (site === undefined) return { kind: 'site-not-found' };
  const recorded = await recordContact(deps, {
    ...{ company, subject: guest, channel, ownFault, reason, idempotencyKey, by: clerk.id },
    day: dateAt(site?.timeZone ?? 'UTC', deps.clock.now()),
  });
  if (recorded.kind === 'subject-not-found') return { kind: 'guest-not-found' };
  const { contact } = recorded;
  const names = new Map([[clerk.id, clerk.name]]);
  return { kind: 'recorded', contact: wireContact(deps, input, { contact, names }) };
}

/** What became of taking a contact back. */
export type GuestContactUndone =
  | { readonly kind: 'undone' }
  | { readonly kind: 'guest-not-found' }
  | { readonly kind: Exclude<Awaited<ReturnType<typeof undoContact>>, 'undone'> };

/** Undoes a contact of a guest. */
export async function undoGuestContact(
  deps: DeskDeps,
  encounter: ContactEncounter & { readonly contact: string },
): Promise<GuestContactUndone> {
  const { company, guest, clerk, isOwner, contact } = encounter;
  const person = await loadPerson(deps.database.kysely, deps, { company, subject: guest });
  if (person === undefined) return { kind: 'guest-not-found' };
  return { kind: await undoContact(deps, person, { id: contact, by: clerk.id, isOwner }) };
}
