/** A company's memory played again: events, and what was needed in between. */
import { canonicalHash, type Instant } from '@keepsake/kernel';
import type { Decline } from './ask.ts';
import { type Answer, ask, outward } from './ask.ts';
import { type ConsentRecord, compareConsents } from './consent.ts';
import type { Basis, Fact, Polarity } from './fact.ts';
import type { Interaction, InteractionBody } from './journal.ts';
import { type FactValue, findPredicate, findPurpose, type Ontology } from './ontology.ts';
import { compareText } from './order.ts';
import { factsOf, project } from './projection.ts';
import type { Scope } from './scope.ts';

/** One thing said in an event. */
export interface Saying {
  /** Name or synonym. */
  readonly predicate: string;
  readonly value: FactValue;
  readonly polarity: Polarity;
}

/** Something that happened with one subject. */
export interface ReplayEvent {
  readonly at: Instant;
  /** When the company knew. */
  readonly recordedAt: Instant;
  readonly subject: string;
  /** Verified and strong: who shares one is one person. By kind, in a form that equal ones share. */
  readonly identifiers: Readonly<Record<string, string>>;
  readonly channel: string;
  /** Where it happened; empty: nowhere in particular. */
  readonly place: string;
  /** Where what was said holds. */
  readonly scope: Scope;
  readonly basis: Basis;
  readonly says: readonly Saying[];
  /** Predicates of which the subject would rather not say anything. */
  readonly declines: readonly string[];
  /** Purposes that the subject allows in so many words, and for which what it says is kept. */
  readonly purposes: readonly string[];
  /** Purposes taken back. */
  readonly withdraws: readonly string[];
}

/** What somebody needed to know of a subject. */
export interface ReplayNeed {
  readonly at: Instant;
  readonly subject: string;
  readonly purpose: string;
  readonly context: Scope;
  /** Names or synonyms of predicates. */
  readonly needs: readonly string[];
}

/** One thing said that an answer stands on. */
export interface ReplayEvidence {
  readonly at: Instant;
  readonly subject: string;
  readonly predicate: string;
  /** As it was said. */
  readonly said: FactValue;
  readonly basis: Basis;
  readonly channel: string;
  readonly place: string;
}

/** What memory answers of one needed predicate, for whoever asks. */
export interface ReplayAnswer {
  /** Position among the needs given. */
  readonly need: number;
  /** As it was called in the need. */
  readonly predicate: string;
  readonly answer: 'known' | 'confirm' | 'ask' | 'declined';
  readonly value: FactValue | null;
  /** Whether that is wished for, or must or must not be; null where there is no value. */
  readonly polarity: Polarity | null;
  /** Why it is to be confirmed. */
  readonly reason: string | null;
  /** Predicates the value follows from, where it was not said itself. */
  readonly derivedFrom: readonly string[];
  readonly evidence: readonly ReplayEvidence[];
}

/** What is played again. */
export interface Replay {
  /** In any order, and any of them more than once. */
  readonly events: readonly ReplayEvent[];
  readonly needs: readonly ReplayNeed[];
  readonly ontology: Ontology;
}

/**
 * Answers each need as memory would have at its moment, from the events known by then alone. Answers
 * come in the order of the needs, for each predicate one. Cost: each subject's journal is projected
 * once for each purpose that it is read for; a need costs as much as `ask`. Yields after each need.
 */
export function* replayNeeds({
  events,
  needs,
  ontology,
}: Replay): Generator<readonly ReplayAnswer[]> {
  const last = lastNeed(needs);
  const journals = journalsOf(events.filter(({ recordedAt }) => recordedAt <= last));
  const recall = recallOf(journals, ontology);
  const persons = personsAt(journals);
  for (const [at, need] of needs.entries()) {
    const members = persons(need.subject, need.at);
    yield answersTo(need, at, { members, recall, ontology });
  }
}

/** The events that the company knew of after every need: they can answer nothing. */
export function eventsTooLate({
  events,
  needs,
}: Pick<Replay, 'events' | 'needs'>): readonly ReplayEvent[] {
  const last = lastNeed(needs);
  return events.filter(({ recordedAt }) => recordedAt > last);
}

function lastNeed(needs: readonly ReplayNeed[]): Instant {
  return needs.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
}

/** Each different event once, by subject, in an order that does not depend on how they came. */
type Journals = ReadonlyMap<
  string,
  readonly { readonly id: string; readonly event: ReplayEvent }[]
>;

