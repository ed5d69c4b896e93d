import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@keepsake/kernel';
import { createDraws } from '@keepsake/value';
import { progress } from '../support/bench.ts';
import { runChild } from '../support/child.ts';
import type { Cell, Table } from '../support/report.ts';
import type { BrokenAnswer, BrokenTask } from './broken-child.ts';

const CHILD = fileURLToPath(new URL('./broken-child.ts', import.meta.url));
const SECONDS_MAX = 300;
const LINES_A_CUSTOMER = 10;
const MS_PER_DAY = 86_400_000;
const PIECE_CHARS = 1 << 20;

/** Reading a file of purchases, sorted by customer and not, whose last line breaks off. */
export async function measureBrokenFiles(sizes: readonly number[]): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  const rows: Cell[][] = [];
  try {
    for (const lines of sizes) {
      for (const order of ['sorted', 'unsorted'] as const) {
        progress(`a broken file of ${lines} lines, ${order}`);
        rows.push(await readBroken(folder, lines, order));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    title: 'A file of purchases whose last line is broken: read to its end, one thread',
    columns: ['lines', 'customers come', 'MB', 'CPU s', 'resident MB at most', 'told'],
    rows,
  };
}

async function readBroken(
  folder: string,
  lines: number,
  order: 'sorted' | 'unsorted',
): Promise<Cell[]> {
  const file = join(folder, 'purchases.csv');
  writeBroken(file, lines, order);
  const task: BrokenTask = { file };
  const answer = await runChild<BrokenTask, BrokenAnswer>(CHILD, task, SECONDS_MAX);
  const said = answer.said.replace(file, basename(file));
  const megabytes = Math.round(statSync(file).size / 1e6);
  return [lines, order, megabytes, answer.cpuSeconds, answer.residentMegabytes, said];
}

function writeBroken(file: string, lines: number, order: 'sorted' | 'unsorted'): void {
  const draws = createDraws(seededRandom(3));
  const customers = Math.ceil(lines / LINES_A_CUSTOMER);
  const descriptor = openSync(file, 'w');
  let text = 'customer,date,amount\n';
  for (let i = 0; i < lines; i++) {
    const place = order === 'sorted' ? i / LINES_A_CUSTOMER : draws.uniform() * customers;
    const day = new Date(MS_PER_DAY * (19_000 + Math.floor(1000 * draws.uniform())));
    const date = day.toISOString().slice(0, 10);
    text += `C${1e7 + Math.floor(place)},${date},${(100 * draws.uniform()).toFixed(2)}\n`;
    if (text.length < PIECE_CHARS) continue;
    writeSync(descriptor, text);
    text = '';
  }
  writeSync(descriptor, `${text}C99999999,2025-01`);
  closeSync(descriptor);
}
