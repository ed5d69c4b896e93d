/** Starts Keepsake the way `npm start` does, in a home of its own that is removed afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../architecture/sources.ts';

/** A running Keepsake with its demo companies. */
export interface RunningKeepsake {
  readonly url: string;
  /** The password of all demo staff. */
  readonly password: string;
  /** What an operator proves to be one with. */
  readonly operatorToken: string;
  /** Ends it and removes its home; what it printed stays among the test artefacts. */
  stop(): Promise<void>;
}

/** Where journeys leave pictures and what the server printed. */
export const ARTEFACTS: string = join(ROOT, 'test-artefacts', 'journeys');

const READY = /Keepsake is ready at (\S+)/;
/** Building the web app on a cold machine is the longest part. */
const START_MS = 150_000;
const STOP_MS = 15_000;

/** Builds what is stale, starts the server on a free port and waits until it is ready. */
export async function startKeepsake(): Promise<RunningKeepsake> {
  const home = mkdtempSync(join(tmpdir(), 'keepsake-journeys-'));
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, ...(await settings(home)) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  const stop = async (): Promise<void> => {
    await end(child);
    mkdirSync(ARTEFACTS, { recursive: true });
    writeFileSync(join(ARTEFACTS, 'server.log'), printed.join(''));
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const url = await untilReady(child, printed);
    const operatorToken = readFileSync(join(home, 'admin.token'), 'utf8').trim();
    return { url, password: demoPassword(home), operatorToken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everything else of the environment that decides about a server is set back. */
async function settings(home: string): Promise<Readonly<Record<string, string>>> {
  return {
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    KEEPSAKE_HOME: home,
    KEEPSAKE_PUBLIC_URL: '',
    KEEPSAKE_MASTER_KEY: '',
    KEEPSAKE_BEHIND_PROXY: '',
    KEEPSAKE_DEMO: 'yes',
    KEEPSAKE_DEMO_HISTORY: 'no',
    DATABASE_URL: '',
    SMTP_URL: '',
    LOG_LEVEL: 'warn',
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function untilReady(child: ChildProcess, printed: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`Keepsake did not start: ${why}\n${printed.join('')}`));
    };
    const timer = setTimeout(() => fail('it took too long'), START_MS);
    child.once('exit', (code) => fail(`it ended with code ${code}`));
    child.stdout?.on('data', () => {
      const url = READY.exec(printed.join(''))?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

function demoPassword(home: string): string {
  const text = readFileSync(join(home, 'demo-sign-in.txt'), 'utf8');
  const password = /^Password: (\S+)$/m.exec(text)?.[1];
  if (password === undefined) throw new Error('demo-sign-in.txt does not tell the password');
  return password;
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
