import type { Issue } from '@keepsake/memory';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import type { Replayer } from './replayer.ts';
import { changeVocabulary, readVocabulary } from './vocabulary.service.ts';

type VocabularyDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'metrics'>;

/** Reading and changing what a company can remember. */
export const vocabularyRoutes = (deps: VocabularyDeps, replayer: Pick<Replayer, 'wake'>) => ({
  get: api.vocabulary.get.handler(async ({ input }) => {
    await requireCompany(deps, input.company);
    return await readVocabulary(deps.database.kysely, input.company);
  }),

  put: api.vocabulary.put.handler(async ({ input, context }) => {
    await requireCompany(deps, input.company);
    const by = context.actor.staff?.name ?? null;
    const changed = await changeVocabulary(deps, { ...input, by });
    switch (changed.kind) {
      case 'kept':
        void replayer.wake();
        return await readVocabulary(deps.database.kysely, input.company);
      case 'changed-meanwhile':
        throw problem('memory/ontology-changed');
      case 'refused':
        throw problem('memory/ontology-refused', { issues: changed.issues.map(wireIssue) });
    }
  }),
});

async function requireCompany(deps: Pick<Deps, 'database'>, company: string): Promise<void> {
  const found = await findCompany(deps.database.kysely, company);
  if (found === undefined) throw problem('company/not-found');
}

function wireIssue({ code, path, detail }: Issue) {
  return { code, path, message: detail === '' ? code : `${code}: ${detail}` };
}
