import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { findCompany } from '../companies/index.ts';
import { pageCustomers } from './customers.service.ts';
import { readMigration, readPortfolio } from './portfolio.service.ts';

/** A whole base at one look. */
export const portfolioRoutes = (deps: Pick<Deps, 'database' | 'clock' | 'keys'>) => ({
  portfolio: api.value.portfolio.handler(async ({ input }) => {
    const portfolio = await readPortfolio(deps.database.kysely, deps, input.company);
    if (portfolio === undefined) throw problem('company/not-found');
    return portfolio;
  }),

  migration: api.value.migration.handler(async ({ input }) => {
    const { company, ...months } = input;
    const answer = await readMigration(deps.database.kysely, company, months);
    if (answer.kind === 'company-not-found') throw problem('company/not-found');
    if (answer.kind === 'month-not-found') throw problem('valuation/month-not-found');
    return answer.migration;
  }),

  customers: api.value.customers.handler(async ({ input }) => {
    const { kysely } = deps.database;
    if ((await findCompany(kysely, input.company)) === undefined)
      throw problem('company/not-found');
    return await pageCustomers(kysely, deps, input);
  }),
});
