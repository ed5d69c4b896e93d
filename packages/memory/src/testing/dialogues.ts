/** Published service dialogues, turned into what memory is told and asked, and measured. */
import { type Instant, MINUTE_MS, SECOND_MS } from '@keepsake/kernel';
import { type FactValue, findPredicate, findValue, type Ontology } from '../ontology.ts';
import { counterpartsOf, sourcesOf } from '../ontology-links.ts';
import { type ReplayAnswer, type ReplayEvent, type ReplayNeed, replayNeeds } from '../replay.ts';

/** One thing done in a turn, as the annotation names it. */
export interface DialogueAct {
  readonly act: string;
  readonly slot?: string;
  readonly values?: readonly string[];
}

/** What a turn is about, for one service; the state is what the customer wants by now. */
export interface DialogueFrame {
  readonly svc: string;
  readonly acts: readonly DialogueAct[];
  readonly state?: Readonly<Record<string, readonly string[]>>;
}

/** A dialogue between a customer (`U`) and a service (`S`), annotated. */
export interface Dialogue {
  readonly id: string;
  /** Asks of the service, by turn, whose answer the customer had given under another name. */
  readonly repeat_asks: readonly {
    readonly turn: number;
    readonly service: string;
    readonly slot: string;
  }[];
  readonly turns: readonly { readonly s: 'U' | 'S'; readonly f: readonly DialogueFrame[] }[];
}

/** One ask of the service as a need, and what the customer then says. */
export interface DialogueNeed {
  readonly need: ReplayNeed;
  /** Of each predicate: the forms of what the customer wants after it was asked; empty: nothing. */
  readonly afterwards: readonly (readonly string[])[];
  /** Of each predicate: whether the annotation calls it a repeat. */
  readonly repeats: readonly boolean[];
}

/** A dialogue as a replay takes it. */
export interface DialogueReplay {
  readonly events: readonly ReplayEvent[];
  readonly needs: readonly DialogueNeed[];
}

const PURPOSE = 'service';

/**
 * A dialogue as events and needs. The subject consents first; each turn of the customer is an event
 * that says what it informs of and what it changes in the state; each turn of the service with
 * requests is a need. Turns are ten seconds apart.
 */
export function replayOfDialogue(
  dialogue: Dialogue,
  start: Instant,
  ontology: Ontology,
): DialogueReplay {
  const subject = `d${dialogue.id}`;
  const base = {
    ...{
      subject,
      identifiers: {},
      channel: 'chat',
      place: '',
      scope: {},
      basis: 'stated' as const,
    },
    ...{ declines: [], purposes: [PURPOSE], withdraws: [] },
  };
  const events: ReplayEvent[] = [{ ...base, at: start, recordedAt: start, says: [] }];
  const needs: DialogueNeed[] = [];
  const state = new Map<string, string>();
  dialogue.turns.forEach((turn, position) => {
    const at = start + (position + 1) * 10 * SECOND_MS;
    if (turn.s === 'S') {
      const asked = needOf(dialogue, position, { at, subject });
      if (asked.need.needs.length > 0) needs.push(asked);
      return;
    }
    const says = [...saidIn(turn.f, state)].flatMap(([name, forms]) => {
      const predicate = findPredicate(ontology, name);
      const value = predicate && bestForm(predicate.kind, forms);
      return predicate === undefined || value === undefined
        ? []
        : [{ predicate: predicate.name, value, polarity: 'like' as const }];
    });
    if (says.length > 0) events.push({ ...base, at, recordedAt: at, says });
  });
  return { events, needs };
}

/** Of a date or time the first form with a digit, else the first. */
function bestForm(kind: string, forms: readonly string[]): string | undefined {
  const isDated = kind === 'date' || kind === 'time';
  return (isDated ? forms.find((form) => /\d/.test(form)) : undefined) ?? forms[0];
}

/** What the customer informs of in a turn, and what that, or agreeing, changes in the state. */
function saidIn(
  frames: readonly DialogueFrame[],
  state: Map<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const said = new Map<string, readonly string[]>();
  for (const { svc, acts, state: now = {} } of frames) {
    for (const { act, slot, values = [] } of acts) {
      if (act === 'INFORM' && slot !== undefined) said.set(`${svc}.${slot}`, values);
    }
    for (const [slot, forms] of Object.entries(now)) {
      const name = `${svc}.${slot}`;
      const text = JSON.stringify(forms);
      if (state.get(name) !== text && !said.has(name)) said.set(name, forms);
      state.set(name, text);
    }
  }
  return said;
}

