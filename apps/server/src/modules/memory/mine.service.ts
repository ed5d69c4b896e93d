/** What customers do with the memory of themselves. */
import type { MyMemory as MyMemorySchema } from '@keepsake/contract';
import { instantToText, newId } from '@keepsake/kernel';
import {
  type Fact,
  findPredicate,
  findPurpose,
  findValue,
  type InteractionBody,
} from '@keepsake/memory';
import type { z } from 'zod';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { findCompany } from '../companies/index.ts';
import { type FactRow, listEverBelieved } from './facts.store.ts';
import { readProfile } from './identity.service.ts';
import { type Recording, recordInteractions } from './journal.service.ts';
import type { MemoryDeps, MemoryServiceDeps, Who } from './memory-deps.ts';
import { identifiersOf, readsOf } from './person-data.service.ts';
import { deleteReservations } from './reads.store.ts';
import {
  currentFacts,
  isGranted,
  isGrantedToAny,
  type LoadedPerson,
  loadPerson,
} from './recall.service.ts';
import {
  decideStatements,
  grantOf,
  type Statement,
  type StatementDecision,
} from './statements.rules.ts';
import { viewConsents, viewFacts } from './view.service.ts';

/** How many readings a customer is shown; the export has all of them. */
const READS_SHOWN = 100;

/** Everything a company remembers of the caller, in the shape of the wire. */
export type MyMemory = z.infer<typeof MyMemorySchema>;

/** Memory as its owner sees it, allowed or not; undefined where there is no such person. */
export async function readMine(
  db: Db,
  deps: MemoryDeps,
  who: Who,
  locale: string,
): Promise<MyMemory | undefined> {
  const person = await loadPerson(db, deps, who);
  const company = await findCompany(db, who.company);
  if (person === undefined || company === undefined) return undefined;
  const profile = await readProfile(db, deps, who.company, who.subject);
  const reads = await readsOf(db, person, READS_SHOWN);
  return {
    name: profile.name,
    identifiers: [...(await identifiersOf(db, person))],
    facts: [...(await viewFacts(db, person, company.sites, currentFacts(person)))],
    consents: [...viewConsents(person, company, locale, isGrantedToAny)],
    reads: reads.map(({ at, actor, actorName, purpose, touchpoint, factIds }) => ({
      ...{ actor, actorName, purpose, touchpoint },
      at: instantToText(at),
      facts: [...factIds],
    })),
  };
}

/** Where a change comes from. */
export interface Change extends Who {
  readonly idempotencyKey: string | null;
}

function recordingOf(change: Change, bodies: readonly InteractionBody[]): Recording {
  return {
    company: change.company,
    subject: change.subject,
    channel: 'web',
    touchpoint: 'my-memory',
    actor: { kind: 'customer' },
    bodies,
    ...(change.idempotencyKey === null ? {} : { idempotencyKey: change.idempotencyKey }),
  };
}

/** What became of a change. */
export type Changed =
  | { readonly kind: 'changed' }
  | { readonly kind: 'subject-not-found' }
  | { readonly kind: 'fact-not-found' }
  | { readonly kind: 'purpose-not-found' }
  | Exclude<StatementDecision, { readonly kind: 'accepted' }>;

/** Remembers what customers tell of themselves. */
export async function stateFact(
  deps: MemoryServiceDeps,
  change: Change & { readonly statement: Statement },
): Promise<Changed> {
  return await deps.database.transaction(async (tx) => {
    const person = await loadPerson(tx, deps, change);
    if (person === undefined) return { kind: 'subject-not-found' };
    const decision = decideStatements({
      statements: [change.statement],
      consents: [],
      ontology: person.ontology,
      isGranted: (purpose) => isGranted(person, purpose),
      receiptId: () => newId(deps.clock.now(), deps.random),
    });
    if (decision.kind !== 'accepted') return decision;
    await recordInteractions(tx, deps, recordingOf(change, decision.bodies));
    const predicate = findPredicate(person.ontology, change.statement.predicate)?.name ?? '';
    await deleteReservations(tx, change, [predicate]);
    return { kind: 'changed' };
  });
}

