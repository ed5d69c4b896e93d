import type { PredicateEntry, Vocabulary } from '@keepsake/contract';
import {
  type ConditionFields,
  conditionFields,
  conditionsOf,
  type DerivationFields,
  derivationFields,
  derivationsOf,
} from './derivation.view.ts';
import { listOf, synonymsOf, synonymsTyped, wordsOf } from './words.view.ts';

type Document = Vocabulary['document'];

/** A value as it is typed. */
export interface ValueFields {
  readonly id: string;
  readonly en: string;
  readonly de: string;
  /** Other words for it in any language, with commas between them. */
  readonly synonyms: string;
  /** True of one that is there already: its id stays. */
  readonly isKept: boolean;
}

/** A predicate as it is typed. */
export interface PredicateFields {
  readonly name: string;
  readonly en: string;
  readonly de: string;
  readonly questionEn: string;
  readonly questionDe: string;
  readonly kind: PredicateEntry['kind'];
  readonly purpose: string;
  readonly values: readonly ValueFields[];
  readonly unit: string;
  readonly synonyms: string;
  readonly category: string;
  readonly cardinality: PredicateEntry['cardinality'];
  /** Days as they are typed; empty: it never ages. */
  readonly halfLife: string;
  readonly isSpecial: boolean;
  readonly isPersonal: boolean;
  readonly isOpen: boolean;
  /** Undefined: as its kind is, which is so of dates and times. */
  readonly isVolatile: boolean | undefined;
  readonly excludes: readonly ConditionFields[];
  readonly derivations: readonly DerivationFields[];
  /** Names of predicates whose value is likely meant here, too. */
  readonly counterparts: readonly string[];
  readonly isRetired: boolean;
}

/** Kinds that list values. */
const LISTED: ReadonlySet<PredicateEntry['kind']> = new Set(['choice', 'text', 'place']);

/** Whether a predicate of this kind lists values. */
export function hasValues(kind: PredicateEntry['kind']): boolean {
  return LISTED.has(kind);
}

/** Whether a predicate of this kind may take what it does not list, as it is said. */
export function mayBeOpen(kind: PredicateEntry['kind']): boolean {
  return kind === 'choice' || kind === 'number';
}

/** Whether what a predicate says belongs to one occasion; dates and times do by themselves. */
export function isOfOneOccasion({ kind, isVolatile }: PredicateFields): boolean {
  return isVolatile ?? (kind === 'date' || kind === 'time');
}

/** A value that is being added. */
export const NEW_VALUE: ValueFields = { id: '', en: '', de: '', synonyms: '', isKept: false };

const EMPTY: PredicateEntry = {
  name: '',
  label: { en: '' },
  question: { en: '' },
  kind: 'choice',
  values: [],
  cardinality: 'one',
  synonyms: [],
  sensitivity: 'ordinary',
  purpose: '',
  personal: false,
  category: '',
  excludes: [],
};

/** A predicate that is being added. */
export function newPredicate(purpose: string): PredicateFields {
  return { ...fieldsOf(EMPTY), purpose, values: [NEW_VALUE] };
}

/** The fields of a predicate that there is. */
export function fieldsOf(entry: PredicateEntry): PredicateFields {
  const { name, kind, purpose, category, cardinality } = entry;
  return {
    ...{ name, kind, purpose, category, cardinality },
    en: entry.label.en,
    de: entry.label['de'] ?? '',
    questionEn: entry.question.en,
    questionDe: entry.question['de'] ?? '',
    values: entry.values.map(({ id, label, synonyms }) => ({
      ...{ id, en: label.en, de: label['de'] ?? '', isKept: true },
      synonyms: synonymsTyped(synonyms),
    })),
    unit: entry.unit ?? '',
    synonyms: entry.synonyms.join(', '),
    halfLife: entry.halfLifeDays === undefined ? '' : String(entry.halfLifeDays),
    isSpecial: entry.sensitivity === 'special',
    isPersonal: entry.personal,
    isOpen: entry.open === true,
    isVolatile: entry.volatile,
    excludes: conditionFields(entry.excludes),
    derivations: derivationFields(entry.derivations),
    counterparts: entry.counterparts ?? [],
    isRetired: entry.retired === true,
  };
}

/** The document with a predicate as it was typed: in its place, or at the end. */
export function withPredicate(
  document: Document,
  fields: PredicateFields,
  isNew: boolean,
): Document {
  const old = isNew ? undefined : document.predicates.find(({ name }) => name === fields.name);
  const entry = entryOf(fields, old, document.predicates);
  const predicates =
    old === undefined
      ? [...document.predicates, entry]
      : document.predicates.map((one) => (one === old ? entry : one));
  return { ...document, predicates };
}

function entryOf(
  fields: PredicateFields,
  old: PredicateEntry | undefined,
  predicates: readonly PredicateEntry[],
): PredicateEntry {
  const { indifferent } = old ?? EMPTY;
  const { kind, purpose, cardinality } = fields;
  return {
    name: fields.name.trim(),
    label: wordsOf(fields.en, fields.de, old?.label),
    question: wordsOf(fields.questionEn, fields.questionDe, old?.question),
    ...{ kind, purpose, cardinality, category: fields.category.trim() },
    values: hasValues(kind) ? fields.values.flatMap((value) => listedValues(value, old)) : [],
    synonyms: listOf(fields.synonyms),
    sensitivity: fields.isSpecial ? 'special' : 'ordinary',
    personal: fields.isPersonal,
    excludes: conditionsOf(fields.excludes, predicates),
    ...(indifferent === undefined ? {} : { indifferent }),
    ...measureOf(fields, old),
    ...linksOf(fields, predicates),
  };
}

/** What a value is counted in, how it ages, and what else it may be. */
function measureOf(
  fields: PredicateFields,
  old: PredicateEntry | undefined,
): Pick<PredicateEntry, 'unit' | 'halfLifeDays' | 'open' | 'volatile' | 'retired'> {
  const unit = fields.unit.trim();
  const days = fields.halfLife.trim();
  const isOpen = mayBeOpen(fields.kind) ? fields.isOpen : old?.open === true;
  return {
    ...(unit === '' ? {} : { unit }),
    // What is no number is refused beside its field.
    ...(days === '' ? {} : { halfLifeDays: Number(days.replace(',', '.')) }),
    ...(isOpen ? { open: true } : {}),
    ...(fields.isVolatile === undefined ? {} : { volatile: fields.isVolatile }),
    ...(fields.isRetired ? { retired: true } : {}),
  };
}

function linksOf(
  { kind, derivations, counterparts }: PredicateFields,
  predicates: readonly PredicateEntry[],
): Pick<PredicateEntry, 'derivations' | 'counterparts'> {
  const derived = derivationsOf(derivations, kind, predicates);
  const others = counterparts.filter((name) => name !== '');
  return {
    ...(derived.length === 0 ? {} : { derivations: derived }),
    ...(others.length === 0 ? {} : { counterparts: others }),
  };
}

function listedValues(
  value: ValueFields,
  old: PredicateEntry | undefined,
): PredicateEntry['values'] {
  const { id, en, de } = value;
  // A row that was added and left empty is none.
  if (!value.isKept && `${id}${en}${de}`.trim() === '') return [];
  const before = old?.values.find((one) => one.id === id);
  const synonyms = synonymsOf(value.synonyms, before?.synonyms ?? []);
  return [{ id: id.trim(), label: wordsOf(en, de, before?.label), synonyms }];
}
