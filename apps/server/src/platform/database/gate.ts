import { DatabaseFailure } from './failure.ts';

/** The right to use the one connection until `leave`. */
export interface Lease {
  /** Says that a statement has begun (`true`) or has ended (`false`). */
  working(isWorking: boolean): void;
  /** Hands the connection to the next in the queue. Calling it again does nothing. */
  leave(): void;
}

/** A door that lets one in at a time, in the order of arrival. */
export interface Gate {
  enter(): Promise<Lease>;
}

interface Waiter {
  readonly admit: (lease: Lease) => void;
}

interface Holder {
  idleSince: number | undefined;
}

/**
 * Makes a gate. Who waits while the holder does nothing for `idleLimitMs` is turned away with
 * `database/busy`: the usual cause is a query outside the open transaction that is awaited inside
 * it, which would wait for ever.
 */
export function createGate(idleLimitMs: number): Gate {
  const queue: Waiter[] = [];
  let holder: Holder | undefined;

  const admitNext = (): void => {
    holder = undefined;
    const next = queue.shift();
    if (next !== undefined) next.admit(lease());
  };

  const lease = (): Lease => {
    const mine: Holder = { idleSince: performance.now() };
    holder = mine;
    return {
      working: (isWorking) => {
        mine.idleSince = isWorking ? undefined : performance.now();
      },
      leave: () => {
        if (holder === mine) admitNext();
      },
    };
  };

  const wait = (): Promise<Lease> =>
    new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout;
      const waiter: Waiter = {
        admit: (given) => {
          clearTimeout(timer);
          resolve(given);
        },
      };
      const look = (): void => {
        const idleMs = holder?.idleSince === undefined ? 0 : performance.now() - holder.idleSince;
        if (idleMs < idleLimitMs) {
          timer = setTimeout(look, idleLimitMs - idleMs);
          return;
        }
        queue.splice(queue.indexOf(waiter), 1);
        reject(new DatabaseFailure('database/busy', busyMessage(idleMs)));
      };
      timer = setTimeout(look, idleLimitMs);
      queue.push(waiter);
    });

  return { enter: () => (holder === undefined ? Promise.resolve(lease()) : wait()) };
}

function busyMessage(idleMs: number): string {
  const seconds = (idleMs / 1000).toFixed(1);
  return (
    `A transaction has held the database for ${seconds} s without a statement. ` +
    'Is a query outside the transaction awaited inside it? Pass the transaction instead.'
  );
}