function journalsOf(events: readonly ReplayEvent[]): Journals {
  const byId = new Map<string, ReplayEvent>();
  for (const event of events) byId.set(idOf(event), event);
  const journals = new Map<string, { readonly id: string; readonly event: ReplayEvent }[]>();
  for (const [id, event] of [...byId].sort(([a], [b]) => compareText(a, b))) {
    const journal = journals.get(event.subject);
    if (journal === undefined) journals.set(event.subject, [{ id, event }]);
    else journal.push({ id, event });
  }
  return journals;
}

/** Of what was said first, so that what decides between two of one moment is that, not who they are. */
function idOf({ scope, says, identifiers, ...event }: ReplayEvent): string {
  const said = says.map(({ predicate, value, polarity }) => [predicate, value, polarity]);
  const told = canonicalHash({ ...event, scope: { ...scope }, says: said });
  return `${told.slice(0, 32)}${canonicalHash(identifiers).slice(0, 16)}`;
}

/** What is held of one subject for one purpose. */
interface Held {
  readonly facts: readonly Fact[];
  readonly consents: readonly ConsentRecord[];
  readonly declines: readonly Decline[];
}

interface SubjectRecall {
  held(subject: string, purpose: string): Held;
  evidence(interaction: string): ReplayEvidence | undefined;
}

const NOTHING: Held = { facts: [], consents: [], declines: [] };

/** Projects journals when they are first read; a row of another time is not seen at that time. */
function recallOf(journals: Journals, ontology: Ontology): SubjectRecall {
  const held = new Map<string, Held>();
  const evidence = new Map<string, ReplayEvidence>();
  return {
    evidence: (interaction) => evidence.get(interaction),
    held(subject, purpose) {
      const key = `${subject}\n${purpose}`;
      const there = held.get(key);
      if (there !== undefined) return there;
      const journal = journals.get(subject);
      if (journal === undefined) return NOTHING;
      const lines = journal.flatMap(({ id, event }) =>
        linesOf(id, event, { purpose, ontology, evidence }),
      );
      const projection = project(lines, ontology);
      const { consents, declines } = projection;
      const found = { facts: factsOf(projection), consents: telling(consents), declines };
      held.set(key, found);
      return found;
    },
  };
}

/**
 * Consents without grants that only say again what was granted and known already: most events grant
 * the same. In the order of when they hold.
 */
function telling(consents: readonly ConsentRecord[]): readonly ConsentRecord[] {
  const last = new Map<string, ConsentRecord>();
  return [...consents].sort(compareConsents).filter((record) => {
    const before = last.get(record.purpose);
    const isAgain =
      record.status === 'granted' &&
      before?.status === 'granted' &&
      before.recordedAt <= record.recordedAt;
    if (!isAgain) last.set(record.purpose, record);
    return !isAgain;
  });
}

interface Keeping {
  readonly purpose: string;
  readonly ontology: Ontology;
  readonly evidence: Map<string, ReplayEvidence>;
}

/** The lines of a journal that one event stands for, as far as they are kept for the purpose. */
function linesOf(id: string, event: ReplayEvent, keeping: Keeping): readonly Interaction[] {
  const { at, recordedAt, subject, channel, place, scope, basis, purposes } = event;
  const bodies: InteractionBody[] = [];
  const told = new Map<InteractionBody, ReplayEvidence>();
  for (const purpose of purposes) bodies.push(grantOf(purpose));
  for (const purpose of event.withdraws) {
    bodies.push({ kind: 'consent-withdrawn', purpose, receiptId: id });
  }
  for (const predicate of event.declines) bodies.push({ kind: 'declined', predicate, until: null });
  for (const { predicate, value, polarity } of event.says) {
    if (!isKept(predicate, event, keeping)) continue;
    const { purpose } = keeping;
    const body = { kind: 'fact', basis, predicate, value, scope, polarity, purpose } as const;
    bodies.push(body);
    told.set(body, { at, subject, predicate, said: value, basis, channel, place });
  }
  return bodies.map((body, position) => {
    const line = `${id}/${position}/${keeping.purpose}`;
    const source = told.get(body);
    if (source !== undefined) keeping.evidence.set(line, source);
    const actor = { kind: basis === 'observed' ? 'staff' : 'customer' } as const;
    return {
      ...{ id: line, subject, seq: 0, occurredAt: at, recordedAt, channel },
      ...{ touchpoint: place, actor, body },
    };
  });
}

function grantOf(purpose: string): InteractionBody {
  const wording = { en: purpose };
  return {
    kind: 'consent-granted',
    purpose,
    basis: 'explicit-consent',
    wording,
    receiptId: purpose,
  };
}

