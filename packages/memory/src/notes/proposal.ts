import type { Basis, Polarity } from '../fact.ts';
import type { FactLearned } from '../journal.ts';
import type { FactValue } from '../ontology.ts';
import type { Scope } from '../scope.ts';

/** Longest note that is read, in UTF-16 units; what is longer stays words from there on. */
export const NOTE_LENGTH_MAX = 100_000;

/** Most proposals of one note; the first ones stand. */
export const PROPOSALS_MAX = 50;

/** What is less certain than this is not proposed. */
export const CONFIDENCE_MIN = 0.6;

/** Something that a note seems to say of the guest: no fact until somebody confirms it. */
export interface Proposal {
  /** Name of a predicate of the ontology. */
  readonly predicate: string;
  /** A value that the predicate can take. */
  readonly value: FactValue;
  readonly polarity: Polarity;
  readonly scope: Scope;
  /** How sure the reading is, from 0 to 1; not how sure the fact is once it is confirmed. */
  readonly confidence: number;
  /** Where in the note it is said, in UTF-16 units, half-open. */
  readonly start: number;
  readonly end: number;
}

/**
 * What the journal says once somebody has confirmed a proposal: a fact learned, and never the end
 * of another. The confidence is that of the basis, not that of the reading.
 */
export function confirmProposal(
  proposal: Proposal,
  basis: Extract<Basis, 'stated' | 'observed'>,
): FactLearned {
  const { predicate, value, polarity, scope } = proposal;
  return { kind: 'fact', basis, predicate, value, polarity, scope };
}
