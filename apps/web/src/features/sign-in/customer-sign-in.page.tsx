import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkRequest } from '../../platform/link-request.tsx';
import { useSession } from '../../platform/session.queries.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { customerSignInRoute } from './sign-in.routes.ts';

/** Signing in as a customer: a link by mail, no password. */
export function CustomerSignInPage() {
  const { t } = useTranslation(['signIn', 'common']);
  const { company } = customerSignInRoute.useParams();
  const { returnTo } = customerSignInRoute.useSearch();
  const session = useSession(company);
  return (
    <Page title={t('customer.title')} lead={t('customer.lead')} width="narrow">
      {session?.customer && (
        <Notice tone="good" title={t('customer.as', { email: session.customer.email })} />
      )}
      <LinkRequest company={company} returnTo={returnTo ?? `/c/${company}`} />
      <p>
        <Link to="/staff/sign-in" search={{ company, ...(returnTo ? { returnTo } : {}) }}>
          {t('common:signIn.staff')}
        </Link>
      </p>
    </Page>
  );
}
