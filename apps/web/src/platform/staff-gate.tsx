import type { Role } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { SkeletonLines } from '../ui/skeleton.tsx';
import { companyQuery } from './company.queries.ts';
import { Loaded } from './loaded.tsx';
import { hasRole, sessionQuery } from './session.queries.ts';

interface StaffGateProps {
  readonly company: string;
  /** Roles that open it; owners always may. */
  readonly roles: readonly Role[];
  readonly title: string;
  readonly children: ReactNode;
}

/** A page for staff: others are told who can help, and the way in. The server decides again. */
export function StaffGate({ company, roles, title, children }: StaffGateProps) {
  const { t } = useTranslation();
  const query = useQuery(sessionQuery(company));
  if (query.data !== undefined && hasRole(query.data, ...roles)) return children;
  return (
    <Page title={title} width="narrow">
      <Loaded query={query} skeleton={<SkeletonLines lines={3} label={t('loading')} />}>
        {(session) => <Refusal company={company} roles={roles} name={session.staff?.name} />}
      </Loaded>
    </Page>
  );
}

interface RefusalProps {
  readonly company: string;
  readonly roles: readonly Role[];
  readonly name: string | undefined;
}

function Refusal({ company, roles, name }: RefusalProps) {
  const { t } = useTranslation(['fact', 'common']);
  const here = useRouterState({ select: (state) => state.location.href });
  const companyName = useQuery(companyQuery(company)).data?.name ?? company;
  const helpers = roles.map((role) => t(`common:role.${role}`)).join(', ');
  const way = (
    <Link
      to="/staff/sign-in"
      search={{ company, returnTo: here }}
      className={buttonClass('primary')}
    >
      {t(name === undefined ? 'gate.signIn' : 'gate.other')}
    </Link>
  );
  return name === undefined ? (
    <Notice title={t('gate.signInTitle')} actions={way}>
      <p>{t('gate.signInText')}</p>
      <p>{t('common:forbidden.helpers', { roles: helpers })}</p>
    </Notice>
  ) : (
    <Notice tone="warn" title={t('gate.forbiddenTitle')} actions={way}>
      {t('gate.forbiddenText', { name, company: companyName, roles: helpers })}
    </Notice>
  );
}
