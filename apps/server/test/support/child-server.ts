/** A server in a process of its own, on an embedded store, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { checkoutFolder } from '../../src/platform/paths.ts';
import { MASTER_KEY } from './test-server.ts';

/** The place of a server that runs at times. */
export interface ChildServer {
  readonly home: string;
  /** Opens the store in this process, while no server runs on it. */
  openStore(): Promise<Database>;
  /** Starts the server as the command line does; answers where it listens. */
  start(): Promise<string>;
  /** Kills it with SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** Kills what still runs, and removes the place. */
  close(): void;
}

/** Makes a place for a server; `name` is for people who find what a test left behind. */
export function makeChildServer(name: string): ChildServer {
  const home = mkdtempSync(join(tmpdir(), `keepsake-${name}-`));
  let child: ChildProcess | undefined;
  return {
    home,
    openStore: async () => {
      const source = { kind: 'embedded', home, cacheFolder: inject('cacheFolder') } as const;
      return await openDatabase({ source });
    },
    start: async () => {
      const started = spawnServer(home);
      child = started;
      return await addressOf(started);
    },
    kill: async () => {
      const killed = child;
      if (killed === undefined) throw new Error('nothing runs');
      const ended = new Promise((resolve) => killed.once('exit', resolve));
      killed.kill('SIGKILL');
      await ended;
      child = undefined;
    },
    close: () => {
      child?.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function spawnServer(home: string) {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const main = join(checkoutFolder, 'apps', 'server', 'src', 'main.ts');
  const settings = {
    ...{ KEEPSAKE_HOME: home, KEEPSAKE_MASTER_KEY: MASTER_KEY, KEEPSAKE_DEMO: 'no' },
    ...{ PORT: '0', LOG_LEVEL: 'fatal', DATABASE_URL: '' },
  };
  return spawn(process.execPath, ['--import', tsx, '-C', '@keepsake/source', main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function addressOf(started: ReturnType<typeof spawnServer>): Promise<string> {
  return await new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /ready at (\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    started.stdout.on('data', hear);
    started.stderr.on('data', hear);
    started.once('exit', () => reject(new Error(`the server did not start: ${said}`)));
  });
}
