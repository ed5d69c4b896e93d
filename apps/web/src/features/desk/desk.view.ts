import type { Fact, Predicate } from '@keepsake/contract';
import type { LocalText } from '../../ui/locale.tsx';

/** A predicate with whatever other words a company has for its values. */
export type NotePredicate = Omit<Predicate, 'values'> & {
  readonly values: readonly {
    readonly id: string;
    readonly label: LocalText;
    readonly synonyms?: readonly LocalText[];
  }[];
};

/** Something that a few typed words may mean. */
export interface Suggestion {
  readonly predicate: string;
  readonly label: LocalText;
  readonly value: string | number | boolean;
  readonly valueLabel: LocalText;
  readonly polarity: Fact['polarity'];
  readonly purpose: string;
  readonly sensitivity: Fact['sensitivity'];
}

interface Word {
  readonly text: string;
  /** How much a match says: names of things and values most, words of the question least. */
  readonly weight: number;
}

/** One thing that can be noted, with all the words that lead to it. */
export interface NoteEntry {
  readonly predicate: NotePredicate;
  /** The id of a choice; undefined for yes or no, and for numbers. */
  readonly value: string | undefined;
  readonly valueLabel: LocalText;
  readonly words: readonly Word[];
  /** The words of the value alone. */
  readonly ownWords: readonly string[];
  /** The words of its name, by language: what is typed in full is meant in full. */
  readonly names: readonly (readonly string[])[];
  readonly isRelevant: boolean;
}

const NAME = 3;
const CODE = 2;
const QUESTION = 1;
const LABEL_LANGUAGES = ['en', 'de'] as const;

// Words that turn the meaning, that strengthen it, and that say nothing; English and German.
const TURNING = setOf(
  'no not dont doesnt without hates hate dislikes dislike avoid avoids kein keine keinen keiner nicht ohne hasst',
);
const BANNING = setOf('never nie niemals');
const INSISTING = setOf('must only always needs need required unbedingt nur immer braucht muss');
const EMPTY = setOf(
  'a an the to for of in on is has have he she they likes like wants want would prefers prefer loves love please some any ' +
    'ein eine einen einem der die das den zu für mit ist hat er sie mag möchte gern gerne lieber bitte hätte will',
);

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(plain));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').normalize('NFD').replace(/\p{M}/gu, '');
}