function needOf(
  { turns, repeat_asks }: Dialogue,
  position: number,
  { at, subject }: { readonly at: Instant; readonly subject: string },
): DialogueNeed {
  const asked = (turns[position]?.f ?? []).flatMap(({ svc, acts }) =>
    acts.flatMap(({ act, slot }) =>
      act === 'REQUEST' && slot !== undefined ? [{ svc, slot }] : [],
    ),
  );
  const answerTurns = turns.slice(position + 1, position + 4).filter(({ s }) => s === 'U');
  return {
    need: {
      ...{ at, subject, purpose: PURPOSE, context: {} },
      needs: asked.map(({ svc, slot }) => `${svc}.${slot}`),
    },
    afterwards: asked.map(({ svc, slot }) => {
      const states = answerTurns.flatMap(({ f }) => f.filter((frame) => frame.svc === svc));
      return states.find(({ state }) => state?.[slot] !== undefined)?.state?.[slot] ?? [];
    }),
    repeats: asked.map(({ svc, slot }) =>
      repeat_asks.some((one) => one.turn === position && one.service === svc && one.slot === slot),
    ),
  };
}

/** What asking memory first makes of dialogues. */
export interface DialogueCounts {
  readonly needs: number;
  readonly asks: number;
  /** Asks although a value of the slot itself or of one linked to it had been given. */
  readonly repeatedAsks: number;
  /** Asks that the annotation calls repeats. */
  readonly annotatedRepeats: number;
  /** `known` answers, dates aside, unlike what the customer then says. */
  readonly wrongKnown: number;
  readonly known: number;
  readonly confirms: number;
  /** `confirm` answers that are what the customer then says, and those that are not. */
  readonly rightConfirms: number;
  readonly wrongConfirms: number;
}

type Counts = { -readonly [Key in keyof DialogueCounts]: number };

/** Replays dialogues, each with a subject of its own, and counts. */
export function measureDialogues(
  dialogues: readonly Dialogue[],
  ontology: Ontology,
): DialogueCounts {
  const counts: Counts = {
    ...{ needs: 0, asks: 0, repeatedAsks: 0, annotatedRepeats: 0, wrongKnown: 0 },
    ...{ known: 0, confirms: 0, rightConfirms: 0, wrongConfirms: 0 },
  };
  dialogues.forEach((dialogue, position) => {
    const replay = replayOfDialogue(dialogue, position * 60 * MINUTE_MS, ontology);
    const needs = replay.needs.map(({ need }) => need);
    for (const answers of replayNeeds({ events: replay.events, needs, ontology })) {
      for (const [at, answer] of answers.entries()) {
        count(answer, { counts, at, replay, ontology });
      }
    }
  });
  return counts;
}

interface Counting {
  readonly counts: Counts;
  readonly at: number;
  readonly replay: DialogueReplay;
  readonly ontology: Ontology;
}

function count(answer: ReplayAnswer, counting: Counting): void {
  const { counts, at, replay, ontology } = counting;
  const asked = replay.needs[answer.need];
  if (asked === undefined) return;
  counts.needs += 1;
  const isRight = isSame(answer, asked.afterwards[at] ?? [], ontology);
  const isDate = findPredicate(ontology, answer.predicate)?.kind === 'date';
  switch (answer.answer) {
    case 'ask':
      counts.asks += 1;
      counts.repeatedAsks += Number(wasGiven(answer.predicate, asked.need, { replay, ontology }));
      counts.annotatedRepeats += Number(asked.repeats[at] === true);
      break;
    case 'known':
      counts.known += 1;
      counts.wrongKnown += Number(isRight === false && !isDate);
      break;
    case 'confirm':
      counts.confirms += 1;
      counts.rightConfirms += Number(isRight === true);
      counts.wrongConfirms += Number(isRight === false);
      break;
    case 'declined':
      break;
  }
}

/** Undefined where the customer says nothing of it. */
function isSame(
  answer: ReplayAnswer,
  forms: readonly string[],
  ontology: Ontology,
): boolean | undefined {
  const predicate = findPredicate(ontology, answer.predicate);
  if (predicate === undefined || forms.length === 0) return undefined;
  return forms.some((form) => findValue(predicate, form) === answer.value);
}

/** Straight from the events: whether the need, or what is linked to it in one step, was told before. */
function wasGiven(
  name: string,
  need: ReplayNeed,
  { replay, ontology }: Pick<Counting, 'replay' | 'ontology'>,
): boolean {
  const predicate = findPredicate(ontology, name);
  if (predicate === undefined) return false;
  const linked = [...counterpartsOf(ontology, predicate), ...sourcesOf(ontology, predicate)];
  const isTelling = (value: FactValue, of: string | undefined): boolean => value !== of;
  return [predicate, ...linked].some(({ name: told, indifferent }) => {
    const said = replay.events
      .filter(({ at }) => at < need.at)
      .flatMap(({ says }) => says.filter((one) => one.predicate === told));
    const last = said.at(-1);
    return last !== undefined && (told === predicate.name || isTelling(last.value, indifferent));
  });
}
