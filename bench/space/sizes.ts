/** What a browser has to load: the engine as a bundle, and the space of a family as a file. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { progress } from '../support/bench.ts';
import { ROOT } from '../support/machine.ts';
import type { Table } from '../support/report.ts';

/** What pages import, and what they need of it. */
const ENTRIES: readonly (readonly [title: string, code: string])[] = [
  ['what explores any model', "export * from '@keepsake/configurator/explore';"],
  [
    'the same with the compiler',
    "export * from '@keepsake/configurator/explore'; export * from '@keepsake/configurator/prepare';",
  ],
  ['the readers of foreign formats', "export * from '@keepsake/configurator/formats';"],
  ['families: sessions, prices, pictures', "export * from '@keepsake/configurator';"],
  ['the reader of family files', "export * from '@keepsake/configurator/yaml';"],
];

/** A file that a browser loads, as it is and compressed. */
export interface Loaded {
  readonly title: string;
  readonly bytes: number;
  readonly gzipped: number;
}

/** Bundles what pages import, minified, each entry alone. */
export async function measureBundles(): Promise<readonly Loaded[]> {
  progress('bundling for a browser');
  return await Promise.all(
    ENTRIES.map(async ([title, contents]) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: ROOT, loader: 'ts' },
        bundle: true,
        minify: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2022',
        conditions: ['@keepsake/source'],
        write: false,
        logLevel: 'error',
      });
      return loaded(title, outputFiles[0]?.contents ?? new Uint8Array(0));
    }),
  );
}

/** The size of a file and of what a server sends of it. */
export function loaded(title: string, bytes: Uint8Array): Loaded {
  return { title, bytes: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}

/** Sizes for people, in thousands of bytes. */
export function sizesTable(files: readonly Loaded[]): Table {
  return {
    title: 'What a browser loads',
    columns: ['what', 'kB', 'kB gzipped'],
    rows: files.map(({ title, bytes, gzipped }) => [title, bytes / 1000, gzipped / 1000]),
    remarks: ['Bundles are minified, each alone: what several share is in each of them.'],
  };
}
