import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';
import { textParam } from '../../platform/search.view.ts';

/** What the Studio's address can carry beside company and family. */
export interface StudioSearch {
  readonly design?: string;
  readonly share?: string;
  /** An order whose design is to be changed. */
  readonly order?: string;
  readonly as?: 'gift';
  readonly site?: string;
  readonly arrive?: string;
  readonly depart?: string;
}

function readSearch(search: Record<string, unknown>): StudioSearch {
  return {
    ...textParam(search, 'design'),
    ...textParam(search, 'share'),
    ...textParam(search, 'order'),
    ...(search['as'] === 'gift' ? { as: 'gift' as const } : {}),
    ...textParam(search, 'site'),
    ...textParam(search, 'arrive'),
    ...textParam(search, 'depart'),
  };
}

/** `/c/$company/studio/$family` */
export const studioRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'studio/$family',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./studio.page.tsx'), 'StudioPage'),
});

/** Pages of this feature inside a company. */
export const studioCompanyRoutes = [studioRoute] as const;
