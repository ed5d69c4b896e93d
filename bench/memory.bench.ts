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
import { emailOf, FACTS_EACH, NEEDS_COUNT, predicateName } from './memory/world.ts';
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
  readonly customers: number;
  readonly facts: number;
  readonly loaded: Asked;
  readonly reads: readonly Reads[];
}

interface Reads {
  readonly what: string;
  readonly clients: number;
  readonly asked: Asked;
}

/** How many customers there are, by those who said much; last come many who said one thing. */
interface Size {
  readonly customers: number;
  readonly factsEach: number;
}

const SIZES: readonly Size[] = [1_000, 10_000, 100_000].map((customers) => ({
  ...{ customers, factsEach: FACTS_EACH },
}));
const WIDE: Size = { customers: 1_000_000, factsEach: 1 };
const QUICK_SIZES: readonly Size[] = [
  { customers: 200, factsEach: FACTS_EACH },
  { customers: 1_000, factsEach: FACTS_EACH },
  { customers: 3_000, factsEach: 1 },
];

await bench('memory', async (options) => {
  const memory = await startMemoryServer();
  if (memory === undefined) return { tables: [], skipped: 'there is no PostgreSQL here' };
  try {
    progress('warming up');
    await load(memory, { from: 9_000_000, to: 9_000_400, factsEach: FACTS_EACH });
    const stages = await grow(memory, options);
    return {
      tables: [doorOf(memory, stages), readsOf(stages), await personsOf(memory, stages)],
      charts: chartsOf(stages),
    };
  } finally {
    await memory.close();
  }
});

async function grow(memory: MemoryServer, { isQuick }: Options): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  let [customers, facts, talkative] = [0, 0, 0];
  for (const size of isQuick ? QUICK_SIZES : [...SIZES, WIDE]) {
    const { factsEach } = size;
    progress(`${size.customers.toLocaleString('en')} customers through the bulk door`);
    const loaded = await load(memory, { from: customers, to: size.customers, factsEach });
    facts += loaded.accepted;
    customers = size.customers;
    if (factsEach === FACTS_EACH) talkative = customers;
    await sql`analyze`.execute(memory.server.deps.database.kysely);
    progress('reading and asking');
    const reads = await read(memory, talkative, isQuick ? 3 : 10);
    stages.push({ customers, facts, loaded, reads });
  }
  return stages;
}

async function load(
  memory: MemoryServer,
  { from, to, factsEach }: { readonly from: number; readonly to: number; factsEach: number },
): Promise<Asked> {
  const [first, end] = [from, to].map((customer) => (customer * factsEach) / LINES_EACH);
  const count = (end ?? 0) - (first ?? 0);
  const loaded = await memory.ask({
    ...{ path: 'interactions?source=pms', type: 'application/x-ndjson' },
    ...{ clients: CLIENTS, seconds: LOAD_SECONDS_MAX },
    work: { kind: 'lines', first: first ?? 0, count, linesEach: LINES_EACH, factsEach },
  });
  const due = count * LINES_EACH;
  if (loaded.accepted !== due) throw new Error(`${loaded.accepted} of ${due} lines taken`);
  return loaded;
}

async function read(
  memory: MemoryServer,
  talkative: number,
  seconds: number,
): Promise<readonly Reads[]> {
  const customers = someCustomers(talkative, 2_000);
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
      ...['customers', 'facts', 'lines taken', 'a second', 'request p50 (ms)', 'request p99 (ms)'],
      ...['server CPU a line (µs)', 'PostgreSQL CPU a line (µs)'],
    ],
    rows: stages.map(({ customers, facts, loaded }) => {
      const { p50, p99 } = distributionOf(loaded.ms);
      const { accepted, seconds, serverCpu, storeCpu } = loaded;
      const each = 1e6 / Math.max(1, accepted);
      return [
        ...[customers, facts, accepted, accepted / seconds, p50, p99],
        ...[serverCpu * each, storeCpu * each],
      ];
    }),
    remarks: [
      'Each line is one interaction that becomes one fact; every tenth, and in the last row every one, is of a new customer with a proved address and a consent. ' +
        'Answered means on disk and projected: what is answered can be asked at once. Clients, server and PostgreSQL share the machine.',
    ],
  };
}

function readsOf(stages: readonly Stage[]): Table {
  return {
    title: 'Reading over HTTP: every answer is logged on disk before it is given',
    columns: [
      ...['customers', 'facts', 'what', 'clients', 'a second', 'p50 (ms)', 'p99 (ms)'],
      ...['server CPU each (µs)', 'PostgreSQL CPU each (µs)'],
    ],
    rows: stages.flatMap(({ customers, facts, reads }) =>
      reads.map(({ what, clients, asked }): Cell[] => {
        const { count, p50, p99 } = distributionOf(asked.ms);
        const each = 1e6 / Math.max(1, count);
        return [
          ...[customers, facts, what, clients, count / asked.seconds, p50, p99],
          ...[asked.serverCpu * each, asked.storeCpu * each],
        ];
      }),
    ),
    remarks: [
      'A profile is one statement: identifier to person to the facts that consent allows, with the line of the log. ' +
        'Ask is two: one reads, one keeps questions and writes the log; its customers are signed in, which is a read more. ' +
        `Those read are known by ${FACTS_EACH} facts each.`,
    ],
  };
}

async function personsOf(memory: MemoryServer, stages: readonly Stage[]): Promise<Table> {
  progress('merging and parting, erasing');
  const merges = await timeMerges(memory.server, { half: PERSON_HALF, times: 20 });
  const { customers, facts } = stages.at(-1) ?? { customers: 0, facts: 0 };
  const erasures = await timeErasures(memory.server, someCustomers(customers, 20));
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

type Figure = readonly [name: string, of: (stage: Stage) => number];

function chartsOf(stages: readonly Stage[]): readonly Chart[] {
  const drawn = (title: string, yLabel: string, figures: readonly Figure[]): Chart => ({
    ...{ title, yLabel, xLabel: 'customers', isByPowers: true },
    lines: figures.map(([name, of]) => ({
      name,
      points: stages.map((stage) => [stage.customers, of(stage)] as const),
    })),
  });
  const read = (at: number, what: 'p50' | 'p99') => (stage: Stage) =>
    distributionOf(stage.reads[at]?.asked.ms ?? [])[what];
  return [
    drawn('Reading as memory grows, one client', 'ms', [
      ['profile, p50', read(0, 'p50')],
      ['profile, p99', read(0, 'p99')],
      ['ask 20 needs, p50', read(2, 'p50')],
      ['ask 20 needs, p99', read(2, 'p99')],
    ]),
    drawn('The bulk door as memory grows', 'lines a second', [
      ['taken', ({ loaded }) => loaded.accepted / loaded.seconds],
    ]),
  ];
}
