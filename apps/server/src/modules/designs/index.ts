export { designsRoutes } from './designs.routes.ts';
export {
  claimDesign,
  type DesignContent,
  eraseDesigns,
  findDesign,
  listDesigns,
  type SavedDesign,
} from './designs.service.ts';
