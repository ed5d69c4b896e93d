export { historyRoutes } from './history.routes.ts';
export { eraseHistory, exportContacts, exportPurchases } from './person-history.service.ts';
