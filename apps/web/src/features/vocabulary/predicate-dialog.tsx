import type { PredicateEntry, Vocabulary } from '@keepsake/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf, problemCodeOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Select, TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { ValueRows } from './value-rows.tsx';
import styles from './vocabulary.module.css';
import { useChangeVocabulary } from './vocabulary.queries.ts';
import {
  type Fault,
  faultsByField,
  fieldsOf,
  hasTables,
  hasValues,
  newPredicate,
  type PredicateFields,
  withPredicate,
} from './vocabulary.view.ts';

const c = classesOf(styles);

const KINDS = ['choice', 'text', 'number', 'boolean', 'date', 'time', 'place'] as const;

interface PredicateDialogProps {
  readonly company: string;
  readonly vocabulary: Vocabulary;
  /** Absent: a new one is added. */
  readonly entry?: PredicateEntry;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Adding or changing one predicate; the server says what does not fit, beside the field. */
export function PredicateDialog(props: PredicateDialogProps) {
  const { company, vocabulary, entry, onClose, onSaved } = props;
  const { t } = useTranslation(['vocabulary', 'common']);
  const formId = useId();
  const queries = useQueryClient();
  const { document } = vocabulary;
  const [fields, setFields] = useState<PredicateFields>(() =>
    entry === undefined ? newPredicate(document.purposes[0]?.id ?? '') : fieldsOf(entry),
  );
  // A replay may load it anew meanwhile: what was opened is what is changed.
  const [base] = useState(vocabulary);
  const change = useChangeVocabulary(company, base.hash);
  const faults = faultsOf(change.error, base, entry);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const changed = withPredicate(base.document, fields, entry === undefined);
    change.mutate(changed, { onSuccess: onSaved });
  };
  const reload = async () => {
    await queries.invalidateQueries({ queryKey: ['vocabulary', company] });
    onClose();
  };
  const isStale = problemCodeOf(change.error) === 'memory/ontology-changed';
  return (
    <Dialog
      title={t(entry === undefined ? 'add' : 'edit')}
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
      <form id={formId} className={c('form')} onSubmit={submit} noValidate>
        <PredicateForm
          fields={fields}
          onChange={setFields}
          document={document}
          faults={faults}
          entry={entry}
        />
      </form>
      {change.isError && (
        <FailureNotice
          error={change.error}
          actions={isStale && <Button onClick={() => void reload()}>{t('reload')}</Button>}
        />
      )}
      {faults.has('') && <p className={c('warn')}>{t('elsewhere')}</p>}
    </Dialog>
  );
}

const NO_FAULTS: ReadonlyMap<string, Fault> = new Map();

function faultsOf(
  error: unknown,
  { document }: Vocabulary,
  entry: PredicateEntry | undefined,
): ReadonlyMap<string, Fault> {
  if (error === null) return NO_FAULTS;
  const failure = failureOf(error);
  if (failure.kind !== 'problem') return NO_FAULTS;
  const at = document.predicates.findIndex(({ name }) => name === entry?.name);
  return faultsByField(failure.problem.issues, at < 0 ? document.predicates.length : at);
}

interface PredicateFormProps {
  readonly fields: PredicateFields;
  readonly onChange: (fields: PredicateFields) => void;
  readonly document: Vocabulary['document'];
  readonly faults: ReadonlyMap<string, Fault>;
  readonly entry: PredicateEntry | undefined;
}

function PredicateForm({ fields, onChange, document, faults, entry }: PredicateFormProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const isNew = entry === undefined;
  const error = (field: string) => {
    const fault = faults.get(field);
    return fault === undefined ? undefined : t(`fault.${fault}`);
  };
  const input = (field: 'en' | 'de' | 'questionEn' | 'questionDe' | 'name' | 'synonyms') => ({
    label: t(`field.${field}`),
    value: fields[field],
    maxLength: 400,
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...fields, [field]: event.target.value }),
  });
  return (
    <>
      {isNew && (
        <>
          <TextInput {...input('name')} hint={t('hint.name')} error={error('name')} />
          <Select
            label={t('field.kind')}
            value={fields.kind}
            onChange={({ target }) =>
              onChange({ ...fields, kind: KINDS.find((kind) => kind === target.value) ?? 'text' })
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </Select>
        </>
      )}
      <div className={c('pair')}>
        <TextInput {...input('en')} error={error('label')} />
        <TextInput {...input('de')} />
        <TextInput {...input('questionEn')} error={error('question')} />
        <TextInput {...input('questionDe')} />
      </div>
      {hasValues(fields.kind) && (
        <ValueRows
          values={fields.values}
          error={error('values')}
          onChange={(values) => onChange({ ...fields, values })}
        />
      )}
      <Select
        label={t('field.purpose')}
        error={error('purpose')}
        hint={t(isNew ? 'hint.purpose' : 'hint.purposeKept')}
        disabled={!isNew}
        value={fields.purpose}
        onChange={(event) => onChange({ ...fields, purpose: event.target.value })}
      >
        {document.purposes.map(({ id, label }) => (
          <option key={id} value={id}>
            {text(label)}
          </option>
        ))}
      </Select>
      <TextInput {...input('synonyms')} hint={t('hint.synonyms')} />
      {hasTables(entry) ? (
        <p className={c('quiet')}>{t('tables')}</p>
      ) : (
        <Select
          label={t('field.from')}
          hint={t('hint.from')}
          error={error('derivations')}
          value={fields.from}
          onChange={(event) => onChange({ ...fields, from: event.target.value })}
        >
          <option value="">{t('nothing')}</option>
          {document.predicates
            .filter(({ name }) => name !== entry?.name)
            .map(({ name, label }) => (
              <option key={name} value={name}>
                {text(label)}
              </option>
            ))}
        </Select>
      )}
      {fields.from !== '' && (
        <Checkbox
          label={t('field.certain')}
          hint={t('hint.certain')}
          checked={fields.isCertain}
          onChange={(event) => onChange({ ...fields, isCertain: event.target.checked })}
        />
      )}
      {!isNew && (
        <Checkbox
          label={t('field.retired')}
          hint={t('hint.retired')}
          checked={fields.isRetired}
          onChange={(event) => onChange({ ...fields, isRetired: event.target.checked })}
        />
      )}
    </>
  );
}
