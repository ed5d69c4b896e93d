import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';
import { textParam } from '../../platform/search.view.ts';

/** What the address of a solution space can carry beside the company. */
export interface SpaceSearch {
  /** The first family of the company where it is left out. */
  readonly family?: string;
  /** The hash of a published version; the one that customers see where it is left out. */
  readonly version?: string;
  /** What is shown of it; trying it out where it is left out. */
  readonly view?: 'made' | 'sound';
}

function readSearch(search: Record<string, unknown>): SpaceSearch {
  const { view } = search;
  return {
    ...textParam(search, 'family'),
    ...textParam(search, 'version'),
    ...(view === 'made' || view === 'sound' ? { view } : {}),
  };
}

/** `/c/$company/space` */
export const spaceRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'space',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./space.page.tsx'), 'SpacePage'),
});

/** Pages of this feature inside a company. */
export const spaceCompanyRoutes = [spaceRoute] as const;
