import { Worker } from 'node:worker_threads';
import type { Family, ModelFindings } from '@keepsake/configurator';
import { askSpace, type SpaceLine, type SpaceReply } from '@keepsake/configurator/worker';

/** How long one family may take, after which its thread is ended: search answers instead. */
const JOB_MS_MAX = 120_000;
const TOO_LONG = 'this took too long';
/** How long a thread waits for more to do. */
const IDLE_MS_MAX = 5_000;

/** The thread's program stands beside this file, in a checkout as in what was built from it. */
const isSource = import.meta.url.endsWith('.ts');
const entry = new URL(isSource ? './space.worker.ts' : './space.worker.mjs', import.meta.url);
/** A thread does not take over its parent's loader of TypeScript: in a checkout it starts its own. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(entry.href)});
});`;

function newWorker(): Worker {
  const options = { env: {}, name: 'keepsake-space' };
  if (!isSource) return new Worker(entry, { ...options, execArgv: [] });
  return new Worker(FROM_SOURCE, { ...options, eval: true, execArgv: ['-C', '@keepsake/source'] });
}

/** One thread that does one job after the other, started when there is one and ended when idle. */
interface Lane {
  run<T>(job: (line: SpaceLine) => Promise<T>): Promise<T>;
}

function openLane(): Lane {
  let line: SpaceLine | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  const end = (why: string): void => {
    line?.end(why);
    line = undefined;
  };
  const limited = async <T>(job: (line: SpaceLine) => Promise<T>): Promise<T> => {
    clearTimeout(idle);
    line ??= startThread(() => {
      line = undefined;
    });
    const limit = setTimeout(() => end(TOO_LONG), JOB_MS_MAX);
    limit.unref();
    try {
      return await job(line);
    } finally {
      clearTimeout(limit);
      idle = setTimeout(() => end('there is nothing to do'), IDLE_MS_MAX);
      idle.unref();
    }
  };
  return {
    run: (job) => {
      const done = last.then(() => limited(job));
      last = done.catch(() => undefined);
      return done;
    },
  };
}

function startThread(onEnd: () => void): SpaceLine {
  const worker = newWorker();
  worker.unref();
  const line = askSpace({
    send: (request) => worker.postMessage(request),
    stop: () => void worker.terminate(),
  });
  worker.on('message', (reply: SpaceReply) => line.receive(reply));
  worker.on('error', (error) => line.end(`the space thread failed: ${error.message}`));
  worker.on('exit', () => {
    line.end('the space thread has ended');
    onEnd();
  });
  return line;
}

// A publisher waits for the check, and must not wait for what others have to compile.
const checking = openLane();
const compiling = openLane();

/** What only solving shows about a family; found in a thread of its own. */
export function checkInThread(family: Family): Promise<ModelFindings> {
  return checking.run(async (line) => {
    await line.ask('open', { family });
    return line.ask('check', {});
  });
}

/**
 * The space file of a family, compiled in a thread; undefined where no diagram fits the budget, or
 * the time.
 */
export async function compileInThread(family: Family): Promise<Uint8Array | undefined> {
  try {
    return await compiling.run(async (line) => {
      await line.ask('open', { family });
      const { file } = await line.ask('write', {});
      return file;
    });
  } catch (error) {
    if (error instanceof Error && error.message === TOO_LONG) return undefined;
    throw error;
  }
}