/** Kept for the purposes the subject named, else for the one of the predicate. */
function isKept(
  predicate: string,
  { purposes }: ReplayEvent,
  { purpose, ontology }: Keeping,
): boolean {
  if (purposes.length > 0) return purposes.includes(purpose);
  return findPredicate(ontology, predicate)?.purpose === purpose;
}

/** Who is one person with a subject at a moment, by the identifiers known by then. */
function personsAt(journals: Journals): (subject: string, at: Instant) => readonly string[] {
  const bySubject = new Map<string, { readonly key: string; readonly from: Instant }[]>();
  const byKey = new Map<string, { readonly subject: string; readonly from: Instant }[]>();
  for (const [subject, journal] of journals) {
    for (const [key, from] of firstSeen(journal)) {
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), { key, from }]);
      const owners = byKey.get(key);
      if (owners === undefined) byKey.set(key, [{ subject, from }]);
      else owners.push({ subject, from });
    }
  }
  const sharing = (key: string, at: Instant): readonly string[] =>
    (byKey.get(key) ?? []).filter(({ from }) => from <= at).map(({ subject }) => subject);
  return (first, at) => {
    const members = new Set([first]);
    for (const member of members) {
      const keys = (bySubject.get(member) ?? []).filter(({ from }) => from <= at);
      for (const { key } of keys) for (const subject of sharing(key, at)) members.add(subject);
    }
    return [...members].sort(compareText);
  };
}

function firstSeen(
  journal: readonly { readonly event: ReplayEvent }[],
): ReadonlyMap<string, Instant> {
  const seen = new Map<string, Instant>();
  for (const { event } of journal) {
    for (const [kind, value] of Object.entries(event.identifiers)) {
      const key = JSON.stringify([kind, value]);
      seen.set(key, Math.min(event.recordedAt, seen.get(key) ?? Number.POSITIVE_INFINITY));
    }
  }
  return seen;
}

interface Reading {
  readonly members: readonly string[];
  readonly recall: SubjectRecall;
  readonly ontology: Ontology;
}

function answersTo(need: ReplayNeed, position: number, reading: Reading): readonly ReplayAnswer[] {
  const { members, recall, ontology } = reading;
  const kept = [need.purpose, ...(findPurpose(ontology, need.purpose)?.includes ?? [])];
  const held = members.flatMap((member) => kept.map((purpose) => recall.held(member, purpose)));
  const answers = ask({
    facts: held.flatMap(({ facts }) => facts),
    consents: distinct(
      held.flatMap(({ consents }) => consents.filter(({ recordedAt }) => recordedAt <= need.at)),
    ),
    declines: distinct(held.flatMap(({ declines }) => declines)),
    ontology,
    needs: need.needs,
    situation: {
      ...need.context,
      at: need.at,
      touchpoint: need.context.place ?? '',
      purpose: need.purpose,
    },
    limit: need.needs.length,
  });
  return answers.map((answer, at) => ({
    need: position,
    predicate: need.needs[at] ?? answer.predicate,
    ...toldOf(answer, recall),
  }));
}

/** One journal is read once for each purpose; what is the same in all of them counts once. */
function distinct<T extends { readonly id: string }>(records: readonly T[]): readonly T[] {
  const byEvent = new Map(records.map((one) => [one.id.slice(0, one.id.lastIndexOf('/')), one]));
  return [...byEvent.values()];
}

function toldOf(inward: Answer, recall: SubjectRecall): Omit<ReplayAnswer, 'need' | 'predicate'> {
  const answer = outward(inward);
  const nothing = { value: null, polarity: null, reason: null, derivedFrom: [], evidence: [] };
  switch (answer.kind) {
    case 'known':
    case 'confirm':
      return {
        answer: answer.kind,
        value: answer.value,
        polarity: answer.polarity,
        reason: answer.kind === 'confirm' ? answer.reason : null,
        derivedFrom: answer.derivedFrom,
        evidence: evidenceOf(answer.evidence, recall),
      };
    case 'declined':
    case 'unknown-predicate':
      return { answer: 'declined', ...nothing };
    case 'ask':
    case 'later':
      return { answer: 'ask', ...nothing };
  }
}

/** What was said once and kept for several purposes is one piece of evidence. */
function evidenceOf(ids: readonly string[], recall: SubjectRecall): readonly ReplayEvidence[] {
  const found = ids.flatMap((id) => recall.evidence(id) ?? []);
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}
