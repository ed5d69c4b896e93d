import type { Instant } from '@keepsake/kernel';
import type { Binding } from './binding.ts';

/** An item an order needs; all parts of an order are needed when its first operation starts. */
export interface NeededPart {
  readonly item: string;
  readonly quantity: number;
}

/** An operation an order needs. `seconds` of `stay` means: for exactly the stay. */
export interface NeededOperation {
  readonly id: string;
  readonly workCentre: string;
  readonly seconds: number | 'stay';
  readonly after: readonly string[];
}

/** The time a guest is there: from arrival to departure, `from` before `to`. */
export interface Stay {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * What is asked of a plant.
 *
 * `now` is the moment of asking: buying starts then. Nothing starts before `earliest` (default
 * `now`). With `deadline` the whole order is finished by then or refused. With `stay`, operations of
 * `stay` length claim a unit for exactly the stay, operations that come after one of those follow
 * the departure, and all others end before the arrival, as late as possible.
 */
export interface QuoteRequest {
  readonly now: Instant;
  readonly parts: readonly NeededPart[];
  readonly operations: readonly NeededOperation[];
  readonly earliest?: Instant;
  readonly deadline?: Instant;
  readonly stay?: Stay;
}

/** A time on one unit of a work centre: `start` inclusive, `end` exclusive. */
export interface Claim {
  readonly workCentre: string;
  readonly unit: number;
  readonly start: Instant;
  readonly end: Instant;
}

/** Where a quote puts an operation. An operation of no length has `start` equal to `end`. */
export interface PlacedOperation extends Claim {
  readonly operation: string;
}

/** When an item is there for the order. `toBuy` is what is not in known supply. */
export interface PartAvailability {
  readonly item: string;
  readonly quantity: number;
  readonly availableAt: Instant;
  readonly toBuy: number;
}

/**
 * A date with its certificate. It depends on nothing but the state at `version` and the request.
 * `finish` is when the order is made; for a stay, when it is made ready. `binding` says why not
 * sooner, the longest delay first.
 */
export interface Quote {
  readonly finish: Instant;
  readonly operations: readonly PlacedOperation[];
  readonly parts: readonly PartAvailability[];
  /** When the parts are taken from stock: the first start, or `finish` without operations. */
  readonly partsAt: Instant;
  readonly binding: readonly Binding[];
  readonly version: number;
}

/** What a request does wrong, whatever the state of the plant. `id` names the line. */
export type RequestFault =
  | 'duplicate-operation'
  | 'unknown-predecessor'
  | 'cycle'
  | 'bad-quantity'
  | 'bad-seconds'
  | 'bad-stay'
  | 'stay-missing'
  | 'bad-instant';

/** Why there is no date. */
export type QuoteRefusal =
  | { readonly kind: 'malformed-request'; readonly fault: RequestFault; readonly id: string }
  | { readonly kind: 'unknown-item'; readonly item: string }
  | {
      readonly kind: 'unknown-work-centre';
      readonly workCentre: string;
      readonly operation: string;
    }
  | {
      readonly kind: 'no-capacity';
      readonly workCentre: string;
      readonly operation: string;
      readonly horizonDays: number;
    }
  | {
      /** No unit is free for the whole stay. */
      readonly kind: 'stay-taken';
      readonly workCentre: string;
      readonly operation: string;
      readonly stay: Stay;
    }
  | {
      readonly kind: 'deadline-missed';
      readonly deadline: Instant;
      /** The earliest finish if there were no deadline. */
      readonly finish: Instant;
      readonly binding: readonly Binding[];
    };

/** How far ahead an operation is looked for, from the moment its order may start. */
export const HORIZON_DAYS = 400;
