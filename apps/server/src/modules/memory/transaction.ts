import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';

/** Runs `work` in the caller's transaction, or in one of its own where the caller has none. */
export async function inTransaction<T>(
  db: Db,
  deps: Pick<Deps, 'database'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return isTransaction(db) ? await work(db) : await deps.database.transaction(work);
}

function isTransaction(db: Db): db is Tx {
  return db.isTransaction;
}
