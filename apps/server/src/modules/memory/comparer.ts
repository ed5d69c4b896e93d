/** Compares in the background whom another system has told of. */
import type { Deps } from '../../platform/deps.ts';
import { takeDue } from './comparisons.store.ts';
import { compareSubjects } from './linkage.service.ts';

type ComparerDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'log'>;

/** Finds possible duplicates of those that are due. */
export interface Comparer {
  /** Begins, unless it is at it already. Never fails; what failed is tried again when woken. */
  readonly wake: () => Promise<void>;
  /** Ends after those at hand; the rest is done after the next start. */
  readonly stop: () => Promise<void>;
}

/** So many share the cost of looking, and others wait no longer than for them. */
const BATCH_MAX = 100;

/** Makes the comparer of a server. Several servers share the work. */
export function createComparer(deps: ComparerDeps): Comparer {
  let running: Promise<void> | undefined;
  let [isStopping, isWanted] = [false, false];
  const work = async (): Promise<void> => {
    try {
      while (isWanted && !isStopping) {
        // Whoever is told of while this looks wakes it again.
        isWanted = false;
        while (!isStopping && (await compareNext(deps)));
      }
    } catch (error) {
      deps.log.warn({ error }, 'a comparison was interrupted; it goes on later');
    } finally {
      running = undefined;
    }
  };
  return {
    wake: () => {
      isWanted = true;
      running ??= work();
      return running;
    },
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
}

/** Compares the next, in a transaction that also takes them out. False where none are left. */
async function compareNext(deps: ComparerDeps): Promise<boolean> {
  return await deps.database.transaction(async (tx) => {
    const due = await takeDue(tx, BATCH_MAX);
    const [first] = due;
    if (first === undefined) return false;
    await compareSubjects(
      tx,
      deps,
      first.company,
      due.map(({ subject }) => subject),
    );
    return true;
  });
}
