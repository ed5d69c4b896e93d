export { applyEvents, touchedBy } from './apply-events.ts';
export type { Binding, MoveReason } from './binding.ts';
export { checkPlant } from './check-plant.ts';
export { amendOrder, commitOrder } from './commit-order.ts';
export type {
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
export {
  type Claim,
  HORIZON_DAYS,
  type NeededOperation,
  type NeededPart,
  type PartAvailability,
  type PlacedOperation,
  type Quote,
  type QuoteRefusal,
  type QuoteRequest,
  type RequestFault,
  type Stay,
} from './demand.ts';
export type { Cover, PlantEvent } from './events.ts';
export {
  type ComponentLine,
  type Evaluate,
  type ExplodeRefusal,
  type Explosion,
  explode,
  type OperationLine,
  type Part,
  type RoutedOperation,
  type SuperBill,
} from './explode.ts';
export { localToInstant, type Zone, zoneOf } from './local-time.ts';
export {
  blockOperation,
  cancelOrder,
  closeOrder,
  completeOperation,
  firmOrder,
  releaseOrder,
  returnOrder,
  startOperation,
  unblockOperation,
} from './making.ts';
export type {
  OperationStage,
  Order,
  OrderOperation,
  OrderState,
  Reservation,
  WorkOrderStage,
} from './order.ts';
export { operationMoves, orderState, workOrderMoves } from './order-stages.ts';
export {
  alwaysOpen,
  type Calendar,
  type Item,
  type Plant,
  type PlantFault,
  type Receipt,
  type Shift,
  type WorkCentre,
} from './plant.ts';
export {
  createPlantState,
  findItem,
  findOrder,
  type PlantState,
  plantSnapshot,
  rollback,
  savepoint,
  settle,
} from './plant-state.ts';
export { quote } from './quote.ts';
export { refreshPromises } from './refresh-promises.ts';
export { adjustStock, delayReceipt, expectStock, receiveStock } from './stock-movement.ts';
