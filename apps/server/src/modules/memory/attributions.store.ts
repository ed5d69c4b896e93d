import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly attributions: AttributionsTable;
  }
}

interface AttributionsTable {
  readonly company: string;
  readonly subject: string;
  readonly interaction: string;
  readonly other: string;
  readonly at: Date;
}

/** A line of the journal of `subject` that may be about `other`. */
export type AttributionRow = AttributionsTable;

/** Two who were one person from a moment on, each with all who are one with them now. */
export interface Parted {
  readonly company: string;
  readonly since: Date;
  readonly at: Date;
  readonly a: string;
  readonly b: string;
  readonly withA: readonly string[];
  readonly withB: readonly string[];
}

/**
 * Puts down what staff noted of either while they were one; answers how many lines. What came in
 * on an identifier, or was said by customers themselves, is of the subject that it came in on.
 */
export async function insertAttributions(tx: Tx, parted: Parted): Promise<number> {
  const { company, since, at, a, b, withA, withB } = parted;
  const { numAffectedRows } = await sql`
    insert into attributions (company, subject, interaction, other, at)
    select ${company}, line.subject, line.id, part.other, ${at}
    from (
      select value::uuid as subject, ${b}::uuid as other
      from json_array_elements_text(${JSON.stringify(withA)}::json)
      union all
      select value::uuid, ${a}::uuid from json_array_elements_text(${JSON.stringify(withB)}::json)
    ) as part
    join interactions as line on line.company = ${company} and line.subject = part.subject
    where line.recorded_at >= ${since} and line.kind = 'fact' and line.actor_kind = 'staff'
      and line.channel = 'desk' and line.body is not null
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** What is to be decided, the oldest first; not what was forgotten since. */
export async function listAttributions(
  db: Db,
  company: string,
  limit: number,
): Promise<readonly AttributionRow[]> {
  return await db
    .selectFrom('attributions')
    .selectAll()
    .where('company', '=', company)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('interactions')
          .select('id')
          .whereRef('interactions.company', '=', 'attributions.company')
          .whereRef('interactions.subject', '=', 'attributions.subject')
          .whereRef('interactions.id', '=', 'attributions.interaction')
          .where('body', 'is not', null),
      ),
    )
    .orderBy('at')
    .orderBy('interaction')
    .limit(limit)
    .execute();
}

/** Takes one to be decided, so that nobody else decides it as well; undefined where somebody has. */
export async function takeAttribution(
  tx: Tx,
  company: string,
  interaction: string,
): Promise<AttributionRow | undefined> {
  return await tx
    .deleteFrom('attributions')
    .where('company', '=', company)
    .where('interaction', '=', interaction)
    .returningAll()
    .executeTakeFirst();
}

/** Ends what was to be decided between subjects that are one person again. */
export async function deleteAttributionsWithin(
  tx: Tx,
  company: string,
  members: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('attributions')
    .where('company', '=', company)
    .where('subject', 'in', [...members])
    .where('other', 'in', [...members])
    .execute();
}

/** Deletes what was to be decided of a subject; answers how many rows. */
export async function deleteAttributions(db: Db, { company, subject }: Who): Promise<bigint> {
  const result = await db
    .deleteFrom('attributions')
    .where('company', '=', company)
    .where((one) => one.or([one('subject', '=', subject), one('other', '=', subject)]))
    .executeTakeFirst();
  return result.numDeletedRows;
}
