import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';
import { textParam } from '../../platform/search.view.ts';

/** `/c/$company/desk?q=` */
export const deskRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'desk',
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, 'q') }),
  component: lazyRouteComponent(() => import('./desk-search.page.tsx'), 'DeskSearchPage'),
});

/** `/c/$company/desk/arrivals` */
export const arrivalsRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'desk/arrivals',
  component: lazyRouteComponent(() => import('./arrival-list.page.tsx'), 'ArrivalListPage'),
});

/** `/c/$company/desk/duplicates` */
export const duplicatesRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'desk/duplicates',
  component: lazyRouteComponent(() => import('./duplicates.page.tsx'), 'DuplicatesPage'),
});

/** `/c/$company/desk/$guest` */
export const guestRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'desk/$guest',
  component: lazyRouteComponent(() => import('./guest-card.page.tsx'), 'GuestCardPage'),
});

/** Pages of this feature inside a company. */
export const deskCompanyRoutes = [deskRoute, arrivalsRoute, duplicatesRoute, guestRoute] as const;
