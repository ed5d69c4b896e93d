import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TextInput } from '../../ui/field.tsx';
import { RowList } from './row-list.tsx';
import styles from './vocabulary.module.css';
import { NEW_VALUE, type ValueFields } from './vocabulary.view.ts';

const c = classesOf(styles);

interface ValueRowsProps {
  readonly values: readonly ValueFields[];
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (values: readonly ValueFields[]) => void;
}

/** The values of a predicate, one below the other, and adding one. */
export function ValueRows({ values, errorAt, onChange }: ValueRowsProps) {
  const { t } = useTranslation('vocabulary');
  const isToldBeside = values.some((_, at) => errorAt(`values.${at}`) !== undefined);
  const error = errorAt('values');
  return (
    <fieldset className={c('group')}>
      <legend>{t('field.values')}</legend>
      {error !== undefined && !isToldBeside && <p className={c('bad')}>{error}</p>}
      <RowList items={values} onChange={onChange}>
        {({ item: value, index, set }) => (
          <div className={c('value')}>
            {value.isKept ? (
              <code className={c('valueId')}>{value.id}</code>
            ) : (
              <TextInput
                label={t('value.id')}
                hint={t('hint.valueId')}
                value={value.id}
                maxLength={64}
                onChange={(event) => set({ ...value, id: event.target.value })}
              />
            )}
            {errorAt(`values.${index}`) !== undefined && (
              <p className={c('bad')}>{errorAt(`values.${index}`)}</p>
            )}
            <div className={c('pair')}>
              {(['en', 'de'] as const).map((field) => (
                <TextInput
                  key={field}
                  label={t(`value.${field}`)}
                  value={value[field]}
                  maxLength={200}
                  onChange={(event) => set({ ...value, [field]: event.target.value })}
                />
              ))}
            </div>
            <TextInput
              label={t('value.synonyms')}
              value={value.synonyms}
              maxLength={1000}
              onChange={(event) => set({ ...value, synonyms: event.target.value })}
            />
          </div>
        )}
      </RowList>
      <div>
        <Button onClick={() => onChange([...values, NEW_VALUE])}>{t('addValue')}</Button>
      </div>
    </fieldset>
  );
}
