import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { drawChart } from './chart.ts';
import { describeMachine, type Machine, machineSlug, ROOT } from './machine.ts';
import { formatCell, type Report, type Table } from './report.ts';

/** A report with the circumstances of its making. */
export interface Recorded extends Report {
  /** When it began, in UTC. */
  readonly at: string;
  readonly seconds: number;
  readonly commit: string;
  /** The system's load average over the minute before, where the system tells one. */
  readonly loadBefore: number;
  readonly isQuick: boolean;
  readonly note: string | null;
}

interface Day {
  readonly date: string;
  readonly machine: Machine;
  readonly benches: Readonly<Record<string, Recorded>>;
}

const FOLDER = join(ROOT, 'bench', 'results');

/** Puts a report in the day's files in place of an earlier one; answers the one for people. */
export function record(machine: Machine, name: string, recorded: Recorded): string {
  const date = recorded.at.slice(0, 10);
  const stem = `${date}-${machineSlug(machine)}`;
  mkdirSync(FOLDER, { recursive: true });
  const json = join(FOLDER, `${stem}.json`);
  const before = existsSync(json) ? readDay(json) : {};
  const day: Day = { date, machine, benches: { ...before, [name]: recorded } };
  writeFileSync(json, `${JSON.stringify(day, null, 2)}\n`);
  (recorded.charts ?? []).forEach((chart, i) => {
    writeFileSync(join(FOLDER, chartFile(stem, name, i)), drawChart(chart));
  });
  const readable = join(FOLDER, `${stem}.md`);
  writeFileSync(readable, writeDay(day, stem));
  return relative(ROOT, readable);
}

function readDay(file: string): Day['benches'] {
  // Only `record` writes these files.
  return (JSON.parse(readFileSync(file, 'utf8')) as Day).benches;
}

function chartFile(stem: string, name: string, index: number): string {
  return `${stem}-${name}${index === 0 ? '' : `-${index + 1}`}.svg`;
}

function writeDay({ date, machine, benches }: Day, stem: string): string {
  const sections = Object.keys(benches)
    .sort()
    .flatMap((name) => {
      const recorded = benches[name];
      return recorded === undefined ? [] : [writeSection(name, recorded, stem)];
    });
  return `# Measured on ${date}: ${describeMachine(machine)}\n\n${sections.join('\n')}`;
}

function writeSection(name: string, recorded: Recorded, stem: string): string {
  const { at, seconds, commit, loadBefore, isQuick, note, skipped, tables, charts = [] } = recorded;
  const circumstances = [
    `Begun ${at.slice(11, 16)} UTC, took ${seconds.toFixed(0)} s, commit \`${commit}\``,
    `load average before ${loadBefore.toFixed(1)}`,
    ...(isQuick ? ['small sizes (`--quick`)'] : []),
  ];
  return [
    `## ${name}`,
    '',
    `${circumstances.join(', ')}.`,
    ...(note === null ? [] : ['', `> ${note}`]),
    ...(skipped === undefined ? [] : ['', `Skipped: ${skipped}`]),
    ...tables.flatMap(writeTable),
    ...charts.flatMap(({ title }, i) => ['', `![${title}](${chartFile(stem, name, i)})`]),
    '',
  ].join('\n');
}

function writeTable({ title, columns, rows, remarks = [] }: Table): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '',
    `### ${title}`,
    '',
    line(columns),
    line(columns.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(row.map(formatCell))),
    ...remarks.flatMap((remark) => ['', remark]),
  ];
}
