import type { Instant, Result } from '@keepsake/kernel';
import type {
  Acceptance,
  AmendRefusal,
  CommitOrder,
  CommitRefusal,
  Decision,
  MakingRefusal,
  OperationCommand,
  OrderCommand,
  PlantDecision,
  PlantSnapshot,
  Savepoint,
  SnapshotFault,
  StockRefusal,
  Violation,
} from './decision.ts';
import type { Quote, QuoteRefusal, QuoteRequest } from './demand.ts';
import type { PlantEvent } from './events.ts';
import type { OperationStage, Order, OrderState, WorkOrderStage } from './order.ts';
import type { Receipt } from './plant.ts';

export interface PlantState {
  readonly version: number;
}
export declare function createPlantState(
  snapshot: PlantSnapshot,
): Result<PlantState, SnapshotFault>;
export declare function plantSnapshot(state: PlantState): PlantSnapshot;
export declare function applyEvents(state: PlantState, events: readonly PlantEvent[]): void;
export declare function savepoint(state: PlantState): Savepoint;
export declare function rollback(state: PlantState, to: Savepoint): void;
export declare function settle(state: PlantState): void;
export declare function findOrder(state: PlantState, id: string): Order | undefined;
export declare function touchedBy(events: readonly PlantEvent[]): {
  readonly orders: readonly string[];
  readonly items: readonly string[];
};
export declare function quote(
  state: PlantState,
  request: QuoteRequest,
): Result<Quote, QuoteRefusal>;
export declare function commitOrder(
  state: PlantState,
  command: CommitOrder,
): Result<Acceptance, CommitRefusal>;
export declare function amendOrder(
  state: PlantState,
  command: CommitOrder,
): Result<Acceptance, AmendRefusal>;
export declare function firmOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal>;
export declare function releaseOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal>;
export declare function cancelOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal>;
export declare function returnOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal>;
export declare function closeOrder(
  state: PlantState,
  command: OrderCommand,
): Result<PlantDecision, MakingRefusal>;
export declare function startOperation(
  state: PlantState,
  command: OperationCommand,
): Result<Decision, MakingRefusal>;
export declare function completeOperation(
  state: PlantState,
  command: OperationCommand,
): Result<Decision, MakingRefusal>;
export declare function blockOperation(
  state: PlantState,
  command: OperationCommand & { readonly reason: string },
): Result<Decision, MakingRefusal>;
export declare function unblockOperation(
  state: PlantState,
  command: OperationCommand,
): Result<Decision, MakingRefusal>;
export declare function expectStock(
  state: PlantState,
  command: { readonly item: string; readonly receipt: Receipt },
): Result<PlantDecision, StockRefusal>;
export declare function receiveStock(
  state: PlantState,
  command: { readonly item: string; readonly quantity: number; readonly receipt?: string },
): Result<PlantDecision, StockRefusal>;
export declare function delayReceipt(
  state: PlantState,
  command: {
    readonly item: string;
    readonly receipt: string;
    readonly at: Instant;
    readonly now: Instant;
  },
): Result<PlantDecision, StockRefusal>;
export declare function adjustStock(
  state: PlantState,
  command: { readonly item: string; readonly change: number; readonly now: Instant },
): Result<PlantDecision, StockRefusal>;
export declare function refreshPromises(state: PlantState, now: Instant): PlantDecision;
export declare function orderState(order: Order): OrderState;
export declare function checkPlant(state: PlantState): readonly Violation[];
export declare const workOrderMoves: Readonly<
  Record<WorkOrderStage, readonly (WorkOrderStage | 'closed')[]>
>;
export declare const operationMoves: Readonly<Record<OperationStage, readonly OperationStage[]>>;
