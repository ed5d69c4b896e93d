/** Dialogue schemas: services with the slots they fill, read to what an ontology needs. */
import { ok, type Result, refused } from '@keepsake/kernel';
import type { Issue } from './issue.ts';
import type { PredicateKind } from './ontology.ts';
import { wordsOf } from './ontology-brief.ts';
import { Reader } from './reader.ts';

/** One thing that a service asks for or tells. */
export interface Slot {
  /** `Service.slot`. */
  readonly name: string;
  readonly service: string;
  readonly description: string;
  readonly values: readonly string[];
  /** Needed by an intent, wished for by one, or only told by the service. */
  readonly use: 'required' | 'optional' | 'told';
  readonly kind: PredicateKind;
  /** What it is about, in words without endings, the words of its name first. */
  readonly nameWords: readonly string[];
  readonly descriptionWords: readonly string[];
}

/**
 * Reads a list of services, `{ service_name, description, slots: [{ name, description,
 * is_categorical, possible_values }], intents: [{ name, required_slots, optional_slots }] }`. Other
 * keys are passed over. Reports every issue at once.
 */
export function readSchema(document: unknown): Result<readonly Slot[], readonly Issue[]> {
  const issues: Issue[] = [];
  const root = new Reader({ services: document }, '', issues);
  const slots = root.list('services', 500).flatMap(readService);
  if (issues.length === 0 && slots.length === 0) root.report('missing-values', 'services', '');
  const names = slots.map(({ name }) => name);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) root.report('duplicate', 'services', repeated);
  return issues.length > 0 ? refused(issues) : ok(slots);
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

function readService(reader: Reader): readonly Slot[] {
  const service = reader.name('service_name', NAME);
  const intents = reader.list('intents', 100);
  const required = new Set(intents.flatMap((intent) => intent.texts('required_slots')));
  const optional = new Set(intents.flatMap((intent) => intent.keys('optional_slots')));
  return reader.list('slots', 500).map((slot) => {
    const name = slot.name('name', /^[A-Za-z0-9][A-Za-z0-9_-]*$/);
    const description = slot.optionalText('description') ?? wordsOf(name);
    const isListed = slot.optionalBoolean('is_categorical') ?? false;
    const values = isListed ? slot.texts('possible_values') : [];
    const use = required.has(name) ? 'required' : optional.has(name) ? 'optional' : 'told';
    const nameWords = contentWords(name);
    const descriptionWords = contentWords(description);
    const words = { nameWords, descriptionWords };
    const kind = kindOf({ ...words, values, description });
    return { name: `${service}.${name}`, service, description, values, use, kind, ...words };
  });
}

const LITTLE = new Set(
  'a an and any are as at be by for from in is it its of on or that the their this to user used use when where whether which with'.split(
    ' ',
  ),
);

/** The words of a text or a name in small letters without plural endings; little words stay out. */
export function contentWords(text: string): readonly string[] {
  const words =
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return words.filter((word) => !LITTLE.has(word)).map(stem);
}

function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  const isPlural = word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word);
  return isPlural ? word.slice(0, -1) : word;
}

interface SlotWords {
  readonly nameWords: readonly string[];
  readonly descriptionWords: readonly string[];
  readonly values: readonly string[];
  readonly description: string;
}

const AMOUNT =
  /\b(number|amount|length|duration|how (many|long|much)|count|percentage|price|cost|rating)\b/i;
const COUNT = /\b(number of|how many|length)\b/i;
const PLACES = new Set(
  'city town area place location destination origin region district'.split(' '),
);
const TOWNS = new Set(['city', 'town']);
/** What is written down of a place, or named there, is no town. */
const NAMED = new Set(['name', 'address', 'street', 'number', 'phone', 'type']);
/** May be a town in the mouth of people who fly there. */
const STOPS = new Set(['station', 'airport', 'stop']);

function kindOf({ nameWords, descriptionWords, values, description }: SlotWords): PredicateKind {
  if (values.length > 0) return 'choice';
  if (AMOUNT.test(description)) return COUNT.test(description) ? 'number' : 'text';
  const has = (word: string): boolean => nameWords.includes(word);
  if (has('date') || has('day') || descriptionWords[0] === 'date') return 'date';
  if (has('time') || descriptionWords[0] === 'time') return 'time';
  return isPlace(nameWords, descriptionWords) ? 'place' : 'text';
}

function isPlace(nameWords: readonly string[], descriptionWords: readonly string[]): boolean {
  const speaksOfTown = descriptionWords.some((word) => TOWNS.has(word));
  if (nameWords.some((word) => NAMED.has(word))) return false;
  if (nameWords.some((word) => STOPS.has(word))) return speaksOfTown;
  const opening = descriptionWords.slice(0, 3);
  return (
    nameWords.some((word) => PLACES.has(word)) ||
    opening.some((word) => TOWNS.has(word)) ||
    opening[0] === 'location'
  );
}
