import { instantToText } from '@keepsake/kernel';
import {
  eventsTooLate,
  type Replay,
  type ReplayAnswer,
  type ReplayEvidence,
  replayNeeds,
} from '@keepsake/memory';
import { Faults } from './faults.ts';
import { readLines } from './line-file.ts';
import { readEvent, readNeed } from './replay-files.ts';
import { readVocabulary } from './vocabulary.ts';

/** The files of a replay. */
export interface ReplayFiles {
  readonly events: string;
  readonly needs: string;
  readonly ontology: string;
}

/**
 * Reads all files of a replay. Throws `InputError` with a line for each fault, so that nothing is
 * answered from files that are half wrong. `tell` hears how far it has come, from 0 to 1.
 */
export function readReplay(files: ReplayFiles, tell: (share: number) => void): Replay {
  const vocabulary = readVocabulary(files.ontology);
  const faults = new Faults();
  const events = readLines(files.events, faults, (share) => tell(share / 2)).map((line) =>
    readEvent(line, vocabulary),
  );
  const needs = readLines(files.needs, faults, (share) => tell((1 + share) / 2)).map((line) =>
    readNeed(line, vocabulary),
  );
  faults.throwIfAny();
  return { events, needs, ontology: vocabulary.ontology() };
}

/** How many needs got which answer. */
export type Tally = Record<ReplayAnswer['answer'], number>;

/** Answers every need; `write` gets each answer, `tell` how far it has come, from 0 to 1. */
export function answerAll(
  replay: Replay,
  write: (answer: ReplayAnswer) => void,
  tell: (share: number) => void,
): Tally {
  const tally: Tally = { known: 0, confirm: 0, ask: 0, declined: 0 };
  let done = 0;
  for (const answers of replayNeeds(replay)) {
    for (const answer of answers) {
      tally[answer.answer] += 1;
      write(answer);
    }
    done += 1;
    tell(done / replay.needs.length);
  }
  return tally;
}

/** One answer as a line of JSON. */
export function jsonOf(answer: ReplayAnswer, { needs }: Replay): string {
  const { need, predicate, polarity, reason, derivedFrom } = answer;
  const asked = needs[need];
  return JSON.stringify({
    predicate,
    answer: answer.answer,
    value: answer.value,
    evidence: answer.evidence.map((one) => ({ ...one, at: instantToText(one.at) })),
    ...(polarity === null || polarity === 'like' ? {} : { polarity }),
    ...(reason === null ? {} : { reason }),
    ...(derivedFrom.length === 0 ? {} : { derivedFrom }),
    subject: asked?.subject ?? '',
    at: instantToText(asked?.at ?? 0),
  });
}

/** The same for people. */
export function sentenceOfAnswer(answer: ReplayAnswer, { needs }: Replay): string {
  const asked = needs[answer.need];
  const head = `${instantToText(asked?.at ?? 0)} ${asked?.subject ?? ''} ${answer.predicate}: ${answer.answer}`;
  if (answer.value === null) return head;
  const why = answer.reason === null ? '' : `${answer.reason}; `;
  const [first] = answer.evidence;
  const against = answer.polarity === 'like' ? '' : `${answer.polarity} `;
  return `${head} ${against}${answer.value} (${why}${first === undefined ? '' : evidenceOf(first)})`;
}

function evidenceOf({ at, predicate, said, basis, channel, place }: ReplayEvidence): string {
  const where = [channel, place].filter((one) => one !== '').join(' ');
  return `${basis} ${instantToText(at).slice(0, 10)}: ${predicate} = ${said}${where === '' ? '' : `, ${where}`}`;
}

/** What there was, and how it was answered. */
export function summaryOf(replay: Replay, tally: Tally): readonly string[] {
  const { known, confirm, ask, declined } = tally;
  const total = known + confirm + ask + declined;
  const late = eventsTooLate(replay);
  const subjects = new Set(replay.events.map(({ subject }) => subject)).size;
  const first = late[0];
  return [
    `${total} needs: ${known} known, ${confirm} to confirm, ${ask} to ask, ${declined} declined`,
    `${replay.events.length} events of ${subjects} subjects`,
    ...(first === undefined
      ? []
      : [
          `${late.length} events come after every need, the first at ${instantToText(first.at)}: they answer nothing`,
        ]),
  ];
}
