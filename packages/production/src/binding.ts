import type { Instant } from '@keepsake/kernel';

/**
 * One reason why a date is not sooner: a code with fields, rendered to words elsewhere. `delayMs` is
 * what it adds on the way to the date; the reasons of one quote together span the time from the
 * earliest start to the finish.
 */
export type Binding =
  | {
      readonly kind: 'waits-for-part';
      readonly item: string;
      readonly quantity: number;
      readonly availableAt: Instant;
      /** Known supply arrives then, or buying takes until then. */
      readonly because: 'incoming' | 'lead-time';
      readonly delayMs: number;
    }
  | {
      readonly kind: 'work-centre-busy';
      readonly workCentre: string;
      readonly operation: string;
      readonly until: Instant;
      readonly delayMs: number;
    }
  | {
      readonly kind: 'closed-hours';
      readonly workCentre: string;
      readonly operation: string;
      readonly until: Instant;
      readonly delayMs: number;
    }
  | {
      readonly kind: 'work';
      readonly workCentre: string;
      readonly operation: string;
      readonly delayMs: number;
    }
  | {
      /** Made ready just before the arrival, not as soon as possible. */
      readonly kind: 'arrival';
      readonly at: Instant;
      readonly delayMs: number;
    };

/** Why the planned finish of an order changed after it was promised. */
export type MoveReason =
  | { readonly kind: 'operation-blocked'; readonly operation: string; readonly reason: string }
  | { readonly kind: 'waits-for-part'; readonly item: string; readonly availableAt: Instant }
  | { readonly kind: 'operation-overran'; readonly operation: string }
  | { readonly kind: 'operation-not-started'; readonly operation: string }
  | {
      /** Another order's work takes the unit longer than planned. */
      readonly kind: 'work-centre-busy';
      readonly workCentre: string;
      readonly operation: string;
      readonly until: Instant;
    }
  | {
      /** No place within the horizon, or no unit for the stay. */
      readonly kind: 'no-capacity';
      readonly workCentre: string;
      readonly operation: string;
    }
  | { readonly kind: 'sooner' };
