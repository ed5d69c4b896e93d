import type { Role } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasRole, useSession } from '../../platform/session.queries.ts';
import { SiteChoice } from '../../platform/site-choice.tsx';
import { classesOf } from '../../ui/classes.ts';
import styles from './desk.module.css';

const c = classesOf(styles);

const TABS = [
  { id: 'guests', to: '/c/$company/desk', roles: ['clerk'] },
  { id: 'arrivals', to: '/c/$company/desk/arrivals', roles: ['clerk', 'maker'] },
  { id: 'duplicates', to: '/c/$company/desk/duplicates', roles: ['clerk', 'privacy-officer'] },
] as const satisfies readonly {
  readonly roles: readonly Role[];
  readonly [key: string]: unknown;
}[];

/** The sides of the desk that the reader may open, and the house one works in. */
export function DeskTabs({ company }: { readonly company: string }) {
  const { t } = useTranslation('desk');
  const session = useSession(company);
  const tabs = TABS.filter(({ roles }) => hasRole(session, ...roles));
  // Who may open one side alone has nowhere to go; what may be one person is asked of all houses.
  const isAtHouse = hasRole(session, 'clerk', 'maker');
  if (tabs.length < 2 && !isAtHouse) return null;
  return (
    <div className={c('tabs')}>
      {tabs.length > 1 && (
        <nav className={c('tabLinks')} aria-label={t('title')}>
          {tabs.map(({ id, to }) => (
            <Link
              key={id}
              to={to}
              params={{ company }}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
              className={c('tab')}
            >
              {t(`tab.${id}`)}
            </Link>
          ))}
        </nav>
      )}
      {isAtHouse && <SiteChoice company={company} />}
    </div>
  );
}
