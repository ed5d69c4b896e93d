import type { PredicateEntry, Vocabulary } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Checkbox, Select, TextInput } from '../../ui/field.tsx';
import { DerivationRows } from './derivation-rows.tsx';
import type { Fault } from './faults.view.ts';
import { KeepingFields } from './keeping-fields.tsx';
import { LinkFields } from './link-fields.tsx';
import { ValueRows } from './value-rows.tsx';
import styles from './vocabulary.module.css';
import { hasValues, type PredicateFields } from './vocabulary.view.ts';

const c = classesOf(styles);

const KINDS = ['choice', 'text', 'number', 'boolean', 'date', 'time', 'place'] as const;

/** What every part of the form needs. */
export interface FormProps {
  readonly fields: PredicateFields;
  readonly document: Vocabulary['document'];
  /** Absent: a new one is added. */
  readonly entry: PredicateEntry | undefined;
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (change: Partial<PredicateFields>) => void;
}

interface PredicateFormProps extends Omit<FormProps, 'errorAt'> {
  readonly faults: ReadonlyMap<string, Fault>;
}

/** Everything that can be said of a predicate, each fault beside what it is about. */
export function PredicateForm({ faults, ...props }: PredicateFormProps) {
  const { fields, document, entry, onChange } = props;
  const { t } = useTranslation('vocabulary');
  const errorAt = (field: string) => {
    const fault = faults.get(field);
    return fault === undefined ? undefined : t(`fault.${fault}`);
  };
  const isNew = entry === undefined;
  const others = document.predicates.filter(({ name }) => name !== entry?.name);
  const following = {
    kind: fields.kind,
    open: fields.isOpen,
    values: fields.values
      .filter(({ id }) => id.trim() !== '')
      .map(({ id, en }) => ({ id: id.trim(), label: { en }, synonyms: [] })),
  };
  return (
    <>
      <WordFields {...props} errorAt={errorAt} />
      {hasValues(fields.kind) && (
        <ValueRows
          values={fields.values}
          errorAt={errorAt}
          onChange={(values) => onChange({ values })}
        />
      )}
      <KeepingFields {...props} errorAt={errorAt} />
      <DerivationRows
        derivations={fields.derivations}
        following={following}
        predicates={others}
        errorAt={errorAt}
        onChange={(derivations) => onChange({ derivations })}
      />
      <LinkFields {...props} errorAt={errorAt} />
      {!isNew && (
        <fieldset className={c('group')}>
          <legend>{t('field.retire')}</legend>
          <Checkbox
            label={t('field.retired')}
            hint={t('hint.retired')}
            checked={fields.isRetired}
            onChange={({ target }) => onChange({ isRetired: target.checked })}
          />
        </fieldset>
      )}
    </>
  );
}

function WordFields({ fields, entry, errorAt, onChange }: FormProps) {
  const { t } = useTranslation('vocabulary');
  const input = (field: 'en' | 'de' | 'questionEn' | 'questionDe' | 'name' | 'synonyms') => ({
    label: t(`field.${field}`),
    value: fields[field],
    maxLength: 400,
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  });
  return (
    <>
      {entry === undefined ? (
        <>
          <TextInput {...input('name')} hint={t('hint.name')} error={errorAt('name')} />
          <Select
            label={t('field.kind')}
            hint={t('hint.kind')}
            value={fields.kind}
            onChange={({ target }) =>
              onChange({ kind: KINDS.find((kind) => kind === target.value) ?? 'text' })
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </Select>
        </>
      ) : (
        <p className={c('quiet')}>
          <code>{entry.name}</code> · {t(`kind.${entry.kind}`)}
        </p>
      )}
      <div className={c('pair')}>
        <TextInput {...input('en')} error={errorAt('label')} />
        <TextInput {...input('de')} />
      </div>
      <TextInput {...input('questionEn')} error={errorAt('question')} />
      <TextInput {...input('questionDe')} />
      <TextInput
        {...input('synonyms')}
        hint={t('hint.synonyms')}
        error={entry === undefined ? errorAt('synonyms') : (errorAt('synonyms') ?? errorAt('name'))}
      />
    </>
  );
}
