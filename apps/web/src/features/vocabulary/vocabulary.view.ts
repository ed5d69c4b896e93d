import type { PredicateEntry, Problem, Vocabulary } from '@keepsake/contract';

type Document = Vocabulary['document'];
type Words = PredicateEntry['label'];

/** A value as it is typed. */
export interface ValueFields {
  readonly id: string;
  readonly en: string;
  readonly de: string;
  /** Other words for it, with commas between them. */
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
  readonly synonyms: string;
  /** The predicate it follows from; empty for none. */
  readonly from: string;
  readonly isCertain: boolean;
  readonly isRetired: boolean;
}

/** Kinds that list values. */
const LISTED: ReadonlySet<PredicateEntry['kind']> = new Set(['choice', 'text', 'place']);

/** Whether a predicate of this kind lists values. */
export function hasValues(kind: PredicateEntry['kind']): boolean {
  return LISTED.has(kind);
}

/** A value that is being added. */
export const NEW_VALUE: ValueFields = { id: '', en: '', de: '', synonyms: '', isKept: false };

/** A predicate that is being added. */
export function newPredicate(purpose: string): PredicateFields {
  const words = { name: '', en: '', de: '', questionEn: '', questionDe: '', synonyms: '' };
  const links = { from: '', isCertain: false, isRetired: false };
  return { ...words, ...links, kind: 'choice', purpose, values: [NEW_VALUE] };
}

/** The fields of a predicate that there is. */
export function fieldsOf(entry: PredicateEntry): PredicateFields {
  const derivation = simpleDerivation(entry);
  return {
    name: entry.name,
    en: entry.label.en,
    de: entry.label['de'] ?? '',
    questionEn: entry.question.en,
    questionDe: entry.question['de'] ?? '',
    kind: entry.kind,
    purpose: entry.purpose,
    values: entry.values.map(({ id, label, synonyms }) => ({
      ...{ id, en: label.en, de: label['de'] ?? '', isKept: true },
      synonyms: synonyms.map(({ en }) => en).join(', '),
    })),
    synonyms: entry.synonyms.join(', '),
    from: derivation?.from ?? '',
    isCertain: derivation?.certain === true,
    isRetired: entry.retired === true,
  };
}

/** The one derivation that the form can show: a plain one; others are kept as they are. */
function simpleDerivation(entry: PredicateEntry | undefined) {
  const [first, ...others] = entry?.derivations ?? [];
  const isPlain = first?.map === undefined && first?.when === undefined;
  return isPlain && others.length === 0 ? first : undefined;
}

/** Whether a predicate follows from others by rules that the form cannot show. */
export function hasTables(entry: PredicateEntry | undefined): boolean {
  return (entry?.derivations ?? []).length > 0 && simpleDerivation(entry) === undefined;
}

/** The document with a predicate as it was typed: in its place, or at the end. */
export function withPredicate(
  document: Document,
  fields: PredicateFields,
  isNew: boolean,
): Document {
  const old = isNew ? undefined : document.predicates.find(({ name }) => name === fields.name);
  const entry = entryOf(fields, old);
  const predicates =
    old === undefined
      ? [...document.predicates, entry]
      : document.predicates.map((one) => (one === old ? entry : one));
  return { ...document, predicates };
}

function entryOf(fields: PredicateFields, old: PredicateEntry | undefined): PredicateEntry {
  const { derivations, retired: _retired, ...rest } = old ?? EMPTY;
  const derived = hasTables(old) ? derivations : derivationOf(fields);
  return {
    ...rest,
    name: fields.name.trim(),
    label: wordsOf(fields.en, fields.de, old?.label),
    question: wordsOf(fields.questionEn, fields.questionDe, old?.question),
    kind: fields.kind,
    purpose: fields.purpose,
    values: hasValues(fields.kind)
      ? fields.values.flatMap((value) => listedValues(value, old))
      : [],
    synonyms: listOf(fields.synonyms),
    ...(derived === undefined ? {} : { derivations: derived }),
    ...(fields.isRetired ? { retired: true } : {}),
  };
}

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

function derivationOf({ from, isCertain }: PredicateFields): PredicateEntry['derivations'] {
  return from === '' ? undefined : [{ from, ...(isCertain ? { certain: true } : {}) }];
}

function listedValues(
  value: ValueFields,
  old: PredicateEntry | undefined,
): PredicateEntry['values'] {
  const { id, en, de } = value;
  // A row that was added and left empty is none.
  if (!value.isKept && `${id}${en}${de}`.trim() === '') return [];
  const before = old?.values.find((one) => one.id === id);
  const synonyms = listOf(value.synonyms).map(
    (word) => before?.synonyms.find((one) => one.en === word) ?? { en: word },
  );
  return [{ id: id.trim(), label: wordsOf(en, de, before?.label), synonyms }];
}

/** What was typed in two languages; other languages stay. An empty text is no text. */
function wordsOf(en: string, de: string, old: Words | undefined): Words {
  const { de: _de, ...rest } = old ?? { en: '' };
  return { ...rest, en: en.trim(), ...(de.trim() === '' ? {} : { de: de.trim() }) };
}

function listOf(typed: string): string[] {
  return typed
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** Codes of faults that have words of their own. */
export const FAULTS = [
  'bad-name',
  'not-words',
  'duplicate',
  'missing-values',
  'unknown-purpose',
  'special-needs-explicit-consent',
  'unknown-predicate',
  'unknown-value',
  'derivation-cycle',
] as const;
/** A fault that has words of its own. */
export type Fault = (typeof FAULTS)[number] | 'other';

/** The faults of a refused document by the field of a predicate that each is about. */
export function faultsByField(
  issues: Problem['issues'],
  position: number,
): ReadonlyMap<string, Fault> {
  const prefix = `predicates[${position}].`;
  const faults = new Map<string, Fault>();
  for (const { path = '', code } of issues ?? []) {
    const rest = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    const field = /^[a-zA-Z]+/.exec(rest)?.[0] ?? '';
    if (!faults.has(field)) faults.set(field, FAULTS.find((one) => one === code) ?? 'other');
  }
  return faults;
}
