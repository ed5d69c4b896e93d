import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '../ui/button.tsx';
import { classesOf } from '../ui/classes.ts';
import { TextInput } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { client } from './client.ts';
import { FailureNotice } from './failure-notice.tsx';
import styles from './link-request.module.css';
import { useSession } from './session.queries.ts';

const c = classesOf(styles);

interface LinkRequestProps {
  readonly company: string;
  /** The path that the link goes on to. */
  readonly returnTo: string;
}

/** Asks for an address and sends a sign-in link to it. */
export function LinkRequest({ company, returnTo }: LinkRequestProps) {
  const { t } = useTranslation('signIn');
  const [email, setEmail] = useState('');
  const request = useMutation({
    mutationFn: () => client.session.requestLink({ company, email: email.trim(), returnTo }),
  });
  if (request.isSuccess) {
    return <LinkSent company={company} email={email} onAgain={() => request.reset()} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!request.isPending) request.mutate();
  };
  return (
    <form className={c('form')} onSubmit={submit}>
      <TextInput
        label={t('customer.email')}
        type="email"
        name="email"
        autoComplete="email"
        required
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      {request.isError && <FailureNotice error={request.error} />}
      <Button kind="primary" type="submit" isBusy={request.isPending}>
        {t('customer.send')}
      </Button>
    </form>
  );
}

interface LinkSentProps {
  readonly company: string;
  readonly email: string;
  readonly onAgain: () => void;
}

function LinkSent({ company, email, onAgain }: LinkSentProps) {
  const { t } = useTranslation('signIn');
  const session = useSession(company);
  return (
    <Notice
      tone="good"
      title={t('customer.sentTitle')}
      actions={
        <>
          {session?.mailbox === true && (
            <Link to="/mailbox" search={{ to: email }} className={buttonClass('primary')}>
              {t('customer.openMailbox')}
            </Link>
          )}
          <Button kind="quiet" onClick={onAgain}>
            {t('customer.again')}
          </Button>
        </>
      }
    >
      {t('customer.sentText', { email })}
    </Notice>
  );
}
