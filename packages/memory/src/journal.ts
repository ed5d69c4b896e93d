import type { Instant, Json, Words } from '@keepsake/kernel';
import type { Basis, Polarity } from './fact.ts';
import type { FactValue } from './ontology.ts';
import type { Scope } from './scope.ts';

/** Something the company came to know of the customer; also how a fact came in from elsewhere. */
export interface FactLearned {
  readonly kind: 'fact';
  readonly basis: Basis;
  /** Name or synonym. */
  readonly predicate: string;
  readonly value: FactValue;
  /** Absent: everywhere. */
  readonly scope?: Scope;
  /** Absent: `like`. */
  readonly polarity?: Polarity;
  /** 0 to 1; absent: the default of the basis. */
  readonly confidence?: number;
  /** Purpose id; absent: the predicate's. */
  readonly purpose?: string;
  /** When it began to be true; absent: when it occurred. */
  readonly validFrom?: Instant;
  /** When it ceases to be true, half-open; absent: open. */
  readonly validTo?: Instant;
}

/** An earlier interaction was recorded wrongly: changes what we believe, not when it was true. */
export interface FactCorrected {
  readonly kind: 'fact-corrected';
  readonly predicate: string;
  readonly scope?: Scope;
  /** Id of the interaction that was wrong (or of an earlier correction of it). */
  readonly corrects: string;
  readonly value: FactValue;
  readonly polarity?: Polarity;
  /** Absent: `stated`. */
  readonly basis?: Basis;
  readonly confidence?: number;
}

/** The customer thinks otherwise from now on: what was true stays true up to that moment. */
export interface MindChanged {
  readonly kind: 'mind-changed';
  readonly predicate: string;
  readonly scope?: Scope;
  /** The new value, stated; absent: no longer any. */
  readonly value?: FactValue;
  /** Absent: `like`. Wishes close wishes; a requirement or ban closes only its own polarity. */
  readonly polarity?: Polarity;
  /** Only this value is closed; absent: every value. */
  readonly former?: FactValue;
  /** When the mind changed; absent: when it occurred. */
  readonly validFrom?: Instant;
}

/** The customer strikes what is known: it is believed no longer, or forgotten without trace. */
export interface FactWithdrawn {
  readonly kind: 'fact-withdrawn';
  readonly predicate: string;
  readonly scope?: Scope;
  /** The interactions struck (the evidence of a fact); absent: all of this predicate and scope. */
  readonly evidence?: readonly string[];
  /** True drops the past beliefs and the stored values too. */
  readonly forget: boolean;
}

/** The customer would rather not say. */
export interface AnswerDeclined {
  readonly kind: 'declined';
  readonly predicate: string;
  /** Not to be asked again before; null: never. */
  readonly until: Instant | null;
}

/** The customer allowed a purpose. */
export interface ConsentGranted {
  readonly kind: 'consent-granted';
  readonly purpose: string;
  readonly basis: 'consent' | 'explicit-consent';
  /** The very words agreed to. */
  readonly wording: Words;
  readonly receiptId: string;
  /** Half-open; absent: until withdrawn. */
  readonly expiresAt?: Instant;
}

/** The customer took a purpose back, or objects to it. */
export interface ConsentWithdrawn {
  readonly kind: 'consent-withdrawn';
  readonly purpose: string;
  readonly receiptId: string;
}

/** What became of an instruction that was carried out. */
export interface InstructionOutcome {
  readonly kind: 'instruction-outcome';
  readonly predicate: string;
  readonly scope?: Scope;
  /** The evidence of the facts the instruction stood on. */
  readonly evidence: readonly string[];
  readonly outcome: 'kept' | 'corrected' | 'rejected';
  /** Polarity of `value`; absent: `like`. */
  readonly polarity?: Polarity;
  /** With `corrected`: what the customer wanted instead; becomes a stated fact. */
  readonly value?: FactValue;
}

/** Anything else worth a line in the journal; the projection passes over it. */
export interface OtherEvent {
  readonly kind: 'event';
  readonly name: string;
  readonly data?: Json;
}

/** What an interaction says. */
export type InteractionBody =
  | FactLearned
  | FactCorrected
  | MindChanged
  | FactWithdrawn
  | AnswerDeclined
  | ConsentGranted
  | ConsentWithdrawn
  | InstructionOutcome
  | OtherEvent;

/** Who acted: `agent` is a customer's software agent. */
export interface Actor {
  readonly kind: 'customer' | 'staff' | 'agent' | 'system';
  readonly id?: string;
}

/** One line of the journal; never changed once written. */
export interface Interaction {
  /** Unique; a second copy of the same interaction changes nothing. */
  readonly id: string;
  /** The atomic customer record this is about; never a merged person. */
  readonly subject: string;
  /** Position in the subject's journal. */
  readonly seq: number;
  /** When it happened: the origin of valid time. */
  readonly occurredAt: Instant;
  /** When the company knew: the origin of transaction time. */
  readonly recordedAt: Instant;
  readonly channel: string;
  readonly touchpoint: string;
  readonly actor: Actor;
  readonly body: InteractionBody;
}
