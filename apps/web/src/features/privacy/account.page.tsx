import type { MemoryAccount } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveWays } from '../../platform/leave-ways.tsx';
import { Loaded } from '../../platform/loaded.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Page, Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { AsOf } from './as-of.tsx';
import { ErasePerson } from './erase-dialog.tsx';
import { FactAccount } from './fact-account.tsx';
import styles from './privacy.module.css';
import { accountQuery, exportPerson } from './privacy.queries.ts';
import { accountRoute } from './privacy.routes.ts';
import { byBelief, fileName } from './privacy.view.ts';
import { Purposes } from './purposes.tsx';
import { Readings } from './readings.tsx';

const c = classesOf(styles);

/** Everything kept of one person: what was known when, by whom it was read, and its erasure. */
export function AccountPage() {
  const { t } = useTranslation('privacy');
  const { company, guest } = accountRoute.useParams();
  return (
    <StaffGate company={company} roles={['privacy-officer']} title={t('title')}>
      <Account company={company} guest={guest} />
    </StaffGate>
  );
}

/** Whose memory, at which company. */
export interface PersonProps {
  readonly company: string;
  readonly guest: string;
}

function Account({ company, guest }: PersonProps) {
  const { t } = useTranslation(['privacy', 'common']);
  const query = useQuery(accountQuery(company, guest));
  const handles = query.data?.identifiers.map(({ value }) => value) ?? [];
  return (
    <Page
      title={query.data?.name ?? handles[0] ?? t('person')}
      over={
        <Link to="/c/$company/privacy" params={{ company }}>
          {t('title')}
        </Link>
      }
      lead={handles.length > 0 && t('known', { handles: handles.join(', ') })}
      width="narrow"
    >
      <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
        {(account) => (
          <>
            <AsOf company={company} guest={guest} account={account} />
            <Facts account={account} />
            <Purposes company={company} guest={guest} account={account} />
            <Readings account={account} />
            <Leave company={company} guest={guest} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Facts({ account }: { readonly account: MemoryAccount }) {
  const { t } = useTranslation('privacy');
  const { now, once } = byBelief(account.facts);
  return (
    <Section title={t('facts.title')}>
      <p className={c('quiet')}>{t(now.length === 0 ? 'facts.none' : 'facts.text')}</p>
      <ul className={c('facts')}>
        {now.map((fact) => (
          <FactAccount key={fact.id} fact={fact} account={account} />
        ))}
      </ul>
      {once.length > 0 && (
        <details>
          <summary className={c('more')}>{t('facts.once', { count: once.length })}</summary>
          <ul className={c('facts')}>
            {once.map((fact) => (
              <FactAccount key={fact.id} fact={fact} account={account} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Leave({ company, guest }: PersonProps) {
  const { t } = useTranslation('privacy');
  const [isErasing, setErasing] = useState(false);
  return (
    <Section title={t('leave.title')}>
      <LeaveWays
        words={{
          export: t('leave.export'),
          exportText: t('leave.exportText'),
          exported: t('leave.exported'),
          erase: t('leave.erase'),
          eraseText: t('leave.eraseText'),
        }}
        take={() => exportPerson({ company, guest })}
        fileName={(now) => fileName('export', guest, now)}
        onErase={() => setErasing(true)}
      />
      {isErasing && (
        <ErasePerson company={company} guest={guest} onClose={() => setErasing(false)} />
      )}
    </Section>
  );
}
