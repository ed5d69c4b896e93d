import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../platform/company.queries.ts';
import { useSession } from '../platform/session.queries.ts';
import { classesOf } from '../ui/classes.ts';
import { MarkIcon } from '../ui/icons.tsx';
import { doorsFor } from './doors.view.ts';
import { Preferences } from './preferences.tsx';
import { SessionMenu } from './session-menu.tsx';
import styles from './shell.module.css';

const c = classesOf(styles);

/** The head of every page: where one is, the doors, language, appearance, and who is signed in. */
export function Header(props: { readonly company: string | undefined }) {
  const { t } = useTranslation();
  const { company } = props;
  return (
    <header className={c('header')}>
      <div className={c('bar')}>
        <div className={c('names')}>
          <Link to="/" className={c('mark', company !== undefined && 'small')}>
            <span className={c('monogram')}>
              <MarkIcon size={20} />
            </span>
            <span className={c('wordmark')}>{t('keepsake')}</span>
          </Link>
          {company !== undefined && <CompanyName company={company} />}
        </div>
        {company !== undefined && <Doors company={company} />}
        <div className={c('tools')}>
          {company !== undefined && <SessionMenu company={company} />}
          <Preferences />
        </div>
      </div>
    </header>
  );
}

function CompanyName({ company }: { readonly company: string }) {
  const query = useQuery(companyQuery(company));
  if (query.data === undefined) return null;
  return (
    <Link to="/c/$company" params={{ company }} className={c('company')}>
      {query.data.name}
    </Link>
  );
}

function Doors({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const session = useSession(company);
  return (
    <nav className={c('nav')} aria-label={t('doors.label')}>
      {doorsFor(session).map((door) => (
        <Link
          key={door.id}
          to={door.path as string}
          params={{ company }}
          activeOptions={{ exact: door.id === 'studio', includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
          className={c('door')}
        >
          {t(`doors.${door.id}`)}
        </Link>
      ))}
    </nav>
  );
}
