import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';

/** Valuing a base. */
export const runsRoutes = (_deps: Deps) => ({
  runs: api.value.runs.handler(() => {
    throw problem('route/not-found');
  }),
  run: api.value.run.handler(() => {
    throw problem('route/not-found');
  }),
  start: api.value.start.handler(() => {
    throw problem('route/not-found');
  }),
});
