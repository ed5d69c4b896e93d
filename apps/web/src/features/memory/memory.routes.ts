import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';

/** `/c/$company/memory` */
export const memoryRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'memory',
  component: lazyRouteComponent(() => import('./memory-read.page.tsx'), 'MemoryReadPage'),
});

/** `/c/$company/memory/erased` */
export const memoryErasedRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'memory/erased',
  component: lazyRouteComponent(() => import('./memory-erased.page.tsx'), 'MemoryErasedPage'),
});

/** Pages of this feature inside a company. */
export const memoryCompanyRoutes = [memoryRoute, memoryErasedRoute] as const;
