import type { Words } from '@keepsake/kernel';

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

/** Something that can be known of a customer, and how it is asked, aged and protected. */
export interface Predicate {
  /** Dotted, for example `pillow.firmness`. */
  readonly name: string;
  readonly label: Words;
  readonly question: Words;
  readonly kind: 'choice' | 'text' | 'number' | 'boolean';
  /** The values of a `choice`; empty for the other kinds. */
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

/** The purpose with this id. */
export function findPurpose(ontology: Ontology, id: string): Purpose | undefined {
  return ontology.purposes.find((purpose) => purpose.id === id);
}

/**
 * The value a said thing means to this predicate: for a choice the id whose id, label or synonym
 * it is in any language, letter case aside; otherwise the thing itself if it is of the right type.
 */
export function findValue(predicate: Predicate, said: FactValue): FactValue | undefined {
  switch (predicate.kind) {
    case 'number':
      return typeof said === 'number' && Number.isFinite(said) ? said : undefined;
    case 'boolean':
      return typeof said === 'boolean' ? said : undefined;
    case 'text':
      return typeof said === 'string' ? said : undefined;
    case 'choice':
      return typeof said === 'string' ? findChoice(predicate.values, said) : undefined;
  }
}

function findChoice(values: readonly PredicateValue[], said: string): string | undefined {
  if (values.some((value) => value.id === said)) return said;
  const wanted = said.trim().toLowerCase();
  const isMeant = (words: Words): boolean =>
    Object.values(words).some((word) => word.toLowerCase() === wanted);
  return values.find((value) => [value.label, ...value.synonyms].some(isMeant))?.id;
}

/** How a value reads: the label of a choice, a number with its unit, the predicate for yes/no. */
export function valueLabel(predicate: Predicate, value: FactValue): Words {
  switch (predicate.kind) {
    case 'choice':
      return predicate.values.find((known) => known.id === value)?.label ?? { en: String(value) };
    case 'number':
      return { en: predicate.unit === null ? String(value) : `${value} ${predicate.unit}` };
    case 'boolean':
      return predicate.label;
    case 'text':
      return { en: String(value) };
  }
}
