/** A base of customers on the server: adding it up, valuing it, and the pages about it, as it grows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres } from '../apps/server/test/support/postgres-servers.mjs';
import type { PagesWish } from './base/run.ts';
import type { StageAnswer, StageTask } from './base/stage-child.ts';
import { addingUpTable, baseCharts, type Measured, pagesTable, runsTable } from './base/tables.ts';
import type { Stage } from './base/world.ts';
import {
  createDatabase,
  describeDurability,
  dropDatabase,
  startDurable,
} from './orders/postgres.ts';
import { bench, type Options, progress } from './support/bench.ts';
import { runChild } from './support/child.ts';

/** What is measured once so many persons are there; the base grows from one to the next. */
interface Size {
  readonly persons: number;
  readonly isAddedUp?: boolean;
  readonly isRun?: boolean;
  readonly pages?: PagesWish;
}

const SIZES: readonly Size[] = [
  { persons: 2_000, isRun: true },
  { persons: 10_000, isAddedUp: true, isRun: true },
  { persons: 50_000, isAddedUp: true, isRun: true, pages: { pageSeconds: 3, pagesMax: 10 } },
  { persons: 200_000, isAddedUp: true },
];
const QUICK_SIZES: readonly Size[] = [
  { persons: 1_000, isAddedUp: true },
  { persons: 2_000, isAddedUp: true, isRun: true, pages: { pageSeconds: 1, pagesMax: 3 } },
];

const NO_PAGES: PagesWish = { pageSeconds: 0, pagesMax: 0 };
const STAGE_FILE = join(import.meta.dirname, 'base', 'stage-child.ts');
const STAGE_SECONDS_MAX = 1_200;
/** Between two stages; each takes two more. */
const DAYS_BETWEEN = 4;

await bench('base', async (options) => {
  const measured = await measure('embedded (PGlite)', null, options);
  measured.push(...(await measurePostgres(options)));
  const tables = [addingUpTable(measured), runsTable(measured), pagesTable(measured)];
  return { tables, charts: baseCharts(measured) };
});

async function measurePostgres(options: Options): Promise<readonly Measured[]> {
  const [installation] = findPostgres();
  if (installation === undefined) {
    progress('there is no PostgreSQL here');
    return [];
  }
  const quick = await startPostgres(installation);
  try {
    const durable = await startDurable(installation, quick);
    const name = `keepsake_bench_${process.pid}`;
    try {
      const url = await createDatabase(durable, name);
      const backend = `PostgreSQL ${installation.version}, ${await describeDurability(url)}`;
      return await measure(backend, url, options);
    } finally {
      await dropDatabase(durable, name);
      if (durable !== quick) await durable.stop();
    }
  } finally {
    await quick.stop();
  }
}

async function measure(
  backend: string,
  databaseUrl: string | null,
  { isQuick }: Options,
): Promise<Measured[]> {
  const home = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  const clean = (): void => rmSync(home, { recursive: true, force: true });
  process.once('exit', clean);
  const until = Date.now();
  const measured: Measured[] = [];
  let [from, days] = [0, DAYS_BETWEEN];
  for (const size of isQuick ? QUICK_SIZES : SIZES) {
    const { persons, isAddedUp = false, isRun = false, pages = NO_PAGES } = size;
    const stage: Stage = { home, databaseUrl, from, to: persons, until, days };
    progress(`${backend}: ${persons.toLocaleString('en')} persons`);
    const grown = await runStage({ ...stage, kind: 'grow', isAddedUp });
    days += DAYS_BETWEEN;
    if (isRun) progress(`${backend}: a whole run`);
    const ran = isRun
      ? await runStage({ ...stage, days, kind: 'run', ...pages })
      : { run: null, pages: [] };
    days += DAYS_BETWEEN;
    const { rows, added } = grown;
    measured.push({ backend, persons, rows, added, run: ran.run, pages: ran.pages });
    from = persons;
  }
  clean();
  process.off('exit', clean);
  return measured;
}

/** With the flags of a server, which this program has. */
async function runStage(task: StageTask): Promise<StageAnswer> {
  return await runChild<StageTask, StageAnswer>(
    STAGE_FILE,
    task,
    STAGE_SECONDS_MAX,
    process.execArgv,
  );
}
