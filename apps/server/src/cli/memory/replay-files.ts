/** The events and needs of a replay, read from files. */
import {
  BRIEF_PURPOSE,
  type FactValue,
  findValue,
  type Predicate,
  type ReplayEvent,
  type ReplayNeed,
  type Saying,
} from '@keepsake/memory';
import type { Line } from './line-file.ts';
import type { Vocabulary } from './vocabulary.ts';

const BASES = ['stated', 'confirmed', 'observed', 'inferred', 'imported'] as const;
const POLARITIES = ['like', 'dislike', 'require', 'forbid'] as const;
const EVENT_KEYS = [
  ...['at', 'recordedAt', 'subject', 'identifiers', 'channel', 'place', 'scope', 'basis'],
  ...['polarity', 'says', 'declines', 'purposes', 'withdraws'],
];
const NEED_KEYS = ['at', 'subject', 'purpose', 'context', 'needs'];
const SCOPE_KEYS: ReadonlySet<string> = new Set(['place', 'category', 'occasion']);

/** One event of a line. What is wrong with it goes to the faults of the line. */
export function readEvent(line: Line, vocabulary: Vocabulary): ReplayEvent {
  line.expectKeys(EVENT_KEYS);
  const at = line.instant('at');
  const place = line.optionalText('place') ?? '';
  const scope = line.member('scope') === undefined ? { place } : readScope(line, 'scope');
  const declined = new Set(line.texts('declines'));
  for (const [name, said] of line.object('says')) if (said === null) declined.add(name);
  return {
    at,
    recordedAt: line.optionalInstant('recordedAt') ?? at,
    subject: line.text('subject'),
    identifiers: readIdentifiers(line),
    channel: line.optionalText('channel') ?? '',
    place,
    scope,
    basis: line.oneOf('basis', BASES, 'stated'),
    says: readSayings(line, vocabulary),
    declines: [...declined].flatMap((name) => vocabulary.predicate(name, line)?.name ?? []).sort(),
    purposes: [...vocabulary.purposes(line.texts('purposes'), line)].sort(),
    withdraws: [...vocabulary.purposes(line.texts('withdraws'), line)].sort(),
  };
}

/** One need of a line, likewise. */
export function readNeed(line: Line, vocabulary: Vocabulary): ReplayNeed {
  line.expectKeys(NEED_KEYS);
  const purpose = line.optionalText('purpose') ?? BRIEF_PURPOSE;
  vocabulary.purposes([purpose], line);
  const needs = line.texts('needs');
  if (needs.length === 0) line.fault("'needs' is empty; name at least one predicate");
  for (const name of needs) {
    if (vocabulary.predicate(name, line)?.retired === true) {
      line.fault(`the predicate '${name}' is retired and may not be asked; leave it out`);
    }
  }
  const context = readScope(line, 'context');
  return { at: line.instant('at'), subject: line.text('subject'), purpose, context, needs };
}

function readScope(line: Line, key: string): ReplayNeed['context'] {
  const parts = line.object(key).filter(([name]) => SCOPE_KEYS.has(name));
  const texts = parts.filter(([, text]) => typeof text === 'string');
  if (texts.length < parts.length)
    line.fault(`'${key}' has a place, category or occasion that is no text`);
  return Object.fromEntries(texts);
}

/** Addresses in small letters and numbers without blanks, so that equal ones are equal texts. */
function readIdentifiers(line: Line): Readonly<Record<string, string>> {
  const identifiers: [string, string][] = [];
  for (const [kind, value] of line.object('identifiers')) {
    const text = typeof value === 'number' ? String(value) : value;
    if (text === null || text === '') continue;
    if (typeof text !== 'string') line.fault(`the identifier '${kind}' is no text`);
    else identifiers.push([kind, tidyIdentifier(kind, text)]);
  }
  return Object.fromEntries(identifiers.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function tidyIdentifier(kind: string, text: string): string {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  return /phone|tel|mobile/i.test(kind) ? plain.replace(/[^\d+]/g, '') : plain;
}

function readSayings(line: Line, vocabulary: Vocabulary): readonly Saying[] {
  const polarity = line.oneOf('polarity', POLARITIES, 'like');
  return line.object('says').flatMap(([name, said]): readonly Saying[] => {
    const predicate = vocabulary.predicate(name, line);
    if (predicate === undefined || said === null) return [];
    const own = polarityIn(said, line) ?? polarity;
    const values = valuesIn(said, predicate);
    if (values === undefined) {
      line.fault(
        `what is said of '${name}' is no text, number, true or false, nor a list of these`,
      );
      return [];
    }
    const meant = values.filter((value) => vocabulary.accepts(predicate, value, line));
    return meant.map((value) => ({ predicate: predicate.name, value, polarity: own }));
  });
}

function polarityIn(said: unknown, line: Line): Saying['polarity'] | undefined {
  if (typeof said !== 'object' || said === null || !('polarity' in said)) return undefined;
  const polarity = POLARITIES.find((one) => one === said.polarity);
  if (polarity === undefined) line.fault(`'polarity' must be one of ${POLARITIES.join(', ')}`);
  return polarity;
}

/** One value, or several: of a predicate that has one at a time these are forms of the same. */
function valuesIn(said: unknown, predicate: Predicate): readonly FactValue[] | undefined {
  const { cardinality, kind } = predicate;
  const inner = typeof said === 'object' && said !== null && 'value' in said ? said.value : said;
  const items: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  const values = items.filter(isValue).map((value) => (WRITTEN.has(kind) ? String(value) : value));
  if (values.length < items.length) return undefined;
  if (cardinality === 'many') return values;
  const isDated = kind === 'date' || kind === 'time';
  const telling = isDated ? values.find((value) => /\d/.test(String(value))) : undefined;
  const meaningful = values.find((value) => findValue(predicate, value) !== undefined);
  return [telling ?? meaningful ?? values[0] ?? []].flat();
}

/** Kinds whose values are texts, whatever JSON made of them. */
const WRITTEN: ReadonlySet<Predicate['kind']> = new Set(['text', 'place', 'date', 'time']);

function isValue(item: unknown): item is FactValue {
  return ['string', 'number', 'boolean'].includes(typeof item);
}
