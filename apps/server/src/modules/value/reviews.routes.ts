import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';

/** Customers below zero whom a person looks at. */
export const reviewsRoutes = (_deps: Deps) => ({
  reviews: api.value.reviews.handler(() => {
    throw problem('route/not-found');
  }),
  closeReview: api.value.closeReview.handler(() => {
    throw problem('route/not-found');
  }),
});
