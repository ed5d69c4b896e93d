import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';

/** What a company reckons by. */
export const termsRoutes = (_deps: Deps) => ({
  terms: api.value.terms.handler(() => {
    throw problem('route/not-found');
  }),
  putCosts: api.value.putCosts.handler(() => {
    throw problem('route/not-found');
  }),
  putPolicy: api.value.putPolicy.handler(() => {
    throw problem('route/not-found');
  }),
  putSettings: api.value.putSettings.handler(() => {
    throw problem('route/not-found');
  }),
});
