/** Which slots of different services may mean the same, for a person to decide. */
import { compareText } from './order.ts';
import type { Slot } from './schema-read.ts';

/** A link that a person may accept. */
export interface LinkProposal {
  readonly a: string;
  readonly b: string;
  readonly as: 'counterpart';
  /** From 0 to 1, in hundredths. */
  readonly strength: number;
  readonly reason: string;
  readonly accepted: boolean;
}

/** From this strength on, a proposal counts as strong. */
export const STRONG_LINK = 0.65;
/** What is weaker is not worth a look. */
const LEAST_LINK = 0.4;

/**
 * Proposes links between slots of different services that can be asked for: by what they are about
 * (a town, a day, a time of day, people counted) and which end of it (from or to), else by name,
 * description and values. The strongest first. Quadratic in the slots.
 */
export function proposeLinks(slots: readonly Slot[]): readonly LinkProposal[] {
  const asked = slots
    .filter(({ use }) => use !== 'told')
    .map(describedSlot)
    .map((one, _at, all) => (isBesideTown(one, all) ? { ...one, topic: null } : one));
  const proposals = asked.flatMap((a, at) =>
    asked.slice(at + 1).flatMap((b) => {
      if (a.slot.service === b.slot.service || areApart(a.slot, b.slot)) return [];
      const { strength, reason } = likeness(a, b);
      if (strength < LEAST_LINK) return [];
      const base = { a: a.slot.name, b: b.slot.name, as: 'counterpart' as const };
      return [{ ...base, strength: Math.round(strength * 100) / 100, reason, accepted: false }];
    }),
  );
  return proposals.sort(
    (x, y) => y.strength - x.strength || compareText(`${x.a} ${x.b}`, `${y.a} ${y.b}`),
  );
}

/** A service that asks for a town means something else by its other places. */
function isBesideTown({ slot, topic }: Described, all: readonly Described[]): boolean {
  return (
    (topic === 'spot' || topic === 'area') &&
    all.some((other) => other.topic === 'town' && other.slot.service === slot.service)
  );
}

type Topic = 'town' | 'area' | 'spot' | 'day' | 'hour' | 'people' | null;
/** Of a day, which end of a stay or hire it is; of a place, whether a journey begins there. */
type End = 'from' | 'to' | null;

interface Described {
  readonly slot: Slot;
  readonly topic: Topic;
  readonly end: End;
}

const FROM =
  /\b(from|origin|source|leaving|depart(ure|ing)?|outbound|start(ing)?|begin(ning)?|check ?in|pick ?up)\b/;
const TO =
  /\b(to|destination|going|arriv(al|ing)|return(ing)?|inbound|end(ing)?|until|check ?out|drop ?off)\b/;
/** Where a car is picked up is where one has come to, so that it is no beginning of a journey. */
const ORIGIN =
  /\b(from|origin|originates?|source|leaving|depart(s|ure|ing)?|starts?|starting|begins?)\b/;
const PEOPLE = new Set(
  'people person traveler traveller passenger rider seat guest adult ticket party group member visitor attendee'.split(
    ' ',
  ),
);
const COUNTED = new Set(['number', 'num', 'size', 'count']);
const ONCE = new Set('birth birthday release expiry expiration due'.split(' '));

function describedSlot(slot: Slot): Described {
  const { kind, nameWords, descriptionWords } = slot;
  const words = [...nameWords, ...descriptionWords];
  const has = (some: ReadonlySet<string>): boolean => words.some((word) => some.has(word));
  if (has(COUNTED) && has(PEOPLE)) return { slot, topic: 'people', end: null };
  if (has(ONCE)) return { slot, topic: null, end: null };
  switch (kind) {
    case 'place':
      return { slot, topic: has(TOWN) ? 'town' : has(AREA) ? 'area' : 'spot', end: originOf(slot) };
    case 'date':
      return { slot, topic: 'day', end: endOf(nameOf(slot)) };
    case 'time':
      return { slot, topic: 'hour', end: null };
    default:
      return { slot, topic: null, end: null };
  }
}

const TOWN = new Set(['city', 'town']);
/** Most likely a town; a destination alone may be any address. */
const AREA = new Set(['location', 'area', 'region', 'district']);

/** The name without its service, in words. */
function nameOf({ name }: Slot): string {
  return (name.split('.').at(-1) ?? '').replaceAll('_', ' ').toLowerCase();
}

