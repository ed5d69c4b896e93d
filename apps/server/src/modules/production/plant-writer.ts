/**
 * The single writer of a plant. Commands wait in a queue; a batch of them is decided by the kernel
 * in memory, one after the other, and committed in one transaction that holds the plant's row and
 * moves its version on. When another process has moved it since, the state is loaded again first,
 * inside that transaction: so no writer ever has to try twice.
 */
import { invariant, newId, type Result } from '@keepsake/kernel';
import {
  applyEvents,
  createPlantState,
  findItem,
  findOrder,
  type PlantEvent,
  type PlantState,
  refreshPromises,
  rollback,
  savepoint,
  settle,
  touchedBy,
  type WorkCentre,
} from '@keepsake/production';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findPlantVersion, lockPlant, savePlantVersion } from './plants.store.ts';
import { listItems, type PlantKey, saveItems } from './stock.store.ts';
import { listLiveOrders, saveOrders } from './work-orders.store.ts';

/** What the kernel decided: the facts to keep. */
export interface Decided {
  readonly events: readonly PlantEvent[];
}

/** A command: what the kernel decides, and what is saved with it in the same transaction. */
export interface Command<D extends Decided, R> {
  readonly decide: (state: PlantState) => Result<D, R>;
  readonly save?: (tx: Tx, decided: D) => Promise<void>;
}

/** Called inside the transaction with everything that happened in a plant. */
export type Observe = (
  tx: Tx,
  key: PlantKey,
  events: readonly PlantEvent[],
  state: PlantState,
) => Promise<void>;

/** How a plant is described where its state is loaded. */
export interface PlantFrame {
  readonly timeZone: string;
  readonly workCentres: readonly WorkCentre[];
}

export interface PlantWriter {
  /** Runs a command in its turn. Rejects when the store fails: then nothing of it was kept. */
  run<D extends Decided, R>(command: Command<D, R>): Promise<Result<D, R>>;
  /** Answers from the state as it is in memory, loading it first where needed. */
  read<T>(question: (state: PlantState) => T): Promise<T>;
}

/** Commands of one transaction at most. */
export const BATCH_MAX = 16;

interface Job {
  readonly command: Command<Decided, unknown>;
  readonly resolve: (result: Result<Decided, unknown>) => void;
  readonly reject: (error: unknown) => void;
}

export interface PlantWriterOptions {
  readonly deps: Pick<Deps, 'database' | 'clock' | 'random'>;
  readonly key: PlantKey;
  readonly frame: PlantFrame;
  readonly observe: Observe;
}

/** Makes the writer of one plant. Its state is loaded by the first command or question. */
export function createPlantWriter(options: PlantWriterOptions): PlantWriter {
  const { deps, key } = options;
  const queue: Job[] = [];
  let state: PlantState | undefined;
  let loading: Promise<PlantState> | undefined;
  let isWorking = false;

  const getState = async (): Promise<PlantState> => {
    loading ??= deps.database
      .transaction((tx) => loadState(options, tx), {
        isolation: 'repeatable read',
        isReadOnly: true,
      })
      .finally(() => {
        loading = undefined;
      });
    const loaded = await loading;
    state ??= loaded;
    return state;
  };

  const commit = async (jobs: readonly Job[]): Promise<readonly Result<Decided, unknown>[]> => {
    let undo: (() => void) | undefined;
    try {
      const results = await deps.database.transaction(async (tx) => {
        const version = await lockPlant(tx, key);
        const held = state;
        const isFresh = held !== undefined && held.version === version;
        const current = isFresh ? held : await loadState(options, tx);
        state = current;
        const start = savepoint(current);
        undo = () => rollback(current, start);
        return await decideBatch(options, { tx, state: current, jobs });
      });
      if (state !== undefined) settle(state);
      return results;
    } catch (error) {
      undo?.();
      throw error;
    }
  };

  const work = async (): Promise<void> => {
    isWorking = true;
    while (queue.length > 0) {
      const jobs = queue.splice(0, BATCH_MAX);
      await commitOrSplit(jobs, commit);
    }
    isWorking = false;
  };

  return {
    run: <D extends Decided, R>(command: Command<D, R>) =>
      new Promise<Result<D, R>>((resolve, reject) => {
        // The queue holds commands of every kind; each gets back what its own `decide` returned.
        const job = { command, resolve, reject } as unknown as Job;
        queue.push(job);
        if (!isWorking) void work();
      }),
    read: async (question) => {
      const current = state ?? (await getState());
      const version = await findPlantVersion(deps.database.kysely, key);
      if (isWorking || version === current.version) return question(current);
      state = undefined;
      return question(await getState());
    },
  };
}

