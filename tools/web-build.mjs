/** Builds the web app where its bundle is missing or older than its sources. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root, run } from './install.mjs';

const SOURCES = [
  'apps/web',
  'packages/client',
  'packages/configurator',
  'packages/contract',
  'packages/kernel',
  'package-lock.json',
];
const NOT_SOURCES = new Set(['node_modules', 'dist', 'dist-types']);

/** Answers 'built', 'fresh', or 'failed'. Looking costs a few milliseconds: it reads no file. */
export async function buildWebIfNeeded() {
  const web = join(root, 'apps', 'web');
  const stamp = join(root, '.cache', 'web.stamp');
  const hash = hashOfSources();
  const isFresh =
    existsSync(join(web, 'dist', 'index.html')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hash;
  if (isFresh) return 'fresh';
  console.log('Building the web app …');
  const vite = dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json'));
  const code = await run(
    process.execPath,
    [join(vite, 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: web },
  );
  if (code !== 0) return 'failed';
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return 'built';
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const path of SOURCES) addTo(hash, path);
  return hash.digest('hex');
}

/** Paths, sizes and times stand for contents. */
function addTo(hash, path) {
  const full = join(root, path);
  const stat = statSync(full);
  if (!stat.isDirectory()) {
    hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(full).sort()) {
    const isBuildInfo = name.endsWith('.tsbuildinfo');
    if (!NOT_SOURCES.has(name) && !isBuildInfo) addTo(hash, `${path}/${name}`);
  }
}
