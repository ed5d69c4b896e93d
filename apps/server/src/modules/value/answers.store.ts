import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { RunTier, ValueTiersTable } from './tiers.store.ts';

/** A tier that a person has set. */
export interface SetTier extends RunTier {
  readonly company: string;
  /** Account of the member of staff. */
  readonly setBy: string;
  readonly answeredAt: Date;
  readonly answerSealed: Uint8Array;
}

/** Writes a tier that a person has set, with what was said. */
export async function saveSetTier(tx: Tx, set: SetTier): Promise<void> {
  const { company, person, setBy, answeredAt, answerSealed, ...tier } = set;
  await tx
    .updateTable('value_tiers')
    .set({ ...tier, set_by: setBy, answered_at: answeredAt, answer_sealed: answerSealed })
    .where('company', '=', company)
    .where('person', '=', person)
    .execute();
}

/** Ends the objections of whoever has one of these subjects. */
export async function endContests(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<void> {
  await tx
    .updateTable('value_tiers')
    .set({ contested_at: null, contest_sealed: null })
    .where('company', '=', company)
    .where('person', 'in', [...subjects])
    .where('contested_at', 'is not', null)
    .execute();
}

/**
 * Keeps an objection with the subject that made it, and beside it the tier that it objects to: that of
 * a person may be kept with another subject, and stands for this one as well if they part.
 */
export async function saveContest(
  tx: Tx,
  contest: {
    readonly tier: ValueTiersTable;
    readonly subject: string;
    readonly at: Date;
    readonly sealed: Uint8Array;
  },
): Promise<void> {
  const { company, person, answered_at, answer_sealed, ...tier } = contest.tier;
  const contested = { ...tier, contested_at: contest.at, contest_sealed: contest.sealed };
  await tx
    .insertInto('value_tiers')
    .values({
      ...{ company, person: contest.subject, ...contested },
      ...{ answered_at: null, answer_sealed: null },
    })
    .onConflict((conflict) => conflict.columns(['company', 'person']).doUpdateSet(contested))
    .execute();
}

/** Objections that stand, the oldest first. */
export async function listContested(
  db: Db,
  company: string,
  limit: number,
): Promise<readonly ValueTiersTable[]> {
  return await db
    .selectFrom('value_tiers')
    .selectAll()
    .where('company', '=', company)
    .where('contested_at', 'is not', null)
    .orderBy(sql`contested_at, person`)
    .limit(limit)
    .execute();
}
