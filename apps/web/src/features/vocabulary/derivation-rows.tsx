import type { PredicateEntry } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Checkbox } from '../../ui/field.tsx';
import { ConditionRows, FieldRow, PredicateSelect, ValueInput } from './choice-fields.tsx';
import {
  type DerivationFields,
  findEntry,
  NEW_DERIVATION,
  NEW_ROW,
  rowsFor,
} from './derivation.view.ts';
import { RowList } from './row-list.tsx';
import styles from './vocabulary.module.css';

const c = classesOf(styles);

/** The predicate that follows: its kind and values decide what the tables lead to. */
type Following = Pick<PredicateEntry, 'kind' | 'values' | 'open'>;

interface DerivationRowsProps {
  readonly derivations: readonly DerivationFields[];
  readonly following: Following;
  /** The predicates that it can follow from. */
  readonly predicates: readonly PredicateEntry[];
  readonly errorAt: (field: string) => string | undefined;
  readonly onChange: (derivations: readonly DerivationFields[]) => void;
}

/** From what a predicate follows: the first that gives a value decides. */
export function DerivationRows(props: DerivationRowsProps) {
  const { derivations, errorAt, onChange } = props;
  const { t } = useTranslation('vocabulary');
  const isToldBeside = derivations.some((_, at) => errorAt(`derivations.${at}`) !== undefined);
  const error = errorAt('derivations');
  return (
    <fieldset className={c('group')}>
      <legend>{t('field.derivations')}</legend>
      <p className={c('hint')}>{t('hint.derivations')}</p>
      {error !== undefined && !isToldBeside && <p className={c('bad')}>{error}</p>}
      <RowList items={derivations} onChange={onChange}>
        {({ item, index, set, drop }) => (
          <fieldset className={c('derivation')}>
            <legend className={c('small')}>{t('derivation', { number: index + 1 })}</legend>
            <DerivationForm
              {...props}
              derivation={item}
              error={errorAt(`derivations.${index}`)}
              onSet={set}
            />
            <div>
              <Button onClick={drop}>{t('dropDerivation', { number: index + 1 })}</Button>
            </div>
          </fieldset>
        )}
      </RowList>
      <div>
        <Button onClick={() => onChange([...derivations, NEW_DERIVATION])}>
          {t('addDerivation')}
        </Button>
      </div>
    </fieldset>
  );
}

interface DerivationFormProps extends Pick<DerivationRowsProps, 'following' | 'predicates'> {
  readonly derivation: DerivationFields;
  readonly error: string | undefined;
  readonly onSet: (derivation: DerivationFields) => void;
}

function DerivationForm(props: DerivationFormProps) {
  const { derivation, following, predicates, error, onSet } = props;
  const { t } = useTranslation('vocabulary');
  const source = findEntry(predicates, derivation.from);
  return (
    <>
      {error !== undefined && <p className={c('bad')}>{error}</p>}
      <PredicateSelect
        label={t('field.from')}
        predicates={predicates}
        value={derivation.from}
        onChange={(from) =>
          onSet({
            ...derivation,
            from,
            rows: derivation.hasTable ? rowsFor(findEntry(predicates, from), []) : [],
          })
        }
      />
      <Checkbox
        label={t('field.table')}
        hint={t('hint.table')}
        checked={derivation.hasTable}
        onChange={({ target }) =>
          onSet({
            ...derivation,
            hasTable: target.checked,
            rows: target.checked ? rowsFor(source, derivation.rows) : derivation.rows,
          })
        }
      />
      {derivation.hasTable && (
        <TableRows
          rows={derivation.rows}
          source={source}
          following={following}
          onChange={(rows) => onSet({ ...derivation, rows })}
        />
      )}
      <ConditionRows
        legend={t('field.when')}
        hint={t('hint.when')}
        add={t('addCondition')}
        error={undefined}
        isPart
        predicates={predicates}
        rows={derivation.when}
        onChange={(when) => onSet({ ...derivation, when })}
      />
      <Checkbox
        label={t('field.certain')}
        hint={t('hint.certain')}
        checked={derivation.isCertain}
        onChange={({ target }) => onSet({ ...derivation, isCertain: target.checked })}
      />
    </>
  );
}

interface TableRowsProps {
  readonly rows: DerivationFields['rows'];
  readonly source: PredicateEntry | undefined;
  readonly following: Following;
  readonly onChange: (rows: DerivationFields['rows']) => void;
}

/** Which value leads to which; a line that leads nowhere says nothing. */
function TableRows({ rows, source, following, onChange }: TableRowsProps) {
  const { t } = useTranslation('vocabulary');
  return (
    <div className={c('stack')}>
      <RowList items={rows} onChange={onChange}>
        {({ item, index, set, drop }) => (
          <FieldRow dropLabel={t('dropRow', { number: index + 1 })} onDrop={drop}>
            <ValueInput
              label={t('field.given')}
              of={source}
              value={item.from}
              onChange={(from) => set({ ...item, from })}
            />
            <ValueInput
              label={t('field.follows')}
              of={following}
              value={item.to}
              onChange={(to) => set({ ...item, to })}
            />
          </FieldRow>
        )}
      </RowList>
      <div>
        <Button onClick={() => onChange([...rows, NEW_ROW])}>{t('addRow')}</Button>
      </div>
    </div>
  );
}
