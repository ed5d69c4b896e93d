import type { Vocabulary } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Checkbox, Select, TextArea, TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import type { Fault } from './faults.view.ts';
import {
  NEW_PURPOSE,
  needsFor,
  type PurposeEntry,
  type PurposeFields,
  purposeFields,
  withPurpose,
} from './purpose.view.ts';
import styles from './vocabulary.module.css';

const c = classesOf(styles);

interface PurposeDialogProps {
  readonly company: string;
  readonly vocabulary: Vocabulary;
  /** Absent: a new one is added. */
  readonly purpose?: PurposeEntry;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Adding or changing one purpose. */
export function PurposeDialog({ purpose, ...props }: PurposeDialogProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const { purposes } = props.vocabulary.document;
  const [at] = useState(() =>
    purpose === undefined ? undefined : purposes.findIndex(({ id }) => id === purpose.id),
  );
  const [fields, setFields] = useState<PurposeFields>(() =>
    purpose === undefined ? NEW_PURPOSE : purposeFields(purpose),
  );
  return (
    <ChangeDialog
      {...props}
      title={purpose === undefined ? t('addPurpose') : t('editFor', { name: text(purpose.label) })}
      list="purposes"
      at={at}
      changed={(document) => withPurpose(document, fields, purpose === undefined)}
    >
      {(faults, document) => (
        <PurposeForm
          fields={fields}
          document={document}
          purpose={purpose}
          faults={faults}
          onChange={(change) => setFields((now) => ({ ...now, ...change }))}
        />
      )}
    </ChangeDialog>
  );
}

interface PurposeFormProps {
  readonly fields: PurposeFields;
  readonly document: Vocabulary['document'];
  readonly purpose: PurposeEntry | undefined;
  readonly faults: ReadonlyMap<string, Fault>;
  readonly onChange: (change: Partial<PurposeFields>) => void;
}

function PurposeForm({ fields, document, purpose, faults, onChange }: PurposeFormProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const error = (field: string) => {
    const fault = faults.get(field);
    return fault === undefined ? undefined : t(`fault.${fault}`);
  };
  const input = (field: 'id' | 'en' | 'de' | 'descriptionEn' | 'descriptionDe') => ({
    label: t(`purpose.${field}`),
    value: fields[field],
    maxLength: 1000,
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  });
  const needs = needsFor(purpose);
  const others = document.purposes.filter(({ id }) => id !== fields.id);
  return (
    <>
      {purpose === undefined && (
        <TextInput {...input('id')} hint={t('hint.purposeId')} error={error('id')} />
      )}
      <div className={c('pair')}>
        <TextInput {...input('en')} error={error('label')} />
        <TextInput {...input('de')} />
      </div>
      <TextArea
        {...input('descriptionEn')}
        hint={t('hint.description')}
        error={error('description')}
      />
      <TextArea {...input('descriptionDe')} />
      <Select
        label={t('purpose.needs')}
        hint={t(purpose === undefined ? 'hint.needs' : 'hint.needsKept')}
        error={error('needs')}
        value={fields.needs}
        onChange={({ target }) =>
          onChange({ needs: needs.find((one) => one === target.value) ?? fields.needs })
        }
      >
        {needs.map((one) => (
          <option key={one} value={one}>
            {t(`needs.${one}`)}
          </option>
        ))}
      </Select>
      {others.length > 0 && (
        <fieldset className={c('group')}>
          <legend className={c('small')}>{t('purpose.includes')}</legend>
          <p className={c('hint')}>{t('hint.includes')}</p>
          {others.map(({ id, label }) => (
            <Checkbox
              key={id}
              label={text(label)}
              checked={fields.includes.includes(id)}
              onChange={({ target }) => {
                const rest = fields.includes.filter((one) => one !== id);
                onChange({ includes: target.checked ? [...rest, id] : rest });
              }}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
