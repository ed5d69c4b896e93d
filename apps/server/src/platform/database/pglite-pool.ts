import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { DatabaseFailure } from './failure.ts';
import type { Gate, Lease } from './gate.ts';
import type { Engine } from './pglite-engine.ts';

const OPENS = /^\s*(begin|start transaction)\b/i;
const ENDS = /^\s*(commit|rollback)\s*;?\s*$/i;

/**
 * The embedded engine in the shape of a pool of one, so that Kysely's PostgreSQL dialect runs on it
 * unchanged. Every use passes the gate; a transaction holds it from its first statement to its end.
 */
export function pglitePool(engine: Engine, gate: Gate): PostgresPool {
  return {
    connect: async () => {
      const lease = await gate.enter();
      try {
        return connection(engine, lease, await engine.ready());
      } catch (error) {
        lease.leave();
        throw error;
      }
    },
    end: async () => {
      const lease = await gate.enter();
      try {
        await engine.close();
      } finally {
        lease.leave();
      }
    },
  };
}

function connection(engine: Engine, lease: Lease, generation: number): PostgresPoolClient {
  let isInTransaction = false;

  const run = async (
    sql: string,
    parameters: readonly unknown[],
  ): Promise<PostgresQueryResult<unknown>> => {
    if (!engine.isRunning(generation)) {
      // What a lost engine had not committed is gone already: there is nothing left to undo.
      if (ENDS.test(sql) && !/commit/i.test(sql))
        return { command: 'SELECT', rowCount: 0, rows: [] };
      throw new DatabaseFailure('database/lost', 'The connection was lost: begin again.');
    }
    lease.working(true);
    try {
      const result = await engine.query(sql, parameters);
      if (OPENS.test(sql)) isInTransaction = true;
      if (ENDS.test(sql)) isInTransaction = false;
      return result;
    } finally {
      lease.working(false);
    }
  };

  const release = async (): Promise<void> => {
    try {
      if (isInTransaction) await run('rollback', []);
    } finally {
      lease.leave();
    }
  };

  return {
    // Kysely calls the form with SQL text; the cursor form is for streaming, which is not offered.
    query: ((sql: string, parameters: readonly unknown[]) =>
      run(sql, parameters)) as PostgresPoolClient['query'],
    release: () => {
      release().catch(() => undefined);
    },
  };
}
