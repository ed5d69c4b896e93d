import { type Instant, invariant, type Words } from '@keepsake/kernel';
import type { ConsentRecord } from './consent.ts';
import { derive } from './derive.ts';
import { type Basis, type Fact, isWithin, type Polarity } from './fact.ts';
import {
  type FactValue,
  findAskable,
  findPredicate,
  isVolatile,
  type Ontology,
  type Predicate,
} from './ontology.ts';
import { type Question, rankQuestions } from './questions.ts';
import { isGift, openRecall, type Recall } from './recall.ts';
import type { Candidate, Doubt } from './resolve.ts';
import type { Scope } from './scope.ts';

/** A refusal to answer, in force from `at` until `until` (half-open; null: for ever). */
export interface Decline {
  /** Id of the interaction. */
  readonly id: string;
  readonly subject: string;
  readonly predicate: string;
  readonly at: Instant;
  readonly until: Instant | null;
  readonly recordedAt: Instant;
  readonly seq: number;
}

/** Everything a company holds of one person: of all member subjects together. */
export interface PersonMemory {
  /** May hold the whole history; what is not valid and known at the moment is passed over. */
  readonly facts: readonly Fact[];
  readonly declines: readonly Decline[];
  readonly consents: readonly ConsentRecord[];
}

/** The situation in which something is asked or done. */
export interface Situation extends Scope {
  readonly at: Instant;
  readonly touchpoint: string;
  /** Id of the purpose for which it is read. */
  readonly purpose: string;
  /** The customer chooses for someone else, as with the occasion `gift`: nothing personal applies. */
  readonly gift?: boolean;
}

/** One remembered value and why it is believed. */
export interface RememberedValue {
  readonly value: FactValue;
  readonly unit: string | null;
  readonly polarity: Polarity;
  readonly factIds: readonly string[];
  /** Ids of the interactions behind it, the deciding one first. */
  readonly evidence: readonly string[];
  readonly basis: Basis;
  /** After ageing. */
  readonly confidence: number;
  /** When the newest evidence occurred. */
  readonly asOf: Instant;
}

/** One choice to offer with a question. */
export interface AnswerOption {
  readonly value: FactValue;
  readonly label: Words;
}

/** A value that memory has for a need. */
export interface RememberedAnswer extends RememberedValue {
  readonly predicate: string;
  /** Further values of the same predicate: many-valued ones, bans, requirements. */
  readonly others: readonly RememberedValue[];
  /** Names of the predicates whose facts the value follows from; empty where it was said itself. */
  readonly derivedFrom: readonly string[];
}

/** What to do about one need. */
export type Answer =
  | ({ readonly kind: 'known' } & RememberedAnswer)
  | ({ readonly kind: 'confirm'; readonly reason: Doubt } & RememberedAnswer)
  | {
      readonly kind: 'ask';
      readonly predicate: string;
      readonly question: Words;
      readonly options: readonly AnswerOption[];
      /** Its place among the questions of this touchpoint, from 0: what decides most comes first. */
      readonly rank: number;
      /** Names of the other open needs that its answer would give, for sure or perhaps. */
      readonly decides: readonly string[];
    }
  /** As `ask`, but not now: beyond the number of questions, or given by the answer to another. */
  | { readonly kind: 'later'; readonly predicate: string }
  | { readonly kind: 'declined'; readonly predicate: string; readonly until: Instant | null }
  /** Not to be read for this purpose, whether or not there is anything; for the log alone. */
  | { readonly kind: 'withheld'; readonly predicate: string }
  | { readonly kind: 'unknown-predicate'; readonly predicate: string };

/** An answer as whoever asks may see it. */
export type OutwardAnswer = Exclude<Answer, { readonly kind: 'withheld' }>;

/**
 * The answer for whoever asks: what is withheld looks as if the customer had refused for ever, so
 * that nobody learns whether there is a fact, a refusal or no consent.
 */
export function outward(answer: Answer): OutwardAnswer {
  if (answer.kind !== 'withheld') return answer;
  return { kind: 'declined', predicate: answer.predicate, until: null };
}

