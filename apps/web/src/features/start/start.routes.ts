import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute, rootRoute } from '../../platform/roots.ts';

/** `/` */
export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./start.page.tsx'), 'StartPage'),
});

/** `/c/$company` itself. */
export const companyFrontRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./company-front.page.tsx'), 'CompanyFrontPage'),
});

/** Pages of this feature outside a company. */
export const startRoutes = [startRoute] as const;
/** Pages of this feature inside a company. */
export const startCompanyRoutes = [companyFrontRoute] as const;
