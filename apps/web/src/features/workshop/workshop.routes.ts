import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';

/** `/c/$company/workshop` */
export const workshopRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'workshop',
  component: lazyRouteComponent(() => import('./workshop-board.page.tsx'), 'WorkshopBoardPage'),
});

/** `/c/$company/workshop/stock` */
export const stockRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'workshop/stock',
  component: lazyRouteComponent(() => import('./stock-list.page.tsx'), 'StockListPage'),
});

/** Pages of this feature inside a company. */
export const workshopCompanyRoutes = [workshopRoute, stockRoute] as const;
