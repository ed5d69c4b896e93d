export {
  type Contact,
  type ContactInput,
  listContactsOf,
  mayUndo,
  recordContact,
  undoContact,
  undoneUntil,
} from './contacts.service.ts';
export { historyRoutes } from './history.routes.ts';
export { eraseHistory, exportContacts, exportPurchases } from './person-history.service.ts';