function endOf(name: string): End {
  if (FROM.test(name)) return 'from';
  return TO.test(name) ? 'to' : null;
}

function originOf(slot: Slot): End {
  const name = nameOf(slot);
  if (TO.test(name)) return 'to';
  return ORIGIN.test(name) || ORIGIN.test(slot.description.toLowerCase()) ? 'from' : 'to';
}

interface Likeness {
  readonly strength: number;
  readonly reason: string;
}

const NONE: Likeness = { strength: 0, reason: '' };

function likeness(a: Described, b: Described): Likeness {
  const isPlace = ({ slot, topic }: Described): boolean => slot.kind === 'place' && topic !== null;
  if (isPlace(a) && isPlace(b)) return likePlaces(a, b);
  if (a.topic !== b.topic) return NONE;
  switch (a.topic) {
    case 'day':
      return likeDays(a, b);
    case 'hour':
      return { strength: 0.45, reason: 'both are times of day' };
    case 'people':
      return { strength: 0.8, reason: 'both count people' };
    default:
      return likeWords(a.slot, b.slot);
  }
}

function likeDays(a: Described, b: Described): Likeness {
  switch (endsOf(a, b)) {
    case 'same':
      return { strength: 0.8, reason: 'both are days of the same end' };
    case 'open':
      return { strength: 0.7, reason: 'both are days' };
    case 'opposite':
      return { strength: 0.5, reason: 'both are days, but of opposite ends' };
  }
}

function likePlaces(a: Described, b: Described): Likeness {
  const isTown = a.topic === 'town' && b.topic === 'town';
  const where = isTown ? 'both are towns' : 'both are places, perhaps towns';
  if (a.end !== b.end) return { strength: 0.45, reason: `${where}, but a journey begins at one` };
  if (isTown) return { strength: 0.85, reason: where };
  const isVague = a.topic === 'spot' || b.topic === 'spot';
  return { strength: isVague ? 0.55 : 0.65, reason: where };
}

function endsOf(a: Described, b: Described): 'same' | 'open' | 'opposite' {
  if (a.end === null || b.end === null) return 'open';
  return a.end === b.end ? 'same' : 'opposite';
}

/** By the words of names and descriptions, and values that both have. */
function likeWords(a: Slot, b: Slot): Likeness {
  const names = overlap(a.nameWords, b.nameWords);
  const around = overlap(
    without(a.descriptionWords, a.nameWords),
    without(b.descriptionWords, b.nameWords),
  );
  const values = sharedValues(a, b);
  const isSameName = names === 1;
  const kin = domainOf(a) === domainOf(b) ? 0.2 : 0;
  const strength = isSameName
    ? 0.5 + kin + (0.5 - kin) * (0.6 * around + 0.4 * values)
    : 0.45 * names + 0.3 * around + 0.25 * values;
  const parts = [
    ...(names > 0 ? [isSameName ? 'the same name' : 'names alike'] : []),
    ...(around > 0 ? ['descriptions alike'] : []),
    ...(values > 0 ? ['values in common'] : []),
    ...(kin > 0 ? ['services of one kind'] : []),
  ];
  return { strength, reason: parts.join(', ') };
}

function without(words: readonly string[], others: readonly string[]): readonly string[] {
  return words.filter((word) => !others.includes(word));
}

/** Words in common among all words (Jaccard 1901). */
function overlap(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b]);
  const common = [...all].filter((word) => a.includes(word) && b.includes(word));
  return all.size === 0 ? 0 : common.length / all.size;
}

/** The part of the shorter list that the other has too; numbers and yes or no are in every list. */
function sharedValues(a: Slot, b: Slot): number {
  const telling = (slot: Slot): readonly string[] =>
    slot.values
      .map((value) => value.toLowerCase())
      .filter((value) => !/^(\d+|true|false)$/.test(value));
  const [x, y] = [telling(a), telling(b)];
  const least = Math.min(x.length, y.length);
  return least === 0 ? 0 : x.filter((value) => y.includes(value)).length / least;
}

/** Two lists of values that have none in common mean different things. */
function areApart(a: Slot, b: Slot): boolean {
  if (a.values.length === 0 || b.values.length === 0) return false;
  const values = new Set(a.values.map((value) => value.toLowerCase()));
  return !b.values.some((value) => values.has(value.toLowerCase()));
}

/** `Hotels_1` and `Hotels_4` are services of one kind. */
function domainOf({ service }: Slot): string {
  return service.replace(/[_-]?\d+$/, '').toLowerCase();
}
