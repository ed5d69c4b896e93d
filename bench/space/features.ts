/** Feature models, as search and as circuits answer them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  benchmarkFolder,
  FEATURE_MODELS,
} from '../../packages/configurator/src/testing/benchmark-data.ts';
import { type Options, progress } from '../support/bench.ts';
import { runChild } from '../support/child.ts';
import { distributionOf } from '../support/measure.ts';
import type { Cell, Table } from '../support/report.ts';
import type { FeatureAnswer, FeatureSource, FeatureTask } from './feature-child.ts';

const SECONDS_FOR_A_MODEL = 300;

interface FeatureModel {
  readonly title: string;
  readonly source: FeatureSource;
  /** Whether it is tried to make a circuit. */
  readonly hasCircuit: boolean;
}

function generated(features: number, crossClauses: number, hasCircuit: boolean): FeatureModel {
  const title = `generated, ${crossClauses.toLocaleString('en')} clauses across`;
  return {
    ...{ title, hasCircuit },
    source: { kind: 'generated', size: { features, crossClauses, seed: 1 } },
  };
}

function published(title: string, file: string): FeatureModel {
  return { title, hasCircuit: true, source: { kind: 'published', file } };
}

/** Further models as clauses that were put into the folder of benchmark data, by their names. */
function furtherPublished(): readonly FeatureModel[] {
  const folder = benchmarkFolder();
  if (folder === undefined) return [];
  const known = new Set(FEATURE_MODELS.map((name) => `${name}.dimacs`));
  const files = readdirSync(folder).filter((file) => file.endsWith('.dimacs') && !known.has(file));
  return files.sort().map((file) => published(file.replace(/\.dimacs$/, ''), file));
}

/** Published ones, then generated ones from small to large. */
const MODELS: readonly FeatureModel[] = [
  published('busybox 1.18.0', 'busybox-1.18.0.dimacs'),
  published('financial services', 'financial-2018-05-09.dimacs'),
  ...furtherPublished(),
  generated(2_500, 100, true),
  generated(2_500, 1_250, false),
  generated(6_500, 3_250, false),
  generated(14_000, 7_000, false),
];

/** The figures of a model, or that its process ended without any: not all models fit. */
async function askChild(task: FeatureTask): Promise<FeatureAnswer | { readonly fault: string }> {
  const file = join(import.meta.dirname, 'feature-child.ts');
  try {
    return await runChild<FeatureTask, FeatureAnswer>(file, task, SECONDS_FOR_A_MODEL);
  } catch {
    return { fault: `it has no figures within ${SECONDS_FOR_A_MODEL} seconds` };
  }
}

/** Measures each feature model in a process of its own. */
export async function measureFeatures({ isQuick }: Options): Promise<Table> {
  const rows: (readonly Cell[])[] = [];
  const left: string[] = [];
  for (const model of isQuick ? MODELS.slice(0, 1) : MODELS) {
    progress(`a feature model: ${model.title}`);
    const task: FeatureTask = {
      source: model.source,
      ...{ sessions: isQuick ? 3 : 20, choices: 20, seconds: 30 },
      compileSeconds: model.hasCircuit ? 60 : 0,
    };
    const told = await askChild(task);
    if ('features' in told && told.fault === undefined) rows.push(rowOf(model.title, told));
    else left.push(`${model.title} was left out: ${told.fault}.`);
  }
  return {
    title: 'Feature models, by search and as a circuit (d-DNNF)',
    columns: [
      'model',
      'features',
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
      'Search tells which features can be had and which cannot; the first ' +
        'answer includes loading. A circuit tells prices and counts as well; “–” where none was made ' +
        'within a minute, or none was tried. Why not: a minimal reason for a feature that is out, and up to three repairs.',
      ...left,
    ],
  };
}

function rowOf(
  title: string,
  { features, clauses, firstMs, clickMs, whyMs, circuit, same, compared }: FeatureAnswer,
): readonly Cell[] {
  const clicks = distributionOf(clickMs);
  const why = distributionOf(whyMs);
  const told = circuit && distributionOf(circuit.clickMs);
  return [
    ...[title, features, clauses, firstMs, clicks.p50, clicks.p99],
    ...(why.count === 0 ? ['–', '–'] : [why.p50, why.p99]),
    ...(circuit === undefined || told === undefined
      ? ['–', '–', '–', '–', '–', '–', '–', '–']
      : [
          ...[circuit.compileMs, circuit.nodes, circuit.edges, circuit.bytes / 1000],
          ...[circuit.digits, told.p50, told.p99, `${same} of ${compared}`],
        ]),
  ];
}
