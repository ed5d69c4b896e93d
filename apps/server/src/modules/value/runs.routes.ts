import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { readRun, readRuns, startRun } from './runs.service.ts';
import type { Valuer } from './valuer.ts';

/** Valuing a base. */
export const runsRoutes = (deps: Deps, valuer: Pick<Valuer, 'wake'>) => ({
  runs: api.value.runs.handler(async ({ input }) => {
    const items = await readRuns(deps.database.kysely, input.company);
    if (items === undefined) throw problem('company/not-found');
    return { items };
  }),
  run: api.value.run.handler(async ({ input }) => {
    const run = await readRun(deps.database.kysely, input);
    if (run === undefined) throw problem('valuation/run-not-found');
    return run;
  }),
  start: api.value.start.handler(async ({ input, context }) => {
    const { company, months } = input;
    const by = context.actor.staff?.id ?? null;
    const started = await startRun(deps, valuer, { company, months, by });
    switch (started.kind) {
      case 'company-not-found':
        throw problem('company/not-found');
      case 'costs-missing':
        throw problem('valuation/costs-missing');
      case 'run':
        return started.run;
    }
  }),
});
