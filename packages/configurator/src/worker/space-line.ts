import type { SpaceQuestion, SpaceQuestions, SpaceReply, SpaceRequest } from './messages.ts';

/** A thread as its owner sees it: how to send, and how to end it. */
export interface SpaceThread {
  send(request: SpaceRequest): void;
  stop(): void;
}

/** The asker's end of a thread that holds a space. */
export interface SpaceLine {
  /** Asks; rejects where the question failed or the thread has ended. */
  ask<K extends SpaceQuestion>(
    kind: K,
    ask: SpaceQuestions[K]['ask'],
  ): Promise<SpaceQuestions[K]['answer']>;
  /** What the thread has sent. */
  receive(reply: SpaceReply): void;
  /** Ends the thread; everything that was asked and not answered is rejected. */
  end(why: string): void;
}

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Makes a line to a thread; `onProgress` is told how much is compiled. */
export function askSpace(
  thread: SpaceThread,
  onProgress: (doneCount: number, ofCount: number) => void = () => undefined,
): SpaceLine {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let ended: string | undefined;
  return {
    ask: (kind, ask) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(new Error(ended));
          return;
        }
        const id = nextId++;
        pending.set(id, { resolve, reject });
        // The kind and what is asked come together from the caller's type.
        thread.send({ id, kind, ask } as SpaceRequest);
      }),
    receive: (reply) => {
      if (reply.kind === 'progress') {
        onProgress(reply.doneCount, reply.ofCount);
        return;
      }
      const asked = pending.get(reply.id);
      pending.delete(reply.id);
      if (reply.kind === 'failure') asked?.reject(new Error(reply.message));
      // The host answers each kind with its own answer.
      else asked?.resolve(reply.answer as never);
    },
    end: (why) => {
      if (ended !== undefined) return;
      ended = why;
      thread.stop();
      for (const each of pending.values()) each.reject(new Error(why));
      pending.clear();
    },
  };
}
