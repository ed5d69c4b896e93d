/** What staff wrote down of a person, and what a person would rather not say. */
import { instantToText } from '@keepsake/kernel';
import { type Actor, findPredicate } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { recordInteractions } from './journal.service.ts';
import { listLatestEvents, NOTE_TOUCHPOINT } from './journal.store.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { getOntology } from './ontology.service.ts';
import { type Site, siteName } from './places.rules.ts';
import { interactionOf } from './projection.rules.ts';
import { deleteReservations } from './reads.store.ts';
import type { LoadedPerson } from './recall.service.ts';

const NOTES_SHOWN = 20;

/** One note, in the shape of the wire. */
export interface NoteView {
  readonly at: string;
  readonly text: string;
  readonly by: string | null;
  readonly placeName: string | null;
}

/** The last notes on a person, the newest first. */
export async function listNotes(
  db: Db,
  person: LoadedPerson,
  sites: readonly Site[],
): Promise<readonly NoteView[]> {
  const which = { touchpoint: NOTE_TOUCHPOINT, limit: NOTES_SHOWN };
  const rows = await listLatestEvents(db, person.company, person.members, which);
  return rows.flatMap((row) => {
    const key = person.keys.get(row.subject);
    const line = key === undefined ? undefined : interactionOf(key, row);
    if (line?.body.kind !== 'event') return [];
    const { text, by } = noteData(line.body.data);
    const site = sites.find((one) => one.id === row.site);
    return { at: instantToText(line.occurredAt), text, by, placeName: siteName(site) };
  });
}

function noteData(data: unknown): { readonly text: string; readonly by: string | null } {
  if (typeof data !== 'object' || data === null) return { text: '', by: null };
  return {
    text: 'text' in data && typeof data.text === 'string' ? data.text : '',
    by: 'by' in data && typeof data.by === 'string' ? data.by : null,
  };
}

/** A refusal to answer, and who wrote it down. */
export interface DeclineInput extends Who {
  readonly predicate: string;
  readonly channel: string;
  readonly actor: Actor;
  readonly idempotencyKey: string | null;
}

/** Notes that a person would rather not say: it is not asked again until they tell by themselves. */
export async function declineAnswer(
  tx: Tx,
  deps: MemoryDeps,
  input: DeclineInput,
): Promise<'declined' | 'guest-not-found' | 'unknown-predicate'> {
  const { company, subject, channel, actor, idempotencyKey } = input;
  const predicate = findPredicate(await getOntology(tx, company), input.predicate);
  if (predicate === undefined) return 'unknown-predicate';
  const recorded = await recordInteractions(tx, deps, {
    ...{ company, subject, channel, actor, touchpoint: 'decline' },
    bodies: [{ kind: 'declined', predicate: predicate.name, until: null }],
    ...(idempotencyKey === null ? {} : { idempotencyKey }),
  });
  if (recorded.kind === 'subject-not-found') return 'guest-not-found';
  await deleteReservations(tx, input, [predicate.name]);
  return 'declined';
}

/** Lets go of questions that have been answered, named by predicate or synonym. */
export async function releaseQuestions(
  tx: Tx,
  person: LoadedPerson,
  names: readonly string[],
): Promise<void> {
  const predicates = names.flatMap((name) => findPredicate(person.ontology, name)?.name ?? []);
  await deleteReservations(tx, person, predicates);
}
