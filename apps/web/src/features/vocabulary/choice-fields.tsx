import type { PredicateEntry } from '@keepsake/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Select, TextInput } from '../../ui/field.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { useText } from '../../ui/locale.tsx';
import { type ConditionFields, choicesOf, findEntry, NEW_CONDITION } from './derivation.view.ts';
import { RowList } from './row-list.tsx';
import styles from './vocabulary.module.css';

const c = classesOf(styles);

interface PredicateSelectProps {
  readonly label: string;
  readonly hint?: string;
  readonly predicates: readonly PredicateEntry[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** One of the predicates, or none yet. */
export function PredicateSelect({ predicates, value, onChange, ...words }: PredicateSelectProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const isListed = value === '' || predicates.some(({ name }) => name === value);
  return (
    <Select {...words} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('choose')}</option>
      {/* A document may call it by another of its names. */}
      {!isListed && <option value={value}>{value}</option>}
      {predicates.map(({ name, label }) => (
        <option key={name} value={name}>
          {text(label)}
        </option>
      ))}
    </Select>
  );
}

interface ValueInputProps {
  readonly label: string;
  /** Whose value it is; undefined while none is chosen. */
  readonly of: Pick<PredicateEntry, 'kind' | 'values' | 'open'> | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A value: one of those there are, or typed. */
export function ValueInput({ label, of, value, onChange }: ValueInputProps) {
  const { t } = useTranslation('vocabulary');
  const text = useText();
  const choices = choicesOf(of);
  if (choices === undefined) {
    return (
      <TextInput
        label={label}
        value={value}
        maxLength={200}
        disabled={of === undefined}
        inputMode={of?.kind === 'number' ? 'decimal' : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  const options =
    choices === 'yes-no'
      ? [
          { id: 'true', name: t('yes') },
          { id: 'false', name: t('no') },
        ]
      : choices.map((one) => ({ id: one.id, name: text(one.label) || one.id }));
  return (
    <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('choose')}</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

interface RowProps {
  readonly dropLabel: string;
  readonly onDrop: () => void;
  readonly children: ReactNode;
}

/** Fields beside each other, and taking them out. */
export function FieldRow({ dropLabel, onDrop, children }: RowProps) {
  return (
    <div className={c('fieldRow')}>
      {children}
      <Button kind="icon" aria-label={dropLabel} onClick={onDrop}>
        <CloseIcon />
      </Button>
    </div>
  );
}

interface ConditionRowsProps {
  readonly legend: string;
  readonly hint: string;
  readonly add: string;
  readonly error: string | undefined;
  /** Part of a group, rather than one. */
  readonly isPart?: boolean;
  readonly predicates: readonly PredicateEntry[];
  readonly rows: readonly ConditionFields[];
  readonly onChange: (rows: readonly ConditionFields[]) => void;
}

/** Values of other predicates, one below the other. */
export function ConditionRows(props: ConditionRowsProps) {
  const { legend, hint, add, error, predicates, rows, onChange } = props;
  const { t } = useTranslation('vocabulary');
  return (
    <fieldset className={c('group')}>
      <legend className={c(props.isPart && 'small')}>{legend}</legend>
      <p className={c('hint')}>{hint}</p>
      {error !== undefined && <p className={c('bad')}>{error}</p>}
      <RowList items={rows} onChange={onChange}>
        {({ item, index, set, drop }) => (
          <FieldRow dropLabel={t('dropRow', { number: index + 1 })} onDrop={drop}>
            <PredicateSelect
              label={t('field.predicate')}
              predicates={predicates}
              value={item.predicate}
              onChange={(predicate) => set({ predicate, value: '' })}
            />
            <ValueInput
              label={t('field.value')}
              of={findEntry(predicates, item.predicate)}
              value={item.value}
              onChange={(value) => set({ ...item, value })}
            />
          </FieldRow>
        )}
      </RowList>
      <div>
        <Button onClick={() => onChange([...rows, NEW_CONDITION])}>{add}</Button>
      </div>
    </fieldset>
  );
}
