import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PeopleSearch } from '../../platform/people-search.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { Page } from '../../ui/page.tsx';
import styles from './privacy.module.css';
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
        <p className={c('quiet')}>
          {t('duplicatesText')}{' '}
          <Link to="/c/$company/desk/duplicates" params={{ company }}>
            {t('duplicates')}
          </Link>
        </p>
      </Page>
    </StaffGate>
  );
}

function Search({ company }: { readonly company: string }) {
  const { t } = useTranslation('privacy');
  const reading = useReading();
  const { q = '' } = privacyRoute.useSearch();
  return (
    <PeopleSearch
      company={company}
      page="/c/$company/privacy"
      q={q}
      words={{
        label: t('search.label'),
        hint: t('search.hint'),
        found: (count) => t('search.found', { count }),
        none: t('search.none'),
        noneText: t('search.noneText'),
      }}
      about={({ email, loyalty, lastSeen }) => (
        <span className={c('quiet')}>
          {[
            email,
            loyalty,
            lastSeen && t('search.lastSeen', { date: dateWords(lastSeen, reading) }),
          ]
            .filter((each) => each !== null)
            .join(' · ')}
        </span>
      )}
    />
  );
}
