import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './staff.module.css';
import { invitationRoute } from './staff.routes.ts';

const c = classesOf(styles);

/** Where an invitation leads: choose name and password. */
export function InvitationAcceptPage() {
  const { t } = useTranslation('staff');
  const { company } = invitationRoute.useParams();
  const { token } = invitationRoute.useSearch();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: (link: string) =>
      client.session.accept({ company, token: link, name: name.trim(), password }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token !== undefined && !accept.isPending) accept.mutate(token);
  };
  if (token === undefined) {
    return (
      <Page title={t('accept.title')} width="narrow">
        <Notice tone="bad" title={t('accept.missing')}>
          {t('accept.missingText')}
        </Notice>
      </Page>
    );
  }
  return (
    <Page title={t('accept.title')} lead={t('accept.lead')} width="narrow">
      {accept.isSuccess ? (
        <Notice
          tone="good"
          title={t('accept.done', { name: accept.data.name })}
          actions={
            <Link to="/staff/sign-in" search={{ company }} className={buttonClass('primary')}>
              {t('accept.enter')}
            </Link>
          }
        />
      ) : (
        <form className={c('form')} onSubmit={submit}>
          <TextInput
            label={t('accept.name')}
            autoComplete="name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <TextInput
            label={t('accept.password')}
            hint={t('accept.passwordHint')}
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          {accept.isError && <FailureNotice error={accept.error} />}
          <Button kind="primary" type="submit" isBusy={accept.isPending}>
            {t('accept.accept')}
          </Button>
        </form>
      )}
    </Page>
  );
}
