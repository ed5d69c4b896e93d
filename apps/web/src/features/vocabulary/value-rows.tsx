import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import styles from './vocabulary.module.css';
import { NEW_VALUE, type ValueFields } from './vocabulary.view.ts';

const c = classesOf(styles);

interface ValueRowsProps {
  readonly values: readonly ValueFields[];
  readonly error: string | undefined;
  readonly onChange: (values: readonly ValueFields[]) => void;
}

/** The values of a predicate, one below the other, and adding one. */
export function ValueRows({ values, error, onChange }: ValueRowsProps) {
  const { t } = useTranslation('vocabulary');
  const set = (index: number, value: ValueFields) =>
    onChange(values.map((one, at) => (at === index ? value : one)));
  return (
    <fieldset className={c('values')}>
      <legend>{t('field.values')}</legend>
      {error !== undefined && <p className={c('bad')}>{error}</p>}
      {values.map((value, index) => (
        // A value that is being typed has no name but its place; none is taken out in between.
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end
        <div key={index} className={c('value')}>
          {(['id', 'en', 'de', 'synonyms'] as const).map((field) => (
            <TextInput
              key={field}
              label={t(`value.${field}`)}
              value={value[field]}
              maxLength={field === 'synonyms' ? 400 : 64}
              readOnly={field === 'id' && value.isKept}
              onChange={(event) => set(index, { ...value, [field]: event.target.value })}
            />
          ))}
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...values, NEW_VALUE])}>{t('addValue')}</Button>
      </div>
    </fieldset>
  );
}
