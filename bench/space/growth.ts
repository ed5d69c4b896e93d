/** How a space grows with its rules and with its attributes, on generated car families. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { progress } from '../support/bench.ts';
import { type Chart, drawChart } from '../support/chart.ts';
import { ROOT } from '../support/machine.ts';
import { distributionOf, median } from '../support/measure.ts';
import type { Table } from '../support/report.ts';
import type { TableAnswer } from './table-child.ts';
import { measureModel } from './tables.ts';

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

/** Where the page about solution spaces shows each chart. */
const SHOWN = ['solution-space-rules.svg', 'solution-space-attributes.svg'];

/** Draws the charts into the documents. */
export function drawGrowth({ charts }: Growth): void {
  charts.forEach((chart, i) => {
    writeFileSync(join(ROOT, 'docs', 'concepts', SHOWN[i] ?? ''), drawChart(chart));
  });
}

async function grow(sizes: readonly Size[], isQuick: boolean): Promise<readonly Grown[]> {
  const grown: Grown[] = [];
  for (const size of sizes) {
    progress(`car families of ${size.variables} attributes and ${size.tables} rules`);
    const good: TableAnswer[] = [];
    for (const seed of isQuick ? SEEDS.slice(0, 1) : SEEDS) {
      const told = await measure(size, seed);
      if (told !== undefined) good.push(told);
    }
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

async function measure(
  { variables, tables }: Size,
  seed: number,
): Promise<TableAnswer | undefined> {
  const size = { seed, variables, tables, values: 4 * variables, rows: ROWS_OF_A_TABLE * tables };
  const instance = { kind: 'cars', title: `${variables} and ${tables}`, size } as const;
  const told = await measureModel(
    instance,
    { sessions: 10, seconds: 10 },
    SECONDS_FOR_A_FAMILY,
  ).catch(() => undefined);
  return told?.fault === undefined ? told : undefined;
}

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
        'on the average; each in a process of its own. A size is missing where none was compiled ' +
        `within ${SECONDS_FOR_A_FAMILY} s.`,
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
