/** What memory takes, reads and answers as it grows, on a PostgreSQL whose commits wait for the disk. */
import { sql } from 'kysely';
import { timeErasures, timeMerges } from './memory/persons.ts';
import {
  type Asked,
  type MemoryServer,
  signIn,
  someCustomers,
  startMemoryServer,
} from './memory/server.ts';
import { emailOf, NEEDS_COUNT, predicateName } from './memory/world.ts';
import { bench, type Options, progress } from './support/bench.ts';
import type { Chart } from './support/chart.ts';
import { distributionOf } from './support/measure.ts';
import type { Cell, Table } from './support/report.ts';

const CLIENTS = 8;
const LINES_EACH = 200;
const LOAD_SECONDS_MAX = 900;
const PERSON_HALF = 500;

/** Figures at one size. */
interface Stage {
  readonly facts: number;
  readonly loaded: Asked;
  readonly reads: readonly Reads[];
}

interface Reads {
  readonly what: string;
  readonly clients: number;
  readonly asked: Asked;
}

await bench('memory', async (options) => {
  const memory = await startMemoryServer();
  if (memory === undefined) return { tables: [], skipped: 'there is no PostgreSQL here' };
  try {
    progress('warming up');
    await load(memory, { from: 90_000_000, to: 90_004_000 });
    const stages = await grow(memory, options);
    return {
      tables: [doorOf(memory, stages), readsOf(stages), await personsOf(memory, stages)],
      charts: [chartOf(stages)],
    };
  } finally {
    await memory.close();
  }
});

async function grow(memory: MemoryServer, { isQuick }: Options): Promise<readonly Stage[]> {
  const sizes = isQuick ? [2_000, 10_000] : [10_000, 100_000, 1_000_000];
  const stages: Stage[] = [];
  let there = 0;
  for (const facts of sizes) {
    progress(`${facts.toLocaleString('en')} facts through the bulk door`);
    const loaded = await load(memory, { from: there, to: facts });
    there = facts;
    await sql`analyze`.execute(memory.server.deps.database.kysely);
    progress('reading and asking');
    stages.push({ facts, loaded, reads: await read(memory, facts, isQuick ? 3 : 10) });
  }
  return stages;
}

