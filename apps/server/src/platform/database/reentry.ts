import { AsyncLocalStorage } from 'node:async_hooks';
import type { PostgresPool } from 'kysely';
import { DatabaseFailure } from './failure.ts';

/** Knows which code runs inside an open transaction, and stops it from asking for a second connection. */
export interface ReentryGuard {
  /** Runs `work`, which reports by `opened` that its transaction has begun. */
  run<T>(work: (opened: () => void) => Promise<T>): Promise<T>;
  /** The same pool, which refuses a connection to code inside an open transaction. */
  watch(pool: PostgresPool): PostgresPool;
}

/**
 * Makes the guard of one database. On the embedded engine such a query would wait for itself; on a
 * server it would silently run outside the transaction. Both refuse it alike, at once.
 */
export function createReentryGuard(): ReentryGuard {
  const scopes = new AsyncLocalStorage<{ isOpen: boolean }>();
  return {
    run: async (work) => {
      if (scopes.getStore()?.isOpen === true) throw outside();
      const scope = { isOpen: false };
      return await scopes.run(scope, async () => {
        try {
          return await work(() => {
            scope.isOpen = true;
          });
        } finally {
          scope.isOpen = false;
        }
      });
    },
    watch: (pool) => ({
      connect: async () => {
        if (scopes.getStore()?.isOpen === true) throw outside();
        return await pool.connect();
      },
      end: () => pool.end(),
    }),
  };
}

function outside(): DatabaseFailure {
  return new DatabaseFailure(
    'database/outside-transaction',
    'A query outside the open transaction was asked for inside it. Pass the transaction.',
  );
}
