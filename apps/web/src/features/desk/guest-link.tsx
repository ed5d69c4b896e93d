import type { GuestSummary } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { hasRole, useSession } from '../../platform/session.queries.ts';

interface GuestLinkProps {
  readonly company: string;
  readonly guest: GuestSummary;
  readonly className?: string | undefined;
}

/** A guest's name, as the way to what the reader may open: their card, or their account. */
export function GuestLink({ company, guest, className }: GuestLinkProps) {
  const session = useSession(company);
  const page = hasRole(session, 'clerk')
    ? '/c/$company/desk/$guest'
    : hasRole(session, 'privacy-officer') && '/c/$company/privacy/$guest';
  if (page === false) return <span className={className}>{guest.name}</span>;
  const params = { company, guest: guest.id };
  return (
    <Link to={page} params={params} preload={false} className={className}>
      {guest.name}
    </Link>
  );
}
