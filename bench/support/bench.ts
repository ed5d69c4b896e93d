import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { describeCommit, describeMachine, thisMachine } from './machine.ts';
import { formatCell, type Report, type Table } from './report.ts';
import { record } from './results.ts';

/** How a bench is run. */
export interface Options {
  /** Smaller sizes and rougher figures. */
  readonly isQuick: boolean;
}

function printTable({ title, columns, rows, remarks = [] }: Table): void {
  const lines = [columns, ...rows.map((row) => row.map(formatCell))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  console.log(`\n${title}`);
  for (const line of lines) {
    console.log(
      `  ${line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')}`,
    );
  }
  for (const remark of remarks) console.log(`  (${remark})`);
}

/** Says what a bench is doing. */
export function progress(text: string): void {
  console.log(`… ${text}`);
}

/**
 * The frame of a bench: reads the flags, measures, prints the tables and records them in
 * `bench/results`. A bench that throws ends with code 1 and records nothing.
 */
export async function bench(
  name: string,
  measure: (options: Options) => Promise<Report>,
): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, note: { type: 'string' } },
  });
  const machine = thisMachine();
  console.log(`\n── ${name} · ${describeMachine(machine)}`);
  const begun = { at: new Date(), loadBefore: loadavg()[0] ?? 0, commit: describeCommit() };
  const start = performance.now();
  const report = await measure({ isQuick: values.quick });
  for (const table of report.tables) printTable(table);
  if (report.skipped !== undefined) console.log(`\nSkipped: ${report.skipped}`);
  const file = record(machine, name, {
    ...report,
    ...begun,
    at: begun.at.toISOString(),
    seconds: (performance.now() - start) / 1000,
    isQuick: values.quick,
    note: values.note ?? null,
  });
  console.log(`\nRecorded in ${file}`);
}
