import type { InteractionBody } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly interactions: InteractionsTable;
  }
}

interface InteractionsTable {
  readonly company: string;
  readonly subject: string;
  readonly seq: number;
  readonly id: string;
  readonly batch: string;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly channel: string;
  readonly touchpoint: string;
  readonly site: string | null;
  readonly actor_kind: 'customer' | 'staff' | 'agent' | 'system';
  readonly actor: string | null;
  readonly idempotency_key: string | null;
  /** The kind of the body, so that notes are found without opening anything. */
  readonly kind: InteractionBody['kind'];
  readonly slot: string | null;
  readonly body: Uint8Array | null;
}

/** A line of the journal as it is stored: the body sealed, or null once it was forgotten. */
export type InteractionRow = InteractionsTable;

/** Which lines of a subject's journal. */
export interface JournalFilter {
  readonly slots?: readonly string[];
  readonly ids?: readonly string[];
}

/** Appends lines. */
export async function insertInteractions(tx: Tx, rows: readonly InteractionRow[]): Promise<void> {
  await tx
    .insertInto('interactions')
    .values([...rows])
    .execute();
}

/** The lines of these subjects that the filter names, in their order; all without a filter. */
export async function listInteractions(
  db: Db,
  company: string,
  subjects: readonly string[],
  filter: JournalFilter = {},
): Promise<readonly InteractionRow[]> {
  let query = db
    .selectFrom('interactions')
    .selectAll()
    .where('company', '=', company)
    .where('subject', 'in', [...subjects]);
  if (filter.slots !== undefined) {
    if (filter.slots.length === 0) return [];
    query = query.where('slot', 'in', [...filter.slots]);
  }
  if (filter.ids !== undefined) {
    if (filter.ids.length === 0) return [];
    query = query.where('id', 'in', [...filter.ids]);
  }
  return await query.orderBy('subject').orderBy('seq').execute();
}

/** The newest notes and other events of these subjects at a touchpoint, the newest first. */
export async function listLatestEvents(
  db: Db,
  company: string,
  subjects: readonly string[],
  which: { readonly touchpoint: string; readonly limit: number },
): Promise<readonly InteractionRow[]> {
  return await db
    .selectFrom('interactions')
    .selectAll()
    .where('company', '=', company)
    .where('subject', 'in', [...subjects])
    .where('touchpoint', '=', which.touchpoint)
    .where('kind', '=', 'event')
    .where('body', 'is not', null)
    .orderBy('recorded_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(which.limit)
    .execute();
}

/** The lines that were recorded under this key, if any: the request was carried out before. */
export async function findByIdempotencyKey(
  db: Db,
  who: Who,
  key: string,
): Promise<readonly InteractionRow[]> {
  return await db
    .selectFrom('interactions')
    .selectAll()
    .where('company', '=', who.company)
    .where('subject', '=', who.subject)
    .where('batch', 'in', (one) =>
      one
        .selectFrom('interactions')
        .select('batch')
        .where('company', '=', who.company)
        .where('subject', '=', who.subject)
        .where('idempotency_key', '=', key),
    )
    .orderBy('seq')
    .execute();
}

/** Where staff write down what a guest said. */
export const NOTE_TOUCHPOINT = 'note';

/** Takes the words out of these lines, and out of the free texts recorded together with them. */
export async function blankInteractions(tx: Tx, who: Who, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { company, subject } = who;
  await tx
    .updateTable('interactions')
    .set({ body: null })
    .where('company', '=', company)
    .where('subject', '=', subject)
    .where((one) => {
      const batches = one
        .selectFrom('interactions')
        .select('batch')
        .where('company', '=', company)
        .where('subject', '=', subject)
        .where('id', 'in', [...ids]);
      const isTextBeside = one.and([one('kind', '=', 'event'), one('batch', 'in', batches)]);
      return one.or([one('id', 'in', [...ids]), isTextBeside]);
    })
    .execute();
}

/** Writes anew what a line is about, after the vocabulary has changed. */
export async function updateSlot(
  tx: Tx,
  who: Who,
  seq: number,
  slot: string | null,
): Promise<void> {
  await tx
    .updateTable('interactions')
    .set({ slot })
    .where('company', '=', who.company)
    .where('subject', '=', who.subject)
    .where('seq', '=', seq)
    .execute();
}
