import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { ConditionRows, FieldRow, PredicateSelect } from './choice-fields.tsx';
import type { FormProps } from './predicate-form.tsx';
import { RowList } from './row-list.tsx';
import styles from './vocabulary.module.css';

const c = classesOf(styles);

/** What a predicate has to do with others: where the same is meant, and what it rules out. */
export function LinkFields({ fields, document, entry, errorAt, onChange }: FormProps) {
  const { t } = useTranslation('vocabulary');
  const others = document.predicates.filter(({ name }) => name !== entry?.name);
  const { counterparts } = fields;
  const error = errorAt('counterparts');
  return (
    <>
      <fieldset className={c('group')}>
        <legend>{t('field.counterparts')}</legend>
        <p className={c('hint')}>{t('hint.counterparts')}</p>
        {error !== undefined && <p className={c('bad')}>{error}</p>}
        <RowList items={counterparts} onChange={(now) => onChange({ counterparts: now })}>
          {({ item, index, set, drop }) => (
            <FieldRow dropLabel={t('dropRow', { number: index + 1 })} onDrop={drop}>
              <PredicateSelect
                label={t('field.predicate')}
                predicates={others}
                value={item}
                onChange={set}
              />
            </FieldRow>
          )}
        </RowList>
        <div>
          <Button onClick={() => onChange({ counterparts: [...counterparts, ''] })}>
            {t('addCounterpart')}
          </Button>
        </div>
      </fieldset>
      <ConditionRows
        legend={t('field.excludes')}
        hint={t('hint.excludes')}
        add={t('addExclusion')}
        error={errorAt('excludes')}
        predicates={others}
        rows={fields.excludes}
        onChange={(excludes) => onChange({ excludes })}
      />
    </>
  );
}