/** Puts a fact right: it never was so, or it is no longer so. */
export async function correctFact(
  deps: MemoryServiceDeps,
  change: Change & {
    readonly fact: string;
    readonly value: string | number | boolean;
    readonly change: 'was-wrong' | 'has-changed';
  },
): Promise<Changed> {
  return await deps.database.transaction(async (tx) => {
    const found = await findFact(tx, deps, change, change.fact);
    if (found === undefined) return { kind: 'fact-not-found' };
    const predicate = findPredicate(found.person.ontology, found.fact.predicate);
    const value = predicate === undefined ? undefined : findValue(predicate, change.value);
    if (value === undefined || value === '') {
      return { kind: 'value-refused', predicate: found.fact.predicate };
    }
    const bodies = correctionOf(found.fact, value, change.change);
    await recordInteractions(tx, deps, {
      ...recordingOf(change, bodies),
      subject: found.fact.subject,
    });
    return { kind: 'changed' };
  });
}

function correctionOf(
  fact: Fact,
  value: string | number | boolean,
  change: 'was-wrong' | 'has-changed',
): readonly InteractionBody[] {
  const { predicate, scope, polarity, evidence } = fact;
  const about = { predicate, scope };
  if (change === 'has-changed') {
    return [{ kind: 'mind-changed', ...about, value, polarity, former: fact.value }];
  }
  const [deciding, ...others] = evidence;
  const corrected: InteractionBody = {
    ...{ kind: 'fact-corrected', ...about, value, polarity },
    corrects: deciding ?? '',
  };
  // Whoever else said the same was as wrong; left standing, it would be believed again.
  if (others.length === 0) return [corrected];
  return [{ kind: 'fact-withdrawn', ...about, evidence: others, forget: false }, corrected];
}

/** Forgets a fact: out of the tables, and out of the journal with all that was said of it. */
export async function forgetFact(
  deps: MemoryServiceDeps,
  change: Change & { readonly fact: string },
): Promise<Changed> {
  return await deps.database.transaction(async (tx) => {
    const found = await findFact(tx, deps, change, change.fact);
    if (found === undefined) return { kind: 'fact-not-found' };
    const { fact, row, history } = found;
    const lane = history.filter((one) => one.slot === row.slot && one.lane === row.lane);
    // All that was ever said of it, so that an older word does not come up again.
    const evidence = [...new Set(lane.flatMap((one) => one.evidence))];
    const { predicate, scope, subject } = fact;
    const body = { kind: 'fact-withdrawn', predicate, scope, evidence, forget: true } as const;
    await recordInteractions(tx, deps, { ...recordingOf(change, [body]), subject });
    return { kind: 'changed' };
  });
}

interface FoundFact {
  readonly person: LoadedPerson;
  readonly fact: Fact;
  readonly row: FactRow;
  readonly history: readonly FactRow[];
}

async function findFact(
  tx: Tx,
  deps: MemoryDeps,
  who: Who,
  id: string,
): Promise<FoundFact | undefined> {
  const person = await loadPerson(tx, deps, who);
  const fact = person?.facts.find((one) => one.id === id);
  if (person === undefined || fact === undefined) return undefined;
  const history = await listEverBelieved(tx, { company: who.company, subject: fact.subject });
  const row = history.find((one) => one.id === id);
  return row === undefined ? undefined : { person, fact, row, history };
}

/** Gives consent to a purpose or takes it back; what it allowed is unreadable from that moment. */
export async function setConsent(
  deps: MemoryServiceDeps,
  change: Change & { readonly purpose: string; readonly granted: boolean },
): Promise<Changed> {
  return await deps.database.transaction(async (tx) => {
    const person = await loadPerson(tx, deps, change);
    if (person === undefined) return { kind: 'subject-not-found' };
    const purpose = findPurpose(person.ontology, change.purpose);
    if (purpose === undefined) return { kind: 'purpose-not-found' };
    const is = change.granted ? isGranted(person, purpose.id) : isGrantedToAny(person, purpose.id);
    if (is === change.granted) return { kind: 'changed' };
    const receiptId = newId(deps.clock.now(), deps.random);
    const body: InteractionBody = change.granted
      ? grantOf(purpose, receiptId)
      : { kind: 'consent-withdrawn', purpose: purpose.id, receiptId };
    // Whoever they were known as: it is one person who says so.
    for (const subject of [...person.members].sort()) {
      await recordInteractions(tx, deps, { ...recordingOf(change, [body]), subject });
    }
    return { kind: 'changed' };
  });
}
