/** What staff do with guests. The desk keeps nothing of its own: memory does. */
import type {
  Arrival as ArrivalSchema,
  GuestCard as GuestCardSchema,
  OrderSummary as OrderSummarySchema,
  PrepareTask as PrepareTaskSchema,
} from '@keepsake/contract';
import type { z } from 'zod';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findCompany } from '../companies/index.ts';
import {
  addIdentifier,
  createSubject,
  declineAnswer,
  listNotes,
  readFacts,
  readSubject,
  recordInteractions,
  refreshDuplicates,
  searchSubjects,
  viewConsents,
  viewFacts,
  writeName,
} from '../memory/index.ts';
import { type GuestSummary, guestSummary, siteOf } from './guests.rules.ts';

/** What the desk needs of the platform. */
export type DeskDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'metrics'>;

/** What is known of a guest, and what to do now. */
export type GuestCard = z.infer<typeof GuestCardSchema>;
type Arrival = z.infer<typeof ArrivalSchema>;
type OrderSummary = z.infer<typeof OrderSummarySchema>;
type PrepareTask = z.infer<typeof PrepareTaskSchema>;

/** An arrival before the guest has a name: the subject of the order, null where it is erased. */
export type StayArrival = Omit<Arrival, 'guest'> & { readonly subject: string | null };

/** What other modules lend to the desk. */
export interface DeskCollaborators {
  readonly listOrdersOfSubject: (
    db: Db,
    company: string,
    subject: string,
  ) => Promise<readonly OrderSummary[]>;
  readonly listTasksOfSubject: (
    db: Db,
    company: string,
    subject: string,
  ) => Promise<readonly PrepareTask[]>;
  readonly listArrivals: (
    db: Db,
    company: string,
    stay: { readonly site: string; readonly from: string | null; readonly days: number },
  ) => Promise<readonly StayArrival[]>;
  /** What to do for whoever has these subjects; nothing of what somebody is worth. */
  readonly readCare: (
    db: Db,
    company: string,
    subjects: readonly string[],
  ) => Promise<GuestCard['care']>;
  /** Called after every note, so that open orders follow it. */
  readonly changed: (company: string, subject: string) => Promise<void>;
}

/** The member of staff who acts. */
export interface Clerk {
  readonly id: string;
  readonly name: string;
}

/** A guest, as one of the company's staff meets one. */
export interface Encounter {
  readonly company: string;
  readonly guest: string;
  readonly clerk: Clerk;
  readonly site?: string;
}

/** Guests by e-mail, loyalty number or name. */
export async function searchGuests(
  deps: DeskDeps,
  company: string,
  query: string,
): Promise<readonly GuestSummary[]> {
  const found = await searchSubjects(deps.database.kysely, deps, company, query.trim());
  return found.map(guestSummary);
}

/** Somebody new at the desk. */
export interface Greeting {
  readonly company: string;
  readonly clerk: Clerk;
  readonly name: string;
  readonly email?: string;
  readonly loyalty?: string;
}

/** What became of a greeting. */
export type Greeted =
  | { readonly kind: 'greeted'; readonly guest: GuestSummary }
  | { readonly kind: 'identifier-taken' };

class Taken extends Error {}

/**
 * Adds a guest. What staff enter at the desk counts as proved by staff, so that the guest who later
 * signs in with this e-mail address is the same person.
 */
export async function greetGuest(deps: DeskDeps, greeting: Greeting): Promise<Greeted> {
  try {
    return await deps.database.transaction((tx) => greetIn(tx, deps, greeting));
  } catch (error) {
    // Thrown to undo the half-made guest.
    if (error instanceof Taken) return { kind: 'identifier-taken' };
    throw error;
  }
}

