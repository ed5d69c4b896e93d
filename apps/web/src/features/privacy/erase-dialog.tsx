import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { PersonProps } from './account.page.tsx';
import { useErasePerson } from './privacy.queries.ts';

interface EraseDialogProps extends PersonProps {
  readonly onClose: () => void;
}

const plain = (text: string) => text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');

/** Erasing a person: what goes, and the words that the server wants typed. */
export function EraseDialog({ company, guest, onClose }: EraseDialogProps) {
  const { t } = useTranslation(['privacy', 'common']);
  const formId = useId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const erase = useErasePerson(company, guest);
  const words = useConfirmWords(company, guest);
  const isReady = words.confirm !== undefined && plain(typed) === plain(words.confirm);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || erase.isPending) return;
    erase.mutate(typed, {
      onSuccess: async () => {
        await navigate({ to: '/c/$company/privacy', params: { company } });
        queries.removeQueries({ queryKey: ['account', company, guest] });
        await queries.invalidateQueries({ queryKey: ['privacy-search', company] });
      },
    });
  };
  return (
    <Dialog
      title={t('erase.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
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
      <p>{t('erase.text')}</p>
      {words.error !== undefined && <FailureNotice error={words.error} />}
      {words.confirm === undefined && words.error === undefined && (
        <SkeletonLines lines={2} label={t('common:loading')} />
      )}
      {words.confirm !== undefined && (
        <form id={formId} onSubmit={submit}>
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
      {erase.isError && <FailureNotice error={erase.error} />}
    </Dialog>
  );
}

/** The words to type, which only the server knows: an erasure without them names them. */
function useConfirmWords(company: string, guest: string) {
  const { mutate, error } = useErasePerson(company, guest);
  useEffect(() => mutate(''), [mutate]);
  const failure = error === null ? undefined : failureOf(error);
  const confirm = failure?.kind === 'problem' ? failure.problem.confirm : undefined;
  return { confirm, error: confirm === undefined && error !== null ? error : undefined };
}
