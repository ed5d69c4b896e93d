import type { Instant } from '@keepsake/kernel';
import type { Binding } from './binding.ts';
import type { Quote, QuoteRefusal, QuoteRequest } from './demand.ts';
import type { PlantEvent } from './events.ts';
import type { OperationStage, Order, WorkOrderStage } from './order.ts';
import type { Plant, PlantFault } from './plant.ts';

/**
 * All of a plant's state as JSON: `plant` with its stock as it is now, and the orders by id. It
 * falls apart into rows: plant, work centres, items with receipts; orders, their operations (each
 * with at most one claim) and reservations. `version` counts the events ever applied.
 */
export interface PlantSnapshot {
  readonly version: number;
  readonly plant: Plant;
  readonly orders: readonly Order[];
}

/** Why a snapshot cannot be loaded. */
export type SnapshotFault =
  | PlantFault
  | { readonly kind: 'duplicate-order'; readonly order: string }
  | { readonly kind: 'claim-overlap'; readonly order: string; readonly operation: string }
  | {
      readonly kind: 'unknown-work-centre';
      readonly workCentre: string;
      readonly operation: string;
    }
  | { readonly kind: 'unknown-item'; readonly item: string };

/** A point in the history of a state that `rollback` can return to. */
export interface Savepoint {
  readonly version: number;
  readonly depth: number;
}

/** What a command decided: the facts to apply and store, and the order as it is afterwards. */
export interface Decision {
  readonly order: Order;
  readonly events: readonly PlantEvent[];
}

/** An accepted order, and the quote that is its certificate. */
export interface Acceptance extends Decision {
  readonly quote: Quote;
}

/**
 * An order to accept. With `promisedBy`, the date its customer saw, an order whose finish is now
 * later is refused; without it the promise is the finish (for a stay: the arrival). `hold` keeps it
 * `planned` until `firmOrder`.
 */
export interface CommitOrder {
  readonly order: string;
  readonly request: QuoteRequest;
  readonly promisedBy?: Instant;
  readonly hold?: boolean;
}

/** Why an order is not accepted. */
export type CommitRefusal =
  | QuoteRefusal
  | { readonly kind: 'duplicate-order'; readonly order: string }
  | {
      readonly kind: 'promise-moved';
      readonly promisedBy: Instant;
      readonly finish: Instant;
      readonly binding: readonly Binding[];
    };

/** A command on a whole order. */
export interface OrderCommand {
  readonly order: string;
  readonly at: Instant;
}

/** A command on one operation. */
export interface OperationCommand extends OrderCommand {
  readonly operation: string;
}

/** Why a command on the floor is refused. */
export type MakingRefusal =
  | { readonly kind: 'unknown-order'; readonly order: string }
  | { readonly kind: 'unknown-operation'; readonly order: string; readonly operation: string }
  | {
      readonly kind: 'illegal-order-move';
      readonly order: string;
      readonly from: WorkOrderStage;
      readonly to: WorkOrderStage | 'closed';
    }
  | {
      readonly kind: 'illegal-operation-move';
      readonly order: string;
      readonly operation: string;
      readonly from: OperationStage;
      readonly to: OperationStage;
    }
  | {
      /** The parts are not there, or taking them now would break another promise. */
      readonly kind: 'parts-missing' | 'parts-promised';
      readonly order: string;
      readonly item: string;
      readonly short: number;
    }
  | {
      /** As many operations run there as the work centre has units. */
      readonly kind: 'work-centre-full';
      readonly workCentre: string;
      readonly units: number;
    };

/** Why an order cannot be changed; the old promise then stands untouched. */
export type AmendRefusal =
  | CommitRefusal
  | { readonly kind: 'unknown-order'; readonly order: string }
  | { readonly kind: 'order-started'; readonly order: string; readonly stage: WorkOrderStage };

/** Why a stock movement is refused. */
export type StockRefusal =
  | { readonly kind: 'unknown-item'; readonly item: string }
  | { readonly kind: 'unknown-receipt'; readonly item: string; readonly receipt: string }
  | { readonly kind: 'duplicate-receipt'; readonly item: string; readonly receipt: string }
  | { readonly kind: 'bad-quantity'; readonly item: string }
  | { readonly kind: 'bad-instant'; readonly item: string };

/** The facts a command without an order decided. */
export interface PlantDecision {
  readonly events: readonly PlantEvent[];
}

/** A broken invariant; `rule` is its number in SPEC.md. */
export interface Violation {
  readonly rule: 'PRD-21' | 'PRD-22' | 'PRD-23' | 'PRD-24' | 'PRD-25' | 'PRD-26';
  readonly detail: string;
}
