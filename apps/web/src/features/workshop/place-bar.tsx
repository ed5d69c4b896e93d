import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useSession } from '../../platform/session.queries.ts';
import { SiteChoice } from '../../platform/site-choice.tsx';
import { classesOf } from '../../ui/classes.ts';
import styles from './workshop.module.css';

const c = classesOf(styles);

interface PlaceBarProps {
  readonly company: string;
  readonly children?: ReactNode;
}

/** The two sides of the workshop, and where one works. */
export function PlaceBar({ company, children }: PlaceBarProps) {
  const { t } = useTranslation('workshop');
  const maySeeStock = hasRole(useSession(company), 'maker', 'product-manager');
  return (
    <div className={c('bar')}>
      <nav className={c('tabs')} aria-label={t('title')}>
        <Link
          to="/c/$company/workshop"
          params={{ company }}
          activeOptions={{ exact: true }}
          activeProps={{ 'aria-current': 'page' }}
          className={c('tab')}
        >
          {t('tab.board')}
        </Link>
        {maySeeStock && (
          <Link
            to="/c/$company/workshop/stock"
            params={{ company }}
            activeProps={{ 'aria-current': 'page' }}
            className={c('tab')}
          >
            {t('tab.stock')}
          </Link>
        )}
      </nav>
      <div className={c('places')}>
        <SiteChoice company={company} />
        {children}
      </div>
    </div>
  );
}
