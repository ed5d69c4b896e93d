import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { companyToWire } from './companies.rules.ts';
import { findCompany, listCompanies } from './companies.store.ts';

/** The endpoints of companies. */
export const companiesRoutes = (deps: Pick<Deps, 'database'>) => ({
  list: api.companies.list.handler(async () => {
    const found = await listCompanies(deps.database.kysely);
    return { items: found.map(companyToWire) };
  }),
  get: api.companies.get.handler(async ({ input }) => {
    const company = await findCompany(deps.database.kysely, input.company);
    if (company === undefined) throw problem('company/not-found');
    return companyToWire(company);
  }),
});
