/** Models of tables: compiled to diagrams, and every answer after a choice. */
import { join } from 'node:path';
import { type Options, progress } from '../support/bench.ts';
import { runChild } from '../support/child.ts';
import { distributionOf } from '../support/measure.ts';
import type { Cell, Table } from '../support/report.ts';
import { type InstanceTask, TABLE_MODELS } from './instances.ts';
import type { Loaded } from './sizes.ts';
import type { TableAnswer, TableTask } from './table-child.ts';

const SECONDS_FOR_A_MODEL = 420;

/** Measures one model in a process of its own, which ends after `secondsMax` at the latest. */
export async function measureModel(
  instance: InstanceTask,
  { sessions, seconds }: Pick<TableTask, 'sessions' | 'seconds'>,
  secondsMax: number = SECONDS_FOR_A_MODEL,
): Promise<TableAnswer> {
  const file = join(import.meta.dirname, 'table-child.ts');
  const task: TableTask = { instance, sessions, seconds };
  return await runChild<TableTask, TableAnswer>(file, task, secondsMax);
}

/** The figures of all models, and what a browser would load of them. */
export async function measureTables({ isQuick }: Options): Promise<{
  readonly table: Table;
  readonly files: readonly Loaded[];
}> {
  const rows: (readonly Cell[])[] = [];
  const files: Loaded[] = [];
  const left: string[] = [];
  for (const instance of isQuick ? TABLE_MODELS.slice(0, 2) : TABLE_MODELS) {
    progress(instance.title);
    const amount = { sessions: isQuick ? 5 : 40, seconds: 30 };
    const told = await measureModel(instance, amount).catch(() => undefined);
    if (told?.fault !== undefined || told === undefined) {
      const fault = told?.fault ?? `it was not done within ${SECONDS_FOR_A_MODEL} s`;
      left.push(`${instance.title} was left out: ${fault}.`);
      continue;
    }
    rows.push(rowOf(instance.title, told));
    const { fileBytes, fileGzipped } = told;
    files.push({ title: `space: ${instance.title}`, bytes: fileBytes, gzipped: fileGzipped });
  }
  return { table: tableOf(rows, left), files };
}

function rowOf(title: string, told: TableAnswer): readonly Cell[] {
  const clicks = distributionOf(told.clickMs);
  const why = distributionOf(told.whyMs);
  return [
    ...[title, told.shaped.variables, told.shaped.values, told.shaped.rows],
    ...[told.compileMs, told.nodes, told.edges, told.peakMib],
    ...[told.fileBytes / 1000, told.loadMs],
    ...[clicks.count, clicks.p50, clicks.p99],
    ...[why.count, why.p50, why.p99],
  ];
}

function tableOf(rows: Table['rows'], left: readonly string[]): Table {
  return {
    title: 'Models of tables, as diagrams',
    columns: [
      'model',
      'variables',
      'values',
      'rows',
      'compile (ms)',
      'nodes',
      'edges',
      'peak memory (MiB)',
      'file (kB)',
      'load (ms)',
      'choices',
      'choice p50 (ms)',
      'p99 (ms)',
      'reasons',
      'reason and 3 repairs p50 (ms)',
      'p99 (ms)',
    ],
    rows,
    remarks: [
      'A choice: deciding, and then which values are valid, the price range and the number of designs, ' +
        'over all and for every value. Customers by chance, each until nothing is left to decide. ' +
        'Reasons are minimal, of values that choices have made impossible, with up to three repairs. ' +
        'Every model in a process of its own, whose memory is told whole.',
      ...left,
    ],
  };
}
