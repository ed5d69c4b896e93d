import type { FactValue } from '../ontology.ts';
import type { Chunk } from './chunks.ts';
import type { Lexicon, Phrase, Target } from './lexicon.ts';
import { ARTICLE_WORDS, COMPARISONS, isNegator } from './vocabulary.ts';
import type { Word } from './words.ts';

/** Something that a few words may mean, before it is known how they are meant. */
export interface Candidate {
  readonly target: Target;
  readonly value: FactValue;
  /** Position of its chunk. */
  readonly chunk: number;
  /** Positions of the words that name it; no two proposals share one. */
  readonly own: readonly number[];
  /** Positions of the words that say what it is about. */
  readonly topic: readonly number[];
  /** How many words of the vocabulary were found: the longer reading wins. */
  readonly matched: number;
  /** The words say the opposite of what the vocabulary says: near for far. */
  readonly isFlipped: boolean;
  /** A no that belongs to the name of the value, not to the sentence. */
  readonly negator: number | undefined;
  /** What speaks against it, from 0. */
  readonly doubt: number;
}

/** Words looked at on either side of a word that may belong to one phrase with it. */
const WINDOW = 7;

const DOUBT = {
  weakTopic: 0.05,
  farTopic: 0.1,
  noTopic: 0.17,
  partial: 0.15,
  question: 0.05,
} as const;
const CORRECTED_DOUBT = 0.1;
const OTHER_NOUN_DOUBT = 0.3;

interface Scene {
  readonly words: readonly Word[];
  readonly chunks: readonly Chunk[];
  readonly lexicon: Lexicon;
  readonly index: number;
  readonly chunk: Chunk;
}

/** Everything that a chunk may say. Bounded by the chunk's words and the phrases of each. */
export function candidatesIn(
  words: readonly Word[],
  chunks: readonly Chunk[],
  index: number,
  lexicon: Lexicon,
): readonly Candidate[] {
  const chunk = chunks[index];
  if (chunk === undefined) return [];
  const scene: Scene = { words, chunks, lexicon, index, chunk };
  const found: Candidate[] = [];
  for (let at = chunk.from; at < chunk.to; at += 1) {
    const word = words[at];
    if (word === undefined) continue;
    found.push(...phrasesAt(scene, at, word));
    if (word.number !== undefined) found.push(...numbersAt(scene, at, word.number));
    if (word.role === 'no' || word.role === 'require') found.push(...nonesAt(scene, at));
  }
  return found;
}

function phrasesAt(scene: Scene, at: number, { keys }: Word): readonly Candidate[] {
  const { byAnchor, phrases } = scene.lexicon;
  return [...keys].flatMap((key) =>
    (byAnchor.get(key) ?? []).flatMap((phrase) => phraseAt(scene, phrases[phrase], at) ?? []),
  );
}

function phraseAt(scene: Scene, phrase: Phrase | undefined, at: number): Candidate | undefined {
  const target = phrase === undefined ? undefined : scene.lexicon.targets[phrase.target];
  if (phrase === undefined || target === undefined || target.value === undefined) return undefined;
  const match = matchKeys(scene, phrase, at);
  if (match === undefined || !hasLead(scene, phrase, match.own)) return undefined;
  const negator = phrase.isNegated ? negatorBefore(scene, match.own) : undefined;
  if (phrase.isNegated && negator === undefined) return undefined;
  const topic = target.kind === 'choice' ? topicOf(scene, target, phrase, match.own) : WHOLE;
  if (topic === undefined) return undefined;
  const parts = {
    weak: topic.doubt,
    partial: match.missing > 0 ? DOUBT.partial : 0,
    question: phrase.source === 'question' ? DOUBT.question : 0,
    corrected: correctedDoubt(scene, [...match.own, ...topic.at]),
    noun: otherNounDoubt(scene, match.own, topic.at),
  };
  return {
    target,
    value: target.value,
    chunk: scene.index,
    own: match.own,
    topic: topic.at,
    matched: match.own.length + (topic.doubt < DOUBT.noTopic ? 0.5 : 0) + match.extra,
    isFlipped: match.isFlipped,
    negator,
    doubt: Object.values(parts).reduce((sum, each) => sum + each, 0),
  };
}

interface KeyMatch {
  readonly own: readonly number[];
  readonly missing: number;
  /** Keys found beyond the number of words, as in a compound. */
  readonly extra: number;
  readonly isFlipped: boolean;
}

/** The phrase's words around `at`; a third of a long one may be missing, but not its first. */
function matchKeys(scene: Scene, phrase: Phrase, at: number): KeyMatch | undefined {
  const found = phrase.own.map((key) => nearest(scene, key, at, phrase.isJoined));
  const missing = found.filter((position) => position === undefined).length;
  const isOrdinary = scene.lexicon.targets[phrase.target]?.predicate.sensitivity === 'ordinary';
  const missingMax = isOrdinary && phrase.source === 'label' && phrase.own.length > 2 ? 1 : 0;
  if (missing > missingMax || found[0] === undefined) return undefined;
  const own = [...new Set(found.filter((position) => position !== undefined))].sort(
    (a, b) => a - b,
  );
  if (phrase.isJoined && !isJoinedHere(scene, own)) return undefined;
  const isFlipped = phrase.own.some((key) => isOpposite(scene, key, own));
  return { own, missing, extra: phrase.own.length - missing - own.length, isFlipped };
}

