/** How long `npm start` takes until the server answers, the first time and again, and what it holds. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bench, progress } from './support/bench.ts';
import { cloneCheckout, freePort } from './support/clone.ts';
import { deadline, median, pause } from './support/measure.ts';
import { cpuSecondsOf, memoryMibOf } from './support/processes.ts';
import type { Cell } from './support/report.ts';

const START_SECONDS_MAX = 240;
const IDLE_SECONDS = 10;
const WARM_STARTS = 3;

interface Start {
  readonly healthySeconds: number;
  /** Until the server says that it is ready: after a first start the demo is there then. */
  readonly readySeconds: number;
  readonly cpuSeconds: number | undefined;
  readonly memoryMib: number | undefined;
}

await bench('start', async ({ isQuick }) => {
  const clone = cloneCheckout({ packages: true });
  try {
    progress('first start: web app, bundle, database, demo');
    const cold = await start(clone.folder);
    const warm: Start[] = [];
    for (let i = 0; i < (isQuick ? 1 : WARM_STARTS); i++) {
      progress(`start ${i + 2}`);
      warm.push(await start(clone.folder));
    }
    return {
      tables: [
        {
          title: 'From `npm start` to a server that answers, embedded database',
          columns: [
            'start',
            'until /healthz answers (s)',
            'until it says ready (s)',
            'CPU until ready (s)',
            `memory after ${IDLE_SECONDS} s idle (MB)`,
          ],
          rows: [rowOf('first', [cold]), rowOf(`again, median of ${warm.length}`, warm)],
          remarks: [
            'A fresh clone with its packages installed, an empty home and an empty cache. The first start builds the web app ' +
              'and the server’s bundle, makes the database and seeds the demo companies. CPU is of all processes together.',
          ],
        },
      ],
    };
  } finally {
    clone.remove();
  }
});

async function start(folder: string): Promise<Start> {
  const port = await freePort();
  const home = join(folder, 'home');
  const { DATABASE_URL: _none, KEEPSAKE_CACHE: _here, ...environment } = process.env;
  const begun = performance.now();
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: folder,
    env: { ...environment, PORT: String(port), KEEPSAKE_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const since = (): number => (performance.now() - begun) / 1000;
  try {
    const isReady = heard(child, 'Keepsake is ready');
    const healthySeconds = await untilHealthy(child, `http://127.0.0.1:${port}/healthz`, since);
    await isReady;
    const readySeconds = since();
    const cpuSeconds = cpuSecondsOf(child.pid ?? 0);
    await pause(IDLE_SECONDS * 1000);
    return { healthySeconds, readySeconds, cpuSeconds, memoryMib: serverMemory(home) };
  } finally {
    await end(child);
  }
}

/** Resolves when the program prints a text; rejects when it ends before. */
async function heard(child: ChildProcess, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      if (output.includes(text)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the start ended with ${code}:\n${output}`)));
    setTimeout(
      () => reject(new Error('the start took too long')),
      START_SECONDS_MAX * 1000,
    ).unref();
  });
}

async function untilHealthy(
  child: ChildProcess,
  url: string,
  since: () => number,
): Promise<number> {
  const isOver = deadline(START_SECONDS_MAX);
  while (!isOver() && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200) return since();
    await pause(25);
  }
  throw new Error('the server did not answer');
}

/** Memory of the server itself, which leaves word of its process in its home. */
function serverMemory(home: string): number | undefined {
  const file = join(home, 'server.json');
  if (!existsSync(file)) return undefined;
  // Written by the server that was just started.
  const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { readonly pid: number };
  return memoryMibOf(pid);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(force);
}

function rowOf(name: string, starts: readonly Start[]): readonly Cell[] {
  const middle = (of: (start: Start) => number | undefined): Cell => {
    const told = starts.map(of).flatMap((value) => value ?? []);
    return told.length === 0 ? 'not told' : median(told);
  };
  return [
    name,
    middle((each) => each.healthySeconds),
    middle((each) => each.readySeconds),
    middle((each) => each.cpuSeconds),
    middle((each) => each.memoryMib),
  ];
}
