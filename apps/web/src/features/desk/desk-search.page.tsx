import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeopleSearch } from '../../platform/people-search.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { Page } from '../../ui/page.tsx';
import styles from './desk.module.css';
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
  const { t } = useTranslation('desk');
  const reading = useReading();
  const { q = '' } = deskRoute.useSearch();
  const [isGreeting, setGreeting] = useState(false);
  return (
    <>
      <PeopleSearch
        company={company}
        page="/c/$company/desk"
        q={q}
        words={{
          label: t('search.label'),
          hint: t('search.hint'),
          found: (count) => t('search.found', { count }),
          none: t('search.none'),
          noneText: t('search.noneText'),
        }}
        about={({ email, loyalty, lastSeen }) => (
          <>
            <span className={c('quiet')}>
              {[email, loyalty].filter((each) => each !== null).join(' · ')}
            </span>
            <span className={c('quiet', 'end')}>
              {lastSeen === null
                ? t('neverSeen')
                : t('lastSeen', { date: dateWords(lastSeen, reading) })}
            </span>
          </>
        )}
        isLarge
        beside={<Button onClick={() => setGreeting(true)}>{t('greet.open')}</Button>}
        noneAction={
          <Button kind="primary" onClick={() => setGreeting(true)}>
            {t('greet.open')}
          </Button>
        }
      />
      {isGreeting && <GreetDialog company={company} query={q} onClose={() => setGreeting(false)} />}
    </>
  );
}
