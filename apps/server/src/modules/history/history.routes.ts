import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { type HistoryDeps, recordHistory } from './history.service.ts';

/** The endpoint by which an operator takes over history. */
export const historyRoutes = (deps: HistoryDeps) => ({
  record: api.history.record.handler(async ({ input }) => {
    const { params, query, body } = input;
    const recorded = await recordHistory(deps, {
      ...params,
      source: query.source,
      isDryRun: query.dryRun === 'true',
      text: await body.text(),
    });
    switch (recorded.kind) {
      case 'company-not-found':
        throw problem('company/not-found');
      case 'too-many-lines':
        throw problem('request/too-large');
      case 'answered':
        return recorded.answer;
    }
  }),
});
