import type { Db } from '../../platform/database/schema.ts';
import type { MemoryDeps } from './memory-deps.ts';
import { listSealedNames } from './people-names.store.ts';
import { openJson } from './sealing.ts';

/**
 * What these persons are called, each told by the smallest of its subjects; who has no name is not
 * among them. One statement, so that it is for a page of people and never for all of them.
 */
export async function namesOf(
  db: Db,
  { keys }: Pick<MemoryDeps, 'keys'>,
  company: string,
  persons: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await listSealedNames(db, company, persons);
  return new Map(
    rows.map(({ person, subject, name, wrapped }) => {
      const key = keys.openSubjectKey({ company, subject, wrapped }, db.isTransaction);
      return [person, openJson<string>(key, 'subject.name', name)];
    }),
  );
}
