export { pictureOf } from './families.picture.ts';
export { conflictProblem, familiesRoutes } from './families.routes.ts';
export { wireMoney } from './families.rules.ts';
export {
  findFamily,
  openSession,
  type PublishedFamily,
  type PublishFamily,
  publishFamily,
} from './families.service.ts';
export { endCompiling } from './spaces.service.ts';
