import { Outlet, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useIsOnline } from '../platform/online.ts';
import { classesOf } from '../ui/classes.ts';
import { Notice } from '../ui/notice.tsx';
import { Header } from './header.tsx';
import styles from './shell.module.css';

const c = classesOf(styles);

/** The frame of every page: header with the doors, the page, and a quiet foot. */
export function Shell() {
  const { t } = useTranslation();
  const { company } = useParams({ strict: false });
  const isOnline = useIsOnline();
  return (
    <div className={c('shell')}>
      <div>
        <a className={c('skip')} href="#main">
          {t('skip')}
        </a>
        <Header company={company} />
        {!isOnline && (
          <div className={c('offline')}>
            <Notice tone="warn" title={t('offline.title')}>
              {t('offline.advice')}
            </Notice>
          </div>
        )}
      </div>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className={c('footer')}>
        <div className={c('bar')}>
          <p>
            {t('keepsake')}. {t('tagline')}
          </p>
        </div>
      </footer>
    </div>
  );
}
