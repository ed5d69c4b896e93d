import { type Instant, newId } from '@keepsake/kernel';
import {
  type Actor,
  factsOf,
  type Interaction,
  type InteractionBody,
  type Ontology,
  type Projection,
  project,
} from '@keepsake/memory';
import type { Tx } from '../../platform/database/schema.ts';
import type { SubjectKey } from '../../platform/keys.ts';
import {
  closeFact,
  deleteFacts,
  deleteProjection,
  insertConsents,
  insertDeclines,
  insertFacts,
  listEverBelieved,
} from './facts.store.ts';
import {
  blankInteractions,
  findByIdempotencyKey,
  type InteractionRow,
  insertInteractions,
  listInteractions,
  updateSlot,
} from './journal.store.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { getOntology } from './ontology.service.ts';
import {
  consentRow,
  declineRow,
  factChanges,
  factOf,
  factRow,
  interactionOf,
  slotsOf,
} from './projection.rules.ts';
import { getKey, sealJson } from './sealing.ts';
import { lockSubject, type SubjectRow, updateJournalEnd } from './subjects.store.ts';

/** What happened, to be written into the journal of one subject in one go. */
export interface Recording extends Who {
  readonly channel: string;
  readonly touchpoint: string;
  readonly actor: Actor;
  readonly bodies: readonly InteractionBody[];
  /** Id of the site where it happened, for the evidence. */
  readonly site?: string;
  /** When it happened; absent: now. */
  readonly occurredAt?: Instant;
  /** Recording again under the same key changes nothing. */
  readonly idempotencyKey?: string;
  /** The customer was there in person, so that staff see when they last met. */
  readonly wasSeen?: boolean;
}

/** What became of a recording. */
export type Recorded =
  | { readonly kind: 'recorded'; readonly ids: readonly string[]; readonly at: Instant }
  /** The same key was used before: the ids are those of then. */
  | { readonly kind: 'repeated'; readonly ids: readonly string[]; readonly at: Instant }
  | { readonly kind: 'subject-not-found' };

/**
 * Appends to the journal and brings the facts, consents and declines that follow from it up to
 * date, in the transaction of the caller: what is recorded can be read at once, and either all of
 * it is kept or nothing. Writers of one subject wait for each other. Costs one projection of the
 * slots concerned, whatever the length of the journal.
 */
export async function recordInteractions(
  tx: Tx,
  deps: MemoryDeps,
  recording: Recording,
): Promise<Recorded> {
  const subject = await lockSubject(tx, recording);
  if (subject === undefined) return { kind: 'subject-not-found' };
  const repeated = await findRepeated(tx, recording);
  if (repeated !== undefined) return repeated;
  const now = deps.clock.now();
  // A clock that runs back must not let the company know something before it did.
  const at = Math.max(now, subject.last_recorded_at?.getTime() ?? 0);
  const key = await getKey(tx, deps.keys, recording);
  const ontology = await getOntology(tx, recording.company);
  const added = interactionsOf(recording, subject, { deps, at });
  if (added.length === 0) return { kind: 'recorded', ids: [], at };
  const projected = slotsOf(project(added, ontology));
  const rows = added.map((one) => rowOf(one, { recording, key, slot: projected.get(one.id) }));
  await insertInteractions(tx, withBatch(rows, recording));
  await updateJournalEnd(tx, recording, {
    length: subject.journal_length + added.length,
    recordedAt: new Date(at),
    seenAt: recording.wasSeen === true ? new Date(now) : null,
  });
  await projectSlots(tx, deps, { key, ontology, slots: [...new Set(projected.values())], added });
  return { kind: 'recorded', ids: added.map((one) => one.id), at };
}

async function findRepeated(tx: Tx, recording: Recording): Promise<Recorded | undefined> {
  if (recording.idempotencyKey === undefined) return undefined;
  const rows = await findByIdempotencyKey(tx, recording, recording.idempotencyKey);
  const [first] = rows;
  if (first === undefined) return undefined;
  return { kind: 'repeated', ids: rows.map((row) => row.id), at: first.recorded_at.getTime() };
}

function interactionsOf(
  recording: Recording,
  subject: SubjectRow,
  { deps, at }: { readonly deps: MemoryDeps; readonly at: Instant },
): readonly Interaction[] {
  return recording.bodies.map((body, index) => ({
    id: newId(at, deps.random),
    subject: recording.subject,
    seq: subject.journal_length + index,
    occurredAt: recording.occurredAt ?? at,
    recordedAt: at,
    channel: recording.channel,
    touchpoint: recording.touchpoint,
    actor: recording.actor,
    body,
  }));
}

