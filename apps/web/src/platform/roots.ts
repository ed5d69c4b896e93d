import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute } from '@tanstack/react-router';

/** What every route can reach. */
export interface RouterContext {
  readonly queries: QueryClient;
}

/** The root of all pages. `app/router.tsx` gives it its shell. */
export const rootRoute = createRootRouteWithContext<RouterContext>()();

/** `/c/$company`: everything of one company hangs below. `app/router.tsx` gives it its frame. */
export const companyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$company',
});
