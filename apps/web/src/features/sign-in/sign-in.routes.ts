import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute, rootRoute } from '../../platform/roots.ts';
import { textParam } from '../../platform/search.view.ts';

const returning = (search: Record<string, unknown>) => ({ ...textParam(search, 'returnTo') });
const withToken = (search: Record<string, unknown>) => ({ ...textParam(search, 'token') });

/** `/c/$company/sign-in` */
export const customerSignInRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'sign-in',
  validateSearch: returning,
  component: lazyRouteComponent(() => import('./customer-sign-in.page.tsx'), 'CustomerSignInPage'),
});

/** `/c/$company/sign-in/link?token=` */
export const linkRedeemRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'sign-in/link',
  validateSearch: withToken,
  component: lazyRouteComponent(() => import('./link-redeem.page.tsx'), 'LinkRedeemPage'),
});

/** `/staff/sign-in` */
export const staffSignInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/staff/sign-in',
  validateSearch: (search: Record<string, unknown>) => ({
    ...returning(search),
    ...textParam(search, 'company'),
  }),
  component: lazyRouteComponent(() => import('./staff-sign-in.page.tsx'), 'StaffSignInPage'),
});

/** `/staff/reset?token=` */
export const passwordResetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/staff/reset',
  validateSearch: withToken,
  component: lazyRouteComponent(() => import('./password-reset.page.tsx'), 'PasswordResetPage'),
});

/** `/mailbox` */
export const mailboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/mailbox',
  validateSearch: (search: Record<string, unknown>) => ({ ...textParam(search, 'to') }),
  component: lazyRouteComponent(() => import('./mailbox.page.tsx'), 'MailboxPage'),
});

/** Pages of this feature outside a company. */
export const signInRoutes = [staffSignInRoute, passwordResetRoute, mailboxRoute] as const;
/** Pages of this feature inside a company. */
export const signInCompanyRoutes = [customerSignInRoute, linkRedeemRoute] as const;
