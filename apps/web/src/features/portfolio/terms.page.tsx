import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { CostSection } from './cost-section.tsx';
import { PolicySection } from './policy-section.tsx';
import { portfolioQuery, termsQuery } from './portfolio.queries.ts';
import { termsRoute } from './portfolio.routes.ts';
import { SettingsSection } from './settings-section.tsx';
import { ValuePage } from './value-page.tsx';

/** What a company reckons by: costs, how tiers are decided, settings. */
export function TermsPage() {
  const { t } = useTranslation('terms');
  const { company } = termsRoute.useParams();
  return (
    <ValuePage company={company} title={t('title')} lead={t('lead')}>
      <Terms company={company} />
    </ValuePage>
  );
}

function Terms({ company }: { readonly company: string }) {
  const { t } = useTranslation('common');
  const portfolio = useQuery(portfolioQuery(company));
  const query = useQuery(termsQuery(company));
  const skeleton = <SkeletonLines lines={10} label={t('loading')} />;
  return (
    <Loaded query={portfolio} skeleton={skeleton}>
      {({ currency }) => (
        <Loaded query={query} skeleton={skeleton}>
          {({ costs, policies, policy, settings }) => (
            <>
              <CostSection {...{ company, costs, currency }} />
              <PolicySection {...{ company, policy, currency }} isOwn={policies.length > 0} />
              <SettingsSection {...{ company, settings, currency }} />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
