import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';
import { textParam } from '../../platform/search.view.ts';

/** `/c/$company/staff` */
export const staffRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'staff',
  component: lazyRouteComponent(() => import('./staff-list.page.tsx'), 'StaffListPage'),
});

/** `/c/$company/staff/accept?token=` */
export const invitationRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'staff/accept',
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, 'token') }),
  component: lazyRouteComponent(
    () => import('./invitation-accept.page.tsx'),
    'InvitationAcceptPage',
  ),
});

/** Pages of this feature inside a company. */
export const staffCompanyRoutes = [staffRoute, invitationRoute] as const;
