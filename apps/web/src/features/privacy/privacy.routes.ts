import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';
import { textParam } from '../../platform/search.view.ts';

/** `/c/$company/privacy?q=` */
export const privacyRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'privacy',
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, 'q') }),
  component: lazyRouteComponent(() => import('./person-search.page.tsx'), 'PersonSearchPage'),
});

/** `/c/$company/privacy/$guest` */
export const accountRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'privacy/$guest',
  component: lazyRouteComponent(() => import('./account.page.tsx'), 'AccountPage'),
});

/** Pages of this feature inside a company. */
export const privacyCompanyRoutes = [privacyRoute, accountRoute] as const;
