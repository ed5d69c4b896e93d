import type { Instant } from '@keepsake/kernel';

/** A handle by which a subject can be known again; the value itself never gets here. */
export interface Identifier {
  /** For example `email`, `loyalty`, `phone`. Values of different kinds are never equal. */
  readonly kind: string;
  /** Keyed hash of the value. */
  readonly hmac: string;
  readonly subject: string;
  /** When the customer proved it is theirs; null: a mere claim, which joins nothing. */
  readonly verifiedAt: Instant | null;
  /** Weak ones, and ones several people use (a hotel desk's e-mail), join nothing. */
  readonly strength: 'strong' | 'weak' | 'shared';
}

/** One appended verdict on whether two subjects are one person; never changed once written. */
export type LinkEvent =
  | {
      readonly kind: 'same' | 'not_same';
      readonly id: string;
      readonly a: string;
      readonly b: string;
      /** A human's verdict outranks a machine's on the same pair. */
      readonly by: 'human' | 'machine';
      readonly at: Instant;
    }
  | {
      readonly kind: 'void';
      readonly id: string;
      /** Id of an earlier event, which no longer counts; it may be a `void` itself. */
      readonly voids: string;
      readonly by: 'human' | 'machine';
      readonly at: Instant;
    };

/** Who we take to be one human being: a projection over subjects, which never move. */
export interface Person {
  /** Made of the smallest member; stays resolvable for ever through `aliases`. */
  readonly id: PersonId;
  /** Sorted. */
  readonly members: readonly string[];
  /** Every id this person may have been handed out under, sorted; contains `id`. */
  readonly aliases: readonly PersonId[];
}

/** `person:` and the id of a subject. */
export type PersonId = string;
