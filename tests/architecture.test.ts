import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEMS } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import {
  citedRules,
  deadLinks,
  definedRules,
  untitledDocuments,
} from './architecture/documents.ts';
import { importCycles, layerFaults, parseLayers } from './architecture/layers.ts';
import { importsOf, listFiles, ROOT, readSources, type Source } from './architecture/sources.ts';
import { atticFiles, bannedTexts, longFiles, suppressions } from './architecture/tidy.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const file = (path: string, text: string): Source => ({ path, text });
const layers = parseLayers(read('ARCHITECTURE.md'));
const code = readSources(/^(packages|apps|tests|tools)\/.*\.(ts|tsx|mjs)$/);
const product = code.filter(
  ({ path }) => !/\.test\.ts$|\/test\/|^tests\/|\.config\.ts$|^tools\//.test(path),
);
const documents = readSources(/\.md$/);
const ENGINES = ['configurator', 'memory', 'production', 'value'] as const;

describe('the checker finds what it looks for', () => {
  test('it reads the table and the files', () => {
    expect(layers.length).toBeGreaterThan(10);
    expect(product.length).toBeGreaterThan(40);
    expect(product.flatMap(importsOf).length).toBeGreaterThan(100);
    expect(documents.length).toBeGreaterThan(8);
  });

  test.each([
    ['an engine importing an engine', 'packages/memory/src/a.ts', '@keepsake/configurator'],
    ['the kernel importing an engine', 'packages/kernel/src/a.ts', '@keepsake/memory'],
    ['the client importing the server', 'packages/client/src/a.ts', '@keepsake/server'],
    ['platform importing a module', 'apps/server/src/platform/a.ts', '../modules/x/index.ts'],
    ['a feature importing a feature', 'apps/web/src/features/a/a.ts', '../b/b.view.ts'],
    ['a module reaching into another', 'apps/server/src/modules/a/a.ts', '../b/b.store.ts'],
    ['ui knowing a feature', 'apps/web/src/ui/a.tsx', '../features/b/b.view.ts'],
  ])('%s', (_, path, specifier) => {
    const planted = file(path, `import { x } from '${specifier}';\n`);
    expect(layerFaults(layers, [planted])).toHaveLength(1);
  });

  test('what is allowed is not reported', () => {
    const fine = [
      file('packages/memory/src/a.ts', "import { ok } from '@keepsake/kernel';"),
      file('apps/server/src/modules/a/a.ts', "import { x } from '../b/index.ts';"),
      file('apps/web/src/features/a/a.tsx', "import { x } from '../../ui/button.tsx';"),
    ];
    expect(layerFaults(layers, fine)).toEqual([]);
  });

  test('a cycle of value imports, but not of types', () => {
    const a = file('packages/x/src/a.ts', "import { b } from './b.ts';");
    const b = file('packages/x/src/b.ts', "import { a } from './a.ts';");
    const lazy = file('packages/x/src/b.ts', "const a = () => import('./a.ts');");
    const typed = file('packages/x/src/b.ts', "import type { A } from './a.ts';");
    expect(importCycles([a, b])).toHaveLength(1);
    expect(importCycles([a, typed])).toEqual([]);
    expect(importCycles([a, lazy])).toEqual([]);
  });

  test('banned texts, long files, attics and unexplained suppressions', () => {
    expect(bannedTexts([file('packages/memory/src/a.ts', 'const t = Date.now();')])).toHaveLength(
      1,
    );
    expect(
      bannedTexts([file('apps/server/src/modules/a/a.service.ts', 'sql`select 1`')]),
    ).toHaveLength(1);
    expect(bannedTexts([file('apps/server/src/modules/a/a.store.ts', 'sql`select 1`')])).toEqual(
      [],
    );
    expect(longFiles([file('packages/x/src/a.ts', '\n'.repeat(401))])).toHaveLength(1);
    expect(atticFiles(['packages/x/src/utils.ts', 'packages/x/src/price.ts'])).toHaveLength(1);
    const bare = file('a.ts', ['// biome', 'ignore lint/x/y'].join('-'));
    expect(suppressions([bare]).unexplained).toHaveLength(1);
  });

  test('rule ids, dead links and titles', () => {
    expect(definedRules('**ABC-1** x\n- ABC-2 y')).toEqual(['ABC-1', 'ABC-2']);
    expect(citedRules([file('a.test.ts', "test('ABC-1 holds', f)")])).toEqual(['ABC-1']);
    expect(deadLinks([file('README.md', '[x](no-such-file.md)')])).toHaveLength(1);
    expect(untitledDocuments([file('a.md', 'no title')])).toHaveLength(1);
  });
});

