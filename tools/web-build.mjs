/** Builds the web app where its bundle is missing or older than its sources. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stampOf } from './freshness.mjs';
import { root, run } from './install.mjs';

const SOURCES = [
  'apps/web',
  'packages/client',
  'packages/configurator',
  'packages/contract',
  'packages/kernel',
  'package-lock.json',
];

/** Answers whether the web app is there and up to date. */
export async function buildWebIfNeeded() {
  const web = join(root, 'apps', 'web');
  const stamp = stampOf('web', SOURCES);
  if (existsSync(join(web, 'dist', 'index.html')) && stamp.isFresh()) return true;
  console.log('Building the web app …');
  const vite = dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json'));
  const build = [join(vite, 'bin', 'vite.js'), 'build', '--logLevel', 'warn'];
  if ((await run(process.execPath, build, { cwd: web })) !== 0) return false;
  stamp.set();
  return true;
}
