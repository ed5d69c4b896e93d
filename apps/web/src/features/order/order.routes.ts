import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';
import { textParam } from '../../platform/search.view.ts';

/** What the check-out's address carries beside the design. */
export interface CheckoutSearch {
  readonly as?: 'gift';
  readonly site?: string;
  readonly arrive?: string;
  readonly depart?: string;
}

/** `/c/$company/order/$design` */
export const checkoutRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'order/$design',
  validateSearch: (search: Record<string, unknown>): CheckoutSearch => ({
    ...(search['as'] === 'gift' ? { as: 'gift' as const } : {}),
    ...textParam(search, 'site'),
    ...textParam(search, 'arrive'),
    ...textParam(search, 'depart'),
  }),
  component: lazyRouteComponent(() => import('./order-place.page.tsx'), 'OrderPlacePage'),
});

/** `/c/$company/orders` */
export const ordersRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'orders',
  component: lazyRouteComponent(() => import('./order-list.page.tsx'), 'OrderListPage'),
});

/** `/c/$company/orders/$order` */
export const orderRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'orders/$order',
  component: lazyRouteComponent(() => import('./order-detail.page.tsx'), 'OrderDetailPage'),
});

/** Pages of this feature inside a company. */
export const orderCompanyRoutes = [checkoutRoute, ordersRoute, orderRoute] as const;
