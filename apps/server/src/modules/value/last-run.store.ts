import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';
import type { LeftOut } from '../accounts/index.ts';
import type { RunBody } from './run-body.ts';
import type { ValueRunsTable } from './runs.store.ts';

/** A run that ended well, and by a model: everything is there. */
export type EndedRun = ValueRunsTable & {
  readonly ended_at: Date;
  readonly until: string;
  readonly costs: string;
  readonly policy: string;
  readonly body: RunBody;
};

/**
 * The id of the last run that has scored a base, to stand in a statement. What it said stays while a
 * later one finds too little for a model.
 */
export function lastRunId(company: string): RawBuilder<string> {
  return sql<string>`(
    select id from value_runs
    where company = ${company} and state = 'done' and model is not null
    order by ended_at desc, started_at desc limit 1
  )`;
}

/** The last run that has scored the base, or the one of this id. */
export async function findEndedRun(
  db: Db,
  company: string,
  run?: string,
): Promise<EndedRun | undefined> {
  const row = await db
    .selectFrom('value_runs')
    .selectAll()
    .where('company', '=', company)
    .where('id', '=', run ?? lastRunId(company))
    .executeTakeFirst();
  return row === undefined ? undefined : endedRun(row);
}

function endedRun(row: ValueRunsTable): EndedRun | undefined {
  const { ended_at, until, costs, policy, body } = row;
  if (ended_at === null || until === null || costs === null) return undefined;
  return policy === null || body === null
    ? undefined
    : { ...row, ended_at, until, costs, policy, body };
}

/** The run that began last, whatever became of it. */
export async function findNewestRun(db: Db, company: string): Promise<ValueRunsTable | undefined> {
  return await db
    .selectFrom('value_runs')
    .selectAll()
    .where('company', '=', company)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** What was missing for the last run that ended well, with a model or without. */
export interface RunGaps {
  /** Of what there was too little; null where it found enough. */
  readonly tooLittle: RunBody['tooLittle'];
  /** Null where the run has not said it. */
  readonly leftOut: LeftOut | null;
}

/** What was missing for the last run that ended well; nothing before the first one. */
export async function findGaps(db: Db, company: string): Promise<RunGaps> {
  const row = await db
    .selectFrom('value_runs')
    .select(sql<RunBody['tooLittle']>`body->>'tooLittle'`.as('tooLittle'))
    .select('left_out as leftOut')
    .where('company', '=', company)
    .where('state', '=', 'done')
    .orderBy('ended_at', 'desc')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { tooLittle: row?.tooLittle ?? null, leftOut: row?.leftOut ?? null };
}

/** Whether the customers of a company were ever valued. */
export async function isValued(db: Db, company: string): Promise<boolean> {
  return (await findEndedRun(db, company)) !== undefined;
}
