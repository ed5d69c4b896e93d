import { Worker } from 'node:worker_threads';
import type { PostgresQueryResult } from 'kysely';
import { DatabaseFailure } from './failure.ts';

/** Where an embedded database lives; without `dataDir` it lives in memory. */
export interface EngineOptions {
  readonly dataDir?: string;
  /** A tar of a data directory to begin with; only for a directory that is not there yet. */
  readonly template?: string;
  /** A statement that runs for longer has its engine stopped and started anew. */
  readonly statementLimitMs: number;
}

/** An embedded PostgreSQL in a worker thread, which is started again when it was lost. */
export interface Engine {
  /** The number of the running engine, one more after each restart; starts it where it is down. */
  ready(): Promise<number>;
  /** Answers whether the engine of that number is still running. */
  isRunning(generation: number): boolean;
  query(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<unknown>>;
  /** The data directory as an uncompressed tar (about 40 MB when empty). */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: {
    readonly message: string;
    readonly code?: string;
    readonly constraint?: string;
    readonly table?: string;
  };
}

interface Request {
  readonly kind: 'query' | 'dump' | 'close';
  readonly sql?: string;
  readonly parameters?: readonly unknown[];
}

interface Thread {
  readonly opened: Promise<void>;
  isAlive(): boolean;
  ask(request: Request, limitMs?: number): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the thread; whatever was asked of it is rejected when it ends. */
function startThread(options: EngineOptions): Thread {
  const worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), {
    execArgv: [],
    env: {},
    workerData: { dataDir: options.dataDir, template: options.template },
  });
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let isAlive = true;

  const end = (code: 'database/lost' | 'database/timeout', why: string): void => {
    isAlive = false;
    for (const each of pending.values()) each.reject(new DatabaseFailure(code, why));
    pending.clear();
  };
  worker.on('message', (answer: Answer) => {
    const asked = pending.get(answer.id);
    pending.delete(answer.id);
    if (answer.error === undefined) asked?.resolve(answer.value);
    else asked?.reject(failureOf(answer.error));
  });
  worker.on('error', (error) =>
    end('database/lost', `The database engine failed: ${error.message}`),
  );
  worker.on('exit', () => end('database/lost', 'The database engine has stopped.'));

  const expect = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => pending.set(id, { resolve, reject }));

  const ask = async (request: Request, limitMs?: number): Promise<unknown> => {
    if (!isAlive) throw new DatabaseFailure('database/lost', 'The database engine has stopped.');
    const id = nextId++;
    const answer = expect(id);
    worker.postMessage({ parameters: [], ...request, id });
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            end('database/timeout', `A statement ran for more than ${limitMs / 1000} s.`);
            void worker.terminate();
          }, limitMs);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    opened: expect(0).then(() => undefined),
    isAlive: () => isAlive,
    ask,
    stop: async () => {
      isAlive = false;
      await worker.terminate();
    },
  };
}

function failureOf(error: NonNullable<Answer['error']>): DatabaseFailure {
  const { constraint, table } = error;
  return new DatabaseFailure(error.code ?? 'database/unusable', error.message, {
    constraint,
    table,
  });
}

/** Opens an engine. A data directory must be held by a directory lock before it is opened. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  let thread = startThread(options);
  let generation = 1;
  let restarting: Promise<void> | undefined;
  let isClosed = false;
  await opened(thread);

  const restart = async (): Promise<void> => {
    if (options.dataDir === undefined) {
      throw new DatabaseFailure('database/lost', 'A database in memory was lost with its engine.');
    }
    const next = startThread({
      dataDir: options.dataDir,
      statementLimitMs: options.statementLimitMs,
    });
    await opened(next);
    thread = next;
    generation += 1;
  };

  return {
    ready: async () => {
      if (isClosed) throw new DatabaseFailure('database/closed', 'The database has been closed.');
      if (!thread.isAlive()) {
        restarting ??= restart().finally(() => {
          restarting = undefined;
        });
        await restarting;
      }
      return generation;
    },
    isRunning: (expected) => generation === expected && thread.isAlive(),
    query: async (sql, parameters) => {
      const answer = await thread.ask({ kind: 'query', sql, parameters }, options.statementLimitMs);
      // The worker answers each query with just this shape.
      return answer as PostgresQueryResult<unknown>;
    },
    dump: async () => (await thread.ask({ kind: 'dump' })) as Uint8Array,
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      if (thread.isAlive()) await thread.ask({ kind: 'close' }, options.statementLimitMs);
      await thread.stop();
    },
  };
}

async function opened(thread: Thread): Promise<void> {
  try {
    await thread.opened;
  } catch (error) {
    await thread.stop();
    throw new DatabaseFailure('database/unusable', 'The embedded database could not be opened.', {
      cause: error,
    });
  }
}
