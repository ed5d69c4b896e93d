import type { AskAnswer } from '@keepsake/contract';
import { instantToText, MINUTE_MS, newId } from '@keepsake/kernel';
import {
  type Answer,
  ask,
  findPredicate,
  findPurpose,
  isRepeatAsk,
  outward,
  type Situation,
  valueLabel,
} from '@keepsake/memory';
import type { z } from 'zod';
import { databaseCode } from '../../platform/database/failure.ts';
import type { Db } from '../../platform/database/schema.ts';
import { countAsks } from './memory.metrics.ts';
import type { MemoryServiceDeps, Who } from './memory-deps.ts';
import type { ReservedQuestion } from './person.store.ts';
import { placeOf, type Site } from './places.rules.ts';
import { type AskedRows, type AskInsert, keepAsked } from './reads.store.ts';
import { type LoadedPerson, loadSituation, type Reader, readRows } from './recall.service.ts';

/** For how long a question belongs to the one who puts it. */
export const RESERVATION_MS: number = 2 * MINUTE_MS;
/** How many questions are put at one touchpoint unless the caller says otherwise. */
export const QUESTIONS_DEFAULT = 3;

/** What is needed, by whom, where and for what. */
export interface AskInput extends Who {
  /** Names or synonyms of predicates. */
  readonly needs: readonly string[];
  /** Id of the site where it is asked. */
  readonly site?: string;
  readonly occasion?: 'self' | 'gift';
  readonly channel: string;
  readonly touchpoint: string;
  readonly purpose: string;
  readonly limit?: number;
  readonly reader: Reader;
}

/** One answer, in the shape of the wire. */
export type WireAnswer = z.infer<typeof AskAnswer>;

/** What memory answers. */
export type Asked =
  | {
      readonly kind: 'answered';
      readonly answers: readonly WireAnswer[];
      /** Questions among the answers whose answer was there: the promise is that it stays 0. */
      readonly repeatAsks: number;
    }
  | { readonly kind: 'unknown-predicate'; readonly predicate: string }
  | { readonly kind: 'purpose-not-found' }
  | { readonly kind: 'site-not-found' }
  | { readonly kind: 'subject-not-found' };

/**
 * Answers each need from memory, in the order of the needs; what is left is to be asked. Each
 * answer is logged, each fact read is logged, and a question belongs to its asker for
 * `RESERVATION_MS`: another channel hears `later`, also of two that ask at once. One statement
 * reads, one writes; nothing is answered before both.
 */
export async function askMemory(db: Db, deps: MemoryServiceDeps, input: AskInput): Promise<Asked> {
  const loaded = await loadSituation(db, deps, input);
  if (loaded === undefined) return { kind: 'subject-not-found' };
  const { person } = loaded;
  const { ontology } = person;
  if (findPurpose(ontology, input.purpose) === undefined) return { kind: 'purpose-not-found' };
  const unknown = input.needs.find((need) => findPredicate(ontology, need) === undefined);
  if (unknown !== undefined) return { kind: 'unknown-predicate', predicate: unknown };
  if (input.site !== undefined && loaded.site === null) return { kind: 'site-not-found' };
  const situation = situationOf(person, input, loaded.site);
  const limit = input.limit ?? QUESTIONS_DEFAULT;
  const asking = { person, input, situation };
  const found = ask({ ...person, needs: input.needs, situation, limit });
  const open = putOff(found, takenElsewhere(loaded.reserved, holderOf(input)));
  const rows = askRows(deps, asking, open);
  const won = await keepAsked(db, asked(deps, asking, rows, open)).catch(orVanished);
  if (won === undefined) return { kind: 'subject-not-found' };
  const answers = putOff(open, (predicate) => !won.has(predicate));
  const repeatAsks = rows.filter((row) => row.is_repeat && won.has(row.predicate)).length;
  const outcomes = answers.map((one) => one.kind).filter((kind) => kind !== 'unknown-predicate');
  countAsks(deps.metrics, outcomes, repeatAsks);
  return { kind: 'answered', answers: answers.map((one) => wireAnswer(one, person)), repeatAsks };
}

/** Erased since they were read: there is nobody to log it of. */
function orVanished(error: unknown): undefined {
  if (databaseCode(error) === '23503') return undefined;
  throw error;
}

