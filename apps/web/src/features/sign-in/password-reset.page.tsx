import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { resetPassword, type StaffAuthOutcome } from '../../platform/staff-auth.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './sign-in.module.css';
import { passwordResetRoute } from './sign-in.routes.ts';

const c = classesOf(styles);

/** Where a link for a new password leads. */
export function PasswordResetPage() {
  const { t } = useTranslation(['signIn', 'common']);
  const { token } = passwordResetRoute.useSearch();
  const [password, setPassword] = useState('');
  const [state, setState] = useState<StaffAuthOutcome['kind'] | 'idle' | 'busy'>('idle');
  const signIn = (
    <Link to="/staff/sign-in" className={buttonClass()}>
      {t('staff.title')}
    </Link>
  );
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (token === undefined || state === 'busy') return;
    setState('busy');
    setState((await resetPassword(token, password)).kind);
  };
  if (token === undefined || state === 'refused') {
    return (
      <Page title={t('newPassword.title')} width="narrow">
        <Notice tone="bad" title={t('newPassword.missing')} actions={signIn}>
          {t('newPassword.missingText')}
        </Notice>
      </Page>
    );
  }
  return (
    <Page title={t('newPassword.title')} width="narrow">
      {state === 'ok' ? (
        <Notice tone="good" title={t('newPassword.saved')} actions={signIn} />
      ) : (
        <form className={c('form')} onSubmit={(event) => void save(event)}>
          <TextInput
            label={t('newPassword.label')}
            hint={t('newPassword.hint')}
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          {(state === 'unreachable' || state === 'too-many') && (
            <Notice tone="bad" title={t('common:unreachable.title')}>
              {t('common:unreachable.advice')}
            </Notice>
          )}
          <Button kind="primary" type="submit" isBusy={state === 'busy'}>
            {t('newPassword.save')}
          </Button>
        </form>
      )}
    </Page>
  );
}
