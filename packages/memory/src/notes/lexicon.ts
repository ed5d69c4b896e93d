import type { Words } from '@keepsake/kernel';
import type { FactValue, Ontology, Predicate } from '../ontology.ts';
import { UNIT_WORDS } from './language.data.ts';
import { type Spelling, spellingOf } from './spelling.ts';
import { stemGerman, wordKey } from './stem.ts';
import { plainText, type Token, tokensOf } from './tokens.ts';
import {
  EMPTY_WORDS,
  FAMILY_OF,
  familyEnd,
  isNegator,
  MEASURES,
  NEAR_OR_FAR,
  NUMBER_WORDS,
  ROLES,
} from './vocabulary.ts';

/** Something a note can tell: a predicate with one of its values. */
export interface Target {
  readonly predicate: Predicate;
  /** `none` is the value that says there shall be none; a number's value stands in the note. */
  readonly kind: 'choice' | 'none' | 'boolean' | 'number';
  readonly value: FactValue | undefined;
  /** Keys of words that name the thing it is about, and of those that only hint at it. */
  readonly strong: ReadonlySet<string>;
  readonly weak: ReadonlySet<string>;
}

/** One way of saying a target. */
export interface Phrase {
  readonly target: number;
  /** Keys of the words that must be there. */
  readonly own: readonly string[];
  /** Keys of its words that name the predicate; needed only where nothing else names it. */
  readonly topic: readonly string[];
  /** The preposition it begins with, where that is all that tells it from a mere mention. */
  readonly lead: string | undefined;
  /** True: it holds a no, which must be there too. */
  readonly isNegated: boolean;
  /** True: it holds an “and”. */
  readonly isJoined: boolean;
  readonly source: 'label' | 'question';
}

/** What a company's vocabulary means in words; made once an ontology by `lexiconOf`. */
export interface Lexicon {
  readonly targets: readonly Target[];
  readonly phrases: readonly Phrase[];
  /** Phrases by their rarest key. */
  readonly byAnchor: ReadonlyMap<string, readonly number[]>;
  /** Targets that are numbers, and those that say none, by the keys of what they are about. */
  readonly numbersByKey: ReadonlyMap<string, readonly number[]>;
  readonly nonesByKey: ReadonlyMap<string, readonly number[]>;
  /** Targets by the words of their unit. */
  readonly byUnit: ReadonlyMap<string, readonly number[]>;
  /** Every key of a word of the ontology. */
  readonly keys: ReadonlySet<string>;
  /** Keys that name what some predicate is about. */
  readonly topics: ReadonlySet<string>;
  readonly spelling: Spelling;
}

interface Label {
  readonly keys: readonly string[];
  readonly lead: string | undefined;
  readonly isNegated: boolean;
  readonly isJoined: boolean;
}

interface Draft {
  readonly targets: Target[];
  readonly phrases: Phrase[];
  readonly words: Set<string>;
  readonly stems: ReadonlySet<string>;
  /** Keys of the names of what stands in one category, such as everything about a bed. */
  readonly byCategory: ReadonlyMap<string, readonly string[]>;
}

const PREPOSITIONS = new Set(
  'in by at on with from bis auf in im mit von by until without ohne'.split(' '),
);
const CONJUNCTIONS = new Set(['and', 'und']);

/** The words of an ontology, ready to be found in notes. Cost: linear in its labels. */
export function lexiconOf(ontology: Ontology): Lexicon {
  const stems = new Set(ontology.predicates.flatMap(wholeKeys));
  const words = new Set([...ROLES.keys()].filter((phrase) => !phrase.includes(' ')));
  const byCategory = namesByCategory({ words, stems }, ontology);
  const draft: Draft = { targets: [], phrases: [], words, stems, byCategory };
  for (const predicate of ontology.predicates) addPredicate(draft, predicate);
  const { targets, phrases } = draft;
  const keys = new Set([
    ...phrases.flatMap(({ own, topic }) => [...own, ...topic]),
    ...targets.flatMap(({ strong }) => [...strong]),
  ]);
  return {
    targets,
    phrases,
    byAnchor: anchorsOf(phrases),
    numbersByKey: indexOf(targets, (target) => (target.kind === 'number' ? target.strong : [])),
    nonesByKey: indexOf(targets, (target) => (target.kind === 'none' ? target.strong : [])),
    byUnit: indexOf(targets, unitWordsOf),
    keys,
    topics: new Set(targets.flatMap(({ strong }) => [...strong])),
    spelling: spellingOf([...draft.words, ...[...draft.words].map(stemGerman)]),
  };
}

