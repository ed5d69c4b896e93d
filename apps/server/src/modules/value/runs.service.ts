/** Runs as they are asked for and looked at. */
import type { ValueRun } from '@keepsake/contract';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findCompany } from '../companies/index.ts';
import { findTerms } from '../terms/index.ts';
import { runView } from './basis.rules.ts';
import { findOpenRun, findRun, listRuns } from './runs.store.ts';
import { dayOf } from './value-run.rules.ts';
import { queueWish, type Valuer } from './valuer.ts';

/** How many of the last runs are shown. */
const RUNS_SHOWN = 20;
const ATTEMPTS_MAX = 3;

/** What became of asking for a run. */
export type Started =
  | { readonly kind: 'run'; readonly run: ValueRun }
  | { readonly kind: 'company-not-found' | 'costs-missing' };

/** Begins a run that fits the model anew; where one is under way, that one is answered. */
export async function startRun(
  deps: Pick<Deps, 'database' | 'clock' | 'random'>,
  valuer: Pick<Valuer, 'wake'>,
  wish: {
    readonly company: string;
    readonly months: number | undefined;
    readonly by: string | null;
  },
): Promise<Started> {
  const { kysely } = deps.database;
  const { company } = wish;
  if ((await findCompany(kysely, company)) === undefined) return { kind: 'company-not-found' };
  const { costs } = await findTerms(kysely, company, dayOf(deps.clock.now()));
  if (costs === undefined) return { kind: 'costs-missing' };
  for (let attempt = 1; ; attempt++) {
    await queueWish(kysely, deps, { ...wish, wantsFit: true });
    const run = await findOpenRun(kysely, company);
    if (run !== undefined) {
      void valuer.wake();
      return { kind: 'run', run: runView(run) };
    }
    // The run that was under way has ended between the two statements.
    if (attempt >= ATTEMPTS_MAX) throw new Error('a run is neither queued nor under way');
  }
}

/** The last runs, the newest first; undefined where there is no such company. */
export async function readRuns(db: Db, company: string): Promise<ValueRun[] | undefined> {
  if ((await findCompany(db, company)) === undefined) return undefined;
  return (await listRuns(db, company, RUNS_SHOWN)).map(runView);
}

/** One run. */
export async function readRun(
  db: Db,
  { company, run }: { readonly company: string; readonly run: string },
): Promise<ValueRun | undefined> {
  const row = await findRun(db, company, run);
  return row === undefined ? undefined : runView(row);
}
