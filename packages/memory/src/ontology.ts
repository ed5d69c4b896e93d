import type { Words } from '@keepsake/kernel';
import { dateLabel, dateSaid } from './said-date.ts';
import { folded, numberSaid } from './said-number.ts';
import { timeSaid } from './said-time.ts';

/** What a fact can hold: the id of a choice, a text, a number in the predicate's unit, or yes/no. */
export type FactValue = string | number | boolean;

/** How delicate a fact is; `special` is what GDPR Article 9 protects, such as an allergy. */
export type Sensitivity = 'ordinary' | 'special';

/** What a purpose stands on: a contract needs no consent, the others are denied until granted. */
export type PurposeNeeds = 'contract' | 'consent' | 'explicit-consent';

/** One reason for which facts may be kept and read. */
export interface Purpose {
  readonly id: string;
  readonly label: Words;
  readonly description: Words;
  readonly needs: PurposeNeeds;
  /** Ids of other purposes whose facts may be read for this one, each under its own consent. */
  readonly includes: readonly string[];
}

/** One value a `choice` predicate can take; synonyms are other words for it, in any language. */
export interface PredicateValue {
  readonly id: string;
  readonly label: Words;
  readonly synonyms: readonly Words[];
}

/** A value of another predicate that a require or forbid fact of this predicate rules out. */
export interface Exclusion {
  readonly predicate: string;
  readonly value: FactValue;
}

/**
 * What kind of value a predicate has. Dates, times of day and places are texts brought to one form,
 * so that what is said in two ways is one value.
 */
export type PredicateKind = 'choice' | 'text' | 'number' | 'boolean' | 'date' | 'time' | 'place';

/**
 * How the value of a predicate follows from that of another: it is the same, or what a table says of
 * it, perhaps only while further predicates have given values.
 */
export interface Derivation {
  /** Name or synonym of the predicate it follows from. */
  readonly from: string;
  /** All of these must be known to be so; absent: always. */
  readonly when?: readonly { readonly predicate: string; readonly value: FactValue }[];
  /** From a value of `from` to one of this predicate; what is not there gives none. Absent: copied. */
  readonly map?: readonly { readonly from: FactValue; readonly to: FactValue }[];
  /** True: as good as said; otherwise the customer confirms it. */
  readonly certain?: boolean;
}

/** Something that can be known of a customer, and how it is asked, aged and protected. */
export interface Predicate {
  /** Dotted, for example `pillow.firmness`. */
  readonly name: string;
  readonly label: Words;
  readonly question: Words;
  readonly kind: PredicateKind;
  /** The values of a `choice`; of a `text` or `place` values with other words for them. */
  readonly values: readonly PredicateValue[];
  readonly unit: string | null;
  readonly cardinality: 'one' | 'many';
  /** Days after which the confidence of a like or dislike has halved; null never ages. */
  readonly halfLifeDays: number | null;
  /** Other predicate names that mean the same, for example of another form. */
  readonly synonyms: readonly string[];
  readonly sensitivity: Sensitivity;
  /** Id of the purpose its facts are kept for unless the interaction says otherwise. */
  readonly purpose: string;
  /** True of the body or the person, so not applicable when the occasion is a gift. */
  readonly personal: boolean;
  /** Path of the thing it is about, for example `room/pillow`. */
  readonly category: string;
  readonly excludes: readonly Exclusion[];
  /** True of a `choice` or `number` that takes anything else too, as it is said. */
  readonly open?: boolean;
  /** The value that says that any will do, such as `dontcare`: an answer, but nobody else's. */
  readonly indifferent?: string;
  /** Belongs to one occasion, such as a booking: offered the next time, to be confirmed. */
  readonly volatile?: boolean;
  /** No longer asked or applied; its facts can still be read, explained and exported. */
  readonly retired?: boolean;
  /** How it follows from others; the first that gives a value decides. */
  readonly derivations?: readonly Derivation[];
  /** Predicates of another service or form whose value is likely meant here too: both ways. */
  readonly counterparts?: readonly string[];
}

/** The vocabulary of a company: plain data, made by `parseOntology`. */
export interface Ontology {
  readonly purposes: readonly Purpose[];
  readonly predicates: readonly Predicate[];
  /** Position in `predicates` by name and by every synonym. */
  readonly index: Readonly<Record<string, number>>;
}

/** The predicate of this name or synonym. */
export function findPredicate(ontology: Ontology, name: string): Predicate | undefined {
  if (!Object.hasOwn(ontology.index, name)) return undefined;
  return ontology.predicates[ontology.index[name] ?? -1];
}

/** Whether a predicate may still be asked and told. */
export function isAskable(predicate: Predicate): boolean {
  return predicate.retired !== true;
}

/** The predicate of this name or synonym, unless it is retired: what may be asked. */
export function findAskable(ontology: Ontology, name: string): Predicate | undefined {
  const predicate = findPredicate(ontology, name);
  return predicate !== undefined && isAskable(predicate) ? predicate : undefined;
}

/** Whether a value belongs to one occasion; dates and times do unless the ontology says otherwise. */
export function isVolatile({ volatile, kind }: Predicate): boolean {
  return volatile ?? (kind === 'date' || kind === 'time');
}

/**
 * The next vocabulary with every predicate of the one before that it drops, retired, and every synonym
 * that it drops: so that what is known under them can still be read, also after a replay.
 */
