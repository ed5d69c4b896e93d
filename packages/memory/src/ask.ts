import type { Instant, Words } from '@keepsake/kernel';
import type { ConsentRecord } from './consent.ts';
import type { Basis, Fact, Polarity } from './fact.ts';
import type { FactValue, Ontology } from './ontology.ts';
import type { Scope } from './scope.ts';

/** A refusal to answer, in force from `at` until `until` (half-open; null: for ever). */
export interface Decline {
  /** Id of the interaction. */
  readonly id: string;
  readonly subject: string;
  readonly predicate: string;
  readonly at: Instant;
  readonly until: Instant | null;
  readonly recordedAt: Instant;
  readonly seq: number;
}

/** Everything a company holds of one person: of all member subjects together. */
export interface PersonMemory {
  /** May hold the whole history; what is not valid and known at the moment is passed over. */
  readonly facts: readonly Fact[];
  readonly declines: readonly Decline[];
  readonly consents: readonly ConsentRecord[];
}

/** The situation in which something is asked or done. */
export interface Situation extends Scope {
  readonly at: Instant;
  readonly touchpoint: string;
  /** Id of the purpose for which it is read. */
  readonly purpose: string;
  /** The customer chooses for someone else: nothing personal applies. */
  readonly gift?: boolean;
}

/** One remembered value and why it is believed. */
export interface RememberedValue {
  readonly value: FactValue;
  readonly unit: string | null;
  readonly polarity: Polarity;
  readonly factIds: readonly string[];
  readonly basis: Basis;
  /** After ageing. */
  readonly confidence: number;
  /** When the newest evidence occurred. */
  readonly asOf: Instant;
}

/** One choice to offer with a question. */
export interface AnswerOption {
  readonly value: FactValue;
  readonly label: Words;
}

/** Why a remembered value wants confirming. */
export type ConfirmReason = 'unsure' | 'aged' | 'other-scope' | 'disputed';

/** What to do about one need. */
export type Answer =
  | ({
      readonly kind: 'known';
      readonly predicate: string;
      /** Further values of the same predicate: many-valued ones, bans, requirements. */
      readonly others: readonly RememberedValue[];
    } & RememberedValue)
  | ({
      readonly kind: 'confirm';
      readonly predicate: string;
      readonly reason: ConfirmReason;
      readonly others: readonly RememberedValue[];
    } & RememberedValue)
  | {
      readonly kind: 'ask';
      readonly predicate: string;
      readonly question: Words;
      readonly options: readonly AnswerOption[];
    }
  /** As `ask`, but beyond the number of questions of this touchpoint. */
  | { readonly kind: 'later'; readonly predicate: string }
  | { readonly kind: 'declined'; readonly predicate: string; readonly until: Instant | null }
  /** Not to be read for this purpose; given whether or not there is anything to read. */
  | {
      readonly kind: 'withheld';
      readonly predicate: string;
      readonly question: Words;
      readonly options: readonly AnswerOption[];
    }
  | { readonly kind: 'unknown-predicate'; readonly predicate: string };

/** What is asked of memory. */
export interface AskRequest extends PersonMemory {
  /** Predicate names or synonyms. */
  readonly needs: readonly string[];
  readonly situation: Situation;
  readonly ontology: Ontology;
  /** Most questions (`ask`) at this touchpoint. */
  readonly limit: number;
}