/** What is asked of memory. */
export interface AskRequest extends PersonMemory {
  /** Predicate names or synonyms. */
  readonly needs: readonly string[];
  readonly situation: Situation;
  readonly ontology: Ontology;
  /** Most questions (`ask`) at this touchpoint. */
  readonly limit: number;
  /** How much it is worth to know a predicate, by name; 1 for those not named. */
  readonly weights?: Readonly<Record<string, number>>;
}

/**
 * Answers each need from memory, in the order of the needs. Nothing in the answers depends on a
 * fact that may not be read. A need named twice (also by synonym) is put as a question once. The
 * answers are for the company itself; `outward` makes them fit for others. Cost: as `resolve` for
 * each need, and quadratic in the questions that are left.
 */
export function ask(request: AskRequest): readonly Answer[] {
  const recall = openRecall(request);
  const found = request.needs.map((need): Answer | { readonly open: Predicate } => {
    const predicate = findAskable(request.ontology, need);
    if (predicate === undefined) return { kind: 'unknown-predicate', predicate: need };
    return answerOne(predicate, request, recall) ?? { open: predicate };
  });
  const open = new Set(found.flatMap((one) => ('open' in one ? [one.open] : [])));
  const put = new Map(rankQuestions([...open], request).map((one) => [one.predicate, one]));
  return found.map((one) => {
    if (!('open' in one)) return one;
    const question = put.get(one.open);
    put.delete(one.open);
    if (question === undefined) return { kind: 'later', predicate: one.open.name };
    return questionOf(question, unwelcomeOf(one.open, request, recall));
  });
}

type MemoryAnswer = Extract<Answer, { readonly kind: 'known' | 'confirm' }>;

/** The answer of memory; undefined where the customer has to be asked. */
function answerOne(predicate: Predicate, request: AskRequest, recall: Recall): Answer | undefined {
  if (!isTaken(predicate, request)) return undefined;
  if (!recall.isReadable(predicate)) return { kind: 'withheld', predicate: predicate.name };
  const { candidates } = recall.resolve(predicate);
  const told = isAnAnswer(predicate, candidates) ? remembered(predicate, candidates) : undefined;
  const answer = isSettled(told) ? told : newer(told, derived(predicate, request, recall));
  if (answer?.kind === 'known') return answer;
  const refusal = declineInForce(predicate, request);
  if (refusal === undefined) return answer;
  return { kind: 'declined', predicate: predicate.name, until: refusal.until };
}

/** Whether what was said of the predicate itself stands, however new something else is. */
function isSettled(told: MemoryAnswer | undefined): boolean {
  return told?.kind === 'known' || (told?.kind === 'confirm' && !LAPSING.has(told.reason));
}

const LAPSING: ReadonlySet<Doubt> = new Set(['aged', 'volatile']);

function newer(
  told: MemoryAnswer | undefined,
  other: MemoryAnswer | undefined,
): MemoryAnswer | undefined {
  if (told === undefined || other === undefined) return told ?? other;
  return other.asOf > told.asOf ? other : told;
}

/** Whether anything is taken from memory: for a gift nothing that is true of the giver. */
function isTaken(predicate: Predicate, { situation }: AskRequest): boolean {
  return !(predicate.personal && isGift(situation));
}

/** Kinds of which a ban alone says nothing; of the others, an allergy for one, it is an answer. */
const WANTED: ReadonlySet<Predicate['kind']> = new Set(['choice', 'date', 'time', 'place']);

/** Knowing only what is unwelcome does not say which single value is wanted. */
function isAnAnswer(predicate: Predicate, candidates: readonly Candidate[]): boolean {
  if (candidates.length === 0) return false;
  if (!WANTED.has(predicate.kind) || predicate.cardinality === 'many') return true;
  return candidates.some(({ fact }) => fact.polarity === 'like' || fact.polarity === 'require');
}

function remembered(predicate: Predicate, candidates: readonly Candidate[]): MemoryAnswer {
  const [first, ...rest] = candidates;
  invariant(first !== undefined, 'a remembered answer stands on a candidate');
  const others = rest.map(rememberedValue);
  const base = { predicate: predicate.name, ...rememberedValue(first), others, derivedFrom: [] };
  if (first.doubt === null) return { kind: 'known', ...base };
  return { kind: 'confirm', ...base, reason: first.doubt };
}

