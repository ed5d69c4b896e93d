import type { Vocabulary } from '@keepsake/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf, problemCodeOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type Fault, faultsByField } from './faults.view.ts';
import styles from './vocabulary.module.css';
import { useChangeVocabulary } from './vocabulary.queries.ts';

const c = classesOf(styles);

type Document = Vocabulary['document'];

interface ChangeDialogProps {
  readonly company: string;
  readonly vocabulary: Vocabulary;
  readonly title: string;
  /** The list that is changed, and the place in it; undefined: at the end. */
  readonly list: 'predicates' | 'purposes';
  readonly at: number | undefined;
  /** The document as it was opened, with what was typed. */
  readonly changed: (document: Document) => Document;
  readonly children: (faults: ReadonlyMap<string, Fault>, document: Document) => ReactNode;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Changing one entry of the vocabulary; the server says what does not fit, beside the field. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { company, list, at, onClose, onSaved } = props;
  const { t } = useTranslation(['vocabulary', 'common']);
  const formId = useId();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const failure = useRef<HTMLDivElement>(null);
  // A replay may load it anew meanwhile: what was opened is what is changed.
  const [base] = useState(props.vocabulary);
  const change = useChangeVocabulary(company, base.hash);
  const position = at ?? base.document[list].length;
  const faults = faultsOf(change.error, `${list}[${position}]`);
  useEffect(() => {
    if (change.error === null) return;
    // The form is long: what is wrong with it must not stand out of sight.
    const marked = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (marked) marked.focus();
    else failure.current?.scrollIntoView({ block: 'nearest' });
  }, [change.error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    change.mutate(props.changed(base.document), { onSuccess: onSaved });
  };
  const reload = async () => {
    await queries.invalidateQueries({ queryKey: ['vocabulary', company] });
    onClose();
  };
  const isStale = problemCodeOf(change.error) === 'memory/ontology-changed';
  return (
    <Dialog
      title={props.title}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={change.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} className={c('form')} onSubmit={submit} noValidate>
        {props.children(faults, base.document)}
      </form>
      <div ref={failure} className={c('failure')}>
        {change.isError && (
          <FailureNotice
            error={change.error}
            actions={isStale && <Button onClick={() => void reload()}>{t('reload')}</Button>}
          />
        )}
        {faults.has('') && <p className={c('warn')}>{t('elsewhere')}</p>}
      </div>
    </Dialog>
  );
}

const NO_FAULTS: ReadonlyMap<string, Fault> = new Map();

function faultsOf(error: unknown, entry: string): ReadonlyMap<string, Fault> {
  if (error === null) return NO_FAULTS;
  const failure = failureOf(error);
  return failure.kind === 'problem' ? faultsByField(failure.problem.issues, entry) : NO_FAULTS;
}
