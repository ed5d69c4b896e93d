import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';

/** One customer: value, tier, reasons, and what the customer sees and says of it. */
export const customerRoutes = (_deps: Deps) => ({
  customer: api.value.customer.handler(() => {
    throw problem('route/not-found');
  }),
  counterfactuals: api.value.counterfactuals.handler(() => {
    throw problem('route/not-found');
  }),
  setTier: api.value.setTier.handler(() => {
    throw problem('route/not-found');
  }),
  mine: api.value.mine.handler(() => {
    throw problem('route/not-found');
  }),
  contest: api.value.contest.handler(() => {
    throw problem('route/not-found');
  }),
  contests: api.value.contests.handler(() => {
    throw problem('route/not-found');
  }),
});
