import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';

/** `/c/$company/vocabulary` */
export const vocabularyRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'vocabulary',
  component: lazyRouteComponent(() => import('./vocabulary.page.tsx'), 'VocabularyPage'),
});

/** Pages of this feature inside a company. */
export const vocabularyCompanyRoutes = [vocabularyRoute] as const;
