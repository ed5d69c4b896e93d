import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import styles from './portfolio.module.css';

const c = classesOf(styles);

const TABS = [
  { id: 'portfolio', to: '/c/$company/value' },
  { id: 'customers', to: '/c/$company/value/customers' },
  { id: 'reviews', to: '/c/$company/value/reviews' },
  { id: 'treatments', to: '/c/$company/value/treatments' },
  { id: 'terms', to: '/c/$company/value/terms' },
] as const;

/** The sides of customer value. */
export function ValueTabs({ company }: { readonly company: string }) {
  const { t } = useTranslation('portfolio');
  return (
    <nav className={c('tabs')} aria-label={t('tabs.label')}>
      {TABS.map(({ id, to }) => (
        <Link
          key={id}
          to={to}
          params={{ company }}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          className={c('tab')}
        >
          {t(`tabs.${id}`)}
        </Link>
      ))}
    </nav>
  );
}
