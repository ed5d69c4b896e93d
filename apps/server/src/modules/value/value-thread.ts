import { Worker } from 'node:worker_threads';
import type { AccountColumns } from '@keepsake/value';
import type { ValueEvent, ValueJob } from './value-job.ts';

/** What the thread is told: a base to value, and that what it told last has been kept. */
export type ThreadRequest =
  | { readonly kind: 'begin'; readonly job: ValueJob }
  | { readonly kind: 'heard' };

/** A thread that values one base after the other. */
export interface ValueThread {
  /**
   * What is told of a base, as it is worked out: no further than one batch ahead of who listens. Fails
   * where the thread does, or is ended. One at a time.
   */
  run(job: ValueJob): AsyncGenerator<ValueEvent, void>;
  /** Ends the thread at once, whatever it is at, and starts no other. */
  end(): void;
}

/** The thread has been stopped before it was done. */
export class ThreadStopped extends Error {
  override readonly name = 'ThreadStopped';

  constructor() {
    super('the thread has been stopped');
  }
}

/** The thread's program stands beside this file, in a checkout as in what was built from it. */
const isSource = import.meta.url.endsWith('.ts');
const entry = new URL(isSource ? './value.worker.ts' : './value.worker.mjs', import.meta.url);
/** A thread does not take over its parent's loader of TypeScript: in a checkout it starts its own. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(entry.href)});
});`;

function newWorker(): Worker {
  const options = { env: {}, name: 'keepsake-value' };
  if (!isSource) return new Worker(entry, { ...options, execArgv: [] });
  return new Worker(FROM_SOURCE, { ...options, eval: true, execArgv: ['-C', '@keepsake/source'] });
}

/** How long a thread waits for more to do. */
const IDLE_MS_MAX = 5_000;

/** Makes the thread of a server: it is started by its first job, and ended when idle. */
export function createValueThread(): ValueThread {
  let line: Line | undefined;
  let idle: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const stop = (): void => {
    clearTimeout(idle);
    line?.end();
    line = undefined;
  };
  return {
    end: () => {
      hasEnded = true;
      stop();
    },
    run: async function* (job) {
      if (hasEnded) throw new ThreadStopped();
      clearTimeout(idle);
      line ??= openLine();
      const mine = line;
      let isDone = false;
      try {
        mine.send({ kind: 'begin', job }, buffersOf(job));
        while (!isDone) {
          const event = await mine.receive();
          isDone = event.kind === 'ended' || event.kind === 'too-little';
          yield event;
          if (event.kind !== 'progress') mine.send({ kind: 'heard' });
        }
      } finally {
        // What nobody listens to any more is not worked out to its end.
        if (!isDone && line === mine) stop();
        idle = setTimeout(stop, IDLE_MS_MAX);
        idle.unref();
      }
    },
  };
}

/** What is sent to a thread and comes from it, in order. */
interface Line {
  send(request: ThreadRequest, transfer?: readonly ArrayBuffer[]): void;
  receive(): Promise<ValueEvent>;
  end(): void;
}

function openLine(): Line {
  const worker = newWorker();
  worker.unref();
  const told: ValueEvent[] = [];
  let failure: Error | undefined;
  let listener: (() => void) | undefined;
  const wake = (): void => {
    listener?.();
    listener = undefined;
  };
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  worker.on('message', (event: ValueEvent) => {
    told.push(event);
    wake();
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new ThreadStopped()));
  return {
    send: (request, transfer = []) => worker.postMessage(request, [...transfer]),
    receive: async () => {
      for (;;) {
        const event = told.shift();
        if (event !== undefined) return event;
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => {
          listener = resolve;
        });
      }
    },
    end: () => {
      fail(new ThreadStopped());
      void worker.terminate();
    },
  };
}

/** The columns go to the thread and are not copied. */
function buffersOf({ columns, test }: ValueJob): readonly ArrayBuffer[] {
  const after = test === null ? [] : [test.after.purchases, test.after.revenue];
  const all = [columns, ...(test === null ? [] : [test.before])].flatMap(numbersOf);
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of [...all, ...after]) {
    if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  }
  return [...buffers];
}

function numbersOf(columns: AccountColumns): readonly Float64Array[] {
  const { frequency, recency, age, spendCount, meanSpend, lines, returns } = columns;
  return [
    ...[frequency, recency, age, spendCount, meanSpend, lines, returns],
    ...columns.contacts.values(),
    ...columns.categories.values(),
  ];
}