function indexOf<T>(
  items: readonly T[],
  keysOf: (item: T) => Iterable<string>,
): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  items.forEach((item, at) => {
    for (const key of new Set(keysOf(item))) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [at]);
      else known.push(at);
    }
  });
  return index;
}

function anchorsOf(phrases: readonly Phrase[]): ReadonlyMap<string, readonly number[]> {
  const all = indexOf(phrases, ({ own }) => own);
  const rarity = (key: string): number => all.get(key)?.length ?? 0;
  return indexOf(phrases, ({ own, isJoined }) => {
    // What is said with an “and” is read where it ends.
    if (isJoined) return own.slice(-1);
    const [rarest] = [...own].sort((a, b) => rarity(a) - rarity(b));
    return rarest === undefined ? [] : [rarest];
  });
}

function unitWordsOf({ kind, predicate }: Target): readonly string[] {
  if (kind !== 'number' || predicate.unit === null) return [];
  const unit = predicate.unit.toLowerCase();
  return [unit, ...(UNIT_WORDS[unit]?.split(' ') ?? [])];
}

function namesByCategory(
  draft: Pick<Draft, 'words' | 'stems'>,
  ontology: Ontology,
): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, category, label } of ontology.predicates) {
    // `room.type` names the room itself, so its word hints at everything about rooms.
    const isThing = MEASURES.has(name.slice(name.lastIndexOf('.') + 1));
    if (!category.includes('/') && !isThing) continue;
    const single = Object.entries(label)
      .map(([language, said]) => expand(labelOf(draft, language, said).keys))
      .filter((keys) => keys.length === 1);
    names.set(category, [...(names.get(category) ?? []), ...single.flat()]);
  }
  return names;
}

function textsOf(predicate: Predicate): readonly Words[] {
  const values = predicate.values.flatMap(({ label, synonyms }) => [label, ...synonyms]);
  return [predicate.label, ...values];
}

function wholeKeys(predicate: Predicate): readonly string[] {
  return textsOf(predicate).flatMap((text) =>
    Object.entries(text).flatMap(([language, said]) =>
      contentOf(said).map(({ plain }) => wordKey(language, plain)),
    ),
  );
}

function contentOf(text: string): readonly Token[] {
  return tokensOf(text).filter(
    ({ kind, lower }) => kind === 'word' && !EMPTY_WORDS.has(lower) && !isNegator(lower),
  );
}

/** The keys of one word: its own, its family's, and those of the parts it is made of. */
export function keysOfWord(
  plain: string,
  languages: readonly string[],
  known: ReadonlySet<string>,
): readonly string[] {
  const own = languages.map((language) => wordKey(language, plain));
  if (!languages.includes('de')) return own;
  const end = familyEnd(plain);
  if (end !== undefined) {
    const rests = [end.rest, withoutLink(end.rest)];
    const parts = languages.flatMap((language) => rests.map((rest) => wordKey(language, rest)));
    return [...own, ...parts, `~${end.family}`];
  }
  return [...own, ...partsOf(plain, known)];
}

function withoutLink(part: string): string {
  return part.length > 5 && part.endsWith('s') ? part.slice(0, -1) : part;
}

const PART_MIN = 3;
const COMPOUND_MIN = 7;
const COMPOUND_MAX = 40;

