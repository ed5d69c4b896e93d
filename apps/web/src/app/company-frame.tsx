import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { accentPairOf } from '../platform/accent.view.ts';
import { companyQuery } from '../platform/company.queries.ts';
import { Loaded } from '../platform/loaded.tsx';
import { companyRoute } from '../platform/roots.ts';
import { Page } from '../ui/page.tsx';
import { SkeletonLines } from '../ui/skeleton.tsx';

/** Everything of one company: its accent, and a clear word where there is no such company. */
export function CompanyFrame() {
  const { t } = useTranslation();
  const { company } = companyRoute.useParams();
  const query = useQuery(companyQuery(company));
  useCompanyAccent(query.data?.accent);
  if (query.isError) {
    return (
      <Page title={t('notFound.title')} width="narrow">
        <Loaded query={query} skeleton={null}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  // The pages below load side by side with the company; only its accent waits.
  return query.isPending && !query.isFetching ? (
    <SkeletonLines lines={3} label={t('loading')} />
  ) : (
    <Outlet />
  );
}

/** Dialogs and popovers hang outside the page, so the accent is set on the document itself. */
function useCompanyAccent(accent: string | undefined): void {
  useEffect(() => {
    const pair = accent === undefined ? undefined : accentPairOf(accent);
    if (pair === undefined) return;
    const style = document.documentElement.style;
    const roles = {
      '--accent-day': pair.day,
      '--accent-night': pair.night,
      '--on-accent-day': pair.onDay,
      '--on-accent-night': pair.onNight,
    };
    for (const [role, colour] of Object.entries(roles)) style.setProperty(role, colour);
    return () => {
      for (const role of Object.keys(roles)) style.removeProperty(role);
    };
  }, [accent]);
}