function situationOf(person: LoadedPerson, input: AskInput, site: Site | null): Situation {
  return {
    at: person.at,
    touchpoint: input.touchpoint,
    purpose: input.purpose,
    ...(site === null ? {} : { place: placeOf(site) }),
    ...(input.occasion === 'gift' ? { occasion: 'gift', gift: true } : {}),
  };
}

interface Asking {
  readonly person: LoadedPerson;
  readonly input: AskInput;
  readonly situation: Situation;
}

function holderOf({ channel, reader }: AskInput): string {
  return `${channel} ${reader.kind} ${reader.id ?? ''}`;
}

function takenElsewhere(
  reserved: readonly ReservedQuestion[],
  holder: string,
): (predicate: string) => boolean {
  const taken = new Set(
    reserved.filter((one) => one.holder !== holder).map((one) => one.predicate),
  );
  return (predicate) => taken.has(predicate);
}

/** Puts off the questions that another channel is asking. */
function putOff(
  answers: readonly Answer[],
  isElsewhere: (predicate: string) => boolean,
): readonly Answer[] {
  return answers.map((answer) =>
    answer.kind === 'ask' && isElsewhere(answer.predicate)
      ? { kind: 'later', predicate: answer.predicate }
      : answer,
  );
}

function askRows(
  deps: MemoryServiceDeps,
  { person, input, situation }: Asking,
  answers: readonly Answer[],
): readonly AskInsert[] {
  const now = deps.clock.now();
  return answers.flatMap((answer) => {
    if (answer.kind === 'unknown-predicate') return [];
    const { predicate, kind } = answer;
    const entry = { predicate, situation, outcome: 'asked' } as const;
    return {
      company: person.company,
      subject: person.subject,
      id: newId(now, deps.random),
      asked_at: new Date(now),
      channel: input.channel,
      touchpoint: input.touchpoint,
      purpose: input.purpose,
      predicate,
      outcome: kind,
      fact_ids: JSON.stringify('factIds' in answer ? answer.factIds : []),
      is_repeat: kind === 'ask' && isRepeatAsk(entry, person),
    };
  });
}

function asked(
  deps: MemoryServiceDeps,
  { person, input }: Asking,
  rows: readonly AskInsert[],
  answers: readonly Answer[],
): AskedRows {
  const now = deps.clock.now();
  const factIds = answers.flatMap((answer) => ('factIds' in answer ? answer.factIds : []));
  return {
    company: person.company,
    // One for the whole person, so that two channels cannot each hold a question.
    subject: person.members[0] ?? person.subject,
    holder: holderOf(input),
    now: new Date(now),
    until: new Date(now + RESERVATION_MS),
    asks: rows,
    reads: readRows(deps, person, { ...input, factIds }),
  };
}

function wireAnswer(inward: Answer, person: LoadedPerson): WireAnswer {
  const answer = outward(inward);
  const empty: WireAnswer = {
    predicate: answer.predicate,
    status: 'ask',
    value: null,
    valueLabel: null,
    factIds: [],
    derivedFrom: [],
    basis: null,
    confidence: null,
    asOf: null,
    question: null,
    options: [],
    rank: null,
    until: null,
  };
  const predicate = findPredicate(person.ontology, answer.predicate);
  // What is retired is known to the vocabulary and unknown to asking: it is not to be asked either.
  if (answer.kind === 'unknown-predicate' || predicate === undefined) {
    return { ...empty, status: 'declined' };
  }
  switch (answer.kind) {
    case 'known':
    case 'confirm':
      return {
        ...empty,
        status: answer.kind,
        value: answer.value,
        valueLabel: valueLabel(predicate, answer.value),
        factIds: [...answer.factIds],
        derivedFrom: [...answer.derivedFrom],
        basis: answer.basis,
        confidence: answer.confidence,
        asOf: instantToText(answer.asOf),
        question: answer.kind === 'confirm' ? predicate.question : null,
      };
    case 'ask':
      return {
        ...empty,
        question: answer.question,
        options: answer.options.map(({ value, label }) => ({ id: String(value), label })),
        rank: answer.rank,
      };
    case 'later':
      return { ...empty, status: 'later' };
    case 'declined':
      return {
        ...empty,
        status: 'declined',
        until: answer.until === null ? null : instantToText(answer.until),
      };
  }
}
