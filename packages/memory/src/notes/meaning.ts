import type { Polarity } from '../fact.ts';
import type { FactValue } from '../ontology.ts';
import type { Candidate } from './candidates.ts';
import type { Chunk, Cue } from './chunks.ts';
import type { Role } from './language.data.ts';
import { ARTICLE_WORDS } from './vocabulary.ts';
import type { Word } from './words.ts';

/** How a candidate is meant, and how sure that is. */
export interface Meaning {
  readonly value: FactValue;
  readonly polarity: Polarity;
  readonly confidence: number;
  /** Positions of the words that say how it is meant. */
  readonly said: readonly number[];
}

/** What a chunk says about wishing, and what it hands on to the next one. */
export interface Mood {
  readonly wish: 'like' | 'dislike' | 'require' | undefined;
  /** Whether it is turned round by a not or a never of the verb. */
  readonly turned: 'not' | 'never' | undefined;
}

/** A chunk that says nothing about wishing. */
export const NO_MOOD: Mood = { wish: undefined, turned: undefined };

const SURE = { said: 0.9, inherited: 0.85, bare: 0.78 } as const;
const STRANGER_DOUBT = 0.1;
const EXCEPT_DOUBT = 0.15;

const WISHES: readonly Role[] = ['like', 'dislike', 'require'];
const MOODS: readonly Role[] = [...WISHES, 'not', 'never'];

/** The mood of a chunk's own words around a candidate, or of the whole chunk. */
export function moodOf(cues: readonly Cue[], near: number): Mood {
  const wishes = cues.filter(({ role }) => WISHES.includes(role));
  const before = wishes.filter(({ at }) => at < near).at(-1);
  const strong = wishes.find(({ role }) => role !== 'like');
  const chosen =
    before?.role === 'like' || before === undefined ? (strong ?? before ?? wishes[0]) : before;
  const role = chosen?.role;
  const wish = role === 'like' || role === 'dislike' || role === 'require' ? role : undefined;
  const isOnly = wish === 'like' && cues.some((cue) => cue.role === 'only');
  const turned = cues.some((cue) => cue.role === 'never')
    ? 'never'
    : cues.some((cue) => cue.role === 'not')
      ? 'not'
      : undefined;
  return { wish: isOnly ? 'require' : wish, turned };
}

/** What the chunk before hands on: wishes over “and” and commas, dislikes over “and” and “or”. */
export function inheritedMood(chunk: Chunk, before: Mood): Mood | 'unsure' {
  if (chunk.link === 'start' || chunk.link === 'change') return NO_MOOD;
  const isNegative = before.wish === 'dislike' || before.turned !== undefined;
  if (isNegative && chunk.link === 'comma') return 'unsure';
  return before;
}

/** What a candidate means in its chunk; undefined where the words do not settle it. */
export function meaningOf(
  candidate: Candidate,
  words: readonly Word[],
  chunk: Chunk,
  inherited: Mood | 'unsure',
): Meaning | undefined {
  const first = Math.min(...candidate.own);
  const cues = chunk.cues.filter(({ at }) => at !== candidate.negator);
  const hasMood = cues.some(({ role }) => MOODS.includes(role));
  const isTooMuch = words[first - 1]?.role === 'too';
  const isRefused = refusesAt(candidate, words, chunk) !== undefined;
  const isSaid = hasMood || isTooMuch || isRefused;
  if (isContrast(cues, words, first)) return undefined;
  if (!isSaid && cues.some(({ role }) => role === 'had')) return undefined;
  // An illness that is named again is no matter of taste: what came before does not bear on it.
  const isAnew = isRefused || isTooMuch || namesHarm(candidate, words, chunk);
  const handed = isAnew ? NO_MOOD : inherited;
  const mood = hasMood ? moodOf(cues, first) : handed;
  if (mood === 'unsure') return undefined;
  const sense = senseOf({ candidate, mood, isTooMuch, isRefused });
  if (sense === undefined) return undefined;
  const start = isSaid ? SURE.said : mood.wish === undefined ? SURE.bare : SURE.inherited;
  const strangers = strangersDoubt(candidate, words, chunk, isSaid);
  const doubt = candidate.doubt + strangers + (chunk.isExcept ? EXCEPT_DOUBT : 0);
  return { ...sense, confidence: start - doubt, said: cues.map(({ at }) => at) };
}

function namesHarm({ own, topic }: Candidate, words: readonly Word[], { from }: Chunk): boolean {
  return [...own, ...topic].some((at) => at >= from && words[at]?.keys.has('~harm') === true);
}