export function withRetired(next: Ontology, before: Ontology): Ontology {
  const isNew = (name: string): boolean => findPredicate(next, name) === undefined;
  const lost = new Map<Predicate, readonly string[]>();
  const dropped: Predicate[] = [];
  for (const old of before.predicates) {
    const live = findPredicate(next, old.name);
    const synonyms = old.synonyms.filter(isNew);
    if (live !== undefined) lost.set(live, [...(lost.get(live) ?? []), ...synonyms]);
    else dropped.push(retired({ ...old, synonyms }));
  }
  const kept = next.predicates.map((one) => {
    const more = lost.get(one) ?? [];
    return more.length === 0 ? one : { ...one, synonyms: [...one.synonyms, ...more] };
  });
  const predicates = [...kept, ...dropped];
  const needed = before.purposes.filter(
    ({ id }) =>
      findPurpose(next, id) === undefined && dropped.some(({ purpose }) => purpose === id),
  );
  return { purposes: [...next.purposes, ...needed], predicates, index: indexOf(predicates) };
}

function retired(predicate: Predicate): Predicate {
  const { derivations: _derivations, counterparts: _counterparts, ...rest } = predicate;
  return { ...rest, retired: true };
}

/** Position by name and synonym; of a name given twice the last one's. */
export function indexOf(predicates: readonly Predicate[]): Readonly<Record<string, number>> {
  const names = predicates.flatMap(({ name, synonyms }, at) =>
    [name, ...synonyms].map((word) => [word, at] as const),
  );
  return Object.fromEntries(names);
}

/** The purpose with this id. */
export function findPurpose(ontology: Ontology, id: string): Purpose | undefined {
  return ontology.purposes.find((purpose) => purpose.id === id);
}

/**
 * The value a said thing means to this predicate: for a choice the id whose id, label or synonym it
 * is in any language, letter case aside, and numbers as digits or words; for a date, a time of day, a
 * place, a number, yes and no the one form of it. Undefined where it means nothing.
 */
export function findValue(predicate: Predicate, said: FactValue): FactValue | undefined {
  if (typeof said === 'string' && isIndifference(predicate, said)) return predicate.indifferent;
  switch (predicate.kind) {
    case 'number':
      return findNumber(said) ?? asSaid(predicate, said);
    case 'boolean':
      return typeof said === 'string' ? YES_NO.get(folded(said)) : asBoolean(said);
    case 'choice':
      return findChoice(predicate, String(said));
    default:
      return typeof said === 'string' ? findText(predicate, said) : undefined;
  }
}

function findText(predicate: Predicate, said: string): string {
  switch (predicate.kind) {
    case 'date':
      return dateSaid(said);
    case 'time':
      return timeSaid(said);
    case 'place':
      return findListed(predicate, said) ?? placeSaid(said);
    default:
      return findListed(predicate, said) ?? said;
  }
}

function isIndifference({ indifferent }: Predicate, said: string): boolean {
  return indifferent !== undefined && folded(said) === folded(indifferent);
}

function findNumber(said: FactValue): number | undefined {
  const number = typeof said === 'string' ? numberSaid(said) : said;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The text itself, tidied, where the predicate takes what it does not list. */
function asSaid({ open }: Predicate, said: FactValue): string | undefined {
  return open === true && typeof said === 'string' ? said.trim().replace(/\s+/g, ' ') : undefined;
}

function asBoolean(said: FactValue): boolean | undefined {
  return typeof said === 'boolean' ? said : undefined;
}

const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['ja', true],
  ['false', false],
  ['no', false],
  ['nein', false],
]);

function findChoice(predicate: Predicate, said: string): string | undefined {
  const found = findListed(predicate, said);
  if (found !== undefined) return found;
  const number = numberSaid(said);
  const counted = predicate.values.find(
    ({ id }) => number !== undefined && numberSaid(id) === number,
  );
  return counted?.id ?? asSaid(predicate, said);
}

/** The id of the listed value whose id, label or synonym this is. */
function findListed({ values }: Predicate, said: string): string | undefined {
  if (values.some((value) => value.id === said)) return said;
  const wanted = folded(said);
  const isMeant = (words: Words): boolean =>
    Object.values(words).some((word) => folded(word) === wanted);
  return values.find(
    ({ id, label, synonyms }) => folded(id) === wanted || [label, ...synonyms].some(isMeant),
  )?.id;
}

/** A place by name: blanks tidied, words in small letters capitalised; a path stays as it is. */
function placeSaid(said: string): string {
  if (said.includes('/')) return said.trim();
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const words = said.normalize('NFKC').trim().split(/\s+/);
  return words.map((word) => (word === word.toLowerCase() ? capital(word) : word)).join(' ');
}

/** How a value reads: the label of a choice, a number with its unit, the predicate for yes/no. */
export function valueLabel(predicate: Predicate, value: FactValue): Words {
  const listed = predicate.values.find((known) => known.id === value);
  if (listed !== undefined) return listed.label;
  switch (predicate.kind) {
    case 'number':
      return { en: predicate.unit === null ? String(value) : `${value} ${predicate.unit}` };
    case 'boolean':
      return typeof value === 'boolean' ? predicate.label : { en: String(value) };
    case 'date':
      return dateLabel(String(value));
    default:
      return { en: String(value) };
  }
}
