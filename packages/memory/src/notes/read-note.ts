import type { Polarity } from '../fact.ts';
import type { Scope } from '../scope.ts';
import { type Candidate, candidatesIn } from './candidates.ts';
import { type Chunk, chunksOf, type PassedReason } from './chunks.ts';
import type { Lexicon } from './lexicon.ts';
import { inheritedMood, type Meaning, type Mood, meaningOf, moodOf, NO_MOOD } from './meaning.ts';
import { type KnownPlace, placeNamesOf } from './places.ts';
import { CONFIDENCE_MIN, NOTE_LENGTH_MAX, PROPOSALS_MAX, type Proposal } from './proposal.ts';
import { tokensOf } from './tokens.ts';
import { type Word, wordsOf } from './words.ts';

/** What is known of where a note is written. */
export interface NoteContext {
  /** Places that notes may name. */
  readonly places?: readonly KnownPlace[];
  /** Predicates that the company can act on: a value by itself is taken for one of theirs. */
  readonly relevant?: ReadonlySet<string>;
}

/** A part of a text, in UTF-16 units, half-open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A passage that names things that could be known, but does not say them of the guest, or of now. */
export interface Passed extends Span {
  readonly reason: PassedReason;
}

/** What a note was understood to say. */
export interface NoteReading {
  readonly proposals: readonly Proposal[];
  readonly passed: readonly Passed[];
  /** What nothing was made of: it stays words. */
  readonly rest: readonly Span[];
  /** Work done, in candidates looked at: linear in the note. */
  readonly steps: number;
}

interface Reading {
  readonly candidate: Candidate;
  readonly meaning: Meaning;
  readonly confidence: number;
}

/**
 * What a note in English or German proposes, by the words of the ontology and the small words of
 * both languages. Deterministic; reads at most `NOTE_LENGTH_MAX` of the text. What it is not sure
 * of, or what is about somebody else, is not proposed. Linear in the text.
 */
export function readNote(text: string, lexicon: Lexicon, context: NoteContext = {}): NoteReading {
  const read = text.slice(0, NOTE_LENGTH_MAX);
  const words = wordsOf(tokensOf(read), lexicon, placeNamesOf(context.places ?? []));
  const scene: Scene = { words, chunks: chunksOf(words), lexicon, context };
  const readings: Reading[] = [];
  const passed: Passed[] = [];
  let steps = 0;
  let before: Mood | 'unsure' = NO_MOOD;
  scene.chunks.forEach((chunk, index) => {
    const inherited = before === 'unsure' ? 'unsure' : inheritedMood(chunk, before);
    const candidates = candidatesIn(words, scene.chunks, index, lexicon);
    steps += candidates.length + chunk.to - chunk.from;
    before = moodAfter(chunk, inherited);
    if (chunk.passed === undefined) {
      readings.push(...readingsOf(scene, chunk, candidates, inherited));
    } else if (candidates.length > 0) {
      passed.push({ ...spanOf(words, chunk.from, chunk.to), reason: chunk.passed });
    }
  });
  const chosen = withoutRivals(withoutOverlaps(readings), scene.chunks);
  const proposals = chosen
    .flatMap((reading) => proposalsOf(reading, scene))
    .slice(0, PROPOSALS_MAX);
  return { proposals, passed, rest: restOf(text, proposals), steps };
}

interface Scene {
  readonly words: readonly Word[];
  readonly chunks: readonly Chunk[];
  readonly lexicon: Lexicon;
  readonly context: NoteContext;
}

function moodAfter(chunk: Chunk, inherited: Mood | 'unsure'): Mood | 'unsure' {
  const own = moodOf(chunk.cues, chunk.to);
  if (hasMood(own)) return own;
  return chunk.link === 'start' ? NO_MOOD : inherited;
}

function readingsOf(
  { words, chunks, context }: Scene,
  chunk: Chunk,
  candidates: readonly Candidate[],
  inherited: Mood | 'unsure',
): readonly Reading[] {
  return candidates.flatMap((candidate) => {
    if (isTakenBack(words, chunks, candidate)) return [];
    const meaning = meaningOf(candidate, words, chunk, inherited);
    if (meaning === undefined) return [];
    const confidence = meaning.confidence - irrelevance(candidate, context);
    return confidence >= CONFIDENCE_MIN ? [{ candidate, meaning, confidence }] : [];
  });
}

function hasMood({ wish, turned }: Mood): boolean {
  return wish !== undefined || turned !== undefined;
}

const IRRELEVANT_DOUBT = 0.2;

/** A value without its thing may be of anything: it is taken for what the company deals with. */
function irrelevance({ target, topic }: Candidate, { relevant }: NoteContext): number {
  const isNamed = topic.length > 0 || target.kind !== 'choice';
  if (relevant === undefined || relevant.has(target.predicate.name) || isNamed) return 0;
  return IRRELEVANT_DOUBT;
}

/** “Feathers and wool she does not like”: what follows turns round what has no wish of its own. */
function isTakenBack(
  words: readonly Word[],
  chunks: readonly Chunk[],
  { chunk }: Candidate,
): boolean {
  const [here, next] = [chunks[chunk], chunks[chunk + 1]];
  if (here === undefined || next === undefined || hasMood(moodOf(here.cues, here.to))) return false;
  if (next.link !== 'and' && next.link !== 'or') return false;
  const last = next.cues.at(-1);
  if (last === undefined || !['not', 'never', 'dislike'].includes(last.role)) return false;
  const after = words.slice(last.at + 1, next.to);
  return after.every(({ keys }) => keys.size === 0);
}