function rowOf(
  interaction: Interaction,
  context: {
    readonly recording: Recording;
    readonly key: SubjectKey;
    readonly slot: string | undefined;
  },
): Omit<InteractionRow, 'batch' | 'idempotency_key'> {
  const { recording, key, slot } = context;
  return {
    company: recording.company,
    subject: interaction.subject,
    seq: interaction.seq,
    id: interaction.id,
    occurred_at: new Date(interaction.occurredAt),
    recorded_at: new Date(interaction.recordedAt),
    channel: interaction.channel,
    touchpoint: interaction.touchpoint,
    site: recording.site ?? null,
    actor_kind: interaction.actor.kind,
    actor: interaction.actor.id ?? null,
    kind: interaction.body.kind,
    slot: slot ?? null,
    body: sealJson(key, 'interaction.body', interaction.body),
  };
}

/** The first line gives its id to the batch and carries the key of the whole. */
function withBatch(
  rows: readonly Omit<InteractionRow, 'batch' | 'idempotency_key'>[],
  recording: Recording,
): readonly InteractionRow[] {
  const batch = rows[0]?.id ?? '';
  return rows.map((row, index) => ({
    ...row,
    batch,
    idempotency_key: index === 0 ? (recording.idempotencyKey ?? null) : null,
  }));
}

interface Projecting {
  readonly key: SubjectKey;
  readonly ontology: Ontology;
  readonly slots: readonly string[];
  readonly added: readonly Interaction[];
}

async function projectSlots(tx: Tx, deps: MemoryDeps, what: Projecting): Promise<void> {
  const { key, ontology, slots, added } = what;
  const who = { company: key.company, subject: key.subject };
  const lines = await listInteractions(tx, who.company, [who.subject], { slots });
  const known = lines.flatMap((row) => interactionOf(key, row) ?? []);
  const ids = new Set(known.map((line) => line.id));
  const others = added.filter((one) => !ids.has(one.id));
  const projection = project([...known, ...others], ontology);
  const stored = await listEverBelieved(tx, who, slots);
  const changes = factChanges(
    stored.map((row) => factOf(key, row)),
    projection.slots,
  );
  await deleteFacts(tx, who, changes.vanished);
  for (const { id, txTo } of changes.closed) await closeFact(tx, who, id, new Date(txTo));
  await insertFacts(
    tx,
    changes.added.map(({ slot, fact }) => factRow(fact, { key, keys: deps.keys, ontology, slot })),
  );
  await insertConsents(
    tx,
    projection.consents.map((consent) => consentRow(who.company, consent)),
  );
  await insertDeclines(
    tx,
    projection.declines.map((decline) => declineRow(who.company, decline)),
  );
  await blankInteractions(tx, who, forgottenIn(known, projection));
}

/** Lines about facts that the projection dropped: the customer had them forgotten. */
function forgottenIn(known: readonly Interaction[], projection: Projection): readonly string[] {
  const kept = slotsOf(projection);
  return known.filter((line) => !kept.has(line.id)).map((line) => line.id);
}

/** What a replay found. */
export interface Replay {
  readonly interactions: number;
  readonly facts: number;
}

/**
 * Rebuilds the facts, consents and declines of a subject from its journal alone; needed after the
 * vocabulary of a company has changed. Otherwise what it writes is what was there.
 */
export async function replayJournal(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  subject: string,
): Promise<Replay> {
  const who = { company, subject };
  if ((await lockSubject(tx, who)) === undefined) return { interactions: 0, facts: 0 };
  const key = await getKey(tx, deps.keys, who);
  const ontology = await getOntology(tx, company);
  const rows = await listInteractions(tx, company, [subject]);
  const journal = rows.flatMap((row) => interactionOf(key, row) ?? []);
  const projection = project(journal, ontology);
  const slots = slotsOf(projection);
  for (const row of rows) {
    const slot = slots.get(row.id) ?? null;
    if (row.body !== null && slot !== row.slot) await updateSlot(tx, who, row.seq, slot);
  }
  await deleteProjection(tx, who);
  const facts = factsOf(projection);
  await insertFacts(
    tx,
    Object.entries(projection.slots).flatMap(([slot, { facts: inSlot }]) =>
      inSlot.map((fact) => factRow(fact, { key, keys: deps.keys, ontology, slot })),
    ),
  );
  await insertConsents(
    tx,
    projection.consents.map((consent) => consentRow(company, consent)),
  );
  await insertDeclines(
    tx,
    projection.declines.map((decline) => declineRow(company, decline)),
  );
  return { interactions: journal.length, facts: facts.length };
}
