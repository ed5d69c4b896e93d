/** What a person takes along of the treatments that they were drawn into. */
import { instantToText } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import { listAssignmentsOf } from './treatments.store.ts';

/**
 * The treatments that a subject was drawn into by lot, those of going without among them. Nothing is
 * done by one that is suspended, or that gives way to the first lot of the person, which another
 * record of theirs drew.
 */
export async function exportTreatments(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly object[]> {
  const rows = await listAssignmentsOf(db, company, subject);
  return rows.map(({ treatment, arm, before, outcome, isHeld, isSuspended, ...at }) => ({
    ...{ treatment, arm, isSuspended, givesWay: !isHeld, before, outcome },
    assignedAt: instantToText(at.assigned_at.getTime()),
    countsAt: instantToText(at.counts_at.getTime()),
  }));
}
