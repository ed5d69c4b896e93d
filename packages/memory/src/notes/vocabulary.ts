import {
  ARTICLES,
  COMPARING,
  EMPTY,
  FAMILIES,
  FAMILY_ENDS,
  FAMILY_PHRASES,
  GUEST_WORDS,
  MEASURE_WORDS,
  NEARNESS,
  NUMBERS,
  OTHERS,
  PHRASES,
  type Role,
} from './language.data.ts';
import { plainText } from './tokens.ts';

/** Most words in a fixed phrase. */
export const PHRASE_WORDS_MAX = 5;

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function phrases(text: string): readonly string[] {
  return text.split('|').map((phrase) => words(phrase).join(' '));
}

function wordSet(text: string): ReadonlySet<string> {
  return new Set(words(text).flatMap((word) => [word, plainText(word)]));
}

function byWord<V extends string>(groups: Readonly<Record<V, string>>): ReadonlyMap<string, V> {
  const entries = Object.entries<string>(groups);
  // The keys of the record are V by its type.
  return new Map(entries.flatMap(([name, text]) => words(text).map((word) => [word, name as V])));
}

function rolesByPhrase(): ReadonlyMap<string, Role> {
  const roles = new Map<string, Role>();
  for (const [role, text] of Object.entries(PHRASES)) {
    for (const phrase of phrases(text)) {
      if (!roles.has(phrase)) roles.set(phrase, role as Role);
    }
  }
  // Said once as a comparison, which outranks what the words say one by one.
  for (const phrase of phrases(PHRASES.contrast)) roles.set(phrase, 'contrast');
  return roles;
}

/** Role of a word or a fixed phrase, its words parted by one space. */
export const ROLES: ReadonlyMap<string, Role> = rolesByPhrase();
/** Family of a fixed phrase. */
export const PHRASE_FAMILIES: ReadonlyMap<string, string> = new Map(
  Object.entries(FAMILY_PHRASES).flatMap(([family, text]) =>
    phrases(text).map((phrase) => [phrase, family] as const),
  ),
);
/** First words of all fixed phrases of several words. */
export const PHRASE_BEGINNINGS: ReadonlySet<string> = new Set(
  [...ROLES.keys(), ...PHRASE_FAMILIES.keys()]
    .filter((phrase) => phrase.includes(' '))
    .map((phrase) => phrase.slice(0, phrase.indexOf(' '))),
);
/** Words that say nothing by themselves. */
export const EMPTY_WORDS: ReadonlySet<string> = wordSet(EMPTY);
/** Words before a noun that change nothing about it. */
export const ARTICLE_WORDS: ReadonlySet<string> = wordSet(ARTICLES);
/** Words of a label that name a measure or a kind rather than a thing. */
export const MEASURES: ReadonlySet<string> = wordSet(MEASURE_WORDS);
/** Words beside a number that make it a bound or a difference. */
export const COMPARISONS: ReadonlySet<string> = wordSet(COMPARING);
/** Words for people beside the guest, and what can stand for them later. */
export const OTHER_PEOPLE: ReadonlyMap<string, 'she' | 'he' | 'they'> = byWord(OTHERS);
/** Words for the guest, and what they can stand for. */
export const GUEST_NAMES: ReadonlyMap<string, 'she' | 'he' | 'guest'> = byWord(GUEST_WORDS);
/** Family of a word by what it is derived from. */
export const FAMILY_OF: ReadonlyMap<string, string> = byWord(FAMILIES);
/** Words that say near or far. */
export const NEAR_OR_FAR: ReadonlyMap<string, 'near' | 'far'> = byWord(NEARNESS);
/** Numbers said in words. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries(NUMBERS).flatMap(([word, number]) => [
    [word, number] as const,
    [plainText(word), number] as const,
  ]),
);

/** The family that a plain German compound ends in, and what stands before the end. */
export function familyEnd(
  plain: string,
): { readonly family: string; readonly rest: string } | undefined {
  for (const [family, ends] of Object.entries(FAMILY_ENDS)) {
    for (const end of words(ends)) {
      const bare = plain.endsWith(end) ? plain : plain.replace(/(?:en|es|er|em|e|n)$/, '');
      if (bare.endsWith(end) && bare.length > end.length + 2) {
        return { family, rest: bare.slice(0, -end.length) };
      }
    }
  }
  return undefined;
}

/** Whether a word of a label turns it into its opposite or into nothing. */
export function isNegator(lower: string): boolean {
  const role = ROLES.get(lower);
  return (
    role === 'no' || role === 'not' || lower === 'none' || lower === 'nothing' || lower === 'nichts'
  );
}

const GERMAN_HINTS = wordSet(
  'der die das den dem ein eine einen einem und mit ist nicht kein keine bitte möchte im er sie auf für gern lieber nur aussicht',
);
const ENGLISH_HINTS = wordSet(
  'the a an and with is not please he she they wants likes would his her for to of no never prefers',
);
const GERMAN_ONLY = wordSet('will mag war waren an also');
const ENGLISH_ONLY = wordSet('had was were');

/** What a word must not be taken for, by the language most of the note is in. */
export function foreignWords(lowers: readonly string[]): ReadonlySet<string> {
  let balance = 0;
  for (const lower of lowers) {
    if (GERMAN_HINTS.has(lower)) balance += 1;
    if (ENGLISH_HINTS.has(lower)) balance -= 1;
  }
  if (balance === 0) return new Set();
  return balance > 0 ? ENGLISH_ONLY : GERMAN_ONLY;
}
