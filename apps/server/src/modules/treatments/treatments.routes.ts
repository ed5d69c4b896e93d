import type { Space } from '@keepsake/configurator';
import { parseTreatments, type TreatmentPlan } from '@keepsake/value';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import { findFamily } from '../families/index.ts';
import { findPlan, latestDocument, stateDocument } from '../terms/index.ts';
import { familiesOf, impossibleActs } from './acts.rules.ts';
import { WINDOW_DAYS } from './lots.rules.ts';
import { type PlanIssue, unprovableGrounds } from './plan.rules.ts';
import { reportDisparity, reportTreatments } from './report.service.ts';

type TreatmentDeps = Pick<Deps, 'database' | 'clock'>;

/** Treatments and what they do. */
export const treatmentsRoutes = (deps: TreatmentDeps) => ({
  list: api.treatments.list.handler(async ({ input: { company } }) => {
    const { currency } = await requireCompany(deps, company);
    const { kysely } = deps.database;
    const now = deps.clock.now();
    const plan = await findPlan(deps.database.kysely, company);
    return {
      currency,
      windowDays: WINDOW_DAYS,
      plan: (await latestDocument(kysely, company, 'treatments')) ?? null,
      treatments:
        plan === undefined ? [] : [...(await reportTreatments(kysely, company, { plan, now }))],
    };
  }),
  put: api.treatments.put.handler(async ({ input: { company, document }, context }) => {
    const read = parseTreatments(document);
    const issues = read.kind === 'ok' ? await issuesOf(deps, company, read.value) : [];
    if (issues.length > 0) throw problem('valuation/terms-refused', { issues: [...issues] });
    const by = context.actor.staff?.id ?? null;
    return await stateDocument(deps, { company, kind: 'treatments', document, by });
  }),
  disparity: api.treatments.disparity.handler(async ({ input }) => {
    const { company, by, treatment, tier = 'keep' } = input;
    await requireCompany(deps, company);
    const plan =
      treatment === undefined ? undefined : await findPlan(deps.database.kysely, company);
    if (treatment !== undefined && !plan?.treatments.some(({ id }) => id === treatment)) {
      throw problem('treatments/not-found');
    }
    return await reportDisparity(deps.database.kysely, company, { by, tier, treatment });
  }),
});

async function requireCompany({ database }: TreatmentDeps, company: string) {
  const found = await findCompany(database.kysely, company);
  if (found === undefined) throw problem('company/not-found');
  return found;
}

/** What of a plan cannot be proved or done in a company. */
async function issuesOf(
  { database }: TreatmentDeps,
  company: string,
  plan: TreatmentPlan,
): Promise<readonly PlanIssue[]> {
  const spaces = new Map<string, Space>();
  for (const family of familiesOf(plan)) {
    const published = await findFamily(database.kysely, { company, family });
    if (published !== undefined) spaces.set(family, published.space);
  }
  return [...unprovableGrounds(plan), ...impossibleActs(plan, spaces)];
}
