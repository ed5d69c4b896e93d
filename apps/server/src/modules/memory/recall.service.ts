import { type Instant, newId } from '@keepsake/kernel';
import {
  type ConsentRecord,
  type Decline,
  type Fact,
  findPurpose,
  isPermitted,
  type Ontology,
  readable,
  selectAsOf,
} from '@keepsake/memory';
import type { Db } from '../../platform/database/schema.ts';
import type { SubjectKey } from '../../platform/keys.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { guessOntology, takeOntology } from './ontology.service.ts';
import { type PersonRows, readPerson } from './person.store.ts';
import { consentOf, declineOf, factOf } from './projection.rules.ts';
import { insertReads, type ReadInsert } from './reads.store.ts';
import { sealJson } from './sealing.ts';

/** Everything believed of one person now, opened. */
export interface LoadedPerson extends Who {
  /** The subject asked about and all that are one person with it. */
  readonly members: readonly string[];
  readonly keys: ReadonlyMap<string, SubjectKey>;
  readonly ontology: Ontology;
  readonly facts: readonly Fact[];
  readonly consents: readonly ConsentRecord[];
  readonly declines: readonly Decline[];
  /** The moment to read at: now, but not before the last thing recorded. */
  readonly at: Instant;
}

/** A person with what else was read in the same statement. */
export interface LoadedSituation {
  readonly person: LoadedPerson;
  readonly reserved: PersonRows['reserved'];
  readonly site: PersonRows['site'];
}

/** Loads a person through any of its subjects; undefined where there is no such subject. */
export async function loadPerson(
  db: Db,
  deps: Pick<MemoryDeps, 'keys' | 'clock'>,
  who: Who,
): Promise<LoadedPerson | undefined> {
  return (await loadSituation(db, deps, who))?.person;
}

/** As `loadPerson`, with the site and what others are asking the person just now. One statement. */
export async function loadSituation(
  db: Db,
  deps: Pick<MemoryDeps, 'keys' | 'clock'>,
  { company, subject, site }: Who & { readonly site?: string },
): Promise<LoadedSituation | undefined> {
  const now = deps.clock.now();
  const guess = guessOntology(company);
  const query = { company, subject, ontologyHash: guess.hash, at: new Date(now) };
  const read = await readPerson(db, { ...query, ...(site === undefined ? {} : { site }) });
  if (read === undefined) return undefined;
  const keys = new Map<string, SubjectKey>();
  for (const { subject: member, wrapped } of read.members) {
    const row = { company, subject: member, wrapped };
    keys.set(member, deps.keys.openSubjectKey(row, db.isTransaction));
  }
  const times = read.members.map((one) => one.recordedAt?.getTime() ?? 0);
  const person: LoadedPerson = {
    ...{ company, subject, keys },
    members: read.members.map((one) => one.subject),
    ontology: takeOntology(company, guess, read.ontology),
    facts: read.facts.flatMap((fact) => {
      const key = keys.get(fact.subject);
      return key === undefined ? [] : [factOf(key, fact)];
    }),
    consents: read.consents.map(consentOf),
    declines: read.declines.map(declineOf),
    at: Math.max(now, ...times),
  };
  return { person, reserved: read.reserved, site: read.site };
}

/** Facts that hold at the moment of loading. */
export function currentFacts(person: LoadedPerson): readonly Fact[] {
  return selectAsOf(person.facts, { validAt: person.at, knownAt: person.at });
}

/** Whether this fact of the person may be read for the purpose. */
export function mayRead(person: LoadedPerson, fact: Fact, purposeId: string): boolean {
  const purpose = findPurpose(person.ontology, purposeId);
  if (purpose === undefined) return false;
  const { consents, ontology, at } = person;
  return readable(fact, purpose, { purposes: ontology.purposes, consents }, at);
}

/** Who reads: the customer, a member of staff by name, or the system itself. */
export interface Reader {
  readonly kind: 'customer' | 'staff' | 'system';
  readonly id?: string;
  readonly name?: string;
}

