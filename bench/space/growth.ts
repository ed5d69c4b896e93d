/** How a space grows with its rules and with its attributes, on generated car families. */
import { join } from 'node:path';
import { progress } from '../support/bench.ts';
import type { Chart } from '../support/chart.ts';
import { runChild } from '../support/child.ts';
import { distributionOf, median } from '../support/measure.ts';
import type { Table } from '../support/report.ts';
import type { TableAnswer, TableTask } from './table-child.ts';

/** Families of one size that are measured; the middle one is told. */
const SEEDS = [2, 3, 4];
const SECONDS_FOR_A_FAMILY = 60;
/** A table of a car family on the average, in rows. */
const ROWS_OF_A_TABLE = 120;

/** One point on the way. */
interface Size {
  /** On the axis. */
  readonly at: number;
  readonly variables: number;
  readonly tables: number;
}

interface Grown extends Size {
  readonly compiled: number;
  readonly nodes: number;
  readonly compileMs: number;
  readonly clickMs: number;
  readonly clickP99: number;
}

/** Attributes stay, rules are added; then both grow alike. */
const BY_RULES: readonly Size[] = [25, 50, 75, 100, 125, 150].map((tables) => ({
  ...{ at: tables, variables: 100, tables },
}));
const BY_ATTRIBUTES: readonly Size[] = [50, 100, 150, 200, 250, 300].map((variables) => ({
  ...{ at: variables, variables, tables: variables },
}));

/** A table and a chart for each way to grow. */
export interface Growth {
  readonly tables: readonly Table[];
  readonly charts: readonly Chart[];
}

/** Measures both ways to grow. */
export async function measureGrowth({ isQuick }: { readonly isQuick: boolean }): Promise<Growth> {
  const rules = await grow(isQuick ? BY_RULES.slice(0, 2) : BY_RULES, isQuick);
  const attributes = await grow(isQuick ? BY_ATTRIBUTES.slice(0, 2) : BY_ATTRIBUTES, isQuick);
  return {
    tables: [
      tableOf('A space, as rules are added to 100 attributes', rules),
      tableOf('A space, as attributes are added, with one rule each', attributes),
    ],
    charts: [
      chartOf('As rules are added to 100 attributes', 'rules (tables)', rules),
      chartOf('As attributes are added, with one rule each', 'attributes', attributes),
    ],
  };
}

async function grow(sizes: readonly Size[], isQuick: boolean): Promise<readonly Grown[]> {
  const grown: Grown[] = [];
  for (const size of sizes) {
    progress(`car families of ${size.variables} attributes and ${size.tables} rules`);
    const answers: TableAnswer[] = [];
    for (const seed of isQuick ? SEEDS.slice(0, 1) : SEEDS) answers.push(await measure(size, seed));
    const good = answers.filter(({ fault }) => fault === undefined);
    const middle = (of: (answer: TableAnswer) => number): number => median(good.map(of));
    if (good.length === 0) continue;
    grown.push({
      ...size,
      compiled: good.length,
      nodes: middle(({ nodes }) => nodes),
      compileMs: middle(({ compileMs }) => compileMs),
      clickMs: middle(({ clickMs }) => distributionOf(clickMs).p50),
      clickP99: middle(({ clickMs }) => distributionOf(clickMs).p99),
    });
  }
  return grown;
}

async function measure({ variables, tables }: Size, seed: number): Promise<TableAnswer> {
  const size = { seed, variables, tables, values: 4 * variables, rows: ROWS_OF_A_TABLE * tables };
  const instance = { kind: 'cars', title: `${variables} and ${tables}`, size } as const;
  const file = join(import.meta.dirname, 'table-child.ts');
  const task: TableTask = { instance, sessions: 10, seconds: 10 };
  return await runChild<TableTask, TableAnswer>(file, task, SECONDS_FOR_A_FAMILY).catch(
    (): TableAnswer => notMeasured,
  );
}

const notMeasured: TableAnswer = {
  fault: 'the time ran out',
  shaped: { variables: 0, values: 0, rows: 0 },
  ...{ compileMs: 0, nodes: 0, edges: 0, peakMib: 0, fileBytes: 0, loadMs: 0 },
  ...{ clickMs: [], sessions: [], valid: [] },
};

function tableOf(title: string, grown: readonly Grown[]): Table {
  return {
    title,
    columns: [
      'attributes',
      'rules',
      'families compiled',
      'nodes',
      'compile (ms)',
      'answer p50 (ms)',
      'answer p99 (ms)',
    ],
    rows: grown.map((each) => [
      ...[each.variables, each.tables, each.compiled, each.nodes],
      ...[each.compileMs, each.clickMs, each.clickP99],
    ]),
    remarks: [
      `The middle of ${SEEDS.length} generated car families of each size, with ${ROWS_OF_A_TABLE} rows a rule ` +
        'on the average; each in a process of its own.',
    ],
  };
}

function chartOf(title: string, xLabel: string, grown: readonly Grown[]): Chart {
  const line = (name: string, of: (each: Grown) => number): Chart['lines'][number] => ({
    name,
    points: grown.map((each) => [each.at, of(each)] as const),
  });
  return {
    title,
    xLabel,
    yLabel: 'nodes, or milliseconds',
    lines: [
      line('nodes', ({ nodes }) => nodes),
      line('compile (ms)', ({ compileMs }) => compileMs),
      line('answer (ms)', ({ clickMs }) => clickMs),
    ],
  };
}
