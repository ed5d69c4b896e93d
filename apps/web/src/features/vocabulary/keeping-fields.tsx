import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Checkbox, Select, TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import type { FormProps } from './predicate-form.tsx';
import styles from './vocabulary.module.css';
import { isOfOneOccasion, mayBeOpen } from './vocabulary.view.ts';

const c = classesOf(styles);

/** What something is kept for, how delicate it is, how much of it there is and how it ages. */
export function KeepingFields(props: FormProps) {
  const { fields, errorAt, onChange } = props;
  const { t } = useTranslation('vocabulary');
  return (
    <fieldset className={c('group')}>
      <legend>{t('field.keeping')}</legend>
      <PurposeSelect {...props} />
      <SpecialBox {...props} />
      <Select
        label={t('field.cardinality')}
        value={fields.cardinality}
        onChange={({ target }) =>
          onChange({ cardinality: target.value === 'many' ? 'many' : 'one' })
        }
      >
        <option value="one">{t('cardinality.one')}</option>
        <option value="many">{t('cardinality.many')}</option>
      </Select>
      <TextInput
        label={t('field.halfLife')}
        hint={t('hint.halfLife')}
        error={errorAt('halfLifeDays')}
        type="number"
        min={1}
        step="any"
        value={fields.halfLife}
        onChange={({ target }) => onChange({ halfLife: target.value })}
      />
      {fields.kind === 'number' && (
        <TextInput
          label={t('field.unit')}
          hint={t('hint.unit')}
          value={fields.unit}
          maxLength={20}
          onChange={({ target }) => onChange({ unit: target.value })}
        />
      )}
      {mayBeOpen(fields.kind) && (
        <Checkbox
          label={t('field.open')}
          hint={t('hint.open')}
          checked={fields.isOpen}
          onChange={({ target }) => onChange({ isOpen: target.checked })}
        />
      )}
      <Checkbox
        label={t('field.volatile')}
        hint={t('hint.volatile')}
        checked={isOfOneOccasion(fields)}
        onChange={({ target }) => onChange({ isVolatile: target.checked })}
      />
      <Checkbox
        label={t('field.personal')}
        hint={t('hint.personal')}
        checked={fields.isPersonal}
        onChange={({ target }) => onChange({ isPersonal: target.checked })}
      />
      <TextInput
        label={t('field.category')}
        hint={t('hint.category')}
        value={fields.category}
        maxLength={200}
        onChange={({ target }) => onChange({ category: target.value })}
      />
    </fieldset>
  );
}

function PurposeSelect({ fields, document, entry, errorAt, onChange }: FormProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const isNew = entry === undefined;
  return (
    <Select
      label={t('field.purpose')}
      error={errorAt('purpose')}
      hint={t(isNew ? 'hint.purpose' : 'hint.purposeKept')}
      disabled={!isNew}
      value={fields.purpose}
      onChange={({ target }) => onChange({ purpose: target.value })}
    >
      {document.purposes.map(({ id, label }) => (
        <option key={id} value={id}>
          {text(label)}
        </option>
      ))}
    </Select>
  );
}

/** What is specially protected stays so; it needs a purpose with explicit consent. */
function SpecialBox({ fields, document, entry, onChange }: FormProps) {
  const { t } = useTranslation('vocabulary');
  const isKept = entry?.sensitivity === 'special';
  const needs = document.purposes.find(({ id }) => id === fields.purpose)?.needs;
  const isPossible = needs === 'explicit-consent';
  const hint = isKept ? 'hint.specialKept' : isPossible ? 'hint.special' : 'hint.specialNot';
  return (
    <Checkbox
      label={t('field.special')}
      hint={t(hint)}
      checked={fields.isSpecial}
      disabled={isKept || (!isPossible && !fields.isSpecial)}
      onChange={({ target }) => onChange({ isSpecial: target.checked })}
    />
  );
}
