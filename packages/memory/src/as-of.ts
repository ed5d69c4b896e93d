import type { Instant } from '@keepsake/kernel';
import { type ConsentRecord, readable } from './consent.ts';
import { type Fact, isHard, isLive } from './fact.ts';
import { findPurpose, type Ontology } from './ontology.ts';
import { type Scope, scopeCovers } from './scope.ts';

/** Where, when and what for something was known. */
export interface KnownQuery {
  /** The place, and perhaps the category and the occasion. */
  readonly where: Scope;
  readonly at: Instant;
  /** Id of a purpose. */
  readonly purpose: string;
}

/** What a company holds of one person, with its whole history. */
export interface KnownMemory {
  readonly facts: readonly Fact[];
  readonly consents: readonly ConsentRecord[];
  readonly ontology: Ontology;
}

/**
 * What the desk at a place knew at a moment for a purpose: the facts that were true then, were
 * believed then, hold at that place (requirements and bans hold everywhere), and might be read for
 * the purpose by the consents recorded until then. What was recorded later changes nothing of it, but
 * for a forgetting. In the order of the facts given. Linear in them.
 */
export function knownAt(memory: KnownMemory, query: KnownQuery): readonly Fact[] {
  const { ontology, facts } = memory;
  const purpose = findPurpose(ontology, query.purpose);
  if (purpose === undefined) return [];
  const { at, where } = query;
  const consents = memory.consents.filter(({ recordedAt }) => recordedAt <= at);
  const book = { purposes: ontology.purposes, consents };
  return facts.filter(
    (fact) =>
      isLive(fact, at) &&
      (isHard(fact) || scopeCovers(fact.scope, where)) &&
      readable(fact, purpose, book, at),
  );
}
