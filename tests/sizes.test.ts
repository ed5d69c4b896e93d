/** What a page has to load before it can ask anything: sizes that are promised, kept by a test. */
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { ROOT } from './architecture/sources.ts';

/** Bytes of the co-design, minified and compressed. */
const EXPLORE_MAX = 40_000;

interface Bundle {
  readonly gzipped: number;
  readonly sources: Metafile['inputs'];
}

/** An entry of the configurator as a bundler makes it for a browser. */
async function bundle(entry: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export * from '@keepsake/configurator/${entry}';`,
      resolveDir: ROOT,
      loader: 'ts',
    },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@keepsake/source'],
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array(0);
  return { gzipped: gzipSync(code, { level: 9 }).length, sources: metafile.inputs };
}

describe('what a browser loads', () => {
  test('the engine that explores any model is at most 40 kB', async () => {
    const { gzipped, sources } = await bundle('explore');
    expect(Object.keys(sources)).toContain('packages/configurator/src/explore/position.ts');
    expect(gzipped).toBeLessThanOrEqual(EXPLORE_MAX);
  });

  test('circuits, compilers and files of spaces are loaded by those alone who ask for them', async () => {
    const { sources } = await bundle('explore');
    const others = /\/(dnnf|formats|read|solve|worker)\/|\/(read|write)-space\.ts$|\/compile\.ts$/;
    expect(Object.keys(sources).filter((path) => others.test(path))).toEqual([]);
  });
});
