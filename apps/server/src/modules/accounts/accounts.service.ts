/** Adds up what customers bought, returned and asked about. */
import { DAY_MS, HOUR_MS } from '@keepsake/kernel';
import { isRefusedBy, isWorthRetrying } from '../../platform/database/failure.ts';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { UNDO_MS } from '../history/index.ts';
import {
  findAddedUp,
  listRelated,
  listSubjectsAfter,
  listWithNews,
  upsertAccounts,
  upsertAddedUp,
} from './accounts.store.ts';

type AccountDeps = Pick<Deps, 'database' | 'clock'>;

/** So many subjects are added up in one statement: some tenths of a second. */
const BATCH_MAX = 5_000;
/** What was written by then may have been committed later. */
const OVERLAP_MS = HOUR_MS;
const ATTEMPTS_MAX = 5;

/** What adding up came to. */
export interface AddedUp {
  /** The last day that is counted, `YYYY-MM-DD`: today, in UTC. */
  readonly until: string;
  /** Accounts that are new, gone or others than before. */
  readonly changed: number;
}

/**
 * Brings the accounts of a company up to date: of those with news since the last time, or of everybody
 * where `isFull`, or where there was no last time, or one that is still to come. Both come to the same accounts. Each batch is a
 * transaction of its own; where it is cut short, the next time begins where this one did.
 */
export async function addUpAccounts(
  deps: AccountDeps,
  company: string,
  { isFull = false }: { readonly isFull?: boolean } = {},
): Promise<AddedUp> {
  const { kysely } = deps.database;
  const now = deps.clock.now();
  const until = new Date(now).toISOString().slice(0, 10);
  const counted = { company, until, settledAt: new Date(now - UNDO_MS) };
  const stood = isFull ? undefined : await findAddedUp(kysely, company);
  // Where the clock has been put back, nobody knows what came since.
  const last = stood !== undefined && stood.getTime() > now ? undefined : stood;
  const batches =
    last === undefined ? everybody(deps, company) : withNews(deps, company, sinceOf(last));
  let changed = 0;
  for await (const ids of batches) {
    changed += await inTurn(deps, async (tx) => {
      const persons = await withRelated(tx, company, ids);
      return await upsertAccounts(tx, counted, { persons, now: new Date(now) });
    });
  }
  await upsertAddedUp(kysely, company, new Date(now));
  return { until, changed };
}

/** What is dated tomorrow may be taken over today, and is counted when its day has come. */
function sinceOf(last: Date): Date {
  const time = last.getTime();
  return new Date(Math.min(time - OVERLAP_MS, time - (time % DAY_MS)));
}

async function* everybody(
  { database }: AccountDeps,
  company: string,
): AsyncGenerator<readonly string[], void> {
  for (let after: string | undefined; ; ) {
    const ids = await listSubjectsAfter(database.kysely, company, { after, limit: BATCH_MAX });
    if (ids.length > 0) yield ids;
    if (ids.length < BATCH_MAX) return;
    after = ids.at(-1);
  }
}

async function* withNews(
  { database }: AccountDeps,
  company: string,
  since: Date,
): AsyncGenerator<readonly string[], void> {
  const all = await listWithNews(database.kysely, company, since);
  for (let from = 0; from < all.length; from += BATCH_MAX) yield all.slice(from, from + BATCH_MAX);
}

/**
 * With whoever they are one person with now, or were when they were added up last: so that no merge
 * and no undoing of one leaves anybody without an account. Mostly nobody, and one statement.
 */
async function withRelated(
  tx: Tx,
  company: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const all = new Set(ids);
  for (let next = ids; next.length > 0; ) {
    next = (await listRelated(tx, company, next)).filter((one) => !all.has(one));
    for (const one of next) all.add(one);
  }
  return [...all];
}

/** At one moment, and once more where somebody was erased meanwhile. */
async function inTurn<T>(
  { database }: Pick<Deps, 'database'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(work, { isolation: 'repeatable read' });
    } catch (error) {
      const isLost = isRefusedBy(error, 'value_accounts_subject_exists') || isWorthRetrying(error);
      if (attempt >= ATTEMPTS_MAX || !isLost) throw error;
    }
  }
}
