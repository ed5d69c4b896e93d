import type { Role } from './language.data.ts';
import { keysOfWord, type Lexicon } from './lexicon.ts';
import { type PlaceNames, placeAt } from './places.ts';
import { nearestWord } from './spelling.ts';
import { stemGerman, WORD_LENGTH_MAX } from './stem.ts';
import { plainText, type Token } from './tokens.ts';
import {
  EMPTY_WORDS,
  FAMILY_OF,
  foreignWords,
  NEAR_OR_FAR,
  NUMBER_WORDS,
  PHRASE_BEGINNINGS,
  PHRASE_FAMILIES,
  PHRASE_WORDS_MAX,
  ROLES,
} from './vocabulary.ts';

/** A token with what it can mean. */
export interface Word extends Token {
  /** Keys of the lexicon; of a compound, also those of its parts. */
  readonly keys: ReadonlySet<string>;
  readonly role: Role | undefined;
  /** The number it says. */
  readonly number: number | undefined;
  /** Path of the place whose name it is, or is part of. */
  readonly place: string | undefined;
  /** True: it says nothing about any fact, besides its role. */
  readonly isEmpty: boolean;
  /** True: it was understood only after a slip of the fingers was put right. */
  readonly isCorrected: boolean;
}

const NOTHING: ReadonlySet<string> = new Set();
const LANGUAGES = ['en', 'de'] as const;

/** Every token with its meanings. Linear: what is looked at around a token is bounded. */
export function wordsOf(
  tokens: readonly Token[],
  lexicon: Lexicon,
  places: PlaceNames,
): readonly Word[] {
  const foreign = foreignWords(tokens.map(({ lower }) => lower));
  const words: Word[] = [];
  while (words.length < tokens.length) {
    const at = words.length;
    const place = placeAt(places, (offset) => plainAt(tokens, at + offset));
    if (place !== undefined) {
      words.push(
        ...tokens.slice(at, at + place.length).map((token) => placeWord(token, place.place)),
      );
      continue;
    }
    const phrase = fixedPhrase(tokens, at, foreign);
    if (phrase !== undefined) {
      words.push(
        ...tokens.slice(at, at + phrase.length).map((token, n) => phraseWord(token, n, phrase)),
      );
      continue;
    }
    const token = tokens[at];
    if (token !== undefined) words.push(singleWord(token, tokens[at + 1], lexicon));
  }
  return words;
}

function plainAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === 'word' ? token.plain : undefined;
}

function blank(token: Token): Word {
  return {
    ...token,
    keys: NOTHING,
    role: undefined,
    number: undefined,
    place: undefined,
    isEmpty: token.kind === 'mark',
    isCorrected: false,
  };
}

function placeWord(token: Token, place: string): Word {
  return { ...blank(token), place, isEmpty: true };
}

interface FixedPhrase {
  readonly length: number;
  readonly role: Role | undefined;
  readonly family: string | undefined;
}

function fixedPhrase(
  tokens: readonly Token[],
  at: number,
  foreign: ReadonlySet<string>,
): FixedPhrase | undefined {
  const first = tokens[at]?.lower ?? '';
  let said = first;
  let found = rolePhrase(first, 1, foreign);
  if (!PHRASE_BEGINNINGS.has(first)) return found;
  for (let length = 2; length <= PHRASE_WORDS_MAX; length += 1) {
    const token = tokens[at + length - 1];
    if (token === undefined || token.kind !== 'word') break;
    said += ` ${token.lower}`;
    found = rolePhrase(said, length, foreign) ?? found;
  }
  return found;
}

function rolePhrase(
  said: string,
  length: number,
  foreign: ReadonlySet<string>,
): FixedPhrase | undefined {
  if (foreign.has(said)) return undefined;
  const family = PHRASE_FAMILIES.get(said);
  const role = ROLES.get(said);
  return family === undefined && role === undefined ? undefined : { length, role, family };
}

function phraseWord(token: Token, position: number, { role, family }: FixedPhrase): Word {
  const keys = position === 0 && family !== undefined ? new Set([`~${family}`]) : NOTHING;
  return { ...blank(token), keys, role: position === 0 ? role : undefined, isEmpty: true };
}

function singleWord(token: Token, next: Token | undefined, lexicon: Lexicon): Word {
  if (token.kind === 'mark') return blank(token);
  if (token.kind === 'number') return numberWord(token, next);
  const keys = knownKeys(token, lexicon);
  const number = numberSaid(token, next, lexicon);
  if (number !== undefined) {
    return { ...blank(token), number, keys: new Set([...keys, `#${number}`]) };
  }
  const isEmpty = EMPTY_WORDS.has(token.lower);
  if (keys.size > 0 || isEmpty) return { ...blank(token), keys, isEmpty };
  return corrected(token, lexicon);
}

/** “A soft one” counts nothing; “ein Paar” is two, “ein paar” is some. */
function numberSaid(
  { raw, lower }: Token,
  next: Token | undefined,
  lexicon: Lexicon,
): number | undefined {
  const said = NUMBER_WORDS.get(lower);
  const isCounting = next?.kind === 'word' && knownKeys(next, lexicon).size > 0;
  if (said !== undefined) return said === 1 && !isCounting ? undefined : said;
  if (lower === 'pair' && next?.lower === 'of') return 2;
  return raw === 'Paar' ? 2 : undefined;
}

function numberWord(token: Token, next: Token | undefined): Word {
  const isGlued = next?.start === token.end && next.kind === 'word';
  // “2nd” counts nothing; “19C” and “2x” do.
  const isOrdinal = isGlued && /^(?:st|nd|rd|th|ter|te|ten|tes)$/.test(next.lower);
  const value = Number(token.raw.replace(',', '.'));
  const number = isOrdinal || !Number.isFinite(value) ? undefined : value;
  const keys = number === undefined ? NOTHING : new Set([`#${number}`]);
  return { ...blank(token), number, keys };
}

function knownKeys({ lower, plain }: Token, lexicon: Lexicon): ReadonlySet<string> {
  if (plain.length > WORD_LENGTH_MAX) return NOTHING;
  const family = FAMILY_OF.get(lower);
  const nearness = NEAR_OR_FAR.get(lower);
  const keys = keysOfWord(plain, LANGUAGES, lexicon.keys).filter((key) => lexicon.keys.has(key));
  if (family !== undefined) keys.push(`~${family}`);
  if (nearness !== undefined) keys.push(`@${nearness}`);
  return keys.length === 0 ? NOTHING : new Set(keys);
}

function corrected(token: Token, lexicon: Lexicon): Word {
  const meant =
    nearestWord(lexicon.spelling, token.plain) ??
    nearestWord(lexicon.spelling, stemGerman(token.plain));
  if (meant === undefined) return blank(token);
  const plain = plainText(meant);
  const keys = knownKeys({ ...token, lower: meant, plain }, lexicon);
  const role = keys.size === 0 ? ROLES.get(meant) : undefined;
  return { ...blank(token), keys, role, isEmpty: role !== undefined, isCorrected: true };
}
