import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';

/** A whole base at one look. */
export const portfolioRoutes = (_deps: Deps) => ({
  portfolio: api.value.portfolio.handler(() => {
    throw problem('route/not-found');
  }),
  migration: api.value.migration.handler(() => {
    throw problem('route/not-found');
  }),
  customers: api.value.customers.handler(() => {
    throw problem('route/not-found');
  }),
});
