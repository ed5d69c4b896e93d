import type { GuestSummary } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { TextInput } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './privacy.module.css';
import { personSearchQuery, SEARCH_LENGTH_MIN } from './privacy.queries.ts';
import { privacyRoute } from './privacy.routes.ts';

const c = classesOf(styles);

/** Privacy: find the person who asks what is known of them. */
export function PersonSearchPage() {
  const { t } = useTranslation('privacy');
  const { company } = privacyRoute.useParams();
  return (
    <StaffGate company={company} roles={['privacy-officer']} title={t('title')}>
      <Page title={t('title')} lead={t('lead')} width="narrow">
        <Search company={company} />
      </Page>
    </StaffGate>
  );
}

function Search({ company }: { readonly company: string }) {
  const { t } = useTranslation(['privacy', 'common']);
  const { q = '' } = privacyRoute.useSearch();
  const navigate = useNavigate();
  const query = useQuery(personSearchQuery(company, q.trim()));
  const isAsked = q.trim().length >= SEARCH_LENGTH_MIN;
  const items = isAsked ? query.data?.items : undefined;
  const openFirst = (event: FormEvent) => {
    event.preventDefault();
    const first = items?.[0];
    if (first === undefined || query.isPlaceholderData) return;
    void navigate({ to: '/c/$company/privacy/$guest', params: { company, guest: first.id } });
  };
  return (
    <>
      <search>
        <form onSubmit={openFirst}>
          <TextInput
            label={t('search.label')}
            hint={t('search.hint')}
            type="search"
            autoFocus
            autoComplete="off"
            maxLength={120}
            value={q}
            onChange={(event) =>
              void navigate({
                to: '/c/$company/privacy',
                params: { company },
                search: event.target.value === '' ? {} : { q: event.target.value },
                replace: true,
              })
            }
          />
        </form>
      </search>
      <p className="visually-hidden" aria-live="polite">
        {items !== undefined && t('search.found', { count: items.length })}
      </p>
      {query.isError && <FailureNotice error={query.error} onRetry={() => void query.refetch()} />}
      {isAsked && query.isPending && <SkeletonLines lines={4} label={t('common:loading')} />}
      {items?.length === 0 && (
        <EmptyState title={t('search.none')}>{t('search.noneText')}</EmptyState>
      )}
      {items !== undefined && items.length > 0 && <People company={company} items={items} />}
    </>
  );
}

interface PeopleProps {
  readonly company: string;
  readonly items: readonly GuestSummary[];
}

function People({ company, items }: PeopleProps) {
  const { t } = useTranslation('privacy');
  const reading = useReading();
  return (
    <ul className={c('rows')}>
      {items.map((guest) => (
        <li key={guest.id}>
          <Link
            to="/c/$company/privacy/$guest"
            params={{ company, guest: guest.id }}
            preload={false}
            className={c('row')}
          >
            <span className={c('name')}>{guest.name}</span>
            <span className={c('quiet')}>
              {[guest.email, guest.loyalty].filter((each) => each !== null).join(' · ')}
              {guest.lastSeen !== null &&
                ` · ${t('search.lastSeen', { date: dateWords(guest.lastSeen, reading) })}`}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
