/**
 * The configurator as somebody gets it who has nothing else of Keepsake: packed as it would be
 * published, installed in an empty project, its README's examples compiled and run there.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './architecture/sources.ts';
import { type Block, blocksOf, missingLines, promisedOutput } from './docs/blocks.ts';

const SLOW = 180_000;
const run = promisify(execFile);
const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
const README = 'packages/configurator/README.md';

const text = readFileSync(join(ROOT, README), 'utf8');
const examples = blocksOf({ path: README, text }).filter(({ info }) => /^ts( run)?$/.test(info));

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  // Ours, or one that npm has installed.
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The folder in which a package of this checkout finds a dependency. */
function folderOf(name: string, from: string): string {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const found = places.find((place) => {
    try {
      return manifestOf(join(place, name)).name === name;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`${name} is not installed beside ${from}`);
  return join(found, name);
}

/** A package and everything that it says it needs, and they, each once. */
function closureOf(folder: string, known: Map<string, string> = new Map()): Map<string, string> {
  const { name, dependencies = {} } = manifestOf(folder);
  if (known.has(name)) return known;
  known.set(name, folder);
  for (const each of Object.keys(dependencies)) closureOf(folderOf(each, folder), known);
  return known;
}

async function npm(args: readonly string[], folder: string): Promise<string> {
  const shell = process.platform === 'win32';
  const quiet = ['--ignore-scripts', '--loglevel=error'];
  return (await run('npm', [...args, ...quiet], { cwd: folder, shell, timeout: SLOW })).stdout;
}

let folder = '';
let installed: readonly string[] = [];
/** Why npm cannot install here; undefined where it can. */
let obstacle: string | undefined;

/** Packs the packages and installs them, without any registry. */
async function installPacked(packages: Iterable<string>, place: string): Promise<void> {
  mkdirSync(place, { recursive: true });
  await npm(['pack', ...packages, '--pack-destination', place], place);
  const tarballs = readdirSync(place).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(place, 'package.json'), '{ "name": "shop", "type": "module" }\n');
  const quiet = ['--offline', '--no-audit', '--no-fund'];
  await npm(['install', ...quiet, ...tarballs.map((name) => `./${name}`)], place);
}

/** Why npm cannot install even an empty package here; undefined where it can. */
async function findObstacle(): Promise<string | undefined> {
  const blank = join(folder, 'blank');
  mkdirSync(blank);
  writeFileSync(join(blank, 'package.json'), '{ "name": "blank", "version": "1.0.0" }\n');
  const work = installPacked([blank], join(folder, 'trial'));
  return await work.then(
    () => undefined,
    (error: unknown) => `npm cannot install anything here: ${String(error)}`,
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-packed-'));
  // What a package holds is what the compiler has written; after the types were checked, nothing is
  // left to do. A fault of types is found there.
  await run(process.execPath, [tsc, '-b', 'packages/configurator'], { cwd: ROOT }).catch(() => {});
  const packages = closureOf(join(ROOT, 'packages/configurator'));
  installed = [...packages.keys()].sort();
  try {
    await installPacked(packages.values(), folder);
  } catch (error) {
    obstacle = await findObstacle();
    if (obstacle === undefined) throw error;
    console.warn(`SKIPPED, the packed configurator was not tried: ${obstacle}`);
  }
}, SLOW);
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Compiles an example as a user of the package would, and runs what came out. */
async function runExample({ line, text: code }: Block): Promise<readonly string[]> {
  const place = join(folder, `example-${line}`);
  mkdirSync(place);
  writeFileSync(join(place, 'example.ts'), code);
  const options = {
    ...{ target: 'es2023', module: 'nodenext', strict: true, skipLibCheck: false, types: [] },
    ...{ lib: ['es2023', 'dom'], rootDir: '.' },
  };
  const config = { compilerOptions: options, files: ['example.ts'] };
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify(config));
  await run(process.execPath, [tsc, '-p', place]).catch((error: { readonly stdout: string }) => {
    throw new Error(error.stdout);
  });
  const { stdout, stderr } = await run(process.execPath, [join(place, 'example.js')]);
  expect(stderr).toBe('');
  return stdout.split('\n');
}

describe('in a project of its own', () => {
  test('the configurator needs nothing of Keepsake but the kernel', ({ skip }) => {
    skip(obstacle !== undefined, obstacle);
    const own = installed.filter((name) => name.startsWith('@keepsake/'));
    expect(own).toEqual(['@keepsake/configurator', '@keepsake/kernel']);
    expect(installed.length).toBeLessThan(8);
  });

  test('what is installed is what was packed: no sources, no tests', ({ skip }) => {
    skip(obstacle !== undefined, obstacle);
    const place = join(folder, 'node_modules/@keepsake/configurator');
    const files = readdirSync(place, { recursive: true }).map(String);
    expect(files).toContain(join('dist', 'index.js'));
    expect(files.filter((name) => /^src|\.test\.|(?<!\.d)\.ts$/.test(name))).toEqual([]);
  });

  test('the README has an example for a shop and one for a feature model', () => {
    expect(examples.length).toBeGreaterThan(1);
    for (const { text: code } of examples) {
      expect(code).toContain("from '@keepsake/configurator");
      expect(promisedOutput(code).length).toBeGreaterThan(0);
    }
  });

  test.for(examples.map((block) => [`${README}:${block.line}`, block] as const))(
    '%s compiles, runs, and prints what it says',
    { timeout: SLOW },
    async ([, block], { skip }) => {
      skip(obstacle !== undefined, obstacle);
      expect(missingLines(promisedOutput(block.text), await runExample(block))).toEqual([]);
    },
  );
});
