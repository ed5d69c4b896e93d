import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { LeftOut } from '../accounts/index.ts';
import type { RunBody } from './run-body.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_models: ValueModelsTable;
    readonly value_runs: ValueRunsTable;
  }
}

/** What was fitted; `body` is a saved model of `@keepsake/value`. */
export interface ValueModelsTable {
  readonly company: string;
  readonly id: string;
  /** `YYYY-MM-DD`, the last day that is counted. */
  readonly until: string;
  readonly fitted_at: Date;
  readonly customers: number;
  readonly costs: string;
  readonly body: unknown;
}

/** One time that a base was valued. */
export interface ValueRunsTable {
  readonly company: string;
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly step: 'adding-up' | 'fitting' | 'testing' | 'scoring' | 'keeping';
  readonly progress: number;
  readonly months: number;
  readonly wants_fit: boolean;
  readonly asked_by: string | null;
  readonly started_at: Date;
  readonly seen_at: Date;
  readonly ended_at: Date | null;
  readonly problem: string | null;
  readonly customers: number | null;
  readonly until: string | null;
  readonly costs: string | null;
  readonly policy: string | null;
  readonly model: string | null;
  readonly body: RunBody | null;
  /** Null of runs before this was told. */
  readonly left_out: LeftOut | null;
}

/** A run without what it found. */
export type RunRow = Omit<ValueRunsTable, 'body' | 'left_out'>;

/** A run, and when whoever works on it was last heard of: who else says so has taken it over. */
export interface RunLease {
  readonly company: string;
  readonly id: string;
  readonly seenAt: Date;
}

const OF_RUN = [
  ...(['company', 'id', 'state', 'step', 'progress', 'months', 'wants_fit', 'asked_by'] as const),
  ...(['started_at', 'seen_at', 'ended_at', 'problem', 'customers', 'until'] as const),
  ...(['costs', 'policy', 'model'] as const),
];

