import type { Role } from './language.data.ts';
import { GUEST_NAMES, OTHER_PEOPLE } from './vocabulary.ts';
import type { Word } from './words.ts';

/** Why a passage proposes nothing although it names things that could be known. */
export type PassedReason = 'somebody-else' | 'question' | 'maybe' | 'past' | 'neutral' | 'trouble';

/** How a piece of a sentence hangs on the one before it. */
export type Link = 'start' | 'comma' | 'and' | 'or' | 'change';

/** A word or fixed phrase that decides how something is meant. */
export interface Cue {
  readonly at: number;
  readonly role: Role;
}

/** A piece of a sentence with at most one thing said in it, mostly. Positions are of words. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
  readonly link: Link;
  readonly cues: readonly Cue[];
  /** Why nothing in it may be proposed. */
  readonly passed: PassedReason | undefined;
  /** The place it names; `isExcept` where it says “except in”. */
  readonly place: string | undefined;
  readonly isExcept: boolean;
}

/** Longest piece, in words: longer ones are cut, so that the work on each is bounded. */
const CHUNK_WORDS_MAX = 40;

const SENTENCE_ENDS = new Set(['.', '!', '?', ';', '\n']);
const AND = new Set(['and', 'und', 'sowie', '&']);
const OR = new Set(['or', 'oder', 'nor', 'noch']);

type Piece = Pick<Chunk, 'from' | 'to' | 'link'>;

/** The pieces of all sentences, in order. */
export function chunksOf(words: readonly Word[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let about: About = { who: 'guest', open: undefined };
  const questions = questionSpans(words);
  for (const piece of piecesOf(words)) {
    if (piece.link === 'start') about = { who: 'guest', open: undefined };
    if (piece.link === 'change') about = { ...about, open: undefined };
    const cues = cuesOf(words, piece);
    about = aboutAfter(words, piece, cues, about);
    const passed = questions.has(piece.from) ? 'question' : passedReason(cues, about);
    chunks.push({ ...piece, cues, passed, ...placeIn(words, piece, cues) });
  }
  return chunks;
}

function piecesOf(words: readonly Word[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let link: Link = 'start';
  const close = (at: number, next: number, following: Link): void => {
    const isEmpty = at === from;
    if (!isEmpty) pieces.push({ from, to: at, link });
    link = isEmpty ? strongerLink(link, following) : following;
    from = next;
  };
  words.forEach((word, at) => {
    const following = linkOf(word);
    if (following !== undefined) close(at, at + 1, following);
    else if (at - from >= CHUNK_WORDS_MAX) close(at, at, 'comma');
  });
  close(words.length, words.length, 'start');
  return pieces;
}

/** Of two links with no word between them: “. And” begins a sentence, “, and” is an and. */
function strongerLink(before: Link, following: Link): Link {
  if (before === 'start' || following === 'comma') return before;
  return following;
}

function linkOf(word: Word): Link | undefined {
  if (word.kind === 'mark') return SENTENCE_ENDS.has(word.lower) ? 'start' : 'comma';
  if (word.role === 'change') return 'change';
  if (word.role !== undefined || !word.isEmpty) return undefined;
  if (AND.has(word.lower)) return 'and';
  return OR.has(word.lower) ? 'or' : undefined;
}

/** Beginnings of all pieces of sentences that end with a question mark. */
function questionSpans(words: readonly Word[]): { has(at: number): boolean } {
  const asked = new Uint8Array(words.length + 1);
  let isAsked = false;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at];
    if (word?.kind === 'mark' && SENTENCE_ENDS.has(word.lower)) isAsked = word.lower === '?';
    asked[at] = isAsked ? 1 : 0;
  }
  return { has: (at) => asked[at] === 1 };
}

function cuesOf(words: readonly Word[], { from, to }: Piece): readonly Cue[] {
  const cues: Cue[] = [];
  for (let at = from; at < to; at += 1) {
    const role = words[at]?.role;
    if (role !== undefined && role !== 'filler') cues.push({ at, role });
  }
  return cues;
}

interface About {
  readonly who: 'guest' | 'she' | 'he' | 'they';
  /** A reason that holds until the sentence ends or turns. */
  readonly open: PassedReason | undefined;
}

const LASTING: readonly Role[] = ['question', 'maybe'];

function aboutAfter(
  words: readonly Word[],
  { from, to }: Piece,
  cues: readonly Cue[],
  about: About,
): About {
  let { who } = about;
  for (let at = from; at < to; at += 1) {
    const other = otherAt(words, at);
    if (other !== undefined) who = other;
    else if (who !== 'guest' && isGuestAgain(words[at], who)) who = 'guest';
  }
  const lasting = cues.find(({ role }) => LASTING.includes(role))?.role;
  const open = lasting === 'question' || lasting === 'maybe' ? lasting : about.open;
  return { who, open };
}

const COMPANY_WORDS = new Set(['with', 'mit', 'samt', 'without', 'ohne']);
const POSSESSIVES =
  /^(?:his|her|their|my|the|a|sein|seine|seiner|seinem|seinen|ihr|ihre|ihrer|ihrem|ihren|die|der|das|dem|den|ein|eine|einer)$/;

function otherAt(words: readonly Word[], at: number): 'she' | 'he' | 'they' | undefined {
  const word = words[at];
  if (word === undefined || word.kind !== 'word') return undefined;
  const before = [words[at - 1]?.lower ?? '', words[at - 2]?.lower ?? ''];
  if (before.some((lower) => COMPANY_WORDS.has(lower))) return undefined;
  const known = OTHER_PEOPLE.get(word.lower);
  if (known !== undefined) return known;
  // German nouns are capital: “Kind” is a child, “Frau” a wife unless a name follows.
  if (word.raw === 'Kind') return 'they';
  if (word.raw !== 'Frau') return undefined;
  const next = words[at + 1];
  const isTitle = !POSSESSIVES.test(before[0] ?? '') && /^\p{Lu}/u.test(next?.raw ?? '');
  return isTitle ? undefined : 'she';
}

/** Whether a word is about the guest again, after somebody who is `who`. */
function isGuestAgain(word: Word | undefined, who: 'she' | 'he' | 'they'): boolean {
  const guest = GUEST_NAMES.get(word?.lower ?? '');
  if (guest === 'guest') return true;
  return guest !== undefined && who !== 'they' && guest !== who;
}

function passedReason(cues: readonly Cue[], about: About): PassedReason | undefined {
  if (about.who !== 'guest') return 'somebody-else';
  if (about.open !== undefined) return about.open;
  const roles = new Set(cues.map(({ role }) => role));
  if (roles.has('past')) return 'past';
  if (roles.has('trouble')) return 'trouble';
  return roles.has('neutral') ? 'neutral' : undefined;
}

function placeIn(
  words: readonly Word[],
  { from, to }: Piece,
  cues: readonly Cue[],
): Pick<Chunk, 'place' | 'isExcept'> {
  const at = words.slice(from, to).findIndex(({ place }) => place !== undefined);
  const except = cues.find(({ role }) => role === 'except');
  const place = at === -1 ? undefined : words[from + at]?.place;
  return { place, isExcept: except !== undefined && (at === -1 || except.at < from + at) };
}
