import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { companyRoute } from '../../platform/roots.ts';

/** `/c/$company/questions` */
export const questionsRoute = createRoute({
  getParentRoute: () => companyRoute,
  path: 'questions',
  component: lazyRouteComponent(() => import('./question-report.page.tsx'), 'QuestionReportPage'),
});

/** Pages of this feature inside a company. */
export const questionsCompanyRoutes = [questionsRoute] as const;
