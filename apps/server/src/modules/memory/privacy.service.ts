/** What a privacy officer sees of a person: everything ever believed, and what was known when. */
import type {
  AccountedFact as AccountedFactSchema,
  MemoryAccount as MemoryAccountSchema,
} from '@keepsake/contract';
import { type Instant, instantToText } from '@keepsake/kernel';
import { accountAt, type ConsentRecord, type Fact, findPurpose, readable } from '@keepsake/memory';
import type { z } from 'zod';
import type { Db } from '../../platform/database/schema.ts';
import { findCompany } from '../companies/index.ts';
import { listEverBelieved } from './facts.store.ts';
import { readProfile } from './identity.service.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { identifiersOf, readsOf } from './person-data.service.ts';
import { placeOf, type Site } from './places.rules.ts';
import { factOf } from './projection.rules.ts';
import {
  isGrantedToAny,
  type LoadedPerson,
  loadPerson,
  logReads,
  type Reader,
} from './recall.service.ts';
import { viewConsents, viewFacts } from './view.service.ts';

/** How many readings are shown; the export has all of them. */
const READS_SHOWN = 500;
/** What the log of readings says of the officer's own. */
const READING = { purpose: 'privacy', touchpoint: 'privacy' } as const;

/** A fact as it is accounted for, in the shape of the wire. */
export type AccountedFact = z.infer<typeof AccountedFactSchema>;
/** Everything of a person, in the shape of the wire. */
export type MemoryAccount = z.infer<typeof MemoryAccountSchema>;

/** Who asks about whom. */
export interface AccountRequest extends Who {
  readonly reader: Reader;
  readonly locale: string;
}

/** Everything ever believed of a person, what they allow, and who read what; the reading is logged. */
export async function readAccount(
  db: Db,
  deps: MemoryDeps,
  request: AccountRequest,
): Promise<MemoryAccount | undefined> {
  const person = await loadWhole(db, deps, request);
  const company = await findCompany(db, request.company);
  if (person === undefined || company === undefined) return undefined;
  const profile = await readProfile(db, deps, request.company, request.subject);
  const reads = await readsOf(db, person, READS_SHOWN);
  const when = { at: person.at, consents: person.consents };
  const facts = await accounted(db, person, company.sites, { facts: person.facts, ...when });
  await logAll(db, deps, person, request.reader, person.facts);
  return {
    name: profile.name,
    identifiers: [...(await identifiersOf(db, person))],
    facts: [...facts],
    consents: [...viewConsents(person, company, request.locale, isGrantedToAny)],
    reads: reads.map(({ at, actor, actorName, purpose, touchpoint, factIds }) => ({
      ...{ actor, actorName, purpose, touchpoint },
      at: instantToText(at),
      facts: [...factIds],
    })),
  };
}

/** What is asked of the past. */
export interface AsOfRequest extends Who {
  readonly reader: Reader;
  /** When it was true; absent: now. */
  readonly validAt?: Instant;
  /** When it was known; absent: now. */
  readonly knownAt?: Instant;
  /** Id of a site; absent: anywhere. */
  readonly site?: string;
  readonly purpose: string;
}

/** What was known then, and what was kept but withheld. */
export type AsOfAnswer =
  | {
      readonly kind: 'known';
      readonly validAt: Instant;
      readonly knownAt: Instant;
      readonly known: readonly AccountedFact[];
      readonly withheld: readonly AccountedFact[];
    }
  | { readonly kind: 'subject-not-found' | 'site-not-found' | 'purpose-not-found' };

/** What a place knew at a moment for a purpose, of what was true at another; the reading is logged. */
export async function readAsOf(
  db: Db,
  deps: MemoryDeps,
  request: AsOfRequest,
): Promise<AsOfAnswer> {
  const person = await loadWhole(db, deps, request);
  const company = await findCompany(db, request.company);
  if (person === undefined || company === undefined) return { kind: 'subject-not-found' };
  const site = company.sites.find((one) => one.id === request.site);
  if (request.site !== undefined && site === undefined) return { kind: 'site-not-found' };
  if (findPurpose(person.ontology, request.purpose) === undefined) {
    return { kind: 'purpose-not-found' };
  }
  const { validAt = person.at, knownAt = person.at, purpose } = request;
  const { known, withheld } = accountAt(person, {
    ...{ at: knownAt, validAt, purpose },
    ...(site === undefined ? {} : { where: { place: placeOf(site) } }),
  });
  const consents = person.consents.filter(({ recordedAt }) => recordedAt <= knownAt);
  const view = (facts: readonly Fact[]) =>
    accounted(db, person, company.sites, { facts, at: knownAt, consents });
  await logAll(db, deps, person, request.reader, [...known, ...withheld]);
  return {
    kind: 'known',
    ...{ validAt, knownAt },
    known: await view(known),
    withheld: await view(withheld),
  };
}

/** A person with everything ever believed rather than only what is believed now. */
async function loadWhole(db: Db, deps: MemoryDeps, who: Who): Promise<LoadedPerson | undefined> {
  const person = await loadPerson(db, deps, who);
  if (person === undefined) return undefined;
  const facts: Fact[] = [];
  for (const [subject, key] of person.keys) {
    const rows = await listEverBelieved(db, { company: person.company, subject });
    facts.push(...rows.map((row) => factOf(key, row)));
  }
  return { ...person, facts };
}

interface Accounting {
  readonly facts: readonly Fact[];
  readonly at: Instant;
  readonly consents: readonly ConsentRecord[];
}

async function accounted(
  db: Db,
  person: LoadedPerson,
  sites: readonly Site[],
  { facts, at, consents }: Accounting,
): Promise<readonly AccountedFact[]> {
  const { purposes } = person.ontology;
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const views = await viewFacts(db, person, sites, facts);
  return views.flatMap((view) => {
    const fact = byId.get(view.id);
    if (fact === undefined) return [];
    const allowed = purposes.filter((one) => readable(fact, one, { purposes, consents }, at));
    return {
      ...view,
      believedFrom: instantToText(fact.txFrom),
      believedUntil: fact.txTo === null ? null : instantToText(fact.txTo),
      readableFor: allowed.map(({ id }) => id),
    };
  });
}

async function logAll(
  db: Db,
  deps: MemoryDeps,
  person: LoadedPerson,
  reader: Reader,
  facts: readonly Fact[],
): Promise<void> {
  const factIds = facts.map(({ id }) => id);
  await logReads(db, deps, person, { ...READING, reader, factIds });
}
