export {
  type ArrivingStay,
  listArrivals,
  listTasksOfSubjects,
  type PrepareTask,
} from './arrivals.service.ts';
export { type OrderContent, type OrderInstruction, openOrder } from './content.ts';
export { addDays, dateAt, startOfDay } from './dates.rules.ts';
export { fillWords, valueWords } from './demand.rules.ts';
export { type MakerOrder, type MakerText, readOrdersForMakers } from './makers.service.ts';
export { eraseOrders, listOrders, openOrdersOf } from './orders.list.ts';
export { ordersRoutes, quoteRoute } from './orders.routes.ts';
export { findOrderRow, type OrderRow } from './orders.store.ts';
export { viewOrder, viewOrdersOf } from './orders.view.ts';
export { orderObserver } from './plant-events.ts';
export type { OrderDeps } from './quote.service.ts';
export { reinstructMany, reinstructOrders } from './reinstruct.service.ts';
