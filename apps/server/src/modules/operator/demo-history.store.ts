import type { Db } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly demo_histories: DemoHistoriesTable;
  }
}

interface DemoHistoriesTable {
  readonly company: string;
  /** `YYYY-MM-DD` */
  readonly until: string;
  readonly batches: number;
  readonly begun_at: Date;
  readonly done_at: Date | null;
}

/** How far the history of a demo company is. */
export interface DemoHistoryMark {
  /** The last day of it: `YYYY-MM-DD`. */
  readonly until: string;
  /** Batches that were recorded. */
  readonly batches: number;
  readonly isDone: boolean;
}

/** Begins a history, or finds how far it is. */
export async function beginDemoHistory(
  db: Db,
  company: string,
  given: { readonly until: string; readonly at: Date },
): Promise<DemoHistoryMark> {
  await db
    .insertInto('demo_histories')
    .values({ company, until: given.until, batches: 0, begun_at: given.at, done_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('demo_histories')
    .select(['until', 'batches', 'done_at'])
    .where('company', '=', company)
    .executeTakeFirstOrThrow();
  return { until: row.until, batches: row.batches, isDone: row.done_at !== null };
}

/** Says how many batches are recorded, and whether they were all. */
export async function markDemoHistory(
  db: Db,
  company: string,
  given: { readonly batches: number; readonly doneAt: Date | null },
): Promise<void> {
  await db
    .updateTable('demo_histories')
    .set({ batches: given.batches, done_at: given.doneAt })
    .where('company', '=', company)
    .where('done_at', 'is', null)
    .execute();
}

/** The companies whose history was begun and is not all there. */
export async function listUnfinishedHistories(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('demo_histories')
    .select('company')
    .where('done_at', 'is', null)
    .orderBy('company')
    .execute();
  return rows.map(({ company }) => company);
}

/** The companies whose history is all there. */
export async function listWholeHistories(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('demo_histories')
    .select('company')
    .where('done_at', 'is not', null)
    .orderBy('company')
    .execute();
  return rows.map(({ company }) => company);
}
