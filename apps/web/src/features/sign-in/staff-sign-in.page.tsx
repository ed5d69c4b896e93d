import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { safePath } from '../../platform/search.view.ts';
import {
  requestPasswordReset,
  type StaffAuthOutcome,
  signInStaff,
} from '../../platform/staff-auth.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './sign-in.module.css';
import { staffSignInRoute } from './sign-in.routes.ts';

const c = classesOf(styles);

type State = StaffAuthOutcome['kind'] | 'idle' | 'busy' | 'reset-sent';

/** Signing in as staff: e-mail and password, and the way to a new password. */
export function StaffSignInPage() {
  const { t } = useTranslation(['signIn', 'common']);
  const { company, returnTo } = staffSignInRoute.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [state, setState] = useState<State>('idle');

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    if (state === 'busy') return;
    setState('busy');
    const outcome = await signInStaff(email.trim(), password);
    setState(outcome.kind);
    if (outcome.kind !== 'ok') return;
    await queries.resetQueries();
    const fallback = company === undefined ? '/' : `/c/${company}`;
    await navigate({ href: safePath(returnTo, fallback) });
  };
  const reset = async () => {
    const outcome = await requestPasswordReset(email.trim());
    setState(outcome.kind === 'ok' ? 'reset-sent' : outcome.kind);
  };

  return (
    <Page title={t('staff.title')} width="narrow">
      <form className={c('form')} onSubmit={(event) => void enter(event)}>
        <TextInput
          label={t('staff.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextInput
          label={t('staff.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <StateNotice state={state} />
        <Button kind="primary" type="submit" isBusy={state === 'busy'}>
          {t('staff.enter')}
        </Button>
      </form>
      <details>
        <summary>{t('staff.forgotten')}</summary>
        <Button kind="quiet" disabled={email.trim() === ''} onClick={() => void reset()}>
          {t('staff.reset')}
        </Button>
      </details>
    </Page>
  );
}

function StateNotice({ state }: { readonly state: State }) {
  const { t } = useTranslation(['signIn', 'common']);
  switch (state) {
    case 'refused':
      return (
        <Notice tone="bad" title={t('staff.refused')}>
          {t('staff.refusedText')}
        </Notice>
      );
    case 'too-many':
      return (
        <Notice tone="bad" title={t('staff.tooMany')}>
          {t('staff.tooManyText')}
        </Notice>
      );
    case 'unreachable':
      return (
        <Notice tone="bad" title={t('common:unreachable.title')}>
          {t('common:unreachable.advice')}
        </Notice>
      );
    case 'reset-sent':
      return (
        <Notice tone="good" title={t('staff.resetSent')}>
          {t('staff.resetSentText')}
        </Notice>
      );
    case 'idle':
    case 'busy':
    case 'ok':
      return null;
  }
}
