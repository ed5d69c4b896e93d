import type { ValueDocument } from '@keepsake/contract';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import { type DocumentInput, putDocument, putSettings, viewTerms } from './terms.service.ts';

type TermsDeps = Pick<Deps, 'database' | 'clock'>;

/** What a company reckons by. */
export const termsRoutes = (deps: TermsDeps) => ({
  terms: api.value.terms.handler(async ({ input }) => {
    await requireCompany(deps, input.company);
    return await viewTerms(deps.database.kysely, input.company);
  }),
  putCosts: api.value.putCosts.handler(async ({ input, context }) => {
    const by = context.actor.staff?.id ?? null;
    return await stateDocument(deps, { ...input, kind: 'costs', by });
  }),
  putPolicy: api.value.putPolicy.handler(async ({ input, context }) => {
    const by = context.actor.staff?.id ?? null;
    return await stateDocument(deps, { ...input, kind: 'policy', by });
  }),
  putSettings: api.value.putSettings.handler(async ({ input, context }) => {
    await requireCompany(deps, input.company);
    const by = context.actor.staff?.id ?? null;
    return await deps.database.transaction((tx) => putSettings(tx, deps, { ...input, by }));
  }),
});

async function requireCompany({ database }: TermsDeps, company: string): Promise<void> {
  const found = await findCompany(database.kysely, company);
  if (found === undefined) throw problem('company/not-found');
}

/** Keeps a document as a new version, or answers with the problem. */
export async function stateDocument(deps: TermsDeps, input: DocumentInput): Promise<ValueDocument> {
  const done = await deps.database.transaction((tx) => putDocument(tx, deps, input));
  switch (done.kind) {
    case 'made':
      return done.document;
    case 'company-not-found':
      throw problem('company/not-found');
    case 'version-taken':
      throw problem('valuation/version-taken');
    case 'refused':
      throw problem('valuation/terms-refused', { issues: [...done.issues] });
  }
}
