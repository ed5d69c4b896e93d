import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';

/** How often something became of a need on a day. */
export interface AskCount {
  /** YYYY-MM-DD, in UTC. */
  readonly date: string;
  readonly predicate: string;
  readonly outcome: 'known' | 'confirm' | 'ask' | 'later' | 'declined' | 'withheld';
  readonly count: number;
  readonly repeats: number;
}

/** The log of questions since a moment, counted by day, predicate and outcome. One pass over it. */
export async function countAsked(
  db: Db,
  company: string,
  since: Date,
): Promise<readonly AskCount[]> {
  const { rows } = await sql<AskCount>`
    select to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD') as date, predicate, outcome,
      count(*)::int as count, (count(*) filter (where is_repeat))::int as repeats
    from ask_log where company = ${company} and asked_at >= ${since}
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

/** How many facts of a company are believed now, by how they are known. One pass over them. */
export async function countBases(
  db: Db,
  company: string,
  now: Date,
): Promise<readonly { readonly basis: string; readonly facts: number }[]> {
  const { rows } = await sql<{ basis: string; facts: number }>`
    select basis, count(*)::int as facts from facts
    where company = ${company} and tx_to is null
      and valid_from <= ${now} and (valid_to is null or valid_to > ${now})
    group by basis`.execute(db);
  return rows;
}
