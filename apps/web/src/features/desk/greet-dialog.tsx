import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemCodeOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import styles from './desk.module.css';
import { useGreet } from './desk.queries.ts';
import { greetingFrom } from './guest-card.view.ts';

const c = classesOf(styles);

interface GreetDialogProps {
  readonly company: string;
  /** What was searched for, to begin with. */
  readonly query: string;
  readonly onClose: () => void;
}

/** Greets somebody new: a name is enough. */
export function GreetDialog({ company, query, onClose }: GreetDialogProps) {
  const { t } = useTranslation(['desk', 'common']);
  const [fields, setFields] = useState(() => greetingFrom(query));
  const formId = useId();
  const navigate = useNavigate();
  const greet = useGreet(company);
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (greet.isPending) return;
    const email = fields.email.trim();
    const loyalty = fields.loyalty.trim();
    greet.mutate(
      {
        name: fields.name.trim(),
        ...(email === '' ? {} : { email }),
        ...(loyalty === '' ? {} : { loyalty }),
      },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: '/c/$company/desk/$guest', params: { company, guest: id } }),
      },
    );
  };
  const isTaken = problemCodeOf(greet.error) === 'guest/identifier-taken';
  return (
    <Dialog
      title={t('greet.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={greet.isPending}>
            {t('greet.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('stack')} onSubmit={submit}>
        <p>{t('greet.text')}</p>
        <TextInput
          label={t('greet.name')}
          required
          pattern=".*\S.*"
          maxLength={120}
          autoComplete="off"
          value={fields.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextInput
          label={t('greet.email')}
          note={t('common:optional')}
          type="email"
          maxLength={254}
          autoComplete="off"
          value={fields.email}
          onChange={(event) => set({ email: event.target.value })}
        />
        <TextInput
          label={t('greet.loyalty')}
          note={t('common:optional')}
          maxLength={40}
          autoComplete="off"
          value={fields.loyalty}
          onChange={(event) => set({ loyalty: event.target.value })}
        />
        {greet.isError && (
          <FailureNotice
            error={greet.error}
            actions={isTaken && <Button onClick={onClose}>{t('greet.search')}</Button>}
          />
        )}
      </form>
    </Dialog>
  );
}