function partsOf(plain: string, known: ReadonlySet<string>): readonly string[] {
  if (plain.length < COMPOUND_MIN || plain.length > COMPOUND_MAX) return [];
  for (let at = plain.length - PART_MIN; at >= PART_MIN; at -= 1) {
    const last = wordKey('de', plain.slice(at));
    if (!known.has(last)) continue;
    const first = plain.slice(0, at);
    const firsts = [first, withoutLink(first), `${first}e`].map((part) => wordKey('de', part));
    const found = firsts.find((key) => known.has(key));
    if (found !== undefined) return [found, last];
  }
  return [];
}

function labelOf(draft: Pick<Draft, 'words' | 'stems'>, language: string, text: string): Label {
  const tokens = tokensOf(text).filter(({ kind }) => kind !== 'mark');
  const keys: string[] = [];
  for (const token of tokens) {
    const { lower, plain } = token;
    if (isNegator(lower) || CONJUNCTIONS.has(lower)) continue;
    const key = labelKey(draft, language, token);
    if (key === undefined) continue;
    keys.push(key);
    if (token.kind === 'word' && !key.startsWith('~') && !key.startsWith('#'))
      draft.words.add(plain);
  }
  const first = tokens[0]?.lower ?? '';
  return {
    keys: [...new Set(keys)],
    lead: PREPOSITIONS.has(first) && keys.length <= 2 ? first : undefined,
    isNegated: tokens.some(({ lower }) => isNegator(lower)),
    isJoined: tokens.some(({ lower }) => CONJUNCTIONS.has(lower)),
  };
}

function labelKey(
  { stems }: Pick<Draft, 'stems'>,
  language: string,
  { kind, raw, lower, plain }: Token,
): string | undefined {
  if (kind === 'number') return `#${Number(raw.replace(',', '.'))}`;
  const number = NUMBER_WORDS.get(lower);
  if (number !== undefined) return `#${number}`;
  const nearness = NEAR_OR_FAR.get(lower);
  if (nearness !== undefined) return `@${nearness}`;
  const family = FAMILY_OF.get(lower);
  if (family !== undefined) return `~${family}`;
  if (EMPTY_WORDS.has(lower) || MEASURES.has(lower)) return undefined;
  const end = language === 'de' ? familyEnd(plain) : undefined;
  // Known by its parts, so that it is found however it is written.
  if (end !== undefined) return `de+${wordKey('de', withoutLink(end.rest))}+~${end.family}`;
  const parts = language === 'de' ? partsOf(plain, stems) : [];
  return parts.length === 2 ? `de+${parts.join('+')}` : wordKey(language, plain);
}

function expand(keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => (key.startsWith('de+') ? key.slice(3).split('+') : [key]));
}

function addPredicate(draft: Draft, predicate: Predicate): void {
  if (predicate.retired === true) return;
  const telling = tellingKeys(draft, predicate);
  const names = [...labelKeys(draft, predicate.label), ...nameKeys(predicate)];
  const strong = new Set(names.filter((key) => !telling.has(key)));
  const question = questionKeys(draft, predicate);
  const [top = ''] = predicate.category.split('/');
  const near = [predicate.category, top].flatMap((path) => draft.byCategory.get(path) ?? []);
  const weak = new Set([...question.flat(), ...broadKeys(predicate), ...near]);
  const only = question.filter((keys) => keys.length === 1).flat();
  const about = { predicate, strong, weak };
  switch (predicate.kind) {
    case 'choice':
      addChoices(draft, { ...about, only });
      return;
    case 'boolean':
      addBoolean(draft, about, question);
      return;
    case 'number': {
      const label = new Set(labelKeys(draft, predicate.label));
      draft.targets.push({ ...about, strong: label, kind: 'number', value: undefined });
      return;
    }
    default:
      // Texts, dates and places have no words of their own to be found by.
      return;
  }
}

/** Words of values that the label repeats: they tell the values apart, not the predicate. */
function tellingKeys(draft: Draft, predicate: Predicate): ReadonlySet<string> {
  const label = new Set(labelKeys(draft, predicate.label));
  const values = predicate.values.flatMap((value) =>
    Object.entries(value.label).map(([language, said]) =>
      expand(labelOf(draft, language, said).keys),
    ),
  );
  return new Set(values.filter((keys) => keys.every((key) => label.has(key))).flat());
}