const CONJUNCTION = /^(?:and|und|&|with|mit)$/;

/** Whether an “and” stands between the words, as it does in the vocabulary. */
function isJoinedHere({ words }: Scene, own: readonly number[]): boolean {
  const between = words.slice(own[0], own.at(-1));
  return between.some(({ lower }) => CONJUNCTION.test(lower));
}

const OPPOSITE: Readonly<Record<string, string>> = { '@far': '@near', '@near': '@far' };

function isOpposite(scene: Scene, key: string, own: readonly number[]): boolean {
  const opposite = OPPOSITE[key];
  if (opposite === undefined) return false;
  return own.some((at) => scene.words[at]?.keys.has(opposite) === true);
}

function nearest(scene: Scene, key: string, at: number, mayJoin: boolean): number | undefined {
  for (let distance = 0; distance <= WINDOW; distance += 1) {
    for (const position of distance === 0 ? [at] : [at - distance, at + distance]) {
      if (!isReachable(scene, position, mayJoin)) continue;
      const keys = scene.words[position]?.keys;
      if (keys?.has(key) === true || keys?.has(OPPOSITE[key] ?? '') === true) return position;
    }
  }
  return undefined;
}

/** Within the chunk; what is said with an “and” may begin in the chunk before. */
function isReachable({ chunk, chunks, index }: Scene, at: number, mayJoin: boolean): boolean {
  if (at >= chunk.from && at < chunk.to) return true;
  const before = chunks[index - 1];
  if (!mayJoin || before === undefined || chunk.link !== 'and') return false;
  return at >= before.from && at < chunk.to;
}

function hasLead({ words }: Scene, { lead, isNegated }: Phrase, own: readonly number[]): boolean {
  if (lead === undefined || isNegated) return true;
  let at = (own[0] ?? 0) - 1;
  while (ARTICLE_WORDS.has(words[at]?.lower ?? '') && words[at]?.lower !== lead) at -= 1;
  return words[at]?.lower === lead;
}

function negatorBefore({ words, chunk }: Scene, own: readonly number[]): number | undefined {
  const first = own[0] ?? 0;
  for (let at = first - 1; at >= Math.max(chunk.from, first - 2); at -= 1) {
    if (isNegator(words[at]?.lower ?? '')) return at;
  }
  return undefined;
}

interface Topic {
  readonly at: readonly number[];
  readonly doubt: number;
}

const WHOLE: Topic = { at: [], doubt: 0 };

/** What says that the value is of this predicate; undefined where something says it is not. */
function topicOf(
  scene: Scene,
  target: Target,
  phrase: Phrase,
  own: readonly number[],
): Topic | undefined {
  const { chunk, chunks, index } = scene;
  const here = closest(scene, chunk, target, own);
  if (here !== undefined) return here;
  const before = chunks[index - 1];
  const isAlone = !hasTopic(scene, chunk, own);
  if (isAlone && before !== undefined && before.passed !== 'somebody-else' && isJoined(chunk)) {
    const there = closest(scene, before, target, own);
    if (there !== undefined) return { at: there.at, doubt: there.doubt + DOUBT.farTopic };
  }
  // By itself, a value is meant only in full, and where nothing else is spoken of.
  const isEnough = isAlone && phrase.topic.length === 0 && phrase.lead === undefined;
  return isEnough ? { at: [], doubt: DOUBT.noTopic } : undefined;
}

function isJoined({ link }: Chunk): boolean {
  return link !== 'start' && link !== 'change';
}

function closest(
  { words }: Scene,
  { from, to }: Chunk,
  { strong, weak }: Target,
  own: readonly number[],
): Topic | undefined {
  const anchor = own.at(-1) ?? 0;
  const around = (set: ReadonlySet<string>): number | undefined => {
    let best: number | undefined;
    for (let at = Math.max(from, anchor - WINDOW); at < Math.min(to, anchor + WINDOW); at += 1) {
      if (!intersects(words[at]?.keys, set)) continue;
      if (best === undefined || Math.abs(at - anchor) <= Math.abs(best - anchor)) best = at;
    }
    return best;
  };
  const named = around(strong);
  if (named !== undefined) return { at: [named], doubt: 0 };
  const hinted = around(weak);
  return hinted === undefined || own.includes(hinted)
    ? undefined
    : { at: [hinted], doubt: DOUBT.weakTopic };
}

function intersects(keys: ReadonlySet<string> | undefined, set: ReadonlySet<string>): boolean {
  for (const key of keys ?? []) if (set.has(key)) return true;
  return false;
}

/** Whether a chunk speaks of anything besides the words given. */
function hasTopic({ words, lexicon }: Scene, { from, to }: Chunk, own: readonly number[]): boolean {
  for (let at = from; at < to; at += 1) {
    const word = words[at];
    if (word === undefined || own.includes(at) || word.isEmpty) continue;
    if (intersects(word.keys, lexicon.topics)) return true;
  }
  return false;
}

