/** What the server does without being asked: sending mail, and deleting what has run out. */
import { HOUR_MS, MINUTE_MS } from '@keepsake/kernel';
import type { Deps } from '../platform/deps.ts';
import { purgeReplies } from '../platform/http/idempotency.store.ts';
import { REPLY_KEPT_MS } from '../platform/http/idempotency.ts';
import { endCompiling } from './families/index.ts';
import { smtpSender, startMailDispatcher } from './mail/index.ts';
import { REFRESH_EVERY_MS } from './making.ts';
import { type Comparer, ensureDuplicates, ensureMembers, type Replayer } from './memory/index.ts';
import { clearBackups } from './operator/index.ts';
import { purgeSessions } from './sessions/index.ts';
import { purgeStaff } from './staff/index.ts';
import type { Valuer } from './value/index.ts';

/** The modules of a running server, as one. */
export interface RunningModules {
  /** Starts work that goes on in the background, once everything is mounted. */
  readonly start: () => Promise<void>;
  /** Ends that work; the database is closed after it. */
  readonly stop: () => Promise<void>;
}

const HOUSEKEEPING_EVERY_MS = 10 * MINUTE_MS;

/** Makes the background work of a server; it begins with `start`. */
export function runInBackground(
  deps: Deps,
  work: {
    readonly refresh: () => Promise<void>;
    readonly replayer: Replayer;
    readonly comparer: Comparer;
    readonly valuer: Valuer;
  },
): RunningModules {
  const { refresh, replayer, comparer, valuer } = work;
  const { smtpUrl } = deps.config;
  let mails: ReturnType<typeof startMailDispatcher> | undefined;
  const timers: NodeJS.Timeout[] = [];
  let running: Promise<void> = Promise.resolve();
  let comparing: Promise<void> = Promise.resolve();
  let isStopping = false;
  return {
    start: async () => {
      await clearBackups(deps.config.home);
      await ensureMembers(deps);
      if (smtpUrl !== undefined) mails = startMailDispatcher(deps, smtpSender(smtpUrl));
      comparing = ensureDuplicates(deps, () => isStopping).catch((error: unknown) => {
        deps.log.warn({ error }, 'guests were not all compared; it goes on at the next start');
      });
      const repeat = (everyMs: number, work: () => Promise<void>): void => {
        const timer = setInterval(() => {
          running = running.then(work).catch((error: unknown) => {
            deps.log.warn({ error }, 'background work failed; it is tried again');
          });
        }, everyMs);
        timer.unref();
        timers.push(timer);
      };
      repeat(HOUSEKEEPING_EVERY_MS, () => keepHouse(deps));
      repeat(REFRESH_EVERY_MS, refresh);
      // What a server that ended has left, or one that failed; nothing else waits for it.
      void replayer.wake();
      void comparer.wake();
      void valuer.wake();
      repeat(REFRESH_EVERY_MS, async () => {
        void replayer.wake();
        void comparer.wake();
        await valuer.wakeDaily();
      });
    },
    stop: async () => {
      isStopping = true;
      for (const timer of timers) clearInterval(timer);
      const ends = [replayer.stop(), comparer.stop(), valuer.stop(), endCompiling(deps)];
      await Promise.all([running, comparing, ...ends]);
      await mails?.stop();
    },
  };
}

/** Deletes what has run out. It is of no use by then: failing to delete it does no harm. */
async function keepHouse(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const db = deps.database.kysely;
  try {
    await purgeReplies(db, new Date(now - REPLY_KEPT_MS));
    await purgeSessions(db, new Date(now));
    await purgeStaff(db, new Date(now - HOUR_MS));
  } catch (error) {
    deps.log.warn({ error }, 'what has run out was not deleted');
  }
}
