import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';

/** `/c/$company/value/customers/$guest` */
export const customerValueRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'value/customers/$guest',
  component: lazyRouteComponent(() => import('./customer-value.page.tsx'), 'CustomerValuePage'),
});

/** Pages of this feature inside a company. */
export const customerValueCompanyRoutes = [customerValueRoute] as const;
