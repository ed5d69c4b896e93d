import type { Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

/** Deletes what was asked of a subject for a purpose or about its predicates. */
export async function deleteAsked(
  tx: Tx,
  { company, subject }: Who,
  purpose: string,
  predicates: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('ask_log')
    .where('company', '=', company)
    .where('subject', '=', subject)
    .where((one) => {
      const forPurpose = one('purpose', '=', purpose);
      if (predicates.length === 0) return forPurpose;
      return one.or([forPurpose, one('predicate', 'in', [...predicates])]);
    })
    .execute();
}