/** The no that governs a candidate: right before it, with adjectives at most between. */
function refusesAt(candidate: Candidate, words: readonly Word[], chunk: Chunk): number | undefined {
  const first = Math.min(...candidate.own, ...candidate.topic.filter((at) => at >= chunk.from));
  for (let at = first - 1; at >= Math.max(chunk.from, first - 4); at -= 1) {
    const word = words[at];
    if (word === undefined || at === candidate.negator) continue;
    if (word.role === 'no') return at;
    if (word.role !== undefined && word.role !== 'filler') return undefined;
  }
  return undefined;
}

const PREFERRING = /^(?:prefer|prefers|preferred)$/;
const RATHER = /^(?:lieber|eher|mehr|besser|rather|more|better)$/;
const THAN = /^(?:als|than)$/;

/** “Instead of a bathtub”, “a shower to a bathtub”, “lieber Tee als Kaffee”: the lesser choice. */
function isContrast(cues: readonly Cue[], words: readonly Word[], first: number): boolean {
  if (cues.some(({ role, at }) => role === 'contrast' && at < first)) return true;
  let at = first - 1;
  while (ARTICLE_WORDS.has(words[at]?.lower ?? '')) at -= 1;
  const before = words[at]?.lower ?? '';
  const isSaid = (word: RegExp): boolean =>
    cues.some((cue) => cue.at < at && word.test(words[cue.at]?.lower ?? ''));
  if (THAN.test(before)) return isSaid(RATHER) || isSaid(PREFERRING);
  // “Prefers to have” is no comparison: there must be something that is preferred.
  return before === 'to' && !PREFERRING.test(words[at - 1]?.lower ?? '') && isSaid(PREFERRING);
}

interface Said {
  readonly candidate: Candidate;
  readonly mood: Mood;
  readonly isTooMuch: boolean;
  readonly isRefused: boolean;
}

type Sense = Pick<Meaning, 'value' | 'polarity'>;

function senseOf({ candidate, mood, isTooMuch, isRefused }: Said): Sense | undefined {
  const isDisliked = mood.wish === 'dislike';
  const turns = [mood.turned !== undefined, isRefused, isTooMuch, isDisliked];
  const count = turns.filter(Boolean).length;
  if (count > 1) return undefined;
  const isNegative = count === 1;
  const isHard = mood.turned === 'never' || (mood.wish === 'require' && !isNegative);
  switch (candidate.target.kind) {
    case 'none':
      return noneSense(candidate, mood, isRefused);
    case 'boolean':
      return booleanSense(candidate, isNegative !== candidate.isFlipped, isHard);
    case 'number':
      return isNegative ? undefined : choiceSense(candidate, false, isHard);
    case 'choice':
      // What is not needed is not disliked for that; what is not harmful is not liked for that.
      if (isNegative && (mood.wish === 'require' || isHarm(candidate))) return undefined;
      return choiceSense(candidate, isNegative || isHarm(candidate), isHard || isHarm(candidate));
  }
}

/** Whether the values are what somebody cannot bear: an allergy to one of several things. */
function isHarm({ target }: Candidate): boolean {
  return target.strong.has('~harm');
}

function choiceSense({ value }: Candidate, isNegative: boolean, isHard: boolean): Sense {
  if (isNegative) return { value, polarity: isHard ? 'forbid' : 'dislike' };
  return { value, polarity: isHard ? 'require' : 'like' };
}

function noneSense(candidate: Candidate, mood: Mood, isRefused: boolean): Sense | undefined {
  const isTurned = mood.turned !== undefined || isRefused;
  if (mood.wish === 'dislike' || (!isTurned && candidate.negator === undefined)) return undefined;
  return { value: candidate.value, polarity: mood.turned === 'never' ? 'require' : 'like' };
}

function booleanSense({ target }: Candidate, isNegative: boolean, isHard: boolean): Sense {
  const isSpecial = target.predicate.sensitivity === 'special';
  if (isNegative) return { value: false, polarity: isHard && !isSpecial ? 'require' : 'like' };
  return { value: true, polarity: isSpecial || isHard ? 'require' : 'like' };
}

/** Words that nobody understood: with a wish they may stand there, without one they may not. */
function strangersDoubt(
  candidate: Candidate,
  words: readonly Word[],
  chunk: Chunk,
  isSaid: boolean,
): number {
  const used = new Set([...candidate.own, ...candidate.topic]);
  let strangers = 0;
  for (let at = chunk.from; at < chunk.to; at += 1) {
    const word = words[at];
    if (word === undefined || used.has(at) || word.isEmpty) continue;
    if (word.keys.size === 0 && word.role === undefined && word.kind === 'word') strangers += 1;
  }
  const isIllness =
    candidate.target.predicate.sensitivity === 'special' && candidate.own.length > 0;
  const each = isSaid || isIllness ? STRANGER_DOUBT : 2 * STRANGER_DOUBT;
  return strangers * each;
}
