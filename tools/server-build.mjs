/**
 * Bundles the server where its bundle is missing or older than its sources. Reading a thousand
 * small modules through the TypeScript loader takes 2 s of CPU, reading the bundle takes 0.3 s.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stampOf } from './freshness.mjs';
import { root } from './install.mjs';

const SOURCES = ['apps/server/src', 'packages', 'package-lock.json', 'tools/server-build.mjs'];

/** Inside apps/server, so that the folders beside the sources are found from the bundle as well. */
const FOLDER = join(root, 'apps', 'server', 'dist', 'bundle');

/** The server's entry, once it is built. */
export const serverBundle = join(FOLDER, 'main.mjs');

/** Packages that carry data or native code beside their JavaScript. */
const NOT_BUNDLED = [
  '@electric-sql/pglite',
  '@node-rs/argon2',
  '@fontsource/*',
  'pdfkit',
  'pg-native',
  'swagger-ui-dist',
];

/** Answers whether the server's bundle is there and up to date. */
export async function buildServerIfNeeded() {
  const stamp = stampOf('server', SOURCES);
  if (existsSync(serverBundle) && stamp.isFresh()) return true;
  console.log('Bundling the server …');
  // Not there before the packages are installed, hence not imported above.
  const { build } = await import('esbuild');
  const source = join(root, 'apps', 'server', 'src');
  const database = join(source, 'platform', 'database', 'pglite-worker.mjs');
  const spaces = join(source, 'modules', 'families', 'space.worker.ts');
  const values = join(source, 'modules', 'value', 'value.worker.ts');
  try {
    await build({
      entryPoints: {
        main: join(source, 'main.ts'),
        'pglite-worker': database,
        'space.worker': spaces,
        'value.worker': values,
      },
      outdir: FOLDER,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'linked',
      conditions: ['@keepsake/source'],
      external: NOT_BUNDLED,
      logLevel: 'warning',
      // For packages in CommonJS, which call `require` for what Node has built in.
      banner: {
        js: "import { createRequire as $makeRequire } from 'node:module'; const require = $makeRequire(import.meta.url);",
      },
    });
  } catch {
    return false;
  }
  stamp.set();
  return true;
}
