import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextInput } from '../ui/field.tsx';
import { SkeletonLines } from '../ui/skeleton.tsx';
import { failureOf } from './client.ts';
import { isConfirmed } from './erase.view.ts';
import { FailureNotice } from './failure-notice.tsx';

/** Erases with the words that confirm it; without them it fails and names them. */
type Erase = (confirm: string) => Promise<unknown>;

interface EraseDialogProps {
  readonly words: {
    readonly title: string;
    readonly keep: string;
    readonly erase: string;
    readonly type: (words: string) => string;
  };
  /** What goes and what stays. */
  readonly children: ReactNode;
  readonly erase: Erase;
  readonly onErased: () => Promise<void>;
  readonly onClose: () => void;
  /** What can be done about the open orders that stand against it, by their numbers. */
  readonly ordersAction?: (orders: readonly string[]) => ReactNode;
}

/** Says what goes and what stays, and asks for the words that the server names. */
export function EraseDialog(props: EraseDialogProps) {
  const { t } = useTranslation('common');
  const formId = useId();
  const [typed, setTyped] = useState('');
  const erase = useMutation({ mutationFn: props.erase });
  const { confirm, error } = useConfirmWords(props.erase);
  const isReady = confirm !== undefined && isConfirmed(typed, confirm);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || erase.isPending) return;
    erase.mutate(typed, { onSuccess: props.onErased });
  };
  const failure = erase.isError ? failureOf(erase.error) : undefined;
  const open = failure?.kind === 'problem' ? (failure.problem.orders ?? []) : [];
  return (
    <Dialog
      title={props.words.title}
      closeLabel={t('close')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{props.words.keep}</Button>
          <Button
            kind="danger"
            type="submit"
            form={formId}
            disabled={!isReady}
            isBusy={erase.isPending}
          >
            {props.words.erase}
          </Button>
        </>
      }
    >
      {props.children}
      {error !== undefined && <FailureNotice error={error} />}
      {confirm === undefined && error === undefined && (
        <SkeletonLines lines={2} label={t('loading')} />
      )}
      {confirm !== undefined && (
        <form id={formId} onSubmit={submit}>
          <TextInput
            label={props.words.type(confirm)}
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
          actions={open.length > 0 && props.ordersAction?.(open)}
        />
      )}
    </Dialog>
  );
}

/** The words to type, which only the server knows: an erasure without them names them. */
function useConfirmWords(erase: Erase): {
  readonly confirm: string | undefined;
  readonly error: unknown;
} {
  const { mutate, error } = useMutation({ mutationFn: erase });
  useEffect(() => mutate(''), [mutate]);
  const failure = error === null ? undefined : failureOf(error);
  const confirm = failure?.kind === 'problem' ? failure.problem.confirm : undefined;
  return { confirm, error: confirm === undefined && error !== null ? error : undefined };
}
