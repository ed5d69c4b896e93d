import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { client } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { safePath } from '../../platform/search.view.ts';
import { sessionQuery } from '../../platform/session.queries.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { linkRedeemRoute } from './sign-in.routes.ts';

/** Where a sign-in link leads. A tap redeems it, so that a mail scanner cannot use it up. */
export function LinkRedeemPage() {
  const { t } = useTranslation('signIn');
  const { company } = linkRedeemRoute.useParams();
  const { token } = linkRedeemRoute.useSearch();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const redeem = useMutation({
    mutationFn: (link: string) => client.session.redeem({ company, token: link }),
    onSuccess: async ({ session, returnTo }) => {
      queries.setQueryData(sessionQuery(company).queryKey, session);
      await navigate({ href: safePath(returnTo, `/c/${company}`), replace: true });
    },
  });
  const newLink = (
    <Link to="/c/$company/sign-in" params={{ company }} className={buttonClass()}>
      {t('link.newLink')}
    </Link>
  );
  return (
    <Page title={t('link.title')} lead={t('link.readyText')} width="narrow">
      {token === undefined && <Notice tone="bad" title={t('link.missing')} actions={newLink} />}
      {redeem.isError && <FailureNotice error={redeem.error} actions={newLink} />}
      {token !== undefined && !redeem.isError && (
        <p>
          <Button
            kind="primary"
            size="large"
            isBusy={redeem.isPending || redeem.isSuccess}
            onClick={() => redeem.mutate(token)}
          >
            {t('link.enter')}
          </Button>
        </p>
      )}
    </Page>
  );
}