type About = Pick<Target, 'predicate' | 'strong' | 'weak'>;

function labelKeys(draft: Draft, text: Words): readonly string[] {
  return Object.entries(text).flatMap(([language, said]) =>
    expand(labelOf(draft, language, said).keys),
  );
}

function nameWords(name: string): readonly string[] {
  return name.split(/[._]/).filter((word) => !MEASURES.has(word) && word.length > 2);
}

function nameKeys({ name, synonyms, category }: Predicate): readonly string[] {
  const leaf = category.split('/').slice(1).at(-1) ?? '';
  const leaves = [name, ...synonyms].map((path) => path.slice(path.lastIndexOf('.') + 1));
  return [...leaves.filter((each) => !each.includes('_')), leaf]
    .filter((word) => word.length > 2 && !MEASURES.has(word))
    .map((word) => wordKey('en', word));
}

function broadKeys({ name, category }: Predicate): readonly string[] {
  const words = [...nameWords(name), ...category.split('/')].filter((word) => word.length > 2);
  return words.map((word) => wordKey('en', plainText(word)));
}

function questionKeys(draft: Draft, { question }: Predicate): readonly (readonly string[])[] {
  return Object.entries(question).map(([language, said]) =>
    expand(
      labelOf({ ...draft, words: new Set() }, language, withoutRoles(said)).keys.filter(
        (key) => key[0] !== '#',
      ),
    ),
  );
}

function withoutRoles(text: string): string {
  return tokensOf(text)
    .filter(({ lower }) => !ROLES.has(lower))
    .map(({ raw }) => raw)
    .join(' ');
}

function addChoices(draft: Draft, about: About & { readonly only: readonly string[] }): void {
  const { predicate, only } = about;
  for (const value of predicate.values) {
    if (value.id === predicate.indifferent) continue;
    const texts = [value.label, ...value.synonyms];
    const isNone = tokensOf(value.label.en).every(({ lower }) => isNegator(lower));
    const target = draft.targets.length;
    const { strong, weak } = about;
    if (isNone) {
      const named = new Set([...strong, ...only]);
      draft.targets.push({ predicate, weak, strong: named, kind: 'none', value: value.id });
      continue;
    }
    draft.targets.push({ predicate, strong, weak, kind: 'choice', value: value.id });
    for (const text of texts) addValueWords(draft, target, text);
  }
}

function addValueWords(draft: Draft, target: number, text: Words): void {
  const strong = draft.targets[target]?.strong ?? new Set();
  for (const [language, said] of Object.entries(text)) {
    // What stands before a colon or comma names the value; what follows describes it.
    const { keys, ...how } = labelOf(draft, language, said.split(/[:,]/)[0] ?? said);
    const all = expand(keys);
    const own = all.filter((key) => !strong.has(key));
    if (own.length === 0) continue;
    const topic = all.filter((key) => strong.has(key));
    draft.phrases.push({ target, own, topic, ...how, source: 'label' });
  }
}

function addBoolean(draft: Draft, about: About, questions: readonly (readonly string[])[]): void {
  const target = draft.targets.length;
  draft.targets.push({ ...about, kind: 'boolean', value: true });
  const add = (label: Label, source: Phrase['source']): void => {
    const { keys, ...how } = label;
    const own = [...new Set(expand(keys))];
    if (own.length > 0) draft.phrases.push({ target, own, topic: [], ...how, source });
  };
  for (const [language, said] of Object.entries(about.predicate.label)) {
    add({ ...labelOf(draft, language, said), lead: undefined }, 'label');
  }
  for (const path of about.predicate.synonyms) {
    const leaf = path.slice(path.lastIndexOf('.') + 1);
    const said = (leaf.includes('_') ? leaf : path).replace(/[._]/g, ' ');
    const label = labelOf(draft, 'en', said);
    if (label.keys.length > 1) add({ ...label, lead: undefined }, 'label');
  }
  const plain = { lead: undefined, isNegated: false, isJoined: false };
  for (const keys of questions) add({ keys, ...plain }, 'question');
}
