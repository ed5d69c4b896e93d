import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import { reportQuestions } from './questions.service.ts';

/** The report on questions. */
export const questionsRoutes = (deps: Pick<Deps, 'database' | 'clock'>) => ({
  report: api.questions.report.handler(async ({ input }) => {
    const { kysely } = deps.database;
    if ((await findCompany(kysely, input.company)) === undefined)
      throw problem('company/not-found');
    return await reportQuestions(kysely, deps, input.company, input.days);
  }),
});