async function load(
  memory: MemoryServer,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Asked> {
  const count = (to - from) / LINES_EACH;
  const loaded = await memory.ask({
    ...{ path: 'interactions?source=pms', type: 'application/x-ndjson' },
    ...{ clients: CLIENTS, seconds: LOAD_SECONDS_MAX },
    work: { kind: 'lines', first: from / LINES_EACH, count, linesEach: LINES_EACH },
  });
  if (loaded.accepted !== to - from) throw new Error(`${loaded.accepted} of ${to - from} taken`);
  return loaded;
}

async function read(
  memory: MemoryServer,
  facts: number,
  seconds: number,
): Promise<readonly Reads[]> {
  const customers = someCustomers(facts, 2_000);
  const about = { purpose: 'service', touchpoint: 'gate' };
  const profiles = customers.map((customer) =>
    JSON.stringify({ identifier: { kind: 'email', value: emailOf(customer) }, ...about }),
  );
  const needs = Array.from({ length: NEEDS_COUNT }, (_, at) => predicateName(at));
  const bodies = [JSON.stringify({ needs, ...about, limit: 3 })];
  const cookies = await signIn(memory.server, customers);
  const kinds = [
    { what: 'profile and consents', path: 'profile', work: { kind: 'bodies', bodies: profiles } },
    { what: `ask, ${NEEDS_COUNT} needs`, path: 'ask', work: { kind: 'bodies', bodies, cookies } },
  ] as const;
  const reads: Reads[] = [];
  for (const { what, path, work } of kinds) {
    for (const clients of [1, CLIENTS]) {
      const request = { path, type: 'application/json', clients, work } as const;
      await memory.ask({ ...request, seconds: 1 });
      reads.push({ what, clients, asked: await memory.ask({ ...request, seconds }) });
    }
  }
  return reads;
}

function doorOf({ description }: MemoryServer, stages: readonly Stage[]): Table {
  return {
    title: `Bulk door: ${CLIENTS} clients, ${LINES_EACH} lines a request (${description})`,
    columns: [
      ...['facts afterwards', 'lines taken', 'a second', 'request p50 (ms)', 'request p99 (ms)'],
      ...['server CPU a line (µs)', 'PostgreSQL CPU a line (µs)'],
    ],
    rows: stages.map(({ facts, loaded }) => {
      const { p50, p99 } = distributionOf(loaded.ms);
      const { accepted, seconds, serverCpu, storeCpu } = loaded;
      const each = 1e6 / Math.max(1, accepted);
      return [
        ...[facts, accepted, accepted / seconds, p50, p99],
        ...[serverCpu * each, storeCpu * each],
      ];
    }),
    remarks: [
      'Each line is one interaction that becomes one fact; every tenth is of a new customer with a proved address and a consent. ' +
        'Answered means on disk and projected: what is answered can be asked at once. Clients, server and PostgreSQL share the machine.',
    ],
  };
}

function readsOf(stages: readonly Stage[]): Table {
  return {
    title: 'Reading over HTTP: every answer is logged on disk before it is given',
    columns: [
      ...['facts', 'what', 'clients', 'a second', 'p50 (ms)', 'p99 (ms)'],
      ...['server CPU each (µs)', 'PostgreSQL CPU each (µs)'],
    ],
    rows: stages.flatMap(({ facts, reads }) =>
      reads.map(({ what, clients, asked }): Cell[] => {
        const { count, p50, p99 } = distributionOf(asked.ms);
        const each = 1e6 / Math.max(1, count);
        return [
          ...[facts, what, clients, count / asked.seconds, p50, p99],
          ...[asked.serverCpu * each, asked.storeCpu * each],
        ];
      }),
    ),
    remarks: [
      'A profile is one statement: identifier to person to the facts that consent allows, with the line of the log. ' +
        'Ask is two: one reads, one keeps questions and writes the log; its customers are signed in, which is a read more.',
    ],
  };
}

async function personsOf(memory: MemoryServer, stages: readonly Stage[]): Promise<Table> {
  progress('merging and parting, erasing');
  const merges = await timeMerges(memory.server, { half: PERSON_HALF, times: 20 });
  const facts = stages.at(-1)?.facts ?? 0;
  const erasures = await timeErasures(memory.server, someCustomers(facts, 20));
  const row = (what: string, ms: readonly number[], sound: string): Cell[] => {
    const { count, p50, max } = distributionOf(ms);
    return [what, count, p50, max, sound];
  };
  const exact = merges.isExact ? 'each subject where it was' : 'NOT EXACT';
  const size = (2 * PERSON_HALF).toLocaleString('en');
  return {
    title: `Persons, at ${facts.toLocaleString('en')} facts`,
    columns: ['what', 'times', 'p50 (ms)', 'max (ms)', 'afterwards'],
    rows: [
      row(`merge into a person of ${size} subjects`, merges.merge, '–'),
      row(`un-merge a person of ${size} subjects`, merges.unmerge, exact),
      row('erase a customer', erasures.ms, `${erasures.left} rows left in any table`),
    ],
  };
}

function chartOf(stages: readonly Stage[]): Chart {
  const line = (name: string, of: (stage: Stage) => number) => ({
    name,
    points: stages.map((stage) => [Math.log10(stage.facts), of(stage)] as const),
  });
  const p99 = (at: number) => (stage: Stage) => distributionOf(stage.reads[at]?.asked.ms ?? []).p99;
  return {
    title: 'Memory as it grows',
    xLabel: 'facts (powers of ten)',
    yLabel: 'p99 (ms)',
    lines: [
      line('profile, 1 client', p99(0)),
      line('profile, 8 clients', p99(1)),
      line('ask, 1 client', p99(2)),
      line('ask, 8 clients', p99(3)),
    ],
  };
}