/** The words and numbers of a text, without case, accents and signs. */
export function tokensOf(text: string): readonly string[] {
  return plain(text.replace(/['’]/g, '')).match(/\d+(?:[.,]\d+)?|\p{L}+/gu) ?? [];
}

function wordsOf(texts: readonly string[], weight: number): readonly Word[] {
  return texts.flatMap((text) => tokensOf(text).map((word) => ({ text: word, weight })));
}

function namesIn(texts: readonly (LocalText | undefined)[]): readonly (readonly string[])[] {
  return LABEL_LANGUAGES.map((language) =>
    texts.flatMap((text) => tokensOf(text?.[language] ?? '')),
  ).filter((name) => name.length > 0);
}

/** Kinds that a few words can say; what is written freely goes into the note's text. */
const NOTED: ReadonlySet<NotePredicate['kind']> = new Set(['choice', 'number', 'boolean']);

/** Everything that can be noted. `relevant` names what the company's families can act on. */
export function entriesOf(
  predicates: readonly NotePredicate[],
  relevant: ReadonlySet<string>,
): readonly NoteEntry[] {
  return predicates.flatMap((predicate): readonly NoteEntry[] => {
    const shared = [
      ...wordsOf(Object.values(predicate.label), NAME),
      ...wordsOf([predicate.name.replaceAll('_', ' '), predicate.unit ?? ''], CODE),
      ...wordsOf(Object.values(predicate.question), QUESTION),
    ];
    const base = {
      predicate,
      isRelevant: relevant.has(predicate.name) || predicate.sensitivity === 'special',
    };
    if (!NOTED.has(predicate.kind)) return [];
    if (predicate.kind !== 'choice') {
      const names = namesIn([predicate.label]);
      const own = { value: undefined, valueLabel: predicate.label, ownWords: [] };
      return [{ ...base, ...own, words: shared, names }];
    }
    return predicate.values.map((value) => {
      const own = wordsOf(
        [value.label, ...(value.synonyms ?? [])].flatMap((words) => Object.values(words)),
        NAME,
      );
      return {
        ...base,
        value: value.id,
        valueLabel: value.label,
        words: [...own, ...shared],
        ownWords: own.map(({ text }) => text),
        names: namesIn([predicate.label, value.label]),
      };
    });
  });
}

function stemOf(token: string): string {
  return token.length < 5 ? token : token.replace(/(?:es|en|s|n)$/, '');
}

/** How well a typed word fits a known one, from 0 to 1. */
function fitOf(token: string, word: string): number {
  if (word === token) return 1;
  if (word.startsWith(token)) return 0.8;
  const stem = stemOf(token);
  if (stem.length >= 4 && word.startsWith(stem)) return 0.7;
  // German writes words together: “Allergie” is inside “Federallergie”.
  return stem.length >= 5 && word.includes(stem) ? 0.5 : 0;
}

function bestFit(token: string, words: readonly Word[]): number {
  return Math.max(0, ...words.map(({ text, weight }) => fitOf(token, text) * weight));
}

/** How much of a name's letters is typed, from 0 to 1. */
function coverageOf(tokens: readonly string[], name: readonly string[]): number {
  const shares = name.map((word) => {
    const typed = tokens.filter((token) => fitOf(token, word) > 0).map(stemOf);
    return Math.min(1, typed.join('').length / stemOf(word).length);
  });
  return shares.reduce((sum, share) => sum + share, 0) / name.length;
}

/** From here on a name counts as typed in full: a missing ending does not matter. */
const FULL = 0.75;

interface Reading {
  readonly content: readonly string[];
  readonly isTurned: boolean;
  readonly isBan: boolean;
  readonly isInsisting: boolean;
}

function readPhrase(tokens: readonly string[]): Reading {
  const isBan = tokens.some((token) => BANNING.has(token));
  return {
    content: tokens.filter(
      (token) => ![TURNING, BANNING, INSISTING, EMPTY].some((set) => set.has(token)),
    ),
    isTurned: isBan || tokens.some((token) => TURNING.has(token)),
    isBan,
    isInsisting: tokens.some((token) => INSISTING.has(token)),
  };
}

const isNumber = (token: string): boolean => /^\d/.test(token);

/** What a match is worth; undefined where a word finds nothing. */
function scoreOf(entry: NoteEntry, tokens: readonly string[]): number | undefined {
  const isMeasure = entry.predicate.kind === 'number';
  const words = isMeasure ? tokens.filter((token) => !isNumber(token)) : tokens;
  if (words.length === 0 || (isMeasure && tokens.length - words.length !== 1)) return undefined;
  const fits = words.map((token) =>
    isNumber(token)
      ? Number(entry.words.some(({ text }) => text === token)) * NAME
      : bestFit(token, entry.words),
  );
  if (fits.includes(0)) return undefined;
  const coverage = Math.max(...entry.names.map((name) => coverageOf(words, name)));
  // What is only said by the way is a wish; to call it an illness takes the illness's own name.
  const reserve = entry.predicate.sensitivity === 'special' && coverage < FULL ? 0.75 : 0;
  const sum = fits.reduce((total, fit) => total + fit, 0);
  return sum / fits.length + coverage + (entry.isRelevant ? 0.5 : 0) - reserve;
}

function meaningOf(entry: NoteEntry, reading: Reading, isTurned: boolean): Suggestion {
  const { predicate, valueLabel } = entry;
  const { name, label, purpose, sensitivity, unit } = predicate;
  const base = { predicate: name, label, valueLabel, purpose, sensitivity };
  const isSpecial = sensitivity === 'special';
  const polarity = isSpecial || reading.isInsisting ? 'require' : 'like';
  if (predicate.kind === 'number') {
    const value = Number((reading.content.find(isNumber) ?? '0').replace(',', '.'));
    const text = unit === null ? String(value) : `${value} ${unit}`;
    return { ...base, value, valueLabel: { en: text }, polarity: 'like' };
  }
  if (entry.value !== undefined) {
    const turned = reading.isBan ? 'forbid' : 'dislike';
    return { ...base, value: entry.value, polarity: isTurned ? turned : polarity };
  }
  // “No feathers” asks for care, “no feather allergy” says that there is none.
  const isNamed = entry.names.some((words) => coverageOf(reading.content, words) >= FULL);
  return { ...base, value: !isTurned || (isSpecial && !isNamed), polarity };
}

/** Few enough to be read at a glance. */
const SUGGESTIONS_MAX = 6;

function suggestionsFor(
  tokens: readonly string[],
  entries: readonly NoteEntry[],
): readonly Suggestion[] {
  const reading = readPhrase(tokens);
  if (reading.content.join('').length < 2) return [];
  const said = tokens.filter((token) => !EMPTY.has(token) && !INSISTING.has(token));
  const matches = entries.flatMap((entry) => {
    // “Without nuts” may be the name of a value; then nothing is turned.
    const hasOwn = said.every(
      (token) => reading.content.includes(token) || entry.words.some((word) => word.text === token),
    );
    const literal = hasOwn ? scoreOf(entry, said) : undefined;
    const score = literal ?? (reading.isTurned ? scoreOf(entry, reading.content) : undefined);
    const isTurned = literal === undefined && reading.isTurned;
    // A measure cannot be turned round.
    if (score === undefined || (isTurned && entry.predicate.kind === 'number')) return [];
    const isOwn = said.some((token) => entry.ownWords.some((word) => fitOf(token, word) > 0));
    return [{ score, isOwn, suggestion: meaningOf(entry, reading, isTurned) }];
  });
  // Once a value is named, the other values of the same thing are not meant.
  const settled = new Set(matches.flatMap((each) => (each.isOwn ? each.suggestion.predicate : [])));
  return matches
    .filter(({ isOwn, suggestion }) => isOwn || !settled.has(suggestion.predicate))
    .sort((a, b) => b.score - a.score)
    .slice(0, SUGGESTIONS_MAX)
    .map(({ suggestion }) => suggestion);
}

/** What a typed text may mean. */
export interface Suggested {
  readonly suggestions: readonly Suggestion[];
  /** The part of the text before the words that are meant. */
  readonly before: string;
}

/**
 * What the whole text may mean, best first; every word must begin a known one. Where the text
 * means nothing as a whole, its last two to four words are tried, and what stands before them is
 * kept as the note's own words.
 */
export function suggest(text: string, entries: readonly NoteEntry[]): Suggested {
  const whole = suggestionsFor(tokensOf(text), entries);
  if (whole.length > 0) return { suggestions: whole, before: '' };
  const words = text.split(/\s+/).filter((word) => word !== '');
  for (const count of [4, 3, 2]) {
    if (count >= words.length) continue;
    const suggestions = suggestionsFor(tokensOf(words.slice(-count).join(' ')), entries);
    if (suggestions.length > 0) return { suggestions, before: words.slice(0, -count).join(' ') };
  }
  return { suggestions: [], before: '' };
}
