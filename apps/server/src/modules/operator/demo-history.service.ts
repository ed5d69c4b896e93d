/** Takes over the made-up history of the demo companies, as any other history is. */
import { setTimeout as pause } from 'node:timers/promises';
import { LIMITS } from '@keepsake/contract';
import { DAY_MS, invariant } from '@keepsake/kernel';
import type { Database } from '../../platform/database/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { listCompanies } from '../companies/index.ts';
import { type HistoryInput, recordHistory } from '../history/index.ts';
import { examplesFolder } from './demo.files.ts';
import type { DemoHistory } from './demo-history.document.ts';
import { listDemoHistories, readDemoHistory, readDemoNames } from './demo-history.files.ts';
import { type DemoLife, makeUpLives } from './demo-history.rules.ts';
import {
  beginDemoHistory,
  type DemoHistoryMark,
  listUnfinishedHistories,
  listWholeHistories,
  markDemoHistory,
} from './demo-history.store.ts';
import { putDemoTerms, seedDemoEffects } from './demo-terms.service.ts';

/** What taking over made-up histories needs. */
export type DemoHistoryDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'log'>;

/** How far one company is. */
export interface DemoHistoryProgress {
  readonly company: string;
  /** Customers whose lives are recorded. */
  readonly done: number;
  readonly of: number;
}

/** Which histories, and what to tell whom meanwhile. */
export interface DemoHistoryOptions {
  /** Absent: of all demo companies that are there. */
  readonly companies?: readonly string[];
  /** Where the examples are. */
  readonly folder?: string;
  readonly onProgress?: (progress: DemoHistoryProgress) => void;
  /** Asked after each batch; what is left goes on with the next call. */
  readonly isStopping?: () => boolean;
}

/** What became of it. */
export interface DemoHistorySeeded {
  /** The companies whose history has now become whole. */
  readonly companies: readonly string[];
  /** It was stopped before all were. */
  readonly isStopped: boolean;
}

/** Others wait no longer than for so many lines. */
const BATCH_LINES = Math.min(200, LIMITS.bulkLinesMax);
/** Making somebody takes longer than taking over an order. */
const BATCH_CUSTOMERS = 100;
/** Between batches, for those who wait. */
const PAUSE_MS = 5;

/** One at a time in each database: two would do the same work. */
const running = new WeakMap<Database, Promise<unknown>>();

/**
 * Makes up and takes over the history of demo companies, in small batches. It ends on the day before
 * it was begun. What was broken off goes on; what is there is left alone. Some ten seconds a
 * company on the embedded store.
 */
export async function seedDemoHistory(
  deps: DemoHistoryDeps,
  options: DemoHistoryOptions = {},
): Promise<DemoHistorySeeded> {
  const before = running.get(deps.database) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => seedEach(deps, options));
  running.set(deps.database, mine);
  return await mine;
}

/** Goes on with histories that were begun and are not all there. */
export async function resumeDemoHistory(
  deps: DemoHistoryDeps,
  options: Omit<DemoHistoryOptions, 'companies'> = {},
): Promise<DemoHistorySeeded> {
  const companies = await listUnfinishedHistories(deps.database.kysely);
  return await seedDemoHistory(deps, { ...options, companies });
}

async function seedEach(
  deps: DemoHistoryDeps,
  options: DemoHistoryOptions,
): Promise<DemoHistorySeeded> {
  const { companies, folder = examplesFolder, isStopping = () => false } = options;
  const there = new Set((await listCompanies(deps.database.kysely)).map(({ id }) => id));
  const wanted = listDemoHistories(folder).filter(
    (company) => there.has(company) && (companies?.includes(company) ?? true),
  );
  // All are begun before the first goes on, so that a start that is broken off forgets none.
  const begun: (readonly [string, DemoHistoryMark])[] = [];
  for (const company of wanted) begun.push([company, await begin(deps, company)]);
  const seeded: string[] = [];
  for (const [company, mark] of begun) {
    if (mark.isDone) continue;
    const isWhole = await seedCompany(deps, { company, mark, folder, isStopping, ...options });
    if (!isWhole) return { companies: seeded, isStopped: true };
    seeded.push(company);
  }
  return { companies: seeded, isStopped: false };
}

