

export { treatmentsRoutes } from './treatments.routes.ts';
export { deleteAssignments as eraseAssignments } from './treatments.store.ts';
