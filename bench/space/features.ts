/** Feature models, as search and as circuits answer them. */
import { join } from 'node:path';
import { type Options, progress } from '../support/bench.ts';
import { runChild } from '../support/child.ts';
import { distributionOf } from '../support/measure.ts';
import type { Cell, Table } from '../support/report.ts';
import type { FeatureAnswer, FeatureTask } from './feature-child.ts';

const SECONDS_FOR_A_MODEL = 300;

/** From small to large; few clauses across the tree, as where a circuit fits, and many. */
const SIZES = [
  { features: 2_500, crossClauses: 250 },
  { features: 2_500, crossClauses: 1_250 },
  { features: 6_500, crossClauses: 650 },
  { features: 6_500, crossClauses: 3_250 },
  { features: 14_000, crossClauses: 1_400 },
  { features: 14_000, crossClauses: 7_000 },
] as const;

/** Measures each feature model in a process of its own. */
export async function measureFeatures({ isQuick }: Options): Promise<Table> {
  const rows: (readonly Cell[])[] = [];
  for (const size of isQuick ? SIZES.slice(0, 1) : SIZES) {
    progress(`a feature model of ${size.features} features, ${size.crossClauses} clauses across`);
    const file = join(import.meta.dirname, 'feature-child.ts');
    const task: FeatureTask = {
      size: { ...size, seed: 1 },
      ...{
        sessions: isQuick ? 3 : 20,
        choices: 20,
        seconds: 30,
        compileSeconds: isQuick ? 10 : 60,
      },
    };
    rows.push(
      rowOf(size, await runChild<FeatureTask, FeatureAnswer>(file, task, SECONDS_FOR_A_MODEL)),
    );
  }
  return {
    title: 'Feature models, by search and as a circuit (d-DNNF)',
    columns: [
      'features',
      'across',
      'clauses',
      'search: first (ms)',
      'choice p50 (ms)',
      'p99 (ms)',
      'why not, 3 repairs p50 (ms)',
      'p99 (ms)',
      'circuit: compile (ms)',
      'nodes',
      'edges',
      'kB',
      'digits of the count',
      'choice p50 (ms)',
      'p99 (ms)',
      'same answers',
    ],
    rows,
    remarks: [
      'Generated feature models. Search tells which features can be had and which cannot; the first ' +
        'answer includes loading. A circuit tells prices and counts as well; “–” where none was made ' +
        'within a minute. Why not: a minimal reason for a feature that is out, and up to three repairs.',
    ],
  };
}

function rowOf(
  { features, crossClauses }: (typeof SIZES)[number],
  { clauses, firstMs, clickMs, whyMs, circuit, same, compared }: FeatureAnswer,
): readonly Cell[] {
  const clicks = distributionOf(clickMs);
  const why = distributionOf(whyMs);
  const told = circuit && distributionOf(circuit.clickMs);
  return [
    ...[features, crossClauses, clauses, firstMs, clicks.p50, clicks.p99],
    ...(why.count === 0 ? ['–', '–'] : [why.p50, why.p99]),
    ...(circuit === undefined || told === undefined
      ? ['–', '–', '–', '–', '–', '–', '–', '–']
      : [
          ...[circuit.compileMs, circuit.nodes, circuit.edges, circuit.bytes / 1000],
          ...[circuit.digits, told.p50, told.p99, `${same} of ${compared}`],
        ]),
  ];
}
