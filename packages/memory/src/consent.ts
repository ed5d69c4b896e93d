import type { Instant, Words } from '@keepsake/kernel';
import { type Fact, isWithin } from './fact.ts';
import type { Purpose } from './ontology.ts';
import { compareKnown } from './order.ts';

/** One consent interaction of one subject; the journal's records are never overwritten. */
export interface ConsentRecord {
  /** Id of the interaction. */
  readonly id: string;
  readonly subject: string;
  readonly purpose: string;
  readonly status: 'granted' | 'withdrawn';
  /** Null for a withdrawal. */
  readonly basis: 'consent' | 'explicit-consent' | null;
  /** The words agreed to; null for a withdrawal. */
  readonly wording: Words | null;
  readonly receiptId: string;
  /** From when it holds. */
  readonly at: Instant;
  /** Half-open end of a grant; null until withdrawn. */
  readonly expiresAt: Instant | null;
  readonly recordedAt: Instant;
  readonly seq: number;
}

/** What one subject says of one purpose at one moment. */
export type ConsentState = 'withdrawn' | 'absent' | 'granted' | 'granted-explicitly';

/** Orders records by when they hold; at the same moment a withdrawal has the last word. */
export function compareConsents(a: ConsentRecord, b: ConsentRecord): number {
  return a.at - b.at || rank(a) - rank(b) || compareKnown(a, b);
}

function rank(record: ConsentRecord): number {
  return record.status === 'withdrawn' ? 1 : 0;
}

/** What one subject says of a purpose at `at`; an expired grant is absent. */
export function consentState(
  consents: readonly ConsentRecord[],
  { subject, purpose, at }: { subject: string; purpose: string; at: Instant },
): ConsentState {
  let last: ConsentRecord | undefined;
  for (const record of consents) {
    if (record.subject !== subject || record.purpose !== purpose || record.at > at) continue;
    if (last === undefined || compareConsents(last, record) < 0) last = record;
  }
  if (last === undefined) return 'absent';
  if (last.status === 'withdrawn') return 'withdrawn';
  if (!isWithin(at, last.at, last.expiresAt)) return 'absent';
  return last.basis === 'explicit-consent' ? 'granted-explicitly' : 'granted';
}

/**
 * Whether a purpose is allowed to one subject of a person: its own grant where one is needed, and no
 * withdrawal by any member. Who was joined with others may do what they might alone, or less.
 */
export function isPermitted(
  subject: string,
  purpose: Purpose,
  book: ConsentBook,
  at: Instant,
): boolean {
  return isAllowed({ subject, purpose, at, explicit: false }, book);
}

/** What `readable` needs to know of a fact; enough to ask it about facts that are not there. */
export type Readable = Pick<Fact, 'subject' | 'purpose' | 'sensitivity'>;

/**
 * Whether a fact may be read for `purpose` at `at`: the one place where consent is enforced.
 * `consents` are those of all members of the person.
 *
 * 1. The fact was kept for `purpose`, or `purpose` includes the one it was kept for.
 * 2. Both purposes are allowed to the fact's own subject: a grant in force where one is needed.
 * 3. No member of the person has withdrawn either.
 * 4. A special fact needs an explicit grant for the purpose it was kept for.
 *
 * Cost: linear in the consents for the first fact that is asked about with a book, then constant.
 */
export function readable(
  fact: Readable,
  purpose: Purpose,
  book: ConsentBook,
  at: Instant,
): boolean {
  const kept = book.purposes.find((known) => known.id === fact.purpose);
  if (kept === undefined) return false;
  if (kept.id !== purpose.id && !purpose.includes.includes(kept.id)) return false;
  const special = fact.sensitivity === 'special';
  return (
    isPermitted(fact.subject, purpose, book, at) &&
    isAllowed({ subject: fact.subject, purpose: kept, at, explicit: special }, book)
  );
}

/** The purposes there are and what the members of a person said of them. */
export interface ConsentBook {
  readonly purposes: readonly Purpose[];
  readonly consents: readonly ConsentRecord[];
}

interface Permission {
  readonly subject: string;
  readonly purpose: Purpose;
  readonly at: Instant;
  readonly explicit: boolean;
}

function isAllowed(asked: Permission, book: ConsentBook): boolean {
  const { subject, purpose } = asked;
  const { isWithdrawn, bySubject } = statesOf(book, asked);
  if (isWithdrawn) return false;
  const needs = asked.explicit ? 'explicit-consent' : purpose.needs;
  const own = bySubject.get(subject) ?? 'absent';
  switch (needs) {
    case 'contract':
      return true;
    case 'consent':
      return own === 'granted' || own === 'granted-explicitly';
    case 'explicit-consent':
      return own === 'granted-explicitly';
  }
}

/** What the members say of one purpose at one moment. */
interface PurposeStates {
  readonly isWithdrawn: boolean;
  readonly bySubject: ReadonlyMap<string, ConsentState>;
}

/** What was read of a book, which never changes, is kept as long as the book is. */
const read = new WeakMap<ConsentBook, Map<string, PurposeStates>>();

function statesOf(book: ConsentBook, { purpose: { id: purpose }, at }: Permission): PurposeStates {
  const known = read.get(book) ?? new Map<string, PurposeStates>();
  read.set(book, known);
  const key = `${at} ${purpose}`;
  const states = known.get(key) ?? readStates(book.consents, { purpose, at });
  known.set(key, states);
  return states;
}

function readStates(
  consents: readonly ConsentRecord[],
  { purpose, at }: { readonly purpose: string; readonly at: Instant },
): PurposeStates {
  const records = new Map<string, ConsentRecord[]>();
  for (const record of consents) {
    if (record.purpose !== purpose) continue;
    const own = records.get(record.subject);
    if (own === undefined) records.set(record.subject, [record]);
    else own.push(record);
  }
  const bySubject = new Map(
    [...records].map(([subject, own]) => [subject, consentState(own, { subject, purpose, at })]),
  );
  return { isWithdrawn: [...bySubject.values()].includes('withdrawn'), bySubject };
}
