import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { companyQuery } from '../../platform/company.queries.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { memoryErasedRoute } from './memory.routes.ts';

/** Shown once, after everything was erased. */
export function MemoryErasedPage() {
  const { t } = useTranslation('memory');
  const { company } = memoryErasedRoute.useParams();
  const name = useQuery(companyQuery(company)).data?.name ?? '';
  return (
    <Page title={t('erased.title')} lead={t('erased.lead', { company: name })} width="narrow">
      <p>{t('erased.text')}</p>
      <p>
        <Link to="/c/$company" params={{ company }} className={buttonClass()}>
          {t('erased.home')}
        </Link>
      </p>
    </Page>
  );
}
