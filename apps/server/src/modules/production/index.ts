export { installPlant } from './install-plant.ts';
export type { Command, Decided, Observe } from './plant-writer.ts';
export { listPlants } from './plants.store.ts';
export { createPlants, type Plants } from './plants.ts';
export { listLabels, type NewStock, type PlantKey, type StockLabel } from './stock.store.ts';
export {
  findOperation,
  listOperations,
  type OperationRef,
  type OperationRow,
} from './work-orders.store.ts';