function rememberedValue({
  fact,
  factIds,
  evidence,
  confidence,
  asOf,
}: Candidate): RememberedValue {
  const { value, unit, polarity, basis } = fact;
  return { value, unit, polarity, factIds, evidence, basis, confidence, asOf };
}

function isUnwanted({ polarity }: Fact): boolean {
  return polarity === 'dislike' || polarity === 'forbid';
}

/** What follows from facts of other predicates, with the weakest confidence among them. */
function derived(
  predicate: Predicate,
  request: AskRequest,
  recall: Recall,
): MemoryAnswer | undefined {
  const found = derive(predicate, {
    ontology: request.ontology,
    remembered: (other) => recall.resolve(other).candidates,
    isOpen: (other) => isTaken(other, request),
    unwelcome: unwelcomeOf(predicate, request, recall),
  });
  const [first] = found?.grounds ?? [];
  if (found === undefined || first === undefined) return undefined;
  const { value, from, grounds } = found;
  const base = {
    ...rememberedValue(first),
    predicate: predicate.name,
    value,
    unit: predicate.unit,
    factIds: [...new Set(grounds.flatMap(({ factIds }) => factIds))],
    evidence: [...new Set(grounds.flatMap(({ evidence }) => evidence))],
    confidence: Math.min(...grounds.map(({ confidence }) => confidence)),
    others: [],
    derivedFrom: from,
  };
  if (found.isCertain && !isVolatile(predicate)) return { kind: 'known', ...base };
  return { kind: 'confirm', ...base, reason: 'derived' };
}

/** Values that the customer does not want, or that something else rules out. */
function unwelcomeOf(
  predicate: Predicate,
  request: AskRequest,
  recall: Recall,
): ReadonlySet<FactValue> {
  if (!isTaken(predicate, request)) return new Set();
  const { candidates, banned } = recall.resolve(predicate);
  const unwanted = candidates.filter(({ fact }) => isUnwanted(fact));
  return new Set([...banned, ...unwanted.map(({ fact }) => fact.value)]);
}

/** The question with the options that are not known to be unwelcome. */
function questionOf(
  { predicate, rank, decides }: Question,
  unwelcome: ReadonlySet<FactValue>,
): Answer {
  const { name, question } = predicate;
  const options = predicate.values
    .filter((value) => !unwelcome.has(value.id))
    .map((value) => ({ value: value.id, label: value.label }));
  return { kind: 'ask', predicate: name, question, options, rank, decides };
}

function declineInForce(predicate: Predicate, request: AskRequest): Decline | undefined {
  const { at } = request.situation;
  const inForce = request.declines.filter(
    (decline) =>
      findPredicate(request.ontology, decline.predicate) === predicate &&
      decline.recordedAt <= at &&
      isWithin(at, decline.at, decline.until),
  );
  return inForce.sort(
    (a, b) => (b.until ?? Number.POSITIVE_INFINITY) - (a.until ?? Number.POSITIVE_INFINITY) || 0,
  )[0];
}

/** One line of the log of questions. */
export interface AskLogEntry {
  /** Name or synonym. */
  readonly predicate: string;
  /** The situation in which it was asked; `at` is when. */
  readonly situation: Situation;
  readonly outcome: 'answered' | 'confirmed' | 'asked' | 'declined' | 'withheld';
}

/**
 * Whether an open question was put although memory, as it was at that moment, knew an answer or a
 * likely one, or a refusal was in force. The share of these among all questions is the repeat-ask
 * rate.
 */
export function isRepeatAsk(
  entry: AskLogEntry,
  memory: PersonMemory & { readonly ontology: Ontology },
): boolean {
  if (entry.outcome !== 'asked') return false;
  const { situation, predicate } = entry;
  const [answer] = ask({ ...memory, needs: [predicate], situation, limit: 1 });
  return answer !== undefined && ['known', 'confirm', 'declined'].includes(answer.kind);
}
