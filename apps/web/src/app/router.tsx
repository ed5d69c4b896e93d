import { createRouter } from '@tanstack/react-router';
import { customerValueCompanyRoutes } from '../features/customer-value/customer-value.routes.ts';
import { deskCompanyRoutes } from '../features/desk/desk.routes.ts';
import { memoryCompanyRoutes } from '../features/memory/memory.routes.ts';
import { orderCompanyRoutes } from '../features/order/order.routes.ts';
import { portfolioCompanyRoutes } from '../features/portfolio/portfolio.routes.ts';
import { privacyCompanyRoutes } from '../features/privacy/privacy.routes.ts';
import { questionsCompanyRoutes } from '../features/questions/questions.routes.ts';
import { signInCompanyRoutes, signInRoutes } from '../features/sign-in/sign-in.routes.ts';
import { spaceCompanyRoutes } from '../features/space/space.routes.ts';
import { staffCompanyRoutes } from '../features/staff/staff.routes.ts';
import { startCompanyRoutes, startRoutes } from '../features/start/start.routes.ts';
import { studioCompanyRoutes } from '../features/studio/studio.routes.ts';
import { vocabularyCompanyRoutes } from '../features/vocabulary/vocabulary.routes.ts';
import { workshopCompanyRoutes } from '../features/workshop/workshop.routes.ts';
import { companyRoute, type RouterContext, rootRoute } from '../platform/roots.ts';
import { CompanyFrame } from './company-frame.tsx';
import { CrashPage } from './crash.page.tsx';
import { NotFoundPage } from './not-found.page.tsx';
import { Shell } from './shell.tsx';

rootRoute.update({ component: Shell, notFoundComponent: NotFoundPage, errorComponent: CrashPage });
companyRoute.update({ component: CompanyFrame });

// Each feature brings its routes; this list only composes them.
const routeTree = rootRoute.addChildren([
  ...startRoutes,
  ...signInRoutes,
  companyRoute.addChildren([
    ...startCompanyRoutes,
    ...signInCompanyRoutes,
    ...studioCompanyRoutes,
    ...orderCompanyRoutes,
    ...deskCompanyRoutes,
    ...memoryCompanyRoutes,
    ...workshopCompanyRoutes,
    ...portfolioCompanyRoutes,
    ...customerValueCompanyRoutes,
    ...spaceCompanyRoutes,
    ...privacyCompanyRoutes,
    ...questionsCompanyRoutes,
    ...vocabularyCompanyRoutes,
    ...staffCompanyRoutes,
  ]),
]);

/** Makes the router of all pages. */
export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: CrashPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
