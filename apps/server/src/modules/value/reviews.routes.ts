import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import { decideReview } from './review-decision.service.ts';
import { pageReviews } from './review-list.service.ts';

/** Customers below zero whom a person looks at. */
export const reviewsRoutes = (deps: Pick<Deps, 'database' | 'keys' | 'clock'>) => ({
  reviews: api.value.reviews.handler(async ({ input }) => {
    const { kysely } = deps.database;
    if ((await findCompany(kysely, input.company)) === undefined)
      throw problem('company/not-found');
    return await pageReviews(kysely, deps, input);
  }),

  closeReview: api.value.closeReview.handler(async ({ input, context }) => {
    const { staff } = context.actor;
    if (staff === null) throw problem('session/required');
    const { company, review, outcome, remedies = [], because = '' } = input;
    const by = { id: staff.id, name: staff.name };
    const decided = await decideReview(deps, {
      ...{ company, review, outcome, remedies, because, by },
    });
    switch (decided.kind) {
      case 'closed':
        return decided.review;
      case 'not-found':
        throw problem('valuation/review-not-found');
      case 'closed-already':
        throw problem('valuation/review-closed');
      case 'refused':
        throw problem('valuation/outcome-refused', { issues: [decided.issue] });
    }
  }),
});
