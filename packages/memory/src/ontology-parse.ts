import { ok, type Result, refused, type Words } from '@keepsake/kernel';
import type { Issue } from './issue.ts';
import {
  type Derivation,
  type Exclusion,
  findPredicate,
  findValue,
  indexOf,
  type Ontology,
  type Predicate,
  type PredicateValue,
  type Purpose,
} from './ontology.ts';
import { checkLinks } from './ontology-links.ts';
import { Reader } from './reader.ts';

const NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;
/** Names as other tools write them: `pickup_city`, `RentalCars_1.pickup_city`. */
const ANY_NAME: RegExp = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/;
const ID = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
const ANY_TEXT = /\S/;

/** What names of predicates and ids of choices may look like. */
export interface Spelling {
  readonly names: RegExp;
  readonly choices: RegExp;
}

const STRICT: Spelling = { names: NAME, choices: ID };
/** As other tools spell them: names without dots and with capitals, values of several words. */
export const FREE_SPELLING: Spelling = { names: ANY_NAME, choices: ANY_TEXT };

/** Most predicates, purposes or values in one list. */
const LIST_MAX = 2_000;

/**
 * Reads `{ purposes, predicates }`. Texts are a plain string (English) or a map by language.
 * Optional keys: `values`, `unit`, `cardinality` (one), `halfLifeDays` (never ages), `synonyms`,
 * `sensitivity` (ordinary), `personal` (false), `category` (everything), `excludes`, `open`,
 * `indifferent`, `volatile`, `retired`, `derivations`, `counterparts`; of a purpose `includes`.
 * Names of predicates are dotted small letters, unless another spelling is given. Reports every issue
 * at once.
 */
export function parseOntology(
  document: unknown,
  spelling: Spelling = STRICT,
): Result<Ontology, readonly Issue[]> {
  const issues: Issue[] = [];
  const root = new Reader(document, '', issues);
  root.onlyKeys(['purposes', 'predicates']);
  const purposes = root.list('purposes', LIST_MAX).map(parsePurpose);
  const predicates = root.list('predicates', LIST_MAX).map((reader) => {
    return parsePredicate(reader, spelling);
  });
  checkNames(predicates, issues);
  const ontology: Ontology = { purposes, predicates, index: indexOf(predicates) };
  checkPurposes(ontology, issues);
  checkExclusions(ontology, issues);
  checkLinks(ontology, issues);
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
  'open',
  'indifferent',
  'volatile',
  'retired',
  'derivations',
  'counterparts',
];

const KINDS = ['choice', 'text', 'number', 'boolean', 'date', 'time', 'place'] as const;
/** Kinds that may list values, with other words for them. */
const LISTED: ReadonlySet<Predicate['kind']> = new Set(['choice', 'text', 'place']);

function parsePredicate(reader: Reader, spelling: Spelling): Predicate {
  reader.onlyKeys(PREDICATE_KEYS);
  const kind = reader.oneOf('kind', KINDS);
  // Of a text or a place, the id of a value is the text itself.
  const ids = kind === 'choice' ? spelling.choices : ANY_TEXT;
  const values = reader.list('values', LIST_MAX).map((value) => parseValue(value, ids));
  const isMissing = kind === 'choice' && values.length === 0;
  if (isMissing || (values.length > 0 && !LISTED.has(kind))) {
    reader.report('missing-values', 'values', kind);
  }
  const repeated = firstRepeated(values.map((value) => value.id));
  if (repeated !== undefined) reader.report('duplicate', 'values', repeated);
  return {
    name: reader.name('name', spelling.names),
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
    ...parseLinks(reader),
  };
}

/** What only some predicates have; what is not there is left out. */
function parseLinks(
  reader: Reader,
): Pick<
  Predicate,
  'open' | 'indifferent' | 'volatile' | 'retired' | 'derivations' | 'counterparts'
> {
  const open = reader.optionalBoolean('open');
  const indifferent = reader.optionalText('indifferent');
  const volatile = reader.optionalBoolean('volatile');
  const retired = reader.optionalBoolean('retired');
  const derivations = reader.list('derivations', LIST_MAX).map(parseDerivation);
  const counterparts = reader.texts('counterparts', LIST_MAX);
  return {
    ...(open === undefined ? {} : { open }),
    ...(indifferent === undefined ? {} : { indifferent }),
    ...(volatile === undefined ? {} : { volatile }),
    ...(retired === undefined ? {} : { retired }),
    ...(derivations.length === 0 ? {} : { derivations }),
    ...(counterparts.length === 0 ? {} : { counterparts }),
  };
}

function parseDerivation(reader: Reader): Derivation {
  reader.onlyKeys(['from', 'when', 'map', 'certain']);
  const when = reader.list('when', LIST_MAX).map((condition) => {
    condition.onlyKeys(['predicate', 'value']);
    return { predicate: condition.name('predicate', ANY_NAME), value: condition.scalar('value') };
  });
  const map = reader.list('map', LIST_MAX).map((pair) => {
    pair.onlyKeys(['from', 'to']);
    return { from: pair.scalar('from'), to: pair.scalar('to') };
  });
  const certain = reader.optionalBoolean('certain');
  return {
    from: reader.name('from', ANY_NAME),
    ...(when.length === 0 ? {} : { when }),
    ...(map.length === 0 ? {} : { map }),
    ...(certain === undefined ? {} : { certain }),
  };
}

function parseValue(reader: Reader, ids: RegExp): PredicateValue {
  reader.onlyKeys(['id', 'label', 'synonyms']);
  const synonyms: readonly Words[] = reader.wordsList('synonyms');
  return { id: reader.name('id', ids), label: reader.words('label'), synonyms };
}

function parseExclusion(reader: Reader): Exclusion {
  reader.onlyKeys(['predicate', 'value']);
  return { predicate: reader.name('predicate', ANY_NAME), value: reader.scalar('value') };
}

function firstRepeated(texts: readonly string[]): string | undefined {
  return texts.find((text, at) => texts.indexOf(text) !== at);
}

function checkNames(predicates: readonly Predicate[], issues: Issue[]): void {
  const seen = new Set<string>();
  predicates.forEach((predicate, position) => {
    for (const name of [predicate.name, ...predicate.synonyms]) {
      if (seen.has(name)) {
        issues.push({ code: 'duplicate', path: `predicates[${position}].name`, detail: name });
      }
      seen.add(name);
    }
  });
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
