import type { Chart } from '../support/chart.ts';
import type { Cell, Table } from '../support/report.ts';
import { type AddedUp, CHANGES } from './adding-up.ts';
import type { PageFigures, RunFigures } from './run.ts';
import type { Used } from './world.ts';

/** What was measured of one database at one size. */
export interface Measured {
  readonly backend: string;
  readonly persons: number;
  readonly rows: number;
  readonly added: readonly AddedUp[];
  readonly run: RunFigures | null;
  readonly pages: readonly PageFigures[];
}

/** Processor time of client and database. The embedded one works in other threads of the client. */
function sidesOf({ process, firstThread, postgres }: Used): readonly [client: Cell, store: Cell] {
  if (postgres !== undefined) return [process, postgres];
  return firstThread === undefined ? [process, '–'] : [firstThread, process - firstThread];
}

function totalOf({ process, postgres = 0 }: Used): number {
  return process + postgres;
}

const WORDS: Readonly<Record<AddedUp['what'], string>> = {
  all: 'everybody',
  'nothing new': 'nothing new',
  changes: `${CHANGES.toLocaleString('en')} changes`,
};

/** Adding up. */
export function addingUpTable(measured: readonly Measured[]): Table {
  return {
    title: 'Adding up a base: purchases, returns and contacts into accounts',
    columns: [
      ...['database', 'persons', 'rows', 'what', 'accounts written', 'statements', 'seconds'],
      ...['client CPU s', 'database CPU s', 'CPU µs a person of the base'],
    ],
    rows: measured.flatMap(({ backend, persons, rows, added }) =>
      added.map(({ what, changed, used }): Cell[] => [
        ...[backend, persons, rows, WORDS[what], changed, used.statements, used.seconds],
        ...[...sidesOf(used), (1e6 * totalOf(used)) / persons],
      ]),
    ),
    remarks: [
      'Everybody: from no account. Nothing new, and then a purchase more of persons from all over the base: a day later each. ' +
        'The embedded database works in threads of the client, of which the first is counted as the client.',
    ],
  };
}

/** Whole runs. */
export function runsTable(measured: readonly Measured[]): Table {
  return {
    title: 'A whole run on a server: adding up, fitting, testing, scoring, keeping',
    columns: [
      ...['database', 'customers', 'seconds', 'statements'],
      ...['first thread CPU s', 'server CPU s', 'PostgreSQL CPU s'],
      ...['resident MB before', 'at most', 'delay p50 (ms)', 'p99 (ms)', 'max (ms)'],
    ],
    rows: measured.flatMap(({ backend, persons, run }): Cell[][] => {
      if (run === null) return [];
      const { used, before, most, delay } = run;
      return [
        [
          ...[backend, persons, used.seconds, used.statements],
          ...[used.firstThread ?? '–', used.process, used.postgres ?? '–'],
          ...[Math.round(before), Math.round(most), delay.p50, delay.p99, delay.max],
        ],
      ];
    }),
    remarks: [
      'Asked for over HTTP, without past months. The first thread answers requests; what is fitted and scored is in one beside it. ' +
        'The delay is that of the event loop of the first thread, which any request would wait for. The embedded database runs in ' +
        'a thread of the server, whose CPU and memory count with it.',
    ],
  };
}

/** Pages after the largest run. */
export function pagesTable(measured: readonly Measured[]): Table {
  const [{ persons } = { persons: 0 }] = measured.filter(({ pages }) => pages.length > 0);
  return {
    title: `The portfolio and its lists over HTTP, at ${persons.toLocaleString('en')} customers`,
    columns: ['database', 'what', 'answers', 'p50 (ms)', 'p99 (ms)', 'max (ms)', 'failures'],
    rows: measured.flatMap(({ backend, pages }) =>
      pages.map(({ what, ms, failures }): Cell[] => {
        const { count, p50, p99, max } = ms;
        // Nothing was answered in time: that is no duration of 0.
        const figures = count === 0 ? ['–', '–', '–'] : [p50, p99, max];
        return [backend, what, count, ...figures, failures];
      }),
    ),
    remarks: [
      'One connection, one answer after the other, by somebody of marketing who is signed in.',
    ],
  };
}

/** Growth of adding up, and of runs. */
export function baseCharts(measured: readonly Measured[]): readonly Chart[] {
  const backends = [...new Set(measured.map(({ backend }) => backend))];
  const linesOf = (name: string, of: (one: Measured) => number | undefined): Chart['lines'] =>
    backends.map((backend) => ({
      name: `${backend.startsWith('embedded') ? 'embedded' : 'PostgreSQL'}, ${name}`,
      points: measured.flatMap((one) => {
        const y = one.backend === backend ? of(one) : undefined;
        return y === undefined ? [] : [[one.persons, y] as const];
      }),
    }));
  const addedOf = (what: AddedUp['what']) => (one: Measured) => {
    const found = one.added.find((each) => each.what === what);
    return found === undefined ? undefined : totalOf(found.used);
  };
  const across = { yLabel: 'CPU seconds', isByPowers: true };
  return [
    {
      ...{ ...across, title: 'Adding up a base as it grows', xLabel: 'persons' },
      lines: [...linesOf('all', addedOf('all')), ...linesOf('changes', addedOf('changes'))],
    },
    {
      ...{ ...across, title: 'A whole run as the base grows', xLabel: 'customers' },
      lines: linesOf('run', ({ run }) => (run === null ? undefined : totalOf(run.used))),
    },
  ];
}
