import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';

/** Shown where no page is. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')} lead={t('notFound.advice')} width="narrow">
      <p>
        <Link to="/" className={buttonClass('primary')}>
          {t('notFound.home')}
        </Link>
      </p>
    </Page>
  );
}
