import type { Portfolio } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Basis } from './basis.tsx';
import { Equity } from './equity.tsx';
import { FlowSection } from './flow-section.tsx';
import { LeftOutNotice } from './left-out-notice.tsx';
import { MonthSection } from './month-section.tsx';
import { portfolioQuery } from './portfolio.queries.ts';
import { portfolioRoute } from './portfolio.routes.ts';
import { isUnderWay } from './portfolio.view.ts';
import { RunNotice } from './run-notice.tsx';
import { ShortLists } from './short-lists.tsx';
import { FirstRun } from './start-run.tsx';
import { TierSection } from './tier-section.tsx';
import { TrustSection } from './trust-section.tsx';
import { ValuePage } from './value-page.tsx';
import { WhaleSection } from './whale-section.tsx';

/** Who to keep, who to grow, who to reconsider: a whole base at one look. */
export function PortfolioPage() {
  const { t } = useTranslation(['portfolio', 'common']);
  const { company } = portfolioRoute.useParams();
  return (
    <ValuePage company={company} title={t('title')}>
      <Base company={company} />
    </ValuePage>
  );
}

function Base({ company }: { readonly company: string }) {
  const { t } = useTranslation('common');
  const query = useQuery(portfolioQuery(company));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={12} label={t('loading')} />}>
      {(portfolio) => (
        <>
          <RunNotice company={company} portfolio={portfolio} />
          {portfolio.leftOut !== null && (
            <LeftOutNotice currency={portfolio.currency} leftOut={portfolio.leftOut} />
          )}
          {portfolio.basis === null ? (
            !isUnderWay(portfolio.run) && <FirstRun company={company} portfolio={portfolio} />
          ) : (
            <Shown company={company} portfolio={portfolio} basis={portfolio.basis} />
          )}
        </>
      )}
    </Loaded>
  );
}

interface ShownProps {
  readonly company: string;
  readonly portfolio: Portfolio;
  readonly basis: NonNullable<Portfolio['basis']>;
}

function Shown({ company, portfolio, basis }: ShownProps) {
  return (
    <>
      <Equity company={company} portfolio={portfolio} basis={basis} />
      <TierSection company={company} portfolio={portfolio} />
      <ShortLists company={company} portfolio={portfolio} />
      <FlowSection company={company} months={portfolio.months} />
      <WhaleSection portfolio={portfolio} />
      <MonthSection portfolio={portfolio} />
      <TrustSection portfolio={portfolio} />
      <Basis basis={basis} />
    </>
  );
}
