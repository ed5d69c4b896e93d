import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../platform/database/database.ts';
import { createKeys } from '../platform/keys.ts';
import { loadMasterKey, masterKeyFile } from '../platform/master-key.ts';
import { checkoutFolder, serverFolder } from '../platform/paths.ts';
import { findRunningServer } from '../platform/running-server.ts';

const SLOW = 180_000;
const launcher = join(serverFolder, 'bin', 'keepsake.mjs');
const cacheFolder = join(checkoutFolder, '.cache');
const clock = { now: () => 0 };

let folder: string;
let started: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-cli-'));
});
afterEach(() => {
  started?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const settings = (home: string) => ({
  PATH: process.env['PATH'],
  KEEPSAKE_HOME: home,
  PORT: '0',
  LOG_LEVEL: 'warn',
});

function keepsake(home: string, ...args: string[]) {
  const run = spawnSync(process.execPath, [launcher, ...args], {
    env: settings(home),
    encoding: 'utf8',
  });
  return { code: run.status, text: `${run.stdout}${run.stderr}` };
}

async function startOn(home: string): Promise<{ readonly said: () => string }> {
  const child = spawn(process.execPath, [launcher, 'start'], { env: settings(home) });
  started = child;
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server ended: ${text}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
        if (text.includes('Keepsake is ready')) resolve();
      });
    }
  });
  return { said: () => text };
}

test(
  'help names every command, and a wrong one is answered with it',
  () => {
    const { code, text } = keepsake(folder, '--help');
    expect(code).toBe(0);
    for (const name of ['start', 'backup', 'restore', 'KEEPSAKE_HOME'])
      expect(text).toContain(name);
    expect(keepsake(folder, 'bakcup')).toMatchObject({ code: 1 });
    expect(keepsake(folder, 'bakcup').text).toContain('Did you mean backup');
  },
  SLOW,
);

test(
  'what is sealed in one home is readable in another after backup and restore',
  async () => {
    const [from, onto, other] = ['from', 'onto', 'other'].map((name) => join(folder, name));
    if (from === undefined || onto === undefined || other === undefined) throw new Error('three');
    const first = await openDatabase({ source: { kind: 'embedded', home: from, cacheFolder } });
    const key = await createKeys(loadMasterKey(from), clock).createSubjectKey(
      first.kysely,
      'a',
      's',
    );
    await first.close();

    const file = join(folder, 'with-key.gz');
    expect(keepsake(from, 'backup', '--with-key', file)).toMatchObject({ code: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(keepsake(onto, 'restore', file).text).toMatch(/Restored 1 rows/);
    expect(readFileSync(masterKeyFile(onto))).toEqual(readFileSync(masterKeyFile(from)));
    const second = await openDatabase({ source: { kind: 'embedded', home: onto, cacheFolder } });
    const found = await createKeys(loadMasterKey(onto), clock).findSubjectKey(
      second.kysely,
      'a',
      's',
    );
    await second.close();
    expect(found?.secret.export()).toEqual(key.secret.export());

    const again = keepsake(onto, 'restore', file);
    expect(again).toMatchObject({ code: 1 });
    expect(again.text).toContain('is not empty');
    expect(again.text).toContain('--force');
    expect(keepsake(onto, 'restore', '--force', file)).toMatchObject({ code: 0 });

    const bare = join(folder, 'without-key.gz');
    expect(keepsake(from, 'backup', bare).text).toContain('does not hold the master key');
    expect(keepsake(other, 'restore', bare).text).toContain('made with another master key');
  },
  SLOW,
);

test(
  'a server says where it is, keeps others out, and leaves cleanly on a signal',
  async () => {
    const home = join(folder, 'home');
    await startOn(home);
    const server = await findRunningServer(home);
    expect(server?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${server?.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${server?.url}/metrics`)).status).toBe(200);

    const second = keepsake(home, 'start');
    expect(second.code).toBe(1);
    expect(second.text).toContain(`in use by process ${server?.pid}`);
    const restore = keepsake(home, 'restore', join(folder, 'any.gz'));
    expect(restore.text).toContain('Stop the server first');

    const ended = new Promise((resolve) => started?.once('exit', resolve));
    started?.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(await findRunningServer(home)).toBeUndefined();
    const database = await openDatabase({ source: { kind: 'embedded', home, cacheFolder } });
    await database.close();
  },
  SLOW,
);

test(
  'a setting that cannot be meant is explained without a stack',
  () => {
    const run = spawnSync(process.execPath, [launcher, 'start'], {
      env: { ...settings(folder), PORT: 'http' },
      encoding: 'utf8',
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('PORT is a port number');
    expect(run.stderr).not.toContain('    at ');
  },
  SLOW,
);
