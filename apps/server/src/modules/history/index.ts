export {
  type Contact,
  type ContactInput,
  listContactsOf,
  mayUndo,
  recordContact,
  UNDO_MS,
  undoContact,
  undoneUntil,
} from './contacts.service.ts';
export { historyRoutes } from './history.routes.ts';
export { type HistoryInput, recordHistory } from './history.service.ts';
export { eraseHistory, exportContacts, exportPurchases } from './person-history.service.ts';
