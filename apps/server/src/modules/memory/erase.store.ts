import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { deleteAttributions } from './attributions.store.ts';
import { deleteDeferrals } from './deferrals.store.ts';
import { deleteDuplicates } from './linkage.store.ts';
import type { Who } from './memory-deps.ts';

/** Tables with a column `subject` that memory owns, in an order that the foreign keys allow. */
const TABLES = [
  'applications',
  'fact_reads',
  'ask_reservations',
  'ask_log',
  'declines',
  'consents',
  'facts',
  'interactions',
  'members',
  'linkage_keys',
  'comparisons_due',
  'name_tokens',
  'identifiers',
] as const;

/** Deletes every row of memory about a subject, and the subject; answers how many rows. */
export async function deleteSubject(tx: Tx, who: Who): Promise<number> {
  const { company, subject } = who;
  let rows = 0n;
  for (const table of TABLES) {
    const result = await tx
      .deleteFrom(table)
      .where('company', '=', company)
      .where('subject', '=', subject)
      .executeTakeFirst();
    rows += result.numDeletedRows;
  }
  rows += await deleteDuplicates(tx, who);
  rows += await deleteDeferrals(tx, who);
  rows += await deleteAttributions(tx, who);
  rows += await deleteLinks(tx, who);
  const result = await tx
    .deleteFrom('subjects')
    .where('company', '=', company)
    .where('id', '=', subject)
    .executeTakeFirst();
  return Number(rows + result.numDeletedRows);
}

async function deleteLinks(tx: Tx, { company, subject }: Who): Promise<bigint> {
  const result = await tx
    .deleteFrom('link_events')
    .where('company', '=', company)
    .where((one) =>
      one.or([
        one('a', '=', subject),
        one('b', '=', subject),
        one(
          'voids',
          'in',
          one
            .selectFrom('link_events')
            .select('id')
            .where('company', '=', company)
            .where((verdict) =>
              verdict.or([verdict('a', '=', subject), verdict('b', '=', subject)]),
            ),
        ),
      ]),
    )
    .executeTakeFirst();
  return result.numDeletedRows;
}

/**
 * Has the database give up the room of deleted rows at once instead of some time later. What was in
 * them is sealed with a destroyed key anyway. Not inside a transaction.
 */
export async function reclaimDeleted(db: Db): Promise<void> {
  const others = [
    'subject_keys',
    'subjects',
    'duplicates',
    'duplicate_deferrals',
    'attributions',
    'link_events',
  ];
  for (const table of [...others, ...TABLES]) {
    await sql`vacuum ${sql.table(table)}`.execute(db);
  }
}
