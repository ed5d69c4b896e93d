import { SECOND_MS } from '@keepsake/kernel';
import { isWorthRetrying } from '../../platform/database/failure.ts';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { holdRun, lockRun, type RunLease, type RunRow } from './runs.store.ts';
import { progressOf, type RunPlace } from './value-run.rules.ts';

/** Another has taken the run over: whatever is at hand is theirs. */
export class RunLost extends Error {
  override readonly name = 'RunLost';

  constructor() {
    super('the run has been taken over');
  }
}

/** The server ends: the run is given back, and done from its beginning by whoever looks next. */
export class RunInterrupted extends Error {
  override readonly name = 'RunInterrupted';

  constructor() {
    super('the run has been interrupted');
  }
}

/** The right to work on a run, for as long as it says so. */
export interface RunHold {
  /** As which the run is ended, or given back. */
  lease(): RunLease;
  /**
   * Says how far the run is; written twice a second at most. Throws `RunLost`, and `RunInterrupted`
   * where the server is to end.
   */
  tell(place: RunPlace): Promise<void>;
  /**
   * Does something in a transaction that nobody who takes the run over can overlap with, once more where
   * others were in the way. Throws as `tell`.
   */
  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Says no more that somebody works on it. */
  release(): Promise<void>;
}

/** Who was not heard of for so long is taken for dead. */
export const DEAD_AFTER_MS: number = 60 * SECOND_MS;
const HEARD_EVERY_MS = 5 * SECOND_MS;
const TOLD_EVERY_MS = 500;

const ATTEMPTS_MAX = 5;

/** Holds a run that has just been claimed; from then on something is heard of it every few seconds. */
export function holdClaimed(
  deps: Pick<Deps, 'database' | 'clock'>,
  run: RunRow,
  isStopping: () => boolean,
): RunHold {
  const { company, id } = run;
  let seenAt = run.seen_at;
  let step = run.step;
  /** Work of several parts begins each of them anew; what is told never goes back. */
  let progress = 0;
  let told = { step: run.step, at: performance.now() };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: each must know when the one before was heard. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const write = async (): Promise<void> => {
    const now = new Date(deps.clock.now());
    told = { step, at: performance.now() };
    const said = { seen_at: now, step, progress };
    if (!(await holdRun(deps.database.kysely, { company, id, seenAt }, said))) throw new RunLost();
    seenAt = now;
  };
  const timer = setInterval(() => {
    // Who has lost the run finds out with the next thing that it does.
    inTurn(write).catch(() => undefined);
  }, HEARD_EVERY_MS);
  timer.unref();
  return {
    lease: () => ({ company, id, seenAt }),
    tell: async (next) => {
      if (isStopping()) throw new RunInterrupted();
      step = next.step;
      progress = Math.max(progress, progressOf(next));
      const isDue = next.step !== told.step || performance.now() - told.at >= TOLD_EVERY_MS;
      if (isDue) await inTurn(write);
    },
    inside: (work) =>
      inTurn(async () => {
        if (isStopping()) throw new RunInterrupted();
        return await repeated(deps, async (tx) => {
          if (!(await lockRun(tx, { company, id, seenAt }))) throw new RunLost();
          return await work(tx);
        });
      }),
    release: async () => {
      clearInterval(timer);
      await last;
    },
  };
}

async function repeated<T>(
  { database }: Pick<Deps, 'database'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !isWorthRetrying(error)) throw error;
    }
  }
}
