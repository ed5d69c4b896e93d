/** Whom a caller means: any subject of a person stands for the person. */
import type { Db } from '../../platform/database/schema.ts';
import { listKin } from '../memory/index.ts';

/** The subjects that are one person with this one, the smallest first. */
export async function subjectsOf(
  db: Db,
  company: string,
  guest: string,
): Promise<readonly string[]> {
  const kin = await listKin(db, company, [guest]);
  return kin.map(({ subject }) => subject).sort();
}
