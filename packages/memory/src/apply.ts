import type { Instant, Words } from '@keepsake/kernel';
import type { PersonMemory } from './ask.ts';
import type { Polarity } from './fact.ts';
import type { FactValue, Ontology } from './ontology.ts';

/** Somewhere a remembered fact can be acted on, for example a room made ready. */
export interface Touchpoint {
  readonly kind: string;
  readonly place: string;
  readonly category?: string;
  readonly occasion?: string;
  readonly gift?: boolean;
  /** When facts are read. */
  readonly at: Instant;
  /** When the instructions must have been carried out. */
  readonly deadline: Instant;
}

/** Something an operation can do about a predicate. */
export interface Capability {
  readonly predicate: string;
  readonly operation: string;
  /** `{value}` stands for the label of the value. */
  readonly text: Words;
  /** What to do where the instruction cannot be carried out. */
  readonly fallback?: Words;
}

/** What to do, for whoever carries out the operation. */
export interface Instruction {
  readonly predicate: string;
  readonly operation: string;
  /** Filled in, in every language of the capability or the value. */
  readonly text: Words;
  readonly value: FactValue;
  readonly polarity: Polarity;
  readonly factIds: readonly string[];
  /** Ids of the interactions behind it; an `instruction-outcome` names them. */
  readonly evidence: readonly string[];
  readonly deadline: Instant;
  readonly fallback?: Words;
}

/** Why something remembered is not acted on. */
export type SkipReason =
  | 'withheld'
  | 'aged'
  | 'unsure'
  | 'other-scope'
  | 'disputed'
  | 'overruled'
  | 'not-so'
  | 'gift'
  | 'no-capability'
  | 'unknown-predicate';

/** One thing not acted on. `withheld` says nothing of whether there is a fact. */
export interface Skipped {
  readonly predicate: string;
  readonly reason: SkipReason;
  readonly factIds: readonly string[];
}

/** What is to be made of memory at a touchpoint. */
export interface ApplyRequest extends PersonMemory {
  readonly touchpoint: Touchpoint;
  readonly capabilities: readonly Capability[];
  readonly purpose: string;
  readonly ontology: Ontology;
}

/** Instructions in the order of the capabilities, and what was left out. */
export interface Application {
  readonly instructions: readonly Instruction[];
  readonly skipped: readonly Skipped[];
}
