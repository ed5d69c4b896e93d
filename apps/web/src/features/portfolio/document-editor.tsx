import type { ValueDocument } from '@keepsake/contract';
import type { UseMutationResult } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextArea } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type Data, documentIssues, documentText, readDocument } from './document.view.ts';
import styles from './terms.module.css';

const c = classesOf(styles);

interface DocumentEditorProps {
  readonly label: string;
  /** What is there now, with the name of the version that is to come. */
  readonly document: Data;
  readonly put: UseMutationResult<ValueDocument, Error, Data>;
  readonly onClose: () => void;
}

/** A document as text; what the server has against it stands below, by path. */
export function DocumentEditor({ label, document, put, onClose }: DocumentEditorProps) {
  const { t } = useTranslation(['terms', 'common']);
  const [text, setText] = useState(() => documentText(document));
  const [broken, setBroken] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDocument(text);
    setBroken(read.kind === 'broken' ? read.detail : undefined);
    if (read.kind === 'read') put.mutate(read.document, { onSuccess: onClose });
  };
  return (
    <form className={c('stack')} onSubmit={submit} noValidate>
      <TextArea
        label={label}
        hint={t('editor.hint')}
        error={broken === undefined ? undefined : t('editor.broken', { detail: broken })}
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={22}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        style={{ fontFamily: 'monospace' }}
        translate="no"
      />
      <Refusal error={put.error} />
      <div className={c('actions')}>
        <Button kind="primary" type="submit" isBusy={put.isPending}>
          {t('editor.save')}
        </Button>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
      </div>
    </form>
  );
}

/** Why a document was refused, each fault with its path. */
export function Refusal({ error }: { readonly error: Error | null }) {
  if (error === null) return null;
  const failure = failureOf(error);
  const issues = failure.kind === 'problem' ? documentIssues(failure.problem) : [];
  return (
    <>
      <FailureNotice error={error} />
      {issues.length > 0 && <Issues issues={issues} />}
    </>
  );
}

function Issues(props: { readonly issues: ReturnType<typeof documentIssues> }) {
  const { t } = useTranslation('terms');
  return (
    <Notice tone="warn" title={t('editor.issues', { count: props.issues.length })}>
      <ul>
        {props.issues.map(({ key, path, message }) => (
          <li key={key} translate="no">
            {path !== '' && <code>{path}</code>} {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