function correctedDoubt({ words }: Scene, at: readonly number[]): number {
  return at.filter((each) => words[each]?.isCorrected === true).length * CORRECTED_DOUBT;
}

/** “Dark chocolate” is not dark: a value right before some other noun belongs to that. */
function otherNounDoubt(
  { words, chunk }: Scene,
  own: readonly number[],
  topic: readonly number[],
): number {
  const next = (own.at(-1) ?? 0) + 1;
  const word = next < chunk.to ? words[next] : undefined;
  if (word === undefined || word.kind !== 'word' || word.isEmpty || word.role !== undefined)
    return 0;
  if (topic.includes(next) || (topic.length > 0 && word.keys.size > 0)) return 0;
  return topic.some((at) => own.includes(at)) ? 0 : OTHER_NOUN_DOUBT;
}

function base(
  scene: Scene,
  target: Target,
): Pick<Candidate, 'target' | 'chunk' | 'isFlipped' | 'negator'> {
  return { target, chunk: scene.index, isFlipped: false, negator: undefined };
}

/** How many words may stand between a number and what it counts or measures. */
const COUNTED_WITHIN = 4;

function numbersAt(scene: Scene, at: number, value: number): readonly Candidate[] {
  const { words, lexicon, chunk } = scene;
  const [before, after] = [words[at - 1], words[at + 1]];
  if (COMPARISONS.has(before?.lower ?? '') || COMPARISONS.has(after?.lower ?? '')) return [];
  // A span such as 18 to 20 is no value.
  if ([-2, -1, 1, 2].some((near) => words[at + near]?.number !== undefined)) return [];
  const measured = at + 1 < chunk.to ? (lexicon.byUnit.get(after?.lower ?? '') ?? []) : [];
  const counted = measured.length > 0 ? [] : countedBy(scene, at);
  const targets = measured.length > 0 ? measured : counted;
  return targets.flatMap((position) => {
    const target = lexicon.targets[position];
    if (target === undefined) return [];
    const topic = numberTopic(scene, target, at);
    const hasUnit = measured.length > 0;
    if (topic === undefined && !(hasUnit && measured.length === 1)) return [];
    const own = hasUnit ? [at, at + 1] : [at];
    const doubt = topic === undefined ? DOUBT.noTopic / 2 : topic.doubt;
    const matched = own.length + (topic?.at.length ?? 0) / 2;
    return { ...base(scene, target), value, own, topic: topic?.at ?? [], matched, doubt };
  });
}

function countedBy({ words, lexicon, chunk }: Scene, at: number): readonly number[] {
  const found = new Set<number>();
  const [from, to] = [
    Math.max(chunk.from, at - COUNTED_WITHIN),
    Math.min(chunk.to, at + COUNTED_WITHIN + 1),
  ];
  for (let near = from; near < to; near += 1) {
    for (const key of words[near]?.keys ?? []) {
      for (const position of lexicon.numbersByKey.get(key) ?? []) found.add(position);
    }
  }
  return [...found].filter((position) => lexicon.targets[position]?.predicate.unit === null);
}

function numberTopic(scene: Scene, target: Target, at: number): Topic | undefined {
  const { words, chunk } = scene;
  const positions = [];
  for (
    let near = Math.max(chunk.from, at - WINDOW);
    near < Math.min(chunk.to, at + WINDOW);
    near += 1
  ) {
    if (near !== at && intersects(words[near]?.keys, target.strong)) positions.push(near);
  }
  if (target.predicate.unit !== null) {
    const hint = closest(scene, chunk, target, [at]);
    return positions.length > 0 ? { at: positions.slice(0, 1), doubt: 0 } : hint;
  }
  // What is counted is named in full: a bag is not a bag each time.
  const keys = new Set(positions.flatMap((near) => [...(words[near]?.keys ?? [])]));
  return namesInFull(target, keys) ? { at: positions, doubt: 0 } : undefined;
}

function namesInFull({ strong }: Target, keys: ReadonlySet<string>): boolean {
  const languages = new Set([...strong].map((key) => key.split(':')[0]));
  return [...languages].some((language) =>
    [...strong].every((key) => !key.startsWith(`${language}:`) || keys.has(key)),
  );
}

/** “No newspaper”, “does not need parking”: what is named right after a no. */
function nonesAt(scene: Scene, at: number): readonly Candidate[] {
  const { words, lexicon, chunk } = scene;
  const found: Candidate[] = [];
  for (let near = at + 1; near < Math.min(chunk.to, at + 4); near += 1) {
    const word = words[near];
    if (word === undefined || word.isEmpty) continue;
    for (const key of word.keys) {
      for (const position of lexicon.nonesByKey.get(key) ?? []) {
        const target = lexicon.targets[position];
        if (target?.value === undefined) continue;
        const shape = { value: target.value, own: [near], topic: [], matched: 0.5, doubt: 0 };
        found.push({ ...base(scene, target), ...shape, negator: at });
      }
    }
    break;
  }
  return found;
}
