export type { Binding, MoveReason } from './binding.ts';
export type * from './decision.ts';
export type * from './demand.ts';
export { HORIZON_DAYS } from './demand.ts';
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
export type * from './order.ts';
export type * from './plant.ts';
export { alwaysOpen } from './plant.ts';
export * from './signatures.ts';
