export { installPlant } from './install-plant.ts';
export {
  findOperation,
  listOperations,
  listWorkOrders,
  type OperationRef,
  type OperationRow,
  type WorkOrderRow,
} from './operations.store.ts';
export type { Command, Decided, Observe } from './plant-writer.ts';
export { listPlants } from './plants.store.ts';
export { createPlants, type Plants } from './plants.ts';
export { listLabels, type NewStock, type PlantKey, type StockLabel } from './stock.store.ts';
