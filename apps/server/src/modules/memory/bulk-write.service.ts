/** Writes journals of many subjects and what follows from them, in sets. */
import { newId } from '@keepsake/kernel';
import { type Fact, type Interaction, type Projection, project, type Slot } from '@keepsake/memory';
import type { Tx } from '../../platform/database/schema.ts';
import type { SubjectKey } from '../../platform/keys.ts';
import {
  endFacts,
  type FactKey,
  insertLines,
  insertManyConsents,
  insertManyFacts,
  insertSubjects,
  listSlotFacts,
  listSlotLines,
  type NewHandle,
  type SlotKey,
  updateJournalEnds,
  upsertHandles,
} from './bulk.store.ts';
import type { AcceptedLine, Deciding, Standing } from './bulk-decide.service.ts';
import { handleId } from './bulk-people.rules.ts';
import { insertDue } from './comparisons.store.ts';
import type { InteractionRow } from './journal.store.ts';
import { COMPARED_KINDS } from './linkage.rules.ts';
import type { MemoryDeps } from './memory-deps.ts';
import {
  consentRow,
  factChanges,
  factOf,
  factRow,
  interactionOf,
  slotsOf,
} from './projection.rules.ts';
import { sealJson } from './sealing.ts';

/** What is to be written. */
export interface Writing extends Omit<Deciding, 'people'> {
  readonly accepted: readonly AcceptedLine[];
  /** Subjects that are not there yet. */
  readonly made: ReadonlySet<string>;
}

interface Appended {
  readonly interaction: Interaction;
  readonly line: AcceptedLine;
  /** The first interaction of the line, which carries its key. */
  readonly isFirst: boolean;
  readonly batch: string;
}

/** Writes accepted lines: subjects and handles that are new, journals, facts and consents. */
export async function writeLines(tx: Tx, deps: MemoryDeps, writing: Writing): Promise<void> {
  if (writing.accepted.length === 0) return;
  const { company, ontology } = writing;
  const appended = appendLines(deps, writing);
  const interactions = appended.map((one) => one.interaction);
  const added = project(interactions, ontology);
  const slotOf = slotsOf(added);
  await writeSubjects(tx, writing, interactions);
  await writeHandles(tx, writing);
  // Before the lines of this batch are among them.
  const stored = await loadStored(tx, writing, added);
  await insertLines(
    tx,
    appended.map((one) => lineRow(one, writing, slotOf.get(one.interaction.id) ?? null)),
  );
  await writeFacts(tx, deps, { writing, added, stored, interactions, slotOf });
  await insertManyConsents(
    tx,
    added.consents.map((consent) => consentRow(company, consent)),
  );
}

function appendLines(deps: MemoryDeps, { accepted, standing, actor }: Writing): Appended[] {
  const counts = new Map<string, number>();
  return accepted.flatMap((line) => {
    const { draft, subject } = line.assigned;
    const journal = getStanding(standing, subject);
    const start = counts.get(subject) ?? journal.length;
    counts.set(subject, start + line.bodies.length);
    const ids = line.bodies.map(() => newId(journal.at, deps.random));
    return line.bodies.map((body, index) => ({
      line,
      isFirst: index === 0,
      batch: ids[0] ?? '',
      interaction: {
        id: ids[index] ?? '',
        subject,
        seq: start + index,
        occurredAt: Math.min(draft.at, journal.at),
        recordedAt: journal.at,
        channel: draft.channel,
        touchpoint: draft.touchpoint,
        actor,
        body,
      },
    }));
  });
}

function getStanding(standing: ReadonlyMap<string, Standing>, subject: string): Standing {
  const journal = standing.get(subject);
  if (journal === undefined) throw new Error('an accepted line is about somebody who is there');
  return journal;
}

function lineRow(
  { interaction, line, isFirst, batch }: Appended,
  { company, standing }: Writing,
  slot: string | null,
): InteractionRow {
  const { subject, seq, id, actor } = interaction;
  const { site, key } = line.assigned.draft;
  // Each property is named, as spreading takes ten times as long and this is made for every line.
  return {
    company,
    subject,
    seq,
    id,
    batch,
    slot,
    occurred_at: new Date(interaction.occurredAt),
    recorded_at: new Date(interaction.recordedAt),
    channel: interaction.channel,
    touchpoint: interaction.touchpoint,
    site: site?.id ?? null,
    actor_kind: actor.kind,
    actor: actor.id ?? null,
    idempotency_key: isFirst ? key : null,
    kind: interaction.body.kind,
    body: sealJson(getStanding(standing, subject).key, 'interaction.body', interaction.body),
  };
}

