import type { Instant } from '@keepsake/kernel';
import type { MoveReason } from './binding.ts';
import type { Claim, NeededPart, Stay } from './demand.ts';

/** Where a work order stands. `planned` holds capacity and stock without a customer's yes. */
export type WorkOrderStage =
  | 'planned'
  | 'firm'
  | 'released'
  | 'running'
  | 'blocked'
  | 'complete'
  | 'returned'
  | 'cancelled';

/** Where an operation of a work order stands. */
export type OperationStage = 'waiting' | 'ready' | 'running' | 'blocked' | 'done';

/** How an order looks to its customer; `ready` is the word for a stay, `made` for goods. */
export type OrderState =
  | 'accepted'
  | 'in-making'
  | 'blocked'
  | 'made'
  | 'ready'
  | 'cancelled'
  | 'returned';

/**
 * Stock set aside: `quantity` leaves the stock at `at`. `toBuy` of it is in no known supply yet, so
 * it must be bought to be there at `at`.
 */
export interface Reservation {
  readonly item: string;
  readonly quantity: number;
  readonly at: Instant;
  readonly toBuy: number;
}

/**
 * An operation of an accepted order. `remainingSeconds` is the work still to do; `claim` is its
 * planned time (null when it is done, has no length, or could not be placed).
 */
export interface OrderOperation {
  readonly id: string;
  readonly workCentre: string;
  readonly seconds: number | 'stay';
  readonly after: readonly string[];
  readonly stage: OperationStage;
  readonly claim: Claim | null;
  readonly remainingSeconds: number;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Why it is blocked: the maker's own code or words. */
  readonly blockedBecause: string | null;
}

/**
 * One accepted order in one plant. All of it is JSON.
 *
 * `promise` is the date the customer was given and never changes but by an amendment; `finish` is
 * what the plan says today, null when there is no place for it. `moved` says why `finish` is not
 * what it was when it was promised.
 */
export interface Order {
  readonly id: string;
  readonly stage: WorkOrderStage;
  readonly promise: Instant;
  readonly finish: Instant | null;
  readonly moved: MoveReason | null;
  readonly earliest: Instant;
  readonly deadline: Instant | null;
  readonly stay: Stay | null;
  readonly parts: readonly NeededPart[];
  /** When the parts left the stock; null while they are reserved. */
  readonly issuedAt: Instant | null;
  readonly operations: readonly OrderOperation[];
  readonly reservations: readonly Reservation[];
}
