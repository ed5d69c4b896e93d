/** How long `npm ci` takes from a warm cache, and how much it installs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { bench, progress } from './support/bench.ts';
import { cloneCheckout } from './support/clone.ts';
import type { Report } from './support/report.ts';

const SECONDS_MAX = 300;
const CI = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];

await bench('install', async () => {
  const clone = cloneCheckout({ packages: false });
  try {
    return measure(clone.folder);
  } finally {
    clone.remove();
  }
});

function measure(folder: string): Report {
  progress('npm ci from the cache');
  const first = install(folder, true) ?? warm(folder);
  if (first === undefined) {
    return {
      tables: [],
      skipped: 'npm’s cache lacks packages, and the registry cannot be reached.',
    };
  }
  const packages = installedPackages(folder);
  const notForDevelopment = packages.filter(({ dev, devOptional }) => !dev && !devOptional);
  const megabytes = sizeOf(folder) / 1e6;
  return {
    tables: [
      {
        title: '`npm ci` from a warm cache, offline',
        columns: ['wall (s)', 'node_modules (MB)', 'packages', 'of them not for development'],
        rows: [[first, megabytes, packages.length, notForDevelopment.length]],
        remarks: ['A fresh clone. Sizes are those of the files, not of the blocks they take.'],
      },
    ],
  };
}

/** Seconds that installing took; undefined where it failed. */
function install(folder: string, isOffline: boolean): number | undefined {
  const start = performance.now();
  const run = spawnSync('npm', [...CI, ...(isOffline ? ['--offline'] : [])], {
    cwd: folder,
    stdio: 'ignore',
    timeout: SECONDS_MAX * 1000,
    shell: platform() === 'win32',
  });
  return run.status === 0 ? (performance.now() - start) / 1000 : undefined;
}

/** Fills the cache from the registry, then measures as before. */
function warm(folder: string): number | undefined {
  progress('filling the cache from the registry');
  if (install(folder, false) === undefined) return undefined;
  for (const path of modulesOf(folder)) rmSync(path, { recursive: true, force: true });
  progress('npm ci from the cache, again');
  return install(folder, true);
}

interface Installed {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
}

/** npm's own record of what it installed, without the workspaces themselves. */
function installedPackages(folder: string): readonly Installed[] {
  const record = readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8');
  // npm has just written it.
  const { packages } = JSON.parse(record) as { packages: Readonly<Record<string, Installed>> };
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
    .map(([, entry]) => entry);
}

function modulesOf(folder: string): readonly string[] {
  const list = execFileSync('git', ['ls-files', '--', 'package.json', '*/package.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return list
    .trim()
    .split('\n')
    .map((path) => join(folder, path, '..', 'node_modules'));
}

/** Bytes of the files in every node_modules. */
function sizeOf(folder: string): number {
  return modulesOf(folder).reduce((sum, path) => sum + bytesIn(path), 0);
}

function bytesIn(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.isSymbolicLink()) return 0;
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}