async function greetIn(tx: Tx, deps: DeskDeps, greeting: Greeting): Promise<Greeted> {
  const { company, clerk, name, email, loyalty } = greeting;
  const subject = await createSubject(tx, deps, company);
  for (const [kind, value] of [
    ['email', email],
    ['loyalty', loyalty],
  ] as const) {
    if (value === undefined || value.trim() === '') continue;
    const handle = { company, subject, kind, value, by: 'staff' } as const;
    const added = await addIdentifier(tx, deps, handle);
    if (added.kind !== 'added') throw new Taken();
  }
  await writeName(tx, deps, { company, subject }, name);
  await refreshDuplicates(tx, deps, { company, subject });
  await recordInteractions(tx, deps, {
    ...{ company, subject, channel: 'desk', touchpoint: 'greeting' },
    actor: { kind: 'staff', id: clerk.id },
    bodies: [{ kind: 'event', name: 'guest.greeted' }],
    wasSeen: true,
  });
  const found = await readSubject(tx, deps, { company, subject });
  if (found === undefined) throw new Taken();
  return { kind: 'greeted', guest: guestSummary(found) };
}

/** A guest's card, or why there is none. */
export type CardAnswer =
  | { readonly kind: 'card'; readonly card: GuestCard }
  | { readonly kind: 'guest-not-found' }
  | { readonly kind: 'site-not-found' };

/** Everything staff may see of a guest, and what to do now; the reading is logged by name. */
export async function readCard(
  deps: DeskDeps,
  collaborators: DeskCollaborators,
  encounter: Encounter & { readonly locale: string },
): Promise<CardAnswer> {
  const db = deps.database.kysely;
  const { company, guest, clerk, site } = encounter;
  const record = await findCompany(db, company);
  if (record === undefined) return { kind: 'guest-not-found' };
  if (site !== undefined && siteOf(record, site) === undefined) return { kind: 'site-not-found' };
  const who = { company, subject: guest };
  const found = await readSubject(db, deps, who);
  const read = await readFacts(db, deps, {
    ...who,
    purpose: 'service',
    touchpoint: 'guest-card',
    site: site ?? null,
    reader: { kind: 'staff', ...clerk },
  });
  if (found === undefined || read === undefined) return { kind: 'guest-not-found' };
  const { person, facts } = read;
  const orders: OrderSummary[] = [];
  const tasks: PrepareTask[] = [];
  for (const member of person.members) {
    orders.push(...(await collaborators.listOrdersOfSubject(db, company, member)));
    tasks.push(...(await collaborators.listTasksOfSubject(db, company, member)));
  }
  return {
    kind: 'card',
    card: {
      guest: guestSummary(found),
      facts: [...(await viewFacts(db, person, record.sites, facts))],
      consents: [...viewConsents(person, record, encounter.locale)],
      orders,
      tasks,
      notes: [...(await listNotes(db, person, record.sites))],
      care: await collaborators.readCare(db, company, person.members),
    },
  };
}

/** Notes that a guest would rather not say. */
export async function declineForGuest(
  deps: DeskDeps,
  decline: Encounter & { readonly predicate: string; readonly idempotencyKey: string | null },
): Promise<'declined' | 'guest-not-found' | 'unknown-predicate'> {
  const { company, guest, clerk, predicate, idempotencyKey } = decline;
  return await deps.database.transaction((tx) =>
    declineAnswer(tx, deps, {
      ...{ company, subject: guest, predicate, idempotencyKey, channel: 'desk' },
      actor: { kind: 'staff', id: clerk.id },
    }),
  );
}

/** Who arrives at a site, by name; undefined where there is no such site. */
export async function listGuestArrivals(
  deps: DeskDeps,
  collaborators: DeskCollaborators,
  stay: {
    readonly company: string;
    readonly site: string;
    readonly from: string | null;
    readonly days: number;
  },
): Promise<readonly Arrival[] | undefined> {
  const db = deps.database.kysely;
  const { company, ...rest } = stay;
  const record = await findCompany(db, company);
  if (record === undefined || siteOf(record, stay.site) === undefined) return undefined;
  const arrivals: Arrival[] = [];
  for (const { subject, ...arrival } of await collaborators.listArrivals(db, company, rest)) {
    const found = subject === null ? undefined : await readSubject(db, deps, { company, subject });
    arrivals.push({ ...arrival, guest: found === undefined ? null : guestSummary(found) });
  }
  return arrivals;
}
