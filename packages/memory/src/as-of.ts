import type { Instant } from '@keepsake/kernel';
import { type ConsentRecord, readable } from './consent.ts';
import { type Fact, isHard } from './fact.ts';
import { findPurpose, type Ontology } from './ontology.ts';
import { selectAsOf } from './projection.ts';
import { type Scope, scopeCovers } from './scope.ts';

/** Where, when and what for something was known. */
export interface KnownQuery {
  /** The place, and perhaps the category and the occasion; absent: wherever it holds. */
  readonly where?: Scope;
  /** When it was known, and by which consents it might be read. */
  readonly at: Instant;
  /** When it was true; absent: at the same moment. */
  readonly validAt?: Instant;
  /** Id of a purpose. */
  readonly purpose: string;
}

/** What a company holds of one person, with its whole history. */
export interface KnownMemory {
  readonly facts: readonly Fact[];
  readonly consents: readonly ConsentRecord[];
  readonly ontology: Ontology;
}

/** What was known at a moment, by whether it might be read then. */
export interface KnownFacts {
  readonly known: readonly Fact[];
  /** Kept then, but not readable for the purpose: for those who account for it alone. */
  readonly withheld: readonly Fact[];
}

/**
 * What the desk at a place knew at a moment for a purpose: the facts that were true then, were
 * believed then, hold at that place (requirements and bans hold everywhere), and might be read for
 * the purpose by the consents recorded until then. What was recorded later changes nothing of it, but
 * for a forgetting. In the order of the facts given. Linear in them.
 */
export function knownAt(memory: KnownMemory, query: KnownQuery): readonly Fact[] {
  return accountAt(memory, query).known;
}

/** As `knownAt`, with what was kept but withheld. An unknown purpose reads nothing. */
export function accountAt(memory: KnownMemory, query: KnownQuery): KnownFacts {
  const { ontology, facts } = memory;
  const { at, validAt = at, where } = query;
  const kept = selectAsOf(facts, { validAt, knownAt: at }).filter(
    (fact) => where === undefined || isHard(fact) || scopeCovers(fact.scope, where),
  );
  const purpose = findPurpose(ontology, query.purpose);
  if (purpose === undefined) return { known: [], withheld: kept };
  const consents = memory.consents.filter(({ recordedAt }) => recordedAt <= at);
  const book = { purposes: ontology.purposes, consents };
  const known = kept.filter((fact) => readable(fact, purpose, book, at));
  return { known, withheld: kept.filter((fact) => !known.includes(fact)) };
}