/** Queues a run; false where one is under way. */
export async function queueRun(
  db: Db,
  run: Pick<ValueRunsTable, 'company' | 'id' | 'months' | 'wants_fit' | 'asked_by' | 'started_at'>,
): Promise<boolean> {
  const inserted = await db
    .insertInto('value_runs')
    .values({
      ...run,
      ...{ state: 'queued', step: 'adding-up', progress: 0, seen_at: run.started_at },
      ...{ ended_at: null, problem: null, customers: null, until: null },
      ...{ costs: null, policy: null, model: null, body: null, left_out: null },
    })
    .onConflict((conflict) =>
      conflict.column('company').where('state', 'in', ['queued', 'running']).doNothing(),
    )
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** The run of a company that is queued or under way. */
export async function findOpenRun(db: Db, company: string): Promise<RunRow | undefined> {
  return await db
    .selectFrom('value_runs')
    .select(OF_RUN)
    .where('company', '=', company)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
}

/** A run by its id. */
export async function findRun(db: Db, company: string, id: string): Promise<RunRow | undefined> {
  return await db
    .selectFrom('value_runs')
    .select(OF_RUN)
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The last runs of a company, the newest first. */
export async function listRuns(db: Db, company: string, limit: number): Promise<readonly RunRow[]> {
  return await db
    .selectFrom('value_runs')
    .select(OF_RUN)
    .where('company', '=', company)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/**
 * Takes a run that waits, or whose worker was not heard of since `staleBefore` or is heard of only
 * after `staleAfter`, before the clock was put back; the oldest first;
 * one that another takes at this moment is left to them. It begins anew.
 */
export async function claimRun(
  tx: Tx,
  times: { readonly now: Date; readonly staleBefore: Date; readonly staleAfter: Date },
): Promise<RunRow | undefined> {
  const next = await tx
    .selectFrom('value_runs')
    .select(['company', 'id'])
    .where((one) =>
      one.or([
        one('state', '=', 'queued'),
        one.and([one('state', '=', 'running'), one('seen_at', '<', times.staleBefore)]),
        one.and([one('state', '=', 'running'), one('seen_at', '>', times.staleAfter)]),
      ]),
    )
    .orderBy('started_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (next === undefined) return undefined;
  return await tx
    .updateTable('value_runs')
    .set({ state: 'running', step: 'adding-up', progress: 0, seen_at: times.now })
    .where('company', '=', next.company)
    .where('id', '=', next.id)
    .returning(OF_RUN)
    .executeTakeFirst();
}

/** Says that somebody works on a run, and how far it is; false where another has taken it over. */
export async function holdRun(
  db: Db,
  lease: RunLease,
  now: Pick<ValueRunsTable, 'seen_at' | 'step' | 'progress'>,
): Promise<boolean> {
  const held = await db
    .updateTable('value_runs')
    .set(now)
    .where('company', '=', lease.company)
    .where('id', '=', lease.id)
    .where('state', '=', 'running')
    .where('seen_at', '=', lease.seenAt)
    .executeTakeFirst();
  return held.numUpdatedRows === 1n;
}

/** Locks a run to the end of the transaction; false where another has taken it over. */
export async function lockRun(tx: Tx, lease: RunLease): Promise<boolean> {
  const row = await tx
    .selectFrom('value_runs')
    .select('id')
    .where('company', '=', lease.company)
    .where('id', '=', lease.id)
    .where('state', '=', 'running')
    .where('seen_at', '=', lease.seenAt)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Gives a run back, for whoever looks next. */
export async function releaseRun(db: Db, lease: RunLease): Promise<void> {
  await db
    .updateTable('value_runs')
    .set({ state: 'queued', step: 'adding-up', progress: 0 })
    .where('company', '=', lease.company)
    .where('id', '=', lease.id)
    .where('state', '=', 'running')
    .where('seen_at', '=', lease.seenAt)
    .execute();
}

/** Writes down what a run has left out; it counts when the run has ended. */
export async function saveLeftOut(
  tx: Tx,
  { company, id }: Pick<RunRow, 'company' | 'id'>,
  leftOut: LeftOut,
): Promise<void> {
  await sql`
    update value_runs set left_out = ${JSON.stringify(leftOut)}::jsonb
    where company = ${company} and id = ${id}`.execute(tx);
}

/**
 * Ends a run that went well: after every other, also where the clock has been put back since, as the
 * one that ended last is the one whose scores are there.
 */
export async function endRun(
  tx: Tx,
  run: Pick<ValueRunsTable, 'company' | 'id' | 'customers' | 'until' | 'costs' | 'policy'> &
    Pick<ValueRunsTable, 'model'> & { readonly ended_at: Date; readonly body: RunBody },
): Promise<void> {
  await sql`
    update value_runs set state = 'done', step = 'keeping', progress = 1,
      ended_at = greatest(${run.ended_at}::timestamptz, (
        select max(other.ended_at) + interval '1 millisecond' from value_runs as other
        where other.company = ${run.company} and other.state = 'done')),
      customers = ${run.customers}, until = ${run.until}::date,
      costs = ${run.costs}, policy = ${run.policy}, model = ${run.model}::uuid,
      body = ${JSON.stringify(run.body)}::jsonb
    where company = ${run.company} and id = ${run.id}`.execute(tx);
}

/** Ends a run that failed; nothing where another has taken it over. */
export async function failRun(
  db: Db,
  lease: RunLease,
  end: { readonly at: Date; readonly problem: string },
): Promise<void> {
  await db
    .updateTable('value_runs')
    .set({ state: 'failed', ended_at: end.at, problem: end.problem })
    .where('company', '=', lease.company)
    .where('id', '=', lease.id)
    .where('state', '=', 'running')
    .where('seen_at', '=', lease.seenAt)
    .execute();
}

/** Since when a run counts as one. */
export interface ValuedSince {
  readonly begun: Date;
  /** A run that failed counts for as long alone, so that it is soon tried again. */
  readonly failed: Date;
  /** What was begun later counts for nothing: the clock has been put back since. */
  readonly now: Date;
}

/** Companies of which a cost table holds, and no run was begun of late. */
export async function listUnvalued(db: Db, since: ValuedSince): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('value_documents')
    .select('company')
    .distinct()
    .where('kind', '=', 'costs')
    .where('valid_from', '<=', sql<string>`(${since.now}::timestamptz at time zone 'UTC')::date`)
    .where((one) =>
      one.not(
        one.exists(
          one
            .selectFrom('value_runs')
            .select('value_runs.id')
            .whereRef('value_runs.company', '=', 'value_documents.company')
            .where('value_runs.started_at', '>', since.begun)
            .where('value_runs.started_at', '<=', since.now)
            .where((run) =>
              run.or([
                run('value_runs.state', '<>', 'failed'),
                run('value_runs.ended_at', '>', since.failed),
              ]),
            ),
        ),
      ),
    )
    .orderBy('company')
    .execute();
  return rows.map(({ company }) => company);
}

/** Keeps what was fitted. */
export async function insertModel(tx: Tx, model: ValueModelsTable): Promise<void> {
  await tx
    .insertInto('value_models')
    .values({ ...model, body: JSON.stringify(model.body) })
    .execute();
}

/** The last fit of a company. */
export async function findNewestModel(
  db: Db,
  company: string,
): Promise<ValueModelsTable | undefined> {
  return await db
    .selectFrom('value_models')
    .selectAll()
    .where('company', '=', company)
    .orderBy('fitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** A fit by its id. */
export async function findModel(
  db: Db,
  company: string,
  id: string,
): Promise<ValueModelsTable | undefined> {
  return await db
    .selectFrom('value_models')
    .selectAll()
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Deletes all fits but the newest ones. */
export async function deleteOldModels(tx: Tx, company: string, kept: number): Promise<void> {
  await sql`
    delete from value_models where company = ${company} and id not in (
      select id from value_models where company = ${company}
      order by fitted_at desc, id desc limit ${kept})`.execute(tx);
}

/**
 * Tells the planner how the tables stand that a run has filled: the embedded store never looks by
 * itself, and a page over a large base would be planned for an empty one. Some tenths of a second.
 */
export async function analyseTables(db: Db): Promise<void> {
  await sql`
    analyze value_accounts, value_scores, value_tiers, value_months, treatment_assignments`.execute(
    db,
  );
}