async function writeSubjects(
  tx: Tx,
  { company, standing, made, now }: Writing,
  interactions: readonly Interaction[],
): Promise<void> {
  const lengths = new Map<string, number>();
  for (const { subject, seq } of interactions) lengths.set(subject, seq + 1);
  const ends = [...lengths].map(([subject, length]) => ({
    ...{ subject, length, recordedAt: new Date(getStanding(standing, subject).at) },
    wrapped: getStanding(standing, subject).wrapped,
  }));
  // A subject all of whose lines were refused is not made.
  const fresh = ends.flatMap((one) => {
    const { wrapped } = one;
    return made.has(one.subject) && wrapped !== undefined ? [{ ...one, wrapped }] : [];
  });
  await insertSubjects(tx, company, fresh, new Date(now));
  const old = ends.filter((one) => !made.has(one.subject));
  await updateJournalEnds(
    tx,
    company,
    old.map(({ subject, length, recordedAt }) => ({ subject, length, recordedAt })),
  );
}

/** Whom others may now be like is compared once this is on disk, so that nobody waits for it. */
async function writeHandles(tx: Tx, writing: Writing): Promise<void> {
  const { company, now } = writing;
  const changed = await upsertHandles(tx, company, handlesOf(writing), new Date(now));
  const compared = changed.filter(({ kind }) => COMPARED_KINDS.has(kind));
  await insertDue(tx, company, [...new Set(compared.map(({ subject }) => subject))]);
}

/** Each handle once for each subject; said twice, the proof counts. */
function handlesOf({ accepted, standing }: Writing): readonly NewHandle[] {
  const handles = new Map<string, NewHandle>();
  for (const { assigned } of accepted) {
    const { subject } = assigned;
    const { key } = getStanding(standing, subject);
    for (const handle of assigned.handles) {
      const id = `${subject} ${handleId(handle)}`;
      const { kind, hmac, isProved } = handle;
      if (handles.has(id) && !isProved) continue;
      const value = sealJson(key, 'identifier.value', handle.value.trim());
      handles.set(id, { subject, kind, hmac, isProved, value });
    }
  }
  return [...handles.values()];
}

/** What was said and believed of slots before. */
interface Stored {
  readonly lines: readonly Interaction[];
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
}

async function loadStored(tx: Tx, writing: Writing, added: Projection): Promise<Stored> {
  const { company, standing, made } = writing;
  const slots: SlotKey[] = [];
  for (const [slot, { facts }] of Object.entries(added.slots)) {
    const subject = facts[0]?.subject;
    if (subject !== undefined && !made.has(subject)) slots.push({ subject, slot });
  }
  const keyOf = (subject: string): SubjectKey => getStanding(standing, subject).key;
  const lines = await listSlotLines(tx, company, slots);
  const rows = lines.length === 0 ? [] : await listSlotFacts(tx, company, slots);
  const facts = new Map<string, Fact[]>();
  for (const row of rows) {
    const there = facts.get(row.slot) ?? [];
    there.push(factOf(keyOf(row.subject), row));
    facts.set(row.slot, there);
  }
  return { lines: lines.flatMap((row) => interactionOf(keyOf(row.subject), row) ?? []), facts };
}

interface Deriving {
  readonly writing: Writing;
  /** What follows from the added interactions alone. */
  readonly added: Projection;
  readonly stored: Stored;
  readonly interactions: readonly Interaction[];
  /** By interaction. */
  readonly slotOf: ReadonlyMap<string, string>;
}

/** Only slots of which something was said before are derived once more, from all that was said. */
async function writeFacts(
  tx: Tx,
  deps: MemoryDeps,
  { writing, added, stored, interactions, slotOf }: Deriving,
): Promise<void> {
  const { company, ontology, standing } = writing;
  const again = project(stored.lines, ontology);
  const spoken = new Set([...Object.keys(again.slots), ...stored.facts.keys()]);
  const fresh = interactions.filter((one) => spoken.has(slotOf.get(one.id) ?? ''));
  const derived = project([...stored.lines, ...fresh], ontology).slots;
  const vanished: FactKey[] = [];
  const closed: (FactKey & { readonly txTo: Date })[] = [];
  const facts: { readonly slot: string; readonly fact: Fact }[] = [];
  for (const [slot, alone] of Object.entries(added.slots)) {
    const now: Slot = derived[slot] ?? alone;
    const before = stored.facts.get(slot);
    if (before === undefined) {
      for (const fact of now.facts) facts.push({ slot, fact });
      continue;
    }
    const changes = factChanges(before, { [slot]: now });
    const subject = now.facts[0]?.subject ?? alone.facts[0]?.subject ?? '';
    vanished.push(...changes.vanished.map((id) => ({ subject, id })));
    closed.push(...changes.closed.map(({ id, txTo }) => ({ subject, id, txTo: new Date(txTo) })));
    facts.push(...changes.added);
  }
  await endFacts(tx, company, { vanished, closed });
  await insertManyFacts(
    tx,
    facts.map(({ slot, fact }) =>
      factRow(fact, {
        key: getStanding(standing, fact.subject).key,
        keys: deps.keys,
        ontology,
        slot,
      }),
    ),
  );
}
