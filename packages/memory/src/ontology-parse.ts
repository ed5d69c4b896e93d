import { ok, type Result, refused, type Words } from '@keepsake/kernel';
import type { Issue } from './issue.ts';
import {
  type Exclusion,
  findPredicate,
  findValue,
  type Ontology,
  type Predicate,
  type PredicateValue,
  type Purpose,
} from './ontology.ts';
import { Reader } from './reader.ts';

const NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;

/** Most predicates, purposes or values in one list. */
const LIST_MAX = 2_000;

/**
 * Reads `{ purposes, predicates }`. Texts are a plain string (English) or a map by language.
 * Optional keys: `values`, `unit`, `cardinality` (one), `halfLifeDays` (never ages), `synonyms`,
 * `sensitivity` (ordinary), `personal` (false), `category` (everything), `excludes`; of a purpose
 * `includes`. Reports every issue at once.
 */
export function parseOntology(document: unknown): Result<Ontology, readonly Issue[]> {
  const issues: Issue[] = [];
  const root = new Reader(document, '', issues);
  root.onlyKeys(['purposes', 'predicates']);
  const purposes = root.list('purposes', LIST_MAX).map(parsePurpose);
  const predicates = root.list('predicates', LIST_MAX).map(parsePredicate);
  const index = indexOf(predicates, issues);
  const ontology: Ontology = { purposes, predicates, index };
  checkPurposes(ontology, issues);
  checkExclusions(ontology, issues);
  return issues.length > 0 ? refused(issues) : ok(ontology);
}

function parsePurpose(reader: Reader): Purpose {
  reader.onlyKeys(['id', 'label', 'description', 'needs', 'includes']);
  return {
    id: reader.name('id', ID),
    label: reader.words('label'),
    description: reader.words('description'),
    needs: reader.oneOf('needs', ['contract', 'consent', 'explicit-consent']),
    includes: reader.texts('includes'),
  };
}

const PREDICATE_KEYS = [
  'name',
  'label',
  'question',
  'kind',
  'values',
  'unit',
  'cardinality',
  'halfLifeDays',
  'synonyms',
  'sensitivity',
  'purpose',
  'personal',
  'category',
  'excludes',
];

function parsePredicate(reader: Reader): Predicate {
  reader.onlyKeys(PREDICATE_KEYS);
  const kind = reader.oneOf('kind', ['choice', 'text', 'number', 'boolean']);
  const values = reader.list('values', LIST_MAX).map(parseValue);
  if ((kind === 'choice') !== values.length > 0) reader.report('missing-values', 'values', kind);
  const repeated = firstRepeated(values.map((value) => value.id));
  if (repeated !== undefined) reader.report('duplicate', 'values', repeated);
  return {
    name: reader.name('name', NAME),
    label: reader.words('label'),
    question: reader.words('question'),
    kind,
    values,
    unit: reader.optionalText('unit') ?? null,
    cardinality: reader.oneOf('cardinality', ['one', 'many'], 'one'),
    halfLifeDays: reader.optionalPositive('halfLifeDays') ?? null,
    synonyms: reader.texts('synonyms'),
    sensitivity: reader.oneOf('sensitivity', ['ordinary', 'special'], 'ordinary'),
    purpose: reader.name('purpose', ID),
    personal: reader.optionalBoolean('personal') ?? false,
    category: reader.optionalText('category') ?? '',
    excludes: reader.list('excludes', LIST_MAX).map(parseExclusion),
  };
}

function parseValue(reader: Reader): PredicateValue {
  reader.onlyKeys(['id', 'label', 'synonyms']);
  const synonyms: readonly Words[] = reader.wordsList('synonyms');
  return { id: reader.name('id', ID), label: reader.words('label'), synonyms };
}

function parseExclusion(reader: Reader): Exclusion {
  reader.onlyKeys(['predicate', 'value']);
  return { predicate: reader.name('predicate', NAME), value: reader.scalar('value') };
}

function firstRepeated(texts: readonly string[]): string | undefined {
  return texts.find((text, at) => texts.indexOf(text) !== at);
}

function indexOf(predicates: readonly Predicate[], issues: Issue[]): Record<string, number> {
  const index = new Map<string, number>();
  predicates.forEach((predicate, position) => {
    for (const name of [predicate.name, ...predicate.synonyms]) {
      if (index.has(name)) {
        issues.push({ code: 'duplicate', path: `predicates[${position}].name`, detail: name });
      }
      index.set(name, position);
    }
  });
  return Object.fromEntries(index);
}

function checkPurposes({ purposes, predicates }: Ontology, issues: Issue[]): void {
  const byId = new Map(purposes.map((purpose) => [purpose.id, purpose]));
  const repeated = firstRepeated(purposes.map((purpose) => purpose.id));
  if (repeated !== undefined) {
    issues.push({ code: 'duplicate', path: 'purposes', detail: repeated });
  }
  purposes.forEach((purpose, position) => {
    for (const id of purpose.includes.filter((included) => !byId.has(included))) {
      const path = `purposes[${position}].includes`;
      issues.push({ code: 'unknown-purpose', path, detail: id });
    }
  });
  predicates.forEach((predicate, position) => {
    const path = `predicates[${position}].purpose`;
    const purpose = byId.get(predicate.purpose);
    if (purpose === undefined) {
      issues.push({ code: 'unknown-purpose', path, detail: predicate.purpose });
    } else if (predicate.sensitivity === 'special' && purpose.needs !== 'explicit-consent') {
      issues.push({ code: 'special-needs-explicit-consent', path, detail: purpose.id });
    }
  });
}

function checkExclusions(ontology: Ontology, issues: Issue[]): void {
  ontology.predicates.forEach((predicate, position) => {
    predicate.excludes.forEach((exclusion, at) => {
      const path = `predicates[${position}].excludes[${at}]`;
      const excluded = findPredicate(ontology, exclusion.predicate);
      if (excluded === undefined) {
        issues.push({ code: 'unknown-predicate', path, detail: exclusion.predicate });
      } else if (findValue(excluded, exclusion.value) !== exclusion.value) {
        issues.push({ code: 'unknown-value', path, detail: String(exclusion.value) });
      }
    });
  });
}
