import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCustomerSignOut, useSession } from '../platform/session.queries.ts';
import { signOutStaff } from '../platform/staff-auth.ts';
import { Button, buttonClass } from '../ui/button.tsx';

/** Who is signed in, and the way in or out. */
export function SessionMenu({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const session = useSession(company);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useCustomerSignOut(company);
  if (session === undefined) return null;
  if (session.customer === null && session.staff === null) {
    return (
      <Link to="/c/$company/sign-in" params={{ company }} className={buttonClass('quiet')}>
        {t('signIn.enter')}
      </Link>
    );
  }
  const leave = async () => {
    if (session.customer !== null) await signOut.mutateAsync();
    if (session.staff !== null) await signOutStaff();
    await queries.resetQueries();
    await navigate({ to: '/c/$company', params: { company } });
  };
  const who = session.customer?.email ?? session.staff?.name ?? '';
  return (
    <Button kind="quiet" title={who} onClick={() => void leave()}>
      {t('signIn.leave')}
    </Button>
  );
}
