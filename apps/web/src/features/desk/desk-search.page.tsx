import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { TextInput } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './desk.module.css';
import { guestSearchQuery, SEARCH_LENGTH_MIN } from './desk.queries.ts';
import { deskRoute } from './desk.routes.ts';
import { DeskTabs } from './desk-tabs.tsx';
import { GreetDialog } from './greet-dialog.tsx';

const c = classesOf(styles);

/** The desk: find somebody, or greet somebody new. */
export function DeskSearchPage() {
  const { t } = useTranslation('desk');
  const { company } = deskRoute.useParams();
  return (
    <StaffGate company={company} roles={['clerk']} title={t('title')}>
      <Page title={t('title')} width="narrow">
        <DeskTabs company={company} />
        <Search company={company} />
      </Page>
    </StaffGate>
  );
}

function Search({ company }: { readonly company: string }) {
  const { t } = useTranslation(['desk', 'common']);
  const { q = '' } = deskRoute.useSearch();
  const navigate = useNavigate();
  const [isGreeting, setGreeting] = useState(false);
  const query = useQuery(guestSearchQuery(company, q.trim()));
  const isAsked = q.trim().length >= SEARCH_LENGTH_MIN;
  const items = isAsked ? query.data?.items : undefined;
  const openFirst = (event: FormEvent) => {
    event.preventDefault();
    const first = items?.[0];
    if (first === undefined || query.isPlaceholderData) return;
    void navigate({ to: '/c/$company/desk/$guest', params: { company, guest: first.id } });
  };
  return (
    <>
      <search>
        <form className={c('search')} onSubmit={openFirst}>
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
                to: '/c/$company/desk',
                params: { company },
                search: event.target.value === '' ? {} : { q: event.target.value },
                replace: true,
              })
            }
          />
          <Button onClick={() => setGreeting(true)}>{t('greet.open')}</Button>
        </form>
      </search>
      <p className="visually-hidden" aria-live="polite">
        {items !== undefined && t('search.found', { count: items.length })}
      </p>
      {query.isError && <FailureNotice error={query.error} onRetry={() => void query.refetch()} />}
      {isAsked && query.isPending && <SkeletonLines lines={4} label={t('common:loading')} />}
      {items?.length === 0 && (
        <EmptyState
          title={t('search.none')}
          action={
            <Button kind="primary" onClick={() => setGreeting(true)}>
              {t('greet.open')}
            </Button>
          }
        >
          {t('search.noneText')}
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && <Guests company={company} items={items} />}
      {isGreeting && <GreetDialog company={company} query={q} onClose={() => setGreeting(false)} />}
    </>
  );
}

interface GuestsProps {
  readonly company: string;
  readonly items: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly loyalty: string | null;
    readonly lastSeen: string | null;
  }[];
}

function Guests({ company, items }: GuestsProps) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  return (
    <ul className={c('rows')}>
      {items.map((guest) => (
        <li key={guest.id}>
          <Link
            to="/c/$company/desk/$guest"
            params={{ company, guest: guest.id }}
            preload={false}
            className={c('row')}
          >
            <span className={c('name')}>{guest.name}</span>
            <span className={c('quiet')}>
              {[guest.email, guest.loyalty].filter((each) => each !== null).join(' · ')}
            </span>
            <span className={c('quiet', 'end')}>
              {guest.lastSeen === null
                ? t('neverSeen')
                : t('lastSeen', { date: dateWords(guest.lastSeen, reading) })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
