import type { Deps } from '../../platform/deps.ts';
import { customerRoutes } from './customer.routes.ts';
import { portfolioRoutes } from './portfolio.routes.ts';
import { reviewsRoutes } from './reviews.routes.ts';
import { runsRoutes } from './runs.routes.ts';
import { termsRoutes } from './terms.routes.ts';

export { profitOf } from './accounts.rules.ts';
export { eraseAccounts } from './accounts.store.ts';
export { listReviewed } from './reviewed.store.ts';
export { sumWindows } from './sums.store.ts';
export { findTerms, latestDocument, putDocument } from './terms.service.ts';

/** The endpoints of customer value. */
export const valueRoutes = (deps: Deps) => ({
  ...portfolioRoutes(deps),
  ...customerRoutes(deps),
  ...runsRoutes(deps),
  ...termsRoutes(deps),
  ...reviewsRoutes(deps),
});
