import type { Db, SubjectKeysTable } from './database/schema.ts';

/** The wrapped key of a subject. */
export async function findWrappedKey(
  db: Db,
  company: string,
  subject: string,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('subject_keys')
    .select('wrapped')
    .where('company', '=', company)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.wrapped;
}

/** Keeps a wrapped key, and answers the one that is kept: another may have been there first. */
export async function insertWrappedKey(db: Db, row: SubjectKeysTable): Promise<Uint8Array> {
  const kept = await db
    .insertInto('subject_keys')
    .values(row)
    // Writes nothing new, but makes the statement wait for and answer the row of a racer.
    .onConflict((conflict) =>
      conflict
        .columns(['company', 'subject'])
        .doUpdateSet((row) => ({ wrapped: row.ref('subject_keys.wrapped') })),
    )
    .returning('wrapped')
    .executeTakeFirstOrThrow();
  return kept.wrapped;
}

/** Deletes the wrapped key of a subject; answers whether there was one. */
export async function eraseWrappedKey(db: Db, company: string, subject: string): Promise<boolean> {
  const result = await db
    .deleteFrom('subject_keys')
    .where('company', '=', company)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Any one wrapped key, to try a master key on. */
export async function findAnyWrappedKey(db: Db): Promise<SubjectKeysTable | undefined> {
  return await db.selectFrom('subject_keys').selectAll().limit(1).executeTakeFirst();
}
