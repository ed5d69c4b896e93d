import type { Tier } from '@keepsake/contract';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';
import { TIERS } from '../../platform/value-words.view.ts';

/** Orders of a list of customers. */
export const SORTS = ['value', 'growth', 'atStake', 'belowZero'] as const;
/** An order of a list of customers. */
export type Sort = (typeof SORTS)[number];

/** What is shown of the list, out of its address; what is not known is left out. */
export interface ListSearch {
  readonly tier?: Tier;
  readonly sort?: Sort;
}

function listSearch(search: Readonly<Record<string, unknown>>): ListSearch {
  const tier = TIERS.find((one) => one === search['tier']);
  const sort = SORTS.find((one) => one === search['sort']);
  return { ...(tier === undefined ? {} : { tier }), ...(sort === undefined ? {} : { sort }) };
}

/** `/c/$company/value` */
export const portfolioRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'value',
  component: lazyRouteComponent(() => import('./portfolio.page.tsx'), 'PortfolioPage'),
});

/** `/c/$company/value/customers?tier=&sort=` */
export const valuedCustomersRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'value/customers',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./customer-list.page.tsx'), 'CustomerListPage'),
});

/** `/c/$company/value/reviews` */
export const reviewsRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'value/reviews',
  component: lazyRouteComponent(() => import('./review-list.page.tsx'), 'ReviewListPage'),
});

/** `/c/$company/value/treatments` */
export const treatmentsRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'value/treatments',
  component: lazyRouteComponent(() => import('./treatment-list.page.tsx'), 'TreatmentListPage'),
});

/** `/c/$company/value/terms` */
export const termsRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'value/terms',
  component: lazyRouteComponent(() => import('./terms.page.tsx'), 'TermsPage'),
});

/** Pages of this feature inside a company. */
export const portfolioCompanyRoutes = [
  portfolioRoute,
  valuedCustomersRoute,
  reviewsRoute,
  treatmentsRoute,
  termsRoute,
] as const;
