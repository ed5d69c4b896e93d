import type { Instant } from '@keepsake/kernel';
import type { Decline } from './ask.ts';
import type { ConsentRecord } from './consent.ts';
import type { Fact } from './fact.ts';
import type { Interaction } from './journal.ts';

/** One interaction about a slot, its value already the ontology's. */
export type SlotEvent = Pick<Interaction, 'id' | 'seq' | 'occurredAt' | 'recordedAt' | 'body'>;

/** Everything said of one subject × predicate × scope, and the facts that follow from it. */
export interface Slot {
  readonly events: readonly SlotEvent[];
  /** Sorted by `txFrom`, `validFrom`, id. */
  readonly facts: readonly Fact[];
}

/** Why an interaction left no fact. */
export type IgnoreReason =
  | 'unknown-predicate'
  | 'unknown-value'
  | 'unknown-purpose'
  | 'confidence-out-of-bounds'
  | 'empty-interval';

/** An interaction that could not be understood; a replay with a richer ontology may use it. */
export interface Ignored {
  readonly interaction: string;
  readonly reason: IgnoreReason;
}

/** What follows from a journal. Plain data: equal journals give equal canonical text. */
export interface Projection {
  readonly slots: Readonly<Record<string, Slot>>;
  readonly consents: readonly ConsentRecord[];
  readonly declines: readonly Decline[];
  readonly ignored: readonly Ignored[];
}

/** The moment in both times: when it was true, and when the company believed it. */
export interface AsOf {
  readonly validAt: Instant;
  readonly knownAt: Instant;
}
