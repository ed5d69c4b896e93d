export type { WorkshopDeps } from './floor.service.ts';
export { workshopRoutes } from './workshop.routes.ts';
