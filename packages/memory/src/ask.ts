import { type Instant, invariant, type Words } from '@keepsake/kernel';
import type { ConsentRecord } from './consent.ts';
import { type Basis, type Fact, isWithin, type Polarity } from './fact.ts';
import { type FactValue, findPredicate, type Ontology, type Predicate } from './ontology.ts';
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

/** What to do about one need. */
export type Answer =
  | ({
      readonly kind: 'known';
      readonly predicate: string;
      /** Further values of the same predicate: many-valued ones, bans, requirements. */
      readonly others: readonly RememberedValue[];
    } & RememberedValue)
  | ({
      readonly kind: 'confirm';
      readonly predicate: string;
      readonly reason: Doubt;
      readonly others: readonly RememberedValue[];
    } & RememberedValue)
  | {
      readonly kind: 'ask';
      readonly predicate: string;
      readonly question: Words;
      readonly options: readonly AnswerOption[];
    }
  /** As `ask`, but beyond the number of questions of this touchpoint. */
  | { readonly kind: 'later'; readonly predicate: string }
  | { readonly kind: 'declined'; readonly predicate: string; readonly until: Instant | null }
  /** Not to be read for this purpose; given whether or not there is anything to read. */
  | {
      readonly kind: 'withheld';
      readonly predicate: string;
      readonly question: Words;
      readonly options: readonly AnswerOption[];
    }
  | { readonly kind: 'unknown-predicate'; readonly predicate: string };

/** What is asked of memory. */
export interface AskRequest extends PersonMemory {
  /** Predicate names or synonyms. */
  readonly needs: readonly string[];
  readonly situation: Situation;
  readonly ontology: Ontology;
  /** Most questions (`ask`) at this touchpoint. */
  readonly limit: number;
}

/**
 * Answers each need from memory, in the order of the needs. Nothing in the answers depends on a
 * fact that may not be read. A need named twice (also by synonym) is put as a question once.
 */
export function ask(request: AskRequest): readonly Answer[] {
  const recall = openRecall(request);
  const put = new Set<string>();
  return request.needs.map((need) => {
    const predicate = findPredicate(request.ontology, need);
    if (predicate === undefined) return { kind: 'unknown-predicate', predicate: need };
    const answer = answerOne(predicate, request, recall);
    if (answer.kind !== 'ask') return answer;
    if (put.has(predicate.name) || put.size >= request.limit) {
      return { kind: 'later', predicate: predicate.name };
    }
    put.add(predicate.name);
    return answer;
  });
}

function answerOne(predicate: Predicate, request: AskRequest, recall: Recall): Answer {
  const { situation } = request;
  if (predicate.personal && isGift(situation)) return questionOf('ask', predicate, []);
  const isReadable = recall.isReadable(predicate);
  const candidates = isReadable ? recall.resolve(predicate).candidates : [];
  const [best] = candidates;
  const isAnswered = best !== undefined && isAnAnswer(predicate, candidates);
  if (isAnswered && best.doubt === null) return remembered(predicate, candidates);
  const refusal = declineInForce(predicate, request);
  if (refusal !== undefined) {
    return { kind: 'declined', predicate: predicate.name, until: refusal.until };
  }
  if (isAnswered) return remembered(predicate, candidates);
  return questionOf(isReadable ? 'ask' : 'withheld', predicate, candidates);
}

/** Knowing only what is unwelcome does not say which single value is wanted. */
function isAnAnswer(predicate: Predicate, candidates: readonly Candidate[]): boolean {
  if (predicate.kind !== 'choice' || predicate.cardinality === 'many') return true;
  return candidates.some(({ fact }) => fact.polarity === 'like' || fact.polarity === 'require');
}

function remembered(predicate: Predicate, candidates: readonly Candidate[]): Answer {
  const [first, ...rest] = candidates;
  invariant(first !== undefined, 'a remembered answer stands on a candidate');
  const others = rest.map(rememberedValue);
  const base = { predicate: predicate.name, ...rememberedValue(first), others };
  if (first.doubt === null) return { kind: 'known', ...base };
  return { kind: 'confirm', ...base, reason: first.doubt };
}

function rememberedValue({ fact, factIds, confidence, asOf }: Candidate): RememberedValue {
  const { value, unit, polarity, basis } = fact;
  return { value, unit, polarity, factIds, basis, confidence, asOf };
}

/** The question with the options that are not known to be unwelcome. */
function questionOf(
  kind: 'ask' | 'withheld',
  predicate: Predicate,
  candidates: readonly Candidate[],
): Answer {
  const unwelcome = new Set(candidates.map(({ fact }) => fact.value));
  const options = predicate.values
    .filter((value) => !unwelcome.has(value.id))
    .map((value) => ({ value: value.id, label: value.label }));
  return { kind, predicate: predicate.name, question: predicate.question, options };
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
