import type { Deps } from '../../platform/deps.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { type CompanyRecord, findCompany } from '../companies/index.ts';
import { decideTierByHand, listObjections, objectToTier } from './contest.service.ts';
import { findCounterfactuals } from './counterfactuals.service.ts';
import { type Found, readCustomer, type ValueCollaborators } from './customer.service.ts';
import { readMyValue } from './mine.service.ts';

type CustomerRouteDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'config'>;

/** One customer: value, tier, reasons, and what the customer sees and says of it. */
export const customerRoutes = (deps: CustomerRouteDeps, collaborators: ValueCollaborators) => {
  const { kysely } = deps.database;
  const companyOf = async (id: string): Promise<CompanyRecord> => {
    const company = await findCompany(kysely, id);
    if (company === undefined) throw problem('company/not-found');
    return company;
  };
  const customer = async ({ company, guest }: { company: string; guest: string }) => {
    const { currency } = await companyOf(company);
    const asked = { company, guest, currency };
    return settle(await readCustomer(kysely, deps, collaborators, asked));
  };

  return {
    customer: api.value.customer.handler(({ input }) => customer(input)),

    counterfactuals: api.value.counterfactuals.handler(async ({ input }) => {
      await companyOf(input.company);
      return { items: [...settle(await findCounterfactuals(kysely, deps, input))] };
    }),

    setTier: api.value.setTier.handler(async ({ input, context }) => {
      await companyOf(input.company);
      settle(await decideTierByHand(deps, { ...input, by: staffOf(context) }));
      return await customer(input);
    }),

    mine: api.value.mine.handler(async ({ input, context }) => {
      const { currency } = await companyOf(input.company);
      const me = { company: input.company, subject: subjectOf(context), currency };
      return { differentiation: await readMyValue(kysely, deps, collaborators, me) };
    }),

    contest: api.value.contest.handler(async ({ input, context }) => {
      await companyOf(input.company);
      const guest = subjectOf(context);
      const objected = await objectToTier(deps, { ...input, guest, locale: localeOf(context) });
      if (objected.kind === 'guest-not-found') throw problem('session/required');
      return settle(objected);
    }),

    contests: api.value.contests.handler(async ({ input }) => {
      await companyOf(input.company);
      return { items: await listObjections(kysely, deps, input.company) };
    }),
  };
};

function settle<T>(answer: Found<T>): T {
  switch (answer.kind) {
    case 'found':
      return answer.found;
    case 'guest-not-found':
      throw problem('guest/not-found');
    case 'not-reckoned':
      throw problem('valuation/not-reckoned');
  }
}

function staffOf(context: RequestContext): string {
  const { staff } = context.actor;
  if (staff === null) throw problem('session/required');
  return staff.id;
}

function subjectOf(context: RequestContext): string {
  const { customer } = context.actor;
  if (customer === null) throw problem('session/required');
  return customer.subject;
}

function localeOf(context: RequestContext): 'en' | 'de' {
  return /^\s*de\b/i.test(context.headers.get('accept-language') ?? '') ? 'de' : 'en';
}
