import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './memory.module.css';
import { useErase } from './memory.queries.ts';
import { isConfirmed } from './memory.view.ts';

const c = classesOf(styles);

interface EraseDialogProps {
  readonly company: string;
  readonly companyName: string;
  readonly onClose: () => void;
}

/** Says what goes and what stays, and asks for the words that the server names. */
export function EraseDialog({ company, companyName, onClose }: EraseDialogProps) {
  const { t } = useTranslation(['memory', 'common']);
  const formId = useId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const erase = useErase(company);
  const words = useConfirmWords(company);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.confirm === undefined || erase.isPending) return;
    if (!isConfirmed(typed, words.confirm)) return;
    erase.mutate(typed, {
      onSuccess: async () => {
        await navigate({ to: '/c/$company/memory/erased', params: { company } });
        await queries.resetQueries();
      },
    });
  };
  const failure = erase.isError ? failureOf(erase.error) : undefined;
  const open = failure?.kind === 'problem' ? (failure.problem.orders ?? []) : [];
  const isReady = words.confirm !== undefined && isConfirmed(typed, words.confirm);
  return (
    <Dialog
      title={t('erase.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('erase.keep')}</Button>
          <Button
            kind="danger"
            type="submit"
            form={formId}
            disabled={!isReady}
            isBusy={erase.isPending}
          >
            {t('leave.erase')}
          </Button>
        </>
      }
    >
      <p>{t('erase.goes', { company: companyName })}</p>
      <p>{t('erase.stays')}</p>
      <p>{t('erase.final')}</p>
      {words.error !== undefined && <FailureNotice error={words.error} />}
      {words.confirm === undefined && words.error === undefined && (
        <SkeletonLines lines={2} label={t('common:loading')} />
      )}
      {words.confirm !== undefined && (
        <form id={formId} className={c('stack')} onSubmit={submit}>
          <TextInput
            label={t('erase.type', { words: words.confirm })}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </form>
      )}
      {erase.isError && (
        <FailureNotice
          error={erase.error}
          actions={
            open.length > 0 && (
              <Link to="/c/$company/orders" params={{ company }} className={buttonClass()}>
                {t('erase.orders', { orders: open.join(', ') })}
              </Link>
            )
          }
        />
      )}
    </Dialog>
  );
}

/** The words to type, which only the server knows: an erasure without them names them. */
function useConfirmWords(company: string): {
  readonly confirm: string | undefined;
  readonly error: unknown;
} {
  const { mutate, error } = useErase(company);
  useEffect(() => mutate(''), [mutate]);
  const failure = error === null ? undefined : failureOf(error);
  const confirm = failure?.kind === 'problem' ? failure.problem.confirm : undefined;
  return { confirm, error: confirm === undefined && error !== null ? error : undefined };
}