/** The best readings that share no word: more words first, then the surer; of equals none. */
function withoutOverlaps(readings: readonly Reading[]): readonly Reading[] {
  const taken = new Map<number, Reading>();
  const topics = new Set<number>();
  const chosen = new Set<Reading>();
  for (const reading of [...readings].sort(compareReadings)) {
    const { own, topic, target } = reading.candidate;
    const rivals = own.flatMap((at) => taken.get(at) ?? []);
    for (const rival of rivals.filter((each) => isTie(each, reading))) chosen.delete(rival);
    const isUsed = target.kind === 'none' && own.some((at) => topics.has(at));
    if (rivals.length > 0 || isUsed) continue;
    for (const at of own) taken.set(at, reading);
    for (const at of topic) topics.add(at);
    chosen.add(reading);
  }
  const first = ({ candidate }: Reading): number => candidate.own[0] ?? 0;
  return [...chosen].sort((a, b) => first(a) - first(b));
}

function compareReadings(a: Reading, b: Reading): number {
  return b.candidate.matched - a.candidate.matched || b.confidence - a.confidence;
}

/** Readings closer than this are equally likely. */
const TIE_MARGIN = 0.04;

function isTie(a: Reading, b: Reading): boolean {
  const isSame =
    a.candidate.target.predicate.name === b.candidate.target.predicate.name &&
    a.meaning.value === b.meaning.value;
  const isAsLong = a.candidate.matched === b.candidate.matched;
  return !isSame && isAsLong && a.confidence - b.confidence < TIE_MARGIN;
}

const WANTED: readonly Polarity[] = ['like', 'require'];

/**
 * Of two values wished for where there can be only one, neither: the clerk knows which. Said twice
 * is said once, and different places may have different ones.
 */
function withoutRivals(readings: readonly Reading[], chunks: readonly Chunk[]): readonly Reading[] {
  const seen = new Set<string>();
  const valuesBySlot = new Map<string, Set<string>>();
  const slotOf = ({ candidate, meaning }: Reading): string => {
    const { name, cardinality } = candidate.target.predicate;
    const { scope } = placesOf(chunks, candidate.chunk);
    const isOne = cardinality === 'one' && WANTED.includes(meaning.polarity);
    return `${name} ${scope.place ?? ''}${isOne ? '' : ` ${meaning.polarity} ${meaning.value}`}`;
  };
  for (const reading of readings) {
    const values = valuesBySlot.get(slotOf(reading)) ?? new Set();
    valuesBySlot.set(slotOf(reading), values.add(String(reading.meaning.value)));
  }
  return readings.filter((reading) => {
    const key = `${slotOf(reading)} ${reading.meaning.value}`;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst && valuesBySlot.get(slotOf(reading))?.size === 1;
  });
}

function proposalsOf(
  { candidate, meaning, confidence }: Reading,
  { words, chunks }: Scene,
): readonly Proposal[] {
  const positions = [...candidate.own, ...candidate.topic, ...meaning.said];
  const span = spanOf(words, Math.min(...positions), Math.max(...positions) + 1);
  const { name } = candidate.target.predicate;
  const { value, polarity } = meaning;
  const certain = Math.round(confidence * 100) / 100;
  const base = { predicate: name, value, confidence: certain, ...span };
  const { scope, except } = placesOf(chunks, candidate.chunk);
  const proposal: Proposal = { ...base, polarity, scope };
  const opposite = except === undefined ? undefined : oppositeOf(proposal, except);
  return opposite === undefined ? [proposal] : [proposal, opposite];
}

function oppositeOf(proposal: Proposal, place: string): Proposal | undefined {
  const { polarity, value } = proposal;
  if (polarity === 'require' || polarity === 'forbid' || typeof value === 'number')
    return undefined;
  const scope = { place };
  if (typeof value === 'boolean') return { ...proposal, value: !value, scope };
  return { ...proposal, polarity: polarity === 'like' ? 'dislike' : 'like', scope };
}

interface Places {
  readonly scope: Scope;
  readonly except: string | undefined;
}

/** Where a chunk's things hold: its own place, or one that a neighbour names for it. */
function placesOf(chunks: readonly Chunk[], index: number): Places {
  const [before, here, next] = [chunks[index - 1], chunks[index], chunks[index + 1]];
  const after = next !== undefined && next.link !== 'start' ? next : undefined;
  if (here?.place !== undefined) {
    return here.isExcept
      ? { scope: {}, except: here.place }
      : { scope: { place: here.place }, except: undefined };
  }
  if (after?.isExcept === true) return { scope: {}, except: after.place };
  const isOpening = before?.place !== undefined && !before.isExcept && before.cues.length === 0;
  if (isOpening && here?.link === 'comma')
    return { scope: { place: before?.place ?? '' }, except: undefined };
  const isShared = after?.link === 'and' && after.place !== undefined && after.cues.length === 0;
  return isShared
    ? { scope: { place: after?.place ?? '' }, except: undefined }
    : { scope: {}, except: undefined };
}

function spanOf(words: readonly Word[], from: number, to: number): Span {
  return { start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 };
}

/** The stretches of a text that no proposal stands on, without spaces and marks at their ends. */
function restOf(text: string, proposals: readonly Span[]): readonly Span[] {
  const rest: Span[] = [];
  let at = 0;
  const add = (start: number, end: number): void => {
    const part = text.slice(start, end);
    const lead = part.search(/[\p{L}\p{N}]/u);
    if (lead === -1) return;
    rest.push({ start: start + lead, end: start + part.trimEnd().length });
  };
  for (const { start, end } of [...proposals].sort((a, b) => a.start - b.start)) {
    if (start > at) add(at, start);
    at = Math.max(at, end);
  }
  add(at, text.length);
  return rest;
}
