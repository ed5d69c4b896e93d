/** Values bases in the background: those that somebody asked for, and each once a day. */
import { DAY_MS, HOUR_MS, newId } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { failureCode } from '../../platform/http/failures.ts';
import { DEAD_AFTER_MS, holdClaimed, type RunHold, RunLost } from './run-hold.ts';
import {
  claimRun,
  failRun,
  listUnvalued,
  lockRun,
  queueRun,
  type RunRow,
  releaseRun,
} from './runs.store.ts';
import { deleteScores } from './scores.store.ts';
import { deleteUnendedMonths, hasMonths } from './tiers.store.ts';
import type { AfterRun } from './value-keep.service.ts';
import { FIRST_MONTHS, RETRIED_AFTER_MS, VALUED_EVERY_MS } from './value-run.rules.ts';
import { RunRefused, valueCompany } from './value-run.service.ts';
import { createValueThread, type ValueThread } from './value-thread.ts';

type ValuerDeps = Pick<Deps, 'database' | 'clock' | 'random' | 'log'>;

/** Does the runs of a server. */
export interface Valuer {
  /** Begins, unless it is at it already. Never fails; what failed says so in its run. */
  readonly wake: () => Promise<void>;
  /** Queues a run of each company whose last one was a day ago, and wakes. */
  readonly wakeDaily: () => Promise<void>;
  /** Ends at once. A run at hand is given back, and done from its beginning by whoever looks next. */
  readonly stop: () => Promise<void>;
}

/** Makes the valuer of a server. Several servers share the work, one company at a time each. */
export function createValuer(
  deps: ValuerDeps,
  afterRun: readonly AfterRun[],
  thread: ValueThread = createValueThread(),
): Valuer {
  let running: Promise<void> | undefined;
  let [isStopping, isWanted] = [false, false];
  const work = async (): Promise<void> => {
    try {
      while (isWanted && !isStopping) {
        // Whoever asks for a run while this looks wakes it again.
        isWanted = false;
        for (let run = await claimNext(deps); run !== undefined; run = await claimNext(deps)) {
          const hold = holdClaimed(deps, run, () => isStopping);
          await doRun(deps, { thread, hold, afterRun, isStopping: () => isStopping }, run);
          if (isStopping) return;
        }
      }
    } catch (error) {
      deps.log.warn({ error }, 'valuing was interrupted; it goes on later');
    } finally {
      running = undefined;
    }
  };
  const wake = (): Promise<void> => {
    isWanted = true;
    running ??= work();
    return running;
  };
  return {
    wake,
    wakeDaily: async () => {
      await queueDaily(deps);
      void wake();
    },
    stop: async () => {
      isStopping = true;
      thread.end();
      await running;
    },
  };
}

/** What is taken over again and again, as it ends each server that works on it, is given up. */
const RUN_MS_MAX = DAY_MS;

/** No server's clock is that far ahead of another's. */
const AHEAD_MS_MAX = HOUR_MS;

class RunTooOld extends Error {
  override readonly name = 'RunTooOld';
}

async function claimNext(deps: ValuerDeps): Promise<RunRow | undefined> {
  const now = deps.clock.now();
  const times = {
    ...{ now: new Date(now), staleBefore: new Date(now - DEAD_AFTER_MS) },
    staleAfter: new Date(now + AHEAD_MS_MAX),
  };
  return await deps.database.transaction((tx) => claimRun(tx, times));
}

async function doRun(
  deps: ValuerDeps,
  parts: {
    readonly thread: ValueThread;
    readonly hold: RunHold;
    readonly afterRun: readonly AfterRun[];
    readonly isStopping: () => boolean;
  },
  run: RunRow,
): Promise<void> {
  const { hold } = parts;
  const { company, id } = run;
  const { kysely } = deps.database;
  try {
    if (deps.clock.now() - run.started_at.getTime() > RUN_MS_MAX) throw new RunTooOld();
    await valueCompany(deps, parts, run);
    await hold.release();
  } catch (error) {
    await hold.release();
    if (error instanceof RunLost) {
      deps.log.warn({ company, run: id }, 'a run was taken over');
      return;
    }
    if (parts.isStopping()) {
      await releaseRun(kysely, hold.lease());
      return;
    }
    const problem = error instanceof RunRefused ? error.code : failureCode(error);
    deps.log.error({ company, run: id, problem, error }, 'a run failed');
    await deps.database.transaction(async (tx) => {
      if (!(await lockRun(tx, hold.lease()))) return;
      await deleteScores(tx, company, id);
      await deleteUnendedMonths(tx, company);
      await failRun(tx, hold.lease(), { at: new Date(deps.clock.now()), problem });
    });
  }
}

/** What is asked of a run. */
export interface RunWish {
  readonly company: string;
  /** Past months to decide; undefined: a year of them where none is decided yet, else none. */
  readonly months: number | undefined;
  readonly wantsFit: boolean;
  /** The account of staff; null where nobody asked. */
  readonly by: string | null;
}

/** Queues a run; false where one is under way. */
export async function queueWish(
  db: Db,
  deps: Pick<Deps, 'clock' | 'random'>,
  { company, months, wantsFit, by }: RunWish,
): Promise<boolean> {
  const now = deps.clock.now();
  return await queueRun(db, {
    ...{ company, id: newId(now, deps.random), wants_fit: wantsFit, asked_by: by },
    months: months ?? ((await hasMonths(db, company)) ? 0 : FIRST_MONTHS),
    started_at: new Date(now),
  });
}

/** Asks for a run by the last fit; a server does it when it looks next. */
export async function requestRun(
  db: Db,
  deps: Pick<Deps, 'clock' | 'random'>,
  company: string,
): Promise<void> {
  await queueWish(db, deps, { company, months: undefined, wantsFit: false, by: null });
}

async function queueDaily(deps: ValuerDeps): Promise<void> {
  const { kysely } = deps.database;
  const now = deps.clock.now();
  const since = {
    begun: new Date(now - VALUED_EVERY_MS),
    failed: new Date(now - RETRIED_AFTER_MS),
    now: new Date(now),
  };
  for (const company of await listUnvalued(kysely, since)) {
    await queueWish(kysely, deps, { company, months: undefined, wantsFit: false, by: null });
  }
}
