export { contactsRoutes } from './contacts.routes.ts';
export { deskRoutes } from './desk.routes.ts';
export type { DeskCollaborators, StayArrival } from './desk.service.ts';
export { type GuestSummary, guestSummary, maskEmail } from './guests.rules.ts';
export { identityRoutes } from './identity.routes.ts';
