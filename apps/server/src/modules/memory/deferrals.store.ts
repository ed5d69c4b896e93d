import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly duplicate_deferrals: DuplicateDeferralsTable;
  }
}

interface DuplicateDeferralsTable {
  readonly company: string;
  readonly a: string;
  readonly b: string;
  readonly bits: number;
  readonly actor: string;
  readonly at: Date;
  readonly until: Date;
}

/** A pair that is put off; `a` is before `b`. */
export type DeferralRow = DuplicateDeferralsTable;

/** Puts a pair off, in place of when it was put off before. */
export async function upsertDeferral(tx: Tx, row: DeferralRow): Promise<void> {
  const { bits, actor, at, until } = row;
  await tx
    .insertInto('duplicate_deferrals')
    .values(row)
    .onConflict((one) => one.columns(['company', 'a', 'b']).doUpdateSet({ bits, actor, at, until }))
    .execute();
}

/** The most that speaks for two persons being one, of all their pairs; 0 where nothing does. */
export async function mostBitsBetween(
  db: Db,
  company: string,
  [ones, others]: readonly [readonly string[], readonly string[]],
): Promise<number> {
  const row = await db
    .selectFrom('duplicates')
    .select((one) => one.fn.max('bits').as('most'))
    .where('company', '=', company)
    .where((one) =>
      one.or([
        one.and([one('a', 'in', [...ones]), one('b', 'in', [...others])]),
        one.and([one('a', 'in', [...others]), one('b', 'in', [...ones])]),
      ]),
    )
    .executeTakeFirst();
  return row?.most ?? 0;
}

/** Ends what was put off between the subjects of one person and those of another. */
export async function deleteDeferralsBetween(
  tx: Tx,
  company: string,
  [ones, others]: readonly [readonly string[], readonly string[]],
): Promise<void> {
  await tx
    .deleteFrom('duplicate_deferrals')
    .where('company', '=', company)
    .where((one) =>
      one.or([
        one.and([one('a', 'in', [...ones]), one('b', 'in', [...others])]),
        one.and([one('a', 'in', [...others]), one('b', 'in', [...ones])]),
      ]),
    )
    .execute();
}

/** Deletes the deferrals of the pairs that a subject is in; answers how many. */
export async function deleteDeferrals(db: Db, { company, subject }: Who): Promise<bigint> {
  const result = await db
    .deleteFrom('duplicate_deferrals')
    .where('company', '=', company)
    .where((one) => one.or([one('a', '=', subject), one('b', '=', subject)]))
    .executeTakeFirst();
  return result.numDeletedRows;
}
