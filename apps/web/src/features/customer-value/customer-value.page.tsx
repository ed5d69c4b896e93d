import type { CustomerValue } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BasisTerms } from '../../platform/basis-terms.tsx';
import { problemCodeOf } from '../../platform/client.ts';
import { useCustomerName } from '../../platform/customer-name.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { hasRole, useSession } from '../../platform/session.queries.ts';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { classesOf } from '../../ui/classes.ts';
import { EmptyState } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Pair } from '../../ui/pair.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ChangeSection } from './change-section.tsx';
import styles from './customer-value.module.css';
import { customerValueQuery } from './customer-value.queries.ts';
import { customerValueRoute } from './customer-value.routes.ts';
import { CountedSection, DoneSection, PotentialSection, ReviewSection } from './facts.tsx';
import { MonthSection } from './month-section.tsx';
import { ReasonSection } from './reason-section.tsx';
import { TierHead } from './tier-head.tsx';
import { ValueHead } from './value-head.tsx';

const c = classesOf(styles);

/** What one customer is worth, how sure that is, why, and what a person may decide about it. */
export function CustomerValuePage() {
  const { t } = useTranslation('customerValue');
  const { company, guest } = customerValueRoute.useParams();
  return (
    <StaffGate company={company} roles={['marketing']} title={t('title')}>
      <Customer company={company} guest={guest} />
    </StaffGate>
  );
}

interface CustomerProps {
  readonly company: string;
  readonly guest: string;
}

function Customer({ company, guest }: CustomerProps) {
  const { t } = useTranslation(['customerValue', 'common']);
  const query = useQuery(customerValueQuery({ company, guest }));
  if (query.data !== undefined) return <Reckoned company={company} value={query.data} />;
  const nothing = emptyOf(problemCodeOf(query.error));
  return (
    <Page title={t('title')} over={<Over company={company} />}>
      {nothing === undefined ? (
        <Loaded query={query} skeleton={<SkeletonLines lines={10} label={t('common:loading')} />}>
          {() => null}
        </Loaded>
      ) : (
        <EmptyState
          title={t(`${nothing}.title`)}
          action={nothing === 'nothing' && <CardLink company={company} guest={guest} />}
        >
          {t(`${nothing}.text`)}
        </EmptyState>
      )}
    </Page>
  );
}

/** Which empty page stands for a problem that is no fault. */
function emptyOf(code: string | undefined): 'gone' | 'nothing' | undefined {
  if (code === 'guest/not-found') return 'gone';
  return code === 'valuation/not-reckoned' ? 'nothing' : undefined;
}

function Reckoned({ company, value }: { readonly company: string; readonly value: CustomerValue }) {
  const { t } = useTranslation('customerValue');
  const nameOf = useCustomerName();
  const { guest } = value;
  return (
    <Page
      title={nameOf(value)}
      over={
        <Over company={company}>
          <CardLink company={company} guest={guest} />
        </Over>
      }
    >
      <Pair>
        <ValueHead value={value} />
        <TierHead company={company} value={value} />
      </Pair>
      <ReasonSection value={value} />
      <ChangeSection company={company} value={value} />
      <Pair>
        <CountedSection value={value} />
        <PotentialSection value={value} />
      </Pair>
      <MonthSection value={value} />
      <Pair>
        <DoneSection value={value} />
        <ReviewSection company={company} value={value} />
      </Pair>
      <Section title={t('basis.title')}>
        <BasisTerms basis={value.basis} />
      </Section>
    </Page>
  );
}

function Over({ company, children }: { readonly company: string; readonly children?: ReactNode }) {
  const { t } = useTranslation('customerValue');
  return (
    <span className={c('over')}>
      <Link to="/c/$company/value/customers" params={{ company }}>
        {t('all')}
      </Link>
      {children}
    </span>
  );
}

/** For those who may open it. */
function CardLink({ company, guest }: CustomerProps) {
  const { t } = useTranslation('customerValue');
  if (!hasRole(useSession(company), 'clerk')) return null;
  return (
    <Link to="/c/$company/desk/$guest" params={{ company, guest }} preload={false}>
      {t('card')}
    </Link>
  );
}