/** One reading, for the log that the customer sees. */
export interface Reading {
  readonly reader: Reader;
  readonly purpose: string;
  readonly touchpoint: string;
  readonly site?: string | null;
}

/** Writes down who read which facts, each with the subject it is of. Nothing read, nothing written. */
export async function logReads(
  db: Db,
  deps: MemoryDeps,
  person: LoadedPerson,
  reading: Reading & { readonly factIds: readonly string[] },
): Promise<void> {
  await insertReads(db, readRows(deps, person, reading));
}

/** The rows for the log of readings: one for each subject whose facts were read. */
export function readRows(
  deps: Pick<MemoryDeps, 'clock' | 'random'>,
  person: LoadedPerson,
  reading: Reading & { readonly factIds: readonly string[] },
): readonly ReadInsert[] {
  const owners = new Map(person.facts.map((fact) => [fact.id, fact.subject]));
  const bySubject = new Map<string, string[]>();
  for (const id of new Set(reading.factIds)) {
    const subject = owners.get(id) ?? person.subject;
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), id]);
  }
  const at = deps.clock.now();
  return [...bySubject].flatMap(([subject, ids]) => {
    const key = person.keys.get(subject);
    if (key === undefined) return [];
    const { name } = reading.reader;
    return {
      company: person.company,
      subject,
      id: newId(at, deps.random),
      at: new Date(at),
      actor_kind: reading.reader.kind,
      actor: reading.reader.id ?? null,
      actor_name: name === undefined ? null : sealJson(key, 'read.actor', name),
      purpose: reading.purpose,
      touchpoint: reading.touchpoint,
      site: reading.site ?? null,
      fact_ids: JSON.stringify(ids),
    };
  });
}

/** A request to read what is known of a person. */
export interface ReadRequest extends Who, Reading {}

/** What may be read, and how much more there is that may not. */
export interface ReadFacts {
  readonly person: LoadedPerson;
  readonly facts: readonly Fact[];
  readonly withheld: number;
}

/** The facts of a person that hold now and may be read for the purpose; the reading is logged. */
export async function readFacts(
  db: Db,
  deps: MemoryDeps,
  request: ReadRequest,
): Promise<ReadFacts | undefined> {
  const person = await loadPerson(db, deps, request);
  if (person === undefined) return undefined;
  const current = currentFacts(person);
  const facts = current.filter((fact) => mayRead(person, fact, request.purpose));
  await logReads(db, deps, person, { ...request, factIds: facts.map((fact) => fact.id) });
  return { person, facts, withheld: current.length - facts.length };
}

/** What is to be known of a person to say what they allow. */
export type Allowing = Pick<LoadedPerson, 'subject' | 'members' | 'ontology' | 'consents' | 'at'>;

/**
 * Whether a purpose is allowed now to the subject that the person was found by: always for a contract
 * unless they objected. What any member took back is closed for all.
 */
export function isGranted(person: Allowing, purposeId: string): boolean {
  return permits(person, person.subject, purposeId);
}

/** Whether it is allowed to any of the members, so that there is something to be taken back. */
export function isGrantedToAny(person: Allowing, purposeId: string): boolean {
  return person.members.some((subject) => permits(person, subject, purposeId));
}

function permits({ ontology, consents, at }: Allowing, subject: string, id: string): boolean {
  const purpose = findPurpose(ontology, id);
  if (purpose === undefined) return false;
  return isPermitted(subject, purpose, { purposes: ontology.purposes, consents }, at);
}

/** As `isGranted`, for a caller without the person at hand. */
export async function hasConsent(
  db: Db,
  deps: Pick<MemoryDeps, 'keys' | 'clock'>,
  company: string,
  subject: string,
  purpose: string,
): Promise<boolean> {
  const person = await loadPerson(db, deps, { company, subject });
  return person !== undefined && isGranted(person, purpose);
}
