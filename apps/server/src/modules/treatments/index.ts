export { treatmentsRoutes } from './treatments.routes.ts';
