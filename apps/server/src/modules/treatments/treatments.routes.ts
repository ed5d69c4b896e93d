import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';

type TreatmentDeps = Pick<Deps, 'database' | 'clock'>;

/** Treatments and what they do. */
export const treatmentsRoutes = (_deps: TreatmentDeps) => ({
  list: api.treatments.list.handler(() => {
    throw problem('route/not-found');
  }),
  put: api.treatments.put.handler(() => {
    throw problem('route/not-found');
  }),
  disparity: api.treatments.disparity.handler(() => {
    throw problem('route/not-found');
  }),
});
