/** What a touchpoint reads of a person. */
import type { Profile as ProfileSchema } from '@keepsake/contract';
import { instantToText, newId } from '@keepsake/kernel';
import {
  type ConsentRecord,
  type Fact,
  findPredicate,
  findPurpose,
  type Ontology,
  type Purpose,
  readable,
  valueLabel,
} from '@keepsake/memory';
import type { SubjectKey } from '../../platform/keys.ts';
import { lookupOf } from './identity.service.ts';
import type { MemoryServiceDeps } from './memory-deps.ts';
import { getOntology, guessOntology, takeOntology } from './ontology.service.ts';
import { type LastConsent, type ProfileRows, readProfile } from './profile.store.ts';
import { factOf } from './projection.rules.ts';
import { isGranted, type LoadedPerson, logReads, type Reader } from './recall.service.ts';

/** Whom to read, by guest or by an identifier that they proved, and who reads for what. */
export interface ProfileInput {
  readonly company: string;
  readonly guest?: string;
  readonly identifier?: { readonly kind: string; readonly value: string };
  readonly purpose: string;
  readonly touchpoint: string;
  readonly site?: string;
  readonly reader: Reader;
}

/** What may be read, in the shape of the wire. */
export type Profile = ProfileSchema;

/** What became of it. */
export type ProfileAnswer =
  | { readonly kind: 'read'; readonly profile: Profile }
  | { readonly kind: 'guest-not-found' }
  | { readonly kind: 'purpose-not-found' };

/** A vocabulary may be replaced between two readings, hardly between three. */
const ATTEMPTS_MAX = 3;

/**
 * Reads what may be read for a purpose: facts, and what the person says of each purpose. One
 * statement, which reads nothing else and logs the reading; a second where the reader has a name,
 * which is sealed with the key of the person read. Nothing is answered that is not in the log.
 */
export async function readProfileOf(
  deps: MemoryServiceDeps,
  input: ProfileInput,
): Promise<ProfileAnswer> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const answer = await readOnce(deps, input);
    if (answer !== undefined) return answer;
  }
  throw new Error('the vocabulary changes faster than it can be read');
}

async function readOnce(
  deps: MemoryServiceDeps,
  input: ProfileInput,
): Promise<ProfileAnswer | undefined> {
  const { company } = input;
  const db = deps.database.kysely;
  let guess = guessOntology(company);
  if (guess.hash === '') {
    await getOntology(db, company);
    guess = guessOntology(company);
  }
  const { ontology } = guess;
  const purpose = findPurpose(ontology, input.purpose);
  const now = deps.clock.now();
  const { name } = input.reader;
  const rows = await readProfile(db, {
    company,
    who: whoOf(deps, input),
    ontologyHash: guess.hash,
    purpose: purpose ?? { id: input.purpose, needs: 'explicit-consent' },
    kept: purpose === undefined ? [] : keptFor(purpose, ontology),
    now: new Date(now),
    reading:
      name !== undefined || input.reader.kind === 'customer'
        ? null
        : {
            id: newId(now, deps.random),
            actorKind: input.reader.kind,
            touchpoint: input.touchpoint,
            site: input.site ?? null,
          },
  });
  if (rows === undefined) return { kind: 'guest-not-found' };
  if (rows.ontology?.hash !== guess.hash) {
    takeOntology(company, guess, rows.ontology);
    return rows.ontology === null ? { kind: 'purpose-not-found' } : undefined;
  }
  if (purpose === undefined) return { kind: 'purpose-not-found' };
  const person = personOf(deps, company, { rows, ontology });
  const facts = person.facts.filter((fact) =>
    readable(fact, purpose, { purposes: ontology.purposes, consents: person.consents }, person.at),
  );
  if (name !== undefined) {
    const factIds = facts.map((fact) => fact.id);
    await logReads(db, deps, person, { ...input, factIds });
  }
  return { kind: 'read', profile: viewProfile(person, facts) };
}

function whoOf(deps: MemoryServiceDeps, { company, guest, identifier }: ProfileInput) {
  if (guest !== undefined) return { subject: guest };
  const handle = { company, ...(identifier ?? { kind: '', value: '' }) };
  return { kind: handle.kind, hmac: lookupOf(deps, handle) };
}

/** A fact may be read for what it was kept for, and for a purpose that includes that. */
function keptFor(purpose: Purpose, ontology: Ontology): readonly Purpose[] {
  return ontology.purposes.filter(
    (one) => one.id === purpose.id || purpose.includes.includes(one.id),
  );
}

function personOf(
  deps: MemoryServiceDeps,
  company: string,
  { rows, ontology }: { readonly rows: ProfileRows; readonly ontology: Ontology },
): LoadedPerson {
  const keys = new Map<string, SubjectKey>();
  for (const { subject, wrapped } of rows.members) {
    keys.set(subject, deps.keys.openSubjectKey({ company, subject, wrapped }, false));
  }
  return {
    ...{ company, subject: rows.subject, keys, ontology, declines: [], at: rows.at },
    members: rows.members.map((one) => one.subject),
    consents: rows.consents.map(lastConsentOf),
    facts: rows.facts.flatMap((fact) => {
      const key = keys.get(fact.subject);
      return key === undefined ? [] : [factOf(key, fact)];
    }),
  };
}

function lastConsentOf(row: LastConsent): ConsentRecord {
  const { id, subject, purpose, status, basis, seq } = row;
  return {
    ...{ id, subject, purpose, status, basis, seq, wording: null },
    receiptId: row.receipt_id,
    at: Date.parse(row.at),
    expiresAt: row.expires_at === null ? null : Date.parse(row.expires_at),
    recordedAt: Date.parse(row.recorded_at),
  };
}

function viewProfile(person: LoadedPerson, facts: readonly Fact[]): Profile {
  const { ontology } = person;
  return {
    guest: person.subject,
    facts: facts.flatMap((fact) => {
      const predicate = findPredicate(ontology, fact.predicate);
      if (predicate === undefined) return [];
      const { id, value, unit, polarity, basis, confidence, purpose, sensitivity } = fact;
      return {
        ...{ id, value, unit, polarity, basis, confidence, purpose, sensitivity },
        predicate: predicate.name,
        label: predicate.label,
        valueLabel: valueLabel(predicate, value),
        scope: { place: fact.scope.place ?? null, occasion: fact.scope.occasion ?? null },
        since: instantToText(fact.validFrom),
        until: fact.validTo === null ? null : instantToText(fact.validTo),
      };
    }),
    consents: ontology.purposes.map(({ id, label, needs }) => ({
      ...{ purpose: id, label, needs },
      granted: isGranted(person, id),
    })),
  };
}
