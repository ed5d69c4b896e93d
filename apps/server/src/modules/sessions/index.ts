export { type SignInLimits, sessionsRoutes } from './sessions.routes.ts';
export { findCustomer } from './sessions.service.ts';
export { eraseSessions, purgeSessions } from './sessions.store.ts';
