import type { Deps } from '../../platform/deps.ts';
import { termsRoutes } from '../terms/index.ts';
import { customerRoutes } from './customer.routes.ts';
import type { ValueCollaborators } from './customer.service.ts';
import { portfolioRoutes } from './portfolio.routes.ts';
import { reviewsRoutes } from './reviews.routes.ts';
import { runsRoutes } from './runs.routes.ts';
import type { Valuer } from './valuer.ts';

export { contestedSubjects } from './contested.store.ts';
export type { ValueCollaborators } from './customer.service.ts';
export { isValued } from './last-run.store.ts';
export { type Care, readCare } from './mine.service.ts';
export { keepMonthTerms } from './month-terms.service.ts';
export { eraseValue, exportValue } from './person-value.service.ts';
export { keepMonthTiers } from './portfolio.service.ts';
export { listReviewed } from './reviewed.store.ts';
export type { AfterRun, EndedRun } from './value-keep.service.ts';
export { createValuer, requestRun, type Valuer } from './valuer.ts';

/** The endpoints of customer value. */
export const valueRoutes = (
  deps: Deps,
  valuer: Pick<Valuer, 'wake'>,
  collaborators: ValueCollaborators,
) => ({
  ...portfolioRoutes(deps),
  ...customerRoutes(deps, collaborators),
  ...runsRoutes(deps, valuer),
  ...termsRoutes(deps),
  ...reviewsRoutes(deps),
});
