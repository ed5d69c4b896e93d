import type { AskAnswer } from '@keepsake/contract';
import { instantToText, MINUTE_MS, newId } from '@keepsake/kernel';
import {
  type Answer,
  ask,
  findAskable,
  findPredicate,
  findPurpose,
  isRepeatAsk,
  outward,
  type Situation,
  valueLabel,
} from '@keepsake/memory';
import type { z } from 'zod';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { countAsks } from './memory.metrics.ts';
import type { MemoryServiceDeps, Who } from './memory-deps.ts';
import { placeOf, type Site } from './places.rules.ts';
import { findSiteOf } from './places.service.ts';
import { insertAsks, listReservations, upsertReservations } from './reads.store.ts';
import { type LoadedPerson, loadPerson, logReads, type Reader } from './recall.service.ts';
import { lockSubject } from './subjects.store.ts';
import { inTransaction } from './transaction.ts';

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
 * `RESERVATION_MS`: another channel hears `later`.
 */
export async function askMemory(db: Db, deps: MemoryServiceDeps, input: AskInput): Promise<Asked> {
  return await inTransaction(db, deps, (tx) => askLocked(tx, deps, input));
}

async function askLocked(tx: Tx, deps: MemoryServiceDeps, input: AskInput): Promise<Asked> {
  if ((await lockSubject(tx, input)) === undefined) return { kind: 'subject-not-found' };
  const person = await loadPerson(tx, deps, input);
  if (person === undefined) return { kind: 'subject-not-found' };
  const { ontology } = person;
  if (findPurpose(ontology, input.purpose) === undefined) return { kind: 'purpose-not-found' };
  const unknown = input.needs.find((need) => findAskable(ontology, need) === undefined);
  if (unknown !== undefined) return { kind: 'unknown-predicate', predicate: unknown };
  const site = await findSiteOf(tx, input.company, input.site);
  if (site === undefined) return { kind: 'site-not-found' };
  const situation = situationOf(person, input, site);
  const limit = input.limit ?? QUESTIONS_DEFAULT;
  const answers = await reserved(
    tx,
    deps,
    { person, input },
    ask({ ...person, needs: input.needs, situation, limit }),
  );
  const repeatAsks = await logAsks(tx, deps, { person, input, situation, answers });
  const factIds = answers.flatMap((answer) => ('factIds' in answer ? answer.factIds : []));
  await logReads(tx, deps, person, { ...input, factIds });
  return { kind: 'answered', answers: answers.map((one) => wireAnswer(one, person)), repeatAsks };
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
}

/** Puts off what another channel is asking just now, and keeps the rest for this one. */
async function reserved(
  tx: Tx,
  deps: MemoryServiceDeps,
  { person, input }: Asking,
  answers: readonly Answer[],
): Promise<readonly Answer[]> {
  const now = deps.clock.now();
  const holder = `${input.channel} ${input.reader.kind} ${input.reader.id ?? ''}`;
  const { company, subject, members } = person;
  const taken = await listReservations(tx, company, members, new Date(now));
  const isElsewhere = (predicate: string): boolean =>
    taken.some((one) => one.predicate === predicate && one.holder !== holder);
  const settled = answers.map(
    (answer): Answer =>
      answer.kind === 'ask' && isElsewhere(answer.predicate)
        ? { kind: 'later', predicate: answer.predicate }
        : answer,
  );
  const until_at = new Date(now + RESERVATION_MS);
  const mine = settled.filter((answer) => answer.kind === 'ask');
  await upsertReservations(
    tx,
    mine.map(({ predicate }) => ({ company, subject, predicate, holder, until_at })),
  );
  return settled;
}

async function logAsks(
  tx: Tx,
  deps: MemoryServiceDeps,
  asked: Asking & { readonly situation: Situation; readonly answers: readonly Answer[] },
): Promise<number> {
  const { person, input, situation, answers } = asked;
  const now = deps.clock.now();
  const rows = answers.flatMap((answer) => {
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
  await insertAsks(tx, rows);
  const repeats = rows.filter((row) => row.is_repeat).length;
  countAsks(
    deps.metrics,
    rows.map((row) => row.outcome),
    repeats,
  );
  return repeats;
}

/** What leaves the server; that something is withheld is for the log alone. */
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
  if (answer.kind === 'unknown-predicate' || predicate === undefined) return empty;
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