/** Commits jobs together; when that fails, each alone, so that one bad command fails alone. */
async function commitOrSplit(
  jobs: readonly Job[],
  commit: (jobs: readonly Job[]) => Promise<readonly Result<Decided, unknown>[]>,
): Promise<void> {
  try {
    const results = await commit(jobs);
    jobs.forEach((job, index) => {
      const result = results[index];
      invariant(result !== undefined, 'every command of a batch has a result');
      job.resolve(result);
    });
  } catch (error) {
    const [only] = jobs;
    if (jobs.length === 1) only?.reject(error);
    else for (const job of jobs) await commitOrSplit([job], commit);
  }
}

/** Loads a plant; the transaction sees one moment, or holds the plant's row. */
async function loadState({ key, frame }: PlantWriterOptions, tx: Tx): Promise<PlantState> {
  const version = await findPlantVersion(tx, key);
  invariant(version !== undefined, `no plant ${key.company}/${key.site}`);
  const { timeZone, workCentres } = frame;
  const plant = { id: key.site, timeZone, workCentres, items: await listItems(tx, key) };
  const orders = await listLiveOrders(tx, key);
  const created = createPlantState({ version, plant, orders });
  if (created.kind === 'refused') {
    throw new Error(`The plant ${key.company}/${key.site} cannot be loaded: ${created.error.kind}`);
  }
  return created.value;
}

async function decideBatch(
  options: PlantWriterOptions,
  batch: { readonly tx: Tx; readonly state: PlantState; readonly jobs: readonly Job[] },
): Promise<readonly Result<Decided, unknown>[]> {
  const { tx, state, jobs } = batch;
  const { deps, key, observe } = options;
  const events: PlantEvent[] = [];
  const results: Result<Decided, unknown>[] = [];
  const kept: (readonly [Job, Decided])[] = [];
  for (const job of jobs) {
    const result = job.command.decide(state);
    results.push(result);
    if (result.kind === 'refused') continue;
    applyEvents(state, result.value.events);
    events.push(...result.value.events);
    kept.push([job, result.value]);
  }
  if (kept.length === 0) return results;
  const refreshed = refreshPromises(state, deps.clock.now());
  applyEvents(state, refreshed.events);
  events.push(...refreshed.events);
  await saveChanges(options, tx, state, events);
  for (const [job, decided] of kept) await job.command.save?.(tx, decided);
  await observe(tx, key, events, state);
  forgetEnded(state, events);
  await savePlantVersion(tx, key, state.version);
  return results;
}

/** Orders that came to nothing have been written; a plant that is loaded does not know them either. */
function forgetEnded(state: PlantState, events: readonly PlantEvent[]): void {
  for (const id of touchedBy(events).orders) {
    const stage = findOrder(state, id)?.stage;
    if (stage === 'cancelled' || stage === 'returned') {
      applyEvents(state, [{ kind: 'order.closed', id }]);
    }
  }
}

async function saveChanges(
  { deps, key }: PlantWriterOptions,
  tx: Tx,
  state: PlantState,
  events: readonly PlantEvent[],
): Promise<void> {
  const touched = touchedBy(events);
  const orders = touched.orders.flatMap((id) => findOrder(state, id) ?? []);
  const items = touched.items.flatMap((id) => findItem(state, id) ?? []);
  await saveOrders(tx, key, orders, () => newId(deps.clock.now(), deps.random));
  if (items.length > 0) await saveItems(tx, key, items);
}
