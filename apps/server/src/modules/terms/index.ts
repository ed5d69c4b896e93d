export { stateDocument, termsRoutes } from './terms.routes.ts';
export {
  findPlan,
  findTerms,
  latestDocument,
  putDocument,
  putSettings,
  type Terms,
} from './terms.service.ts';
export { findDocument } from './terms.store.ts';
