import type { PredicateEntry } from '@keepsake/contract';

type Derivation = NonNullable<PredicateEntry['derivations']>[number];
type Condition = PredicateEntry['excludes'][number];
type FactValue = Condition['value'];

/** A value of a predicate as it is typed: `true` and `3` are texts here. */
export interface ConditionFields {
  readonly predicate: string;
  readonly value: string;
}

/** How one predicate follows from another, as it is typed. */
export interface DerivationFields {
  readonly from: string;
  /** False: the value is the same. */
  readonly hasTable: boolean;
  readonly rows: readonly { readonly from: string; readonly to: string }[];
  readonly when: readonly ConditionFields[];
  readonly isCertain: boolean;
}

/** A condition that is being added. */
export const NEW_CONDITION: ConditionFields = { predicate: '', value: '' };

/** A derivation that is being added. */
export const NEW_DERIVATION: DerivationFields = {
  from: '',
  hasTable: false,
  rows: [],
  when: [],
  isCertain: false,
};

/** A line of a table that is being added. */
export const NEW_ROW = { from: '', to: '' } as const;

/** The predicate of this name or synonym; undefined where there is none. */
export function findEntry(
  predicates: readonly PredicateEntry[],
  name: string,
): PredicateEntry | undefined {
  return predicates.find((one) => one.name === name || one.synonyms.includes(name));
}

/** The values to choose from; undefined where the value is typed. */
export function choicesOf(
  entry: Pick<PredicateEntry, 'kind' | 'values' | 'open'> | undefined,
): PredicateEntry['values'] | 'yes-no' | undefined {
  if (entry === undefined) return undefined;
  if (entry.kind === 'boolean') return 'yes-no';
  return entry.kind === 'choice' && entry.open !== true ? entry.values : undefined;
}

/** What was typed as a value of this kind; a number that is none stays text, to be refused. */
export function factValue(kind: PredicateEntry['kind'] | undefined, typed: string): FactValue {
  const text = typed.trim();
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  const number = Number(text.replace(',', '.'));
  return kind === 'number' && text !== '' && Number.isFinite(number) ? number : text;
}

/** A value as it is typed. */
export function typedOf(value: FactValue): string {
  return String(value);
}

/** Conditions as they are typed. */
export function conditionFields(conditions: readonly Condition[]): readonly ConditionFields[] {
  return conditions.map(({ predicate, value }) => ({ predicate, value: typedOf(value) }));
}

/** Conditions that were typed; rows left empty are none. */
export function conditionsOf(
  fields: readonly ConditionFields[],
  predicates: readonly PredicateEntry[],
): Condition[] {
  return fields
    .filter(({ predicate }) => predicate !== '')
    .map(({ predicate, value }) => {
      return { predicate, value: factValue(findEntry(predicates, predicate)?.kind, value) };
    });
}

/** Derivations as they are typed. */
export function derivationFields(
  derivations: readonly Derivation[] | undefined,
): readonly DerivationFields[] {
  return (derivations ?? []).map(({ from, map, when, certain }) => ({
    from,
    hasTable: map !== undefined,
    rows: (map ?? []).map((row) => ({ from: typedOf(row.from), to: typedOf(row.to) })),
    when: conditionFields(when ?? []),
    isCertain: certain === true,
  }));
}

/** Derivations that were typed, of a predicate of this kind; those without a source are none. */
export function derivationsOf(
  fields: readonly DerivationFields[],
  kind: PredicateEntry['kind'],
  predicates: readonly PredicateEntry[],
): Derivation[] {
  return fields
    .filter(({ from }) => from !== '')
    .map(({ from, hasTable, rows, when, isCertain }) => {
      const source = findEntry(predicates, from)?.kind;
      const map = rows
        .filter((row) => row.to.trim() !== '')
        .map((row) => ({ from: factValue(source, row.from), to: factValue(kind, row.to) }));
      const conditions = conditionsOf(when, predicates);
      return {
        from,
        ...(conditions.length === 0 ? {} : { when: conditions }),
        ...(hasTable && map.length > 0 ? { map } : {}),
        ...(isCertain ? { certain: true } : {}),
      };
    });
}

/** A table with a line for each value of the source: what is there already stays. */
export function rowsFor(
  source: PredicateEntry | undefined,
  rows: DerivationFields['rows'],
): DerivationFields['rows'] {
  const choices = choicesOf(source);
  const ids = choices === 'yes-no' ? ['true', 'false'] : (choices ?? []).map(({ id }) => id);
  const filled = rows.filter(({ from, to }) => `${from}${to}` !== '');
  const missing = ids.filter((id) => !filled.some(({ from }) => from === id));
  const added = missing.map((id) => ({ from: id, to: '' }));
  return filled.length + added.length === 0 ? [NEW_ROW] : [...filled, ...added];
}