/** Between two looks whether customers have been valued. */
const LOOK_EVERY_MS = 3_000;

/**
 * Waits until the customers of demo companies have tiers, and lets treatments of an earlier time have
 * done what they did. Ends when it is done for all, or when it is stopped.
 */
export async function followDemoHistory(
  deps: DemoHistoryDeps,
  options: Pick<DemoHistoryOptions, 'folder' | 'isStopping'> = {},
): Promise<void> {
  const { folder = examplesFolder, isStopping = () => false } = options;
  let left = await listWholeHistories(deps.database.kysely);
  while (left.length > 0 && !isStopping()) {
    const waiting: string[] = [];
    for (const company of left) {
      const { isDone } = await seedDemoEffects(deps, { company, folder });
      if (!isDone) waiting.push(company);
    }
    left = waiting;
    for (let ms = 0; left.length > 0 && ms < LOOK_EVERY_MS && !isStopping(); ms += 200) {
      await pause(200);
    }
  }
}

async function begin(deps: DemoHistoryDeps, company: string): Promise<DemoHistoryMark> {
  const now = deps.clock.now();
  const until = new Date(now - DAY_MS).toISOString().slice(0, 10);
  return await beginDemoHistory(deps.database.kysely, company, { until, at: new Date(now) });
}

interface Seeding {
  readonly company: string;
  readonly mark: DemoHistoryMark;
  readonly folder: string;
  readonly isStopping: () => boolean;
  readonly onProgress?: (progress: DemoHistoryProgress) => void;
}

/** Records what is not there yet; false where it was stopped. */
async function seedCompany(deps: DemoHistoryDeps, seeding: Seeding): Promise<boolean> {
  const { company, mark, folder, isStopping, onProgress } = seeding;
  const history = readDemoHistory(folder, company);
  const { costs } = history.terms;
  const digits = String(costs['minorPerUnit']).length - 1;
  const lives = makeUpLives(history.shape, readDemoNames(folder), { until: mark.until, digits });
  const db = deps.database.kysely;
  let batches = 0;
  for (const batch of batchesOf(lives, history)) {
    batches += 1;
    // The same lives are made up again: what is recorded is passed over.
    if (batches <= mark.batches) continue;
    if (isStopping()) return false;
    const recorded = await recordHistory(deps, { ...batch.input, company });
    invariant(recorded.kind === 'answered', 'a demo company is there, and a batch is small');
    const { refused } = recorded.answer;
    if (refused.length > 0) deps.log.warn({ company, refused }, 'demo history was refused');
    await markDemoHistory(db, company, { batches, doneAt: null });
    onProgress?.({ company, done: batch.customers, of: history.shape.customers });
    await pause(PAUSE_MS);
  }
  await putDemoTerms(deps, { company, folder });
  await markDemoHistory(db, company, { batches, doneAt: new Date(deps.clock.now()) });
  return true;
}

interface Batch {
  readonly input: Omit<HistoryInput, 'company'>;
  /** Whose lives are whole with this batch. */
  readonly customers: number;
}

/** Lives in batches: some customers, then what they bought, then what they asked. */
function* batchesOf(lives: Iterable<DemoLife>, { source }: DemoHistory): Generator<Batch> {
  let customers = 0;
  const batch = (kind: HistoryInput['kind'], lines: readonly object[]): Batch => ({
    input: { source, kind, isDryRun: false, text: lines.map(oneLine).join('\n') },
    customers,
  });
  for (const group of chunksOf(lives, BATCH_CUSTOMERS)) {
    const people = group.map(({ person }) => person);
    yield batch('customers', people);
    const purchases = group.flatMap((life) => life.purchases);
    for (const some of chunksOf(purchases, BATCH_LINES)) yield batch('orders', some);
    customers += group.length;
    const contacts = group.flatMap((life) => life.contacts);
    for (const some of chunksOf(contacts, BATCH_LINES)) yield batch('contacts', some);
  }
}

function oneLine(value: object): string {
  return JSON.stringify(value);
}

function* chunksOf<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
