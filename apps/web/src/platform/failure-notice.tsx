import { PROBLEMS, type Problem } from '@keepsake/contract';
import { Link, useParams, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '../ui/button.tsx';
import { useText } from '../ui/locale.tsx';
import { Notice } from '../ui/notice.tsx';
import { failureOf } from './client.ts';

interface FailureNoticeProps {
  /** Whatever a call has thrown. */
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Other ways on, beside trying again. */
  readonly actions?: ReactNode;
}

/** What happened, what is safe, what to do: for anything that a call has thrown. */
export function FailureNotice({ error, onRetry, actions }: FailureNoticeProps) {
  const { t } = useTranslation();
  const failure = failureOf(error);
  const retry = onRetry !== undefined && <Button onClick={onRetry}>{t('retry')}</Button>;
  if (failure.kind === 'unreachable') {
    return (
      <Notice tone="bad" title={t('unreachable.title')} actions={retry}>
        {t('unreachable.advice')}
      </Notice>
    );
  }
  return (
    <ProblemNotice
      problem={failure.problem}
      actions={
        <>
          {actions}
          {failure.problem.status >= 500 && retry}
        </>
      }
    />
  );
}

interface ProblemNoticeProps {
  readonly problem: Problem;
  readonly actions?: ReactNode;
}

/** A problem of the API in the reader's words, with advice and who can help. */
export function ProblemNotice({ problem, actions }: ProblemNoticeProps) {
  const { t, i18n } = useTranslation('problem');
  const text = useText();
  const isKnown = problem.type in PROBLEMS && i18n.exists(`problem:${problem.type}.title`);
  const code = (isKnown ? problem.type : 'server/failed') as keyof typeof PROBLEMS;
  return (
    <Notice
      tone="bad"
      title={t(`${code}.title`)}
      actions={
        <>
          {problem.type === 'session/required' && <SignInLinks />}
          {actions}
        </>
      }
    >
      <p>{t(`${code}.advice`)}</p>
      {problem.rules?.map((rule) => (
        <p key={rule.id}>{text(rule.text)}</p>
      ))}
      {problem.roles !== undefined && <Helpers roles={problem.roles} />}
      {code === 'server/failed' && problem.instance !== undefined && <p>{problem.instance}</p>}
    </Notice>
  );
}

function Helpers(props: { readonly roles: readonly string[] }) {
  const { t } = useTranslation();
  const named = props.roles.map((role) => t(`role.${role as 'owner'}`)).join(', ');
  return <p>{t('forbidden.helpers', { roles: named })}</p>;
}

function SignInLinks() {
  const { t } = useTranslation();
  const { company } = useParams({ strict: false });
  const here = useRouterState({ select: (state) => state.location.href });
  if (company === undefined) return null;
  return (
    <>
      <Link
        to="/c/$company/sign-in"
        params={{ company }}
        search={{ returnTo: here }}
        className={buttonClass('primary')}
      >
        {t('signIn.customer')}
      </Link>
      <Link to="/staff/sign-in" search={{ company, returnTo: here }} className={buttonClass()}>
        {t('signIn.staff')}
      </Link>
    </>
  );
}
