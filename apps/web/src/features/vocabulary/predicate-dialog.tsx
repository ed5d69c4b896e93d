import type { PredicateEntry, Vocabulary } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../ui/locale.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { PredicateForm } from './predicate-form.tsx';
import { fieldsOf, newPredicate, type PredicateFields, withPredicate } from './vocabulary.view.ts';

interface PredicateDialogProps {
  readonly company: string;
  readonly vocabulary: Vocabulary;
  /** Absent: a new one is added. */
  readonly entry?: PredicateEntry;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Adding or changing one predicate. */
export function PredicateDialog({ entry, ...props }: PredicateDialogProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const { purposes, predicates } = props.vocabulary.document;
  const [at] = useState(() =>
    entry === undefined ? undefined : predicates.findIndex(({ name }) => name === entry.name),
  );
  const [fields, setFields] = useState<PredicateFields>(() =>
    entry === undefined ? newPredicate(purposes[0]?.id ?? '') : fieldsOf(entry),
  );
  return (
    <ChangeDialog
      {...props}
      title={entry === undefined ? t('add') : t('editFor', { name: text(entry.label) })}
      list="predicates"
      at={at}
      changed={(document) => withPredicate(document, fields, entry === undefined)}
    >
      {(faults, document) => (
        <PredicateForm
          fields={fields}
          document={document}
          entry={entry}
          faults={faults}
          onChange={(change) => setFields((now) => ({ ...now, ...change }))}
        />
      )}
    </ChangeDialog>
  );
}
