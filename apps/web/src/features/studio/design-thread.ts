import type { DesignQuestions, DesignReply, DesignRequest } from './design-messages.ts';

/** The page's end of the thread that holds a design. */
export interface DesignLine {
  /** Asks; answers come in the order of the questions. Rejects where the thread fails or has ended. */
  ask<K extends keyof DesignQuestions>(
    kind: K,
    ask: DesignQuestions[K]['ask'],
  ): Promise<DesignQuestions[K]['answer']>;
  end(): void;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a thread for one design; `end` it when the page is left. */
export function startDesignThread(): DesignLine {
  const worker = new Worker(new URL('./design.worker.ts', import.meta.url), { type: 'module' });
  const queue: Waiting[] = [];
  let ended: Error | undefined;
  const stop = (error: Error) => {
    ended ??= error;
    worker.terminate();
    for (const { reject } of queue.splice(0)) reject(error);
  };
  worker.onmessage = ({ data }: MessageEvent<DesignReply>) => {
    const asked = queue.shift();
    if (data.kind === 'failure') asked?.reject(new Error(data.message));
    // The desk answers each kind with its own answer, one after the other.
    else asked?.resolve(data.answer as never);
  };
  worker.onerror = ({ message }) => stop(new Error(`the thread of the design failed: ${message}`));
  return {
    ask: (kind, ask) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        queue.push({ resolve, reject });
        // The kind and what is asked come together from the caller's type.
        worker.postMessage({ kind, ask } as DesignRequest);
      }),
    end: () => stop(new Error('the page was left')),
  };
}
