import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SiteChoice } from '../../platform/site-choice.tsx';
import { classesOf } from '../../ui/classes.ts';
import styles from './desk.module.css';

const c = classesOf(styles);

/** The sides of the desk, and the house one works in. */
export function DeskTabs({ company }: { readonly company: string }) {
  const { t } = useTranslation('desk');
  return (
    <div className={c('tabs')}>
      <nav className={c('tabLinks')} aria-label={t('title')}>
        <Link
          to="/c/$company/desk"
          params={{ company }}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          className={c('tab')}
        >
          {t('tab.guests')}
        </Link>
        <Link
          to="/c/$company/desk/arrivals"
          params={{ company }}
          activeProps={{ 'aria-current': 'page' }}
          className={c('tab')}
        >
          {t('tab.arrivals')}
        </Link>
        <Link
          to="/c/$company/desk/duplicates"
          params={{ company }}
          activeProps={{ 'aria-current': 'page' }}
          className={c('tab')}
        >
          {t('tab.duplicates')}
        </Link>
      </nav>
      <SiteChoice company={company} />
    </div>
  );
}
