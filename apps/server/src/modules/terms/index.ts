export { stateDocument, termsRoutes } from './terms.routes.ts';
export {
  findTerms,
  latestDocument,
  putDocument,
  putSettings,
  type Terms,
} from './terms.service.ts';
export { findDocument } from './terms.store.ts';
