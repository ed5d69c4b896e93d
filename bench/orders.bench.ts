/** How many orders a server takes while many customers order at once, and that none is oversold. */
import { join } from 'node:path';
import { findPostgres, startPostgres } from '../apps/server/test/support/postgres-servers.mjs';
import type { OrdersAnswer, OrdersTask } from './orders/clients.ts';
import {
  createDatabase,
  describeDurability,
  dropDatabase,
  startDurable,
} from './orders/postgres.ts';
import { prepareClients } from './orders/prepare.ts';
import { checkSoundness, type Finding, findsPlantedOverlap } from './orders/soundness.ts';
import { bench, type Options, progress } from './support/bench.ts';
import { runChild } from './support/child.ts';
import { startDemoServer } from './support/demo-server.ts';
import { distributionOf } from './support/measure.ts';
import type { Table } from './support/report.ts';

const CLIENTS = 16;
const SECONDS_MAX = 90;

interface Measured {
  readonly backend: string;
  readonly answer: OrdersAnswer;
  /** Seconds of CPU that the server's process took meanwhile; a PostgreSQL is another process. */
  readonly cpuSeconds: number;
  readonly findings: readonly Finding[];
}

await bench('orders', async (options) => {
  const measured = [await measure('embedded (PGlite)', undefined, options)];
  measured.push(...(await measurePostgres(options)));
  return { tables: [speedOf(measured), soundnessOf(measured)] };
});

async function measurePostgres(options: Options): Promise<readonly Measured[]> {
  const [installation] = findPostgres();
  if (installation === undefined) {
    progress('there is no PostgreSQL here');
    return [];
  }
  const measured: Measured[] = [];
  const quick = await startPostgres(installation);
  try {
    const durable = await startDurable(installation, quick);
    try {
      for (const server of new Set([quick, durable])) {
        const name = `keepsake_bench_${process.pid}`;
        const url = await createDatabase(server, name);
        const backend = `PostgreSQL ${installation.version}, ${await describeDurability(url)}`;
        measured.push(await measure(backend, url, options));
        await dropDatabase(server, name);
      }
    } finally {
      if (durable !== quick) await durable.stop();
    }
  } finally {
    await quick.stop();
  }
  return measured;
}

async function measure(
  backend: string,
  databaseUrl: string | undefined,
  { isQuick }: Options,
): Promise<Measured> {
  progress(`${backend}: starting, signing customers in`);
  const server = await startDemoServer(databaseUrl);
  try {
    const clients = await prepareClients(server.url, CLIENTS);
    const tries = isQuick ? 64 : 400;
    const task: OrdersTask = { url: server.url, clients, tries, seconds: SECONDS_MAX };
    progress(`${backend}: ${tries} orders by ${CLIENTS} customers at once`);
    const before = process.cpuUsage();
    const file = join(import.meta.dirname, 'orders', 'clients.ts');
    const answer = await runChild<OrdersTask, OrdersAnswer>(file, task, SECONDS_MAX + 90);
    const { user, system } = process.cpuUsage(before);
    progress(`${backend}: looking for anything oversold`);
    const findings = await checkSoundness(server, answer.acceptedIds);
    if (!(await findsPlantedOverlap(server))) {
      throw new Error('the search for overlaps does not find one that was planted');
    }
    for (const { rule, broken } of findings) if (broken > 0) console.log(`BROKEN: ${rule}`);
    return { backend, answer, cpuSeconds: (user + system) / 1e6, findings };
  } finally {
    await server.close();
  }
}

function speedOf(measured: readonly Measured[]): Table {
  return {
    title: `Orders by ${CLIENTS} customers at once: each quotes, then orders`,
    columns: [
      'database',
      'accepted',
      'a second',
      'first quarter, a second',
      'last quarter, a second',
      'date moved, asked again',
      'refused',
      'quote p50 (ms)',
      'quote p99 (ms)',
      'order p50 (ms)',
      'order p99 (ms)',
      'server CPU an order (ms)',
    ],
    rows: measured.map(({ backend, answer, cpuSeconds }) => {
      const { seconds, acceptedAt, moved, refusals } = answer;
      const count = acceptedAt.length;
      const quote = distributionOf(answer.quoteMs);
      const order = distributionOf(answer.placeMs);
      const refused = Object.entries(refusals).map(([code, times]) => `${code}: ${times}`);
      return [
        ...[backend, count, count / seconds, ...quartersOf(acceptedAt), moved],
        ...[refused.join(', ') || 'none', quote.p50, quote.p99, order.p50, order.p99],
        (1000 * cpuSeconds) / Math.max(1, count),
      ];
    }),
    remarks: [
      'Half the customers order bicycles, half coffee; each has 4 designs saved and collects what is made. ' +
        'Plants begin empty and fill up. Customers, server and PostgreSQL share the machine; the embedded database runs in a thread of ' +
        'the server, whose CPU counts with it.',
    ],
  };
}

/** Orders a second in the first and in the last quarter of the orders. */
function quartersOf(acceptedAt: readonly number[]): readonly [number, number] {
  const sorted = [...acceptedAt].sort((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  const first = sorted[quarter - 1] ?? 0;
  const last = (sorted.at(-1) ?? 0) - (sorted[sorted.length - quarter - 1] ?? 0);
  return [(1000 * quarter) / Math.max(1, first), (1000 * quarter) / Math.max(1, last)];
}

function soundnessOf(measured: readonly Measured[]): Table {
  const rules = measured[0]?.findings.map(({ rule }) => rule) ?? [];
  return {
    title: 'Nothing oversold: how many rows break each rule afterwards',
    columns: ['rule', ...measured.map(({ backend }) => backend)],
    rows: rules.map((rule, i) => [
      rule,
      ...measured.map(({ findings }) => findings[i]?.broken ?? 'not looked at'),
    ]),
    remarks: [
      'Counted from the database. That an overlap would be found is tried with a planted one, which is rolled back.',
    ],
  };
}
