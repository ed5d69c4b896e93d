import type { Ontology } from '@keepsake/memory';
import { type ColumnType, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly ontology_versions: OntologyVersionsTable;
  }
}

interface OntologyVersionsTable {
  readonly company: string;
  readonly version: number;
  readonly hash: string;
  readonly body: ColumnType<Ontology, string>;
  readonly made_at: Date;
  readonly made_by: string | null;
  readonly replay_after: string | null;
  readonly replay_done: number;
  readonly replay_total: number;
  readonly replayed_at: Date | null;
}

/** A version as it is listed. */
export interface VersionRow {
  readonly version: number;
  readonly made_at: Date;
  readonly made_by: string | null;
  readonly replay_done: number;
  readonly replay_total: number;
  readonly replayed_at: Date | null;
  readonly predicates: number;
}

/** A version as it is written. */
export type VersionInsert = Omit<OntologyVersionsTable, 'body'> & { readonly body: string };

/** The ontology of a company, locked until the transaction ends; undefined where there is none. */
export async function lockOntology(
  tx: Tx,
  company: string,
): Promise<{ readonly hash: string; readonly body: Ontology } | undefined> {
  return await tx
    .selectFrom('ontologies')
    .select(['hash', 'body'])
    .where('company', '=', company)
    .forUpdate()
    .executeTakeFirst();
}

/** The versions of a company, the newest first. */
export async function listVersions(
  db: Db,
  company: string,
  limit: number,
): Promise<readonly VersionRow[]> {
  return await db
    .selectFrom('ontology_versions')
    .select(['version', 'made_at', 'made_by', 'replay_done', 'replay_total', 'replayed_at'])
    .select(sql<number>`jsonb_array_length(body->'predicates')`.as('predicates'))
    .where('company', '=', company)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
}

/** Adds a version. */
export async function insertVersion(tx: Tx, row: VersionInsert): Promise<void> {
  await tx.insertInto('ontology_versions').values(row).execute();
}

/** Ends the replays that are under way: a newer version begins its own. Answers whether any was. */
export async function endReplays(tx: Tx, company: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('ontology_versions')
    .set({ replayed_at: now })
    .where('company', '=', company)
    .where('replayed_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** How many subjects of a company have anything to be read anew. */
export async function countJournals(db: Db, company: string): Promise<number> {
  const row = await db
    .selectFrom('subjects')
    .select((one) => one.fn.countAll().as('count'))
    .where('company', '=', company)
    .where('journal_length', '>', 0)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** A replay that is under way, locked; one that another server works on is passed over. */
export async function lockReplay(
  tx: Tx,
): Promise<Pick<OntologyVersionsTable, 'company' | 'version' | 'replay_after'> | undefined> {
  return await tx
    .selectFrom('ontology_versions')
    .select(['company', 'version', 'replay_after'])
    .where('replayed_at', 'is', null)
    .orderBy('company')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** The next subject of a company with a journal, in the order of ids; undefined at the end. */
export async function findNextJournal(
  tx: Tx,
  company: string,
  after: string | null,
): Promise<string | undefined> {
  let query = tx
    .selectFrom('subjects')
    .select('id')
    .where('company', '=', company)
    .where('journal_length', '>', 0);
  if (after !== null) query = query.where('id', '>', after);
  return (await query.orderBy('id').limit(1).executeTakeFirst())?.id;
}

/** Writes down how far a replay is. */
export async function moveReplay(
  tx: Tx,
  which: { readonly company: string; readonly version: number },
  after: string,
): Promise<void> {
  await tx
    .updateTable('ontology_versions')
    .set((one) => ({ replay_after: after, replay_done: one('replay_done', '+', 1) }))
    .where('company', '=', which.company)
    .where('version', '=', which.version)
    .execute();
}
