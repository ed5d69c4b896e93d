/** Reads journals anew in the background after an ontology has changed. */
import type { Deps } from '../../platform/deps.ts';
import { replayJournal } from './journal.service.ts';
import { endReplays, findNextJournal, lockReplay, moveReplay } from './vocabulary.store.ts';

type ReplayerDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'log'>;

/** Replays what has to be, one subject after the other. */
export interface Replayer {
  /** Begins, unless it is at it already. Never fails; what failed is tried again when woken. */
  readonly wake: () => Promise<void>;
  /** Ends after the subject at hand; the rest is done after the next start. */
  readonly stop: () => Promise<void>;
}

/** Makes the replayer of a server. Several servers share the work. */
export function createReplayer(deps: ReplayerDeps): Replayer {
  let running: Promise<void> | undefined;
  let isStopping = false;
  const work = async (): Promise<void> => {
    try {
      while (!isStopping && (await replayNext(deps)));
    } catch (error) {
      deps.log.warn({ error }, 'a replay was interrupted; it goes on later');
    } finally {
      running = undefined;
    }
  };
  return {
    wake: () => {
      running ??= work();
      return running;
    },
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
}

/**
 * Replays the next subject of a replay that is under way, in a transaction of its own, so that
 * nobody waits for more than one journal. False where nothing is left.
 */
async function replayNext(deps: ReplayerDeps): Promise<boolean> {
  return await deps.database.transaction(async (tx) => {
    const replay = await lockReplay(tx);
    if (replay === undefined) return false;
    const subject = await findNextJournal(tx, replay.company, replay.replay_after);
    if (subject === undefined) {
      await endReplays(tx, replay.company, new Date(deps.clock.now()));
      return true;
    }
    await replayJournal(tx, deps, replay.company, subject);
    await moveReplay(tx, replay, subject);
    return true;
  });
}