describe('the house is as ARCHITECTURE.md draws it', () => {
  test('imports follow the table', () => {
    expect(layerFaults(layers, product)).toEqual([]);
  });

  test('no file imports itself in a circle', () => {
    expect(importCycles(product)).toEqual([]);
  });

  test('every folder of the map and of the table exists', () => {
    const missing = layers
      .map((layer) => layer.place)
      .filter((place) => !existsSync(join(ROOT, place)));
    expect(missing).toEqual([]);
  });

  test('every package and module on disk is on the map', () => {
    const text = read('ARCHITECTURE.md');
    const names = listFiles().flatMap(
      (path) => /^(?:packages|apps\/server\/src\/modules)\/([a-z-]+)\//.exec(path)?.[1] ?? [],
    );
    expect([...new Set(names)].filter((name) => !text.includes(name))).toEqual([]);
  });

  test('every server module and package has its front', () => {
    const fronts = listFiles().flatMap(
      (path) => /^((?:packages|apps\/server\/src\/modules)\/[a-z-]+)\//.exec(path)?.[1] ?? [],
    );
    const missing = [...new Set(fronts)].filter(
      (front) =>
        !existsSync(join(ROOT, front, 'index.ts')) &&
        !existsSync(join(ROOT, front, 'src/index.ts')),
    );
    expect(missing).toEqual([]);
  });
});

describe('style', () => {
  test('no banned texts', () => {
    expect(bannedTexts(code)).toEqual([]);
  });

  test('no file over its limit', () => {
    expect(longFiles(code)).toEqual([]);
  });

  test('no attic', () => {
    expect(atticFiles(listFiles())).toEqual([]);
  });

  test('suppressions carry a reason, and their number only goes down', () => {
    const found = suppressions(code.filter(({ path }) => !path.startsWith('tests/architecture')));
    expect(found.unexplained).toEqual([]);
    expect(found.count).toBeLessThanOrEqual(SUPPRESSIONS_MAX);
  });
});

/** How many linter suppressions there may be. Lower it when one goes; never raise it lightly. */
const SUPPRESSIONS_MAX = 12;

describe('documents', () => {
  test('every link leads somewhere and every document has one title', () => {
    expect(deadLinks(documents)).toEqual([]);
    expect(untitledDocuments(documents)).toEqual([]);
  });

  test.each(ENGINES)(
    '%s: every SPEC rule is cited by a test, and every cited rule exists',
    (name) => {
      const rules = definedRules(read(`packages/${name}/SPEC.md`));
      const own = new Set(rules.map((rule) => rule.slice(0, 3)));
      const cited = citedRules(readSources(new RegExp(`^packages/${name}/.*\\.test\\.ts$`)));
      expect(rules.length).toBeGreaterThan(10);
      expect(rules.filter((rule) => !cited.includes(rule))).toEqual([]);
      expect(cited.filter((rule) => own.has(rule.slice(0, 3)) && !rules.includes(rule))).toEqual(
        [],
      );
    },
  );

  test('every problem code is in the reference', () => {
    const reference = read('docs/reference/problems.md');
    expect(Object.keys(PROBLEMS).filter((code_) => !reference.includes(`\`${code_}\``))).toEqual(
      [],
    );
  });

  test('landed migrations are never edited', () => {
    const lines = read('apps/server/migrations/HASHES').trim().split('\n');
    const listed = new Map(
      lines.map((line) => line.split('  ') as [string, string]).map(([h, n]) => [n, h]),
    );
    const found = listFiles().filter((path) =>
      /^apps\/server\/migrations\/\d{4}_.*\.sql$/.test(path),
    );
    expect(found.length).toBeGreaterThan(3);
    const wrong = found.filter((path) => {
      const hash = createHash('sha256').update(read(path)).digest('hex');
      return listed.get(path.split('/').at(-1) ?? '') !== hash;
    });
    expect(wrong).toEqual([]);
  });
});
