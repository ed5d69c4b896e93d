import { join } from 'node:path';
import { compileSpace, prepareSpace, type Space } from '@keepsake/configurator';
import { seededRandom } from '@keepsake/kernel';
import type { Request } from 'autocannon';
import { type Options, progress } from '../support/bench.ts';
import { runChild } from '../support/child.ts';
import { startDemoServer } from '../support/demo-server.ts';
import { familyText, readFamily } from '../support/families.ts';
import { distributionOf, pause } from '../support/measure.ts';
import type { Table } from '../support/report.ts';
import { choicesOf, walk } from '../support/walk.ts';
import type { LoadAnswer, LoadTask } from './load.ts';

const FAMILY = '/api/c/polaris-cycles/families/bicycle';
const CONNECTIONS = [1, 8];
/** Together they make more choices than the 512 answers that the engine remembers. */
const CUSTOMERS = 60;

/** Latency of a choice and of a quote over HTTP on loopback, on the embedded database. */
export async function measureHttp({ isQuick }: Options): Promise<Table> {
  progress('starting a server');
  const space = compileSpace(readFamily(familyText('bicycle')));
  prepareSpace(space);
  const server = await startDemoServer();
  const rows: Table['rows'][number][] = [];
  try {
    rows.push(await firstOf(server.url));
    for (const connections of CONNECTIONS) {
      const bodies = bodiesOf(space, connections);
      for (const path of ['/healthz', `${FAMILY}/evaluate`, `${FAMILY}/quote`]) {
        progress(`${path}, ${connections} at a time`);
        const lists = bodies.map((list) => requestsOf(path, list));
        const task: LoadTask = { url: server.url, lists, seconds: isQuick ? 3 : 10 };
        const file = join(import.meta.dirname, 'load.ts');
        rows.push(rowOf(path, connections, await runChild<LoadTask, LoadAnswer>(file, task, 60)));
      }
    }
    // Requests that were cut off at the end of their time are still being answered.
    await pause(2_000);
  } finally {
    await server.close();
  }
  return {
    title: 'A choice and a quote over HTTP on loopback, embedded database',
    columns: [
      'endpoint',
      'connections',
      'answers',
      'answers a second',
      'p50 (ms)',
      'p99 (ms)',
      'max (ms)',
      'failures',
    ],
    rows,
    remarks: [
      'Bicycle customers by chance, each connection its own, who send all their choices after every ' +
        'choice. They are more than the engine remembers. Who asks is a process of its own; ' +
        '`healthz` shows what the connection and the server cost without the engine.',
    ],
  };
}

/** The first choice after a start finds the family neither compiled nor in memory. */
async function firstOf(url: string): Promise<Table['rows'][number]> {
  const start = performance.now();
  const path = `${FAMILY}/evaluate`;
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ decisions: [] }),
  });
  await response.text();
  const ms = performance.now() - start;
  const failures = response.ok ? 'none' : `${response.status}: 1`;
  return ['evaluate, the first after a start', 1, 1, 1000 / ms, ms, ms, ms, failures];
}

/** For each connection what its customers send after each of their choices. */
function bodiesOf(space: Space, connections: number): readonly (readonly string[])[] {
  const customers = Math.max(10, Math.ceil(CUSTOMERS / connections));
  return Array.from({ length: connections }, (_, i) => {
    const dice = seededRandom(100 * connections + i);
    return Array.from({ length: customers }, () => choicesOf(walk(space, dice, 12))).flatMap(
      (choices) =>
        choices.map((_choice, k) => JSON.stringify({ decisions: choices.slice(0, k + 1) })),
    );
  });
}

function requestsOf(path: string, bodies: readonly string[]): readonly Request[] {
  if (path === '/healthz') return [{ method: 'GET', path }];
  const headers = { 'content-type': 'application/json' };
  return bodies.map((body) => ({ method: 'POST', path, headers, body }));
}

function rowOf(path: string, connections: number, answer: LoadAnswer): Table['rows'][number] {
  const { count, p50, p99, max } = distributionOf(answer.durationsMs);
  const failures = Object.entries(answer.failures).map(([what, times]) => `${what}: ${times}`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const perSecond = count / Math.max(0.001, answer.seconds);
  return [name, connections, count, perSecond, p50, p99, max, failures.join(', ') || 'none'];
}
