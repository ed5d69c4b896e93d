import type { Db } from './database/schema.ts';
import type { Keys, SubjectKey } from './keys.ts';

/** Stands where a subject's id would: no id of a subject looks like it. */
const COMPANY = 'company';

/**
 * The key for what concerns a company and nobody in particular, such as a mail to somebody who is
 * not known yet. It is made when it is first asked for.
 */
export async function companyKey(
  db: Db,
  deps: { readonly keys: Keys },
  company: string,
): Promise<SubjectKey> {
  return await deps.keys.createSubjectKey(db, company, COMPANY);
}
