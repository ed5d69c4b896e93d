import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkModel, compileSpace } from '@keepsake/configurator';
import { parseFamily } from '@keepsake/configurator/yaml';
import { PROBLEMS } from '@keepsake/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listFiles, ROOT, readSources } from './architecture/sources.ts';
import {
  type Block,
  blocksOf,
  codesIn,
  commandsIn,
  commandsOfHelp,
  missingLines,
  promisedOutput,
  promptOf,
  sectionOf,
} from './docs/blocks.ts';

const SLOW = 180_000;
const run = promisify(execFile);
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const documents = readSources(/\.md$/);
const blocks = documents.flatMap(blocksOf);
const isCode = (block: Block): boolean => /^ts( |$)/.test(block.info);
const nouns = new Set(Object.keys(PROBLEMS).map((code) => code.split('/')[0] ?? ''));

/** What has to run: the first example of each package, and what documents mark as such. */
const runnable = blocks.filter(
  (block) => block.info === 'ts run' || (isCode(block) && isFirstOfPackage(block)),
);
/** What has to compile: that, and every example of the guides. */
const compiled = blocks.filter(
  (block) => runnable.includes(block) || (isCode(block) && block.path.startsWith('docs/guides/')),
);

function isFirstOfPackage(block: Block): boolean {
  const isReadme = /^packages\/[a-z]+\/README\.md$/.test(block.path);
  return isReadme && blocks.find((each) => each.path === block.path && isCode(each)) === block;
}

const nameOf = ({ path, line }: Block): string =>
  `${path.replaceAll('/', '-').replace('.md', '')}-${line}.ts`;

/** A folder inside the checkout, so that snippets find the packages as users of them would. */
let folder = '';
beforeAll(() => {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.cache', 'snippets-'));
  for (const block of compiled) writeFileSync(join(folder, nameOf(block)), block.text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the checker finds what it looks for', () => {
  const text =
    'a\n```ts run\nf(); // => 1\n```\n`order/nonsense` `value/bounds` npx keepsake dance';

  test('blocks, promises, codes and commands', () => {
    const [block] = blocksOf({ path: 'a.md', text });
    expect(block).toMatchObject({ line: 2, info: 'ts run', text: 'f(); // => 1\n' });
    expect(promisedOutput(block?.text ?? '')).toEqual(['1']);
    expect(missingLines(['1', '2'], ['2', '1', '3'])).toEqual(['2']);
    expect(codesIn(text, nouns)).toEqual(['order/nonsense']);
    expect(commandsIn(text)).toEqual(['dance']);
    expect(commandsOfHelp('Usage\n\nCommands:\n  start  go\n  help   x\n\nEnd')).toEqual(['start']);
    expect(sectionOf('# a\n## `b`\nin b\n## c\nin c', '## `b`')).toContain('in b');
    expect(sectionOf('# a\n## `b`\nin b\n## c\nin c', '## `b`')).not.toContain('in c');
  });

  test('every package brings an example, and guides bring some that run', () => {
    const packages = listFiles().flatMap((path) => /^packages\/([a-z]+)\//.exec(path)?.[1] ?? []);
    const shown = runnable.flatMap(({ path }) => /^packages\/([a-z]+)\//.exec(path)?.[1] ?? []);
    expect([...new Set(shown)].sort()).toEqual([...new Set(packages)].sort());
    expect(runnable.length).toBeGreaterThan(shown.length);
    expect(compiled.length).toBeGreaterThan(runnable.length);
  });
});

describe('snippets', () => {
  test(
    'what documents show in TypeScript compiles',
    async () => {
      const options = {
        ...{ noEmit: true, composite: false, declaration: false, types: ['node'] },
        lib: ['es2023', 'dom', 'dom.iterable'],
      };
      const config = { extends: '../../tsconfig.base.json', compilerOptions: options };
      const file = join(folder, 'tsconfig.json');
      writeFileSync(file, JSON.stringify({ ...config, include: ['*.ts'] }));
      writeFileSync(join(folder, 'planted.ts'), "export const count: number = 'one';\n");
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      const answer = await run(process.execPath, [tsc, '-p', file], { cwd: ROOT }).catch(
        (error: { readonly stdout: string }) => error,
      );
      // Faults of the sources that snippets import are found where those are checked.
      const inSnippets = answer.stdout.split('\n').filter((line) => line.includes('snippets-'));
      expect(inSnippets).toEqual([expect.stringContaining('planted.ts(1,14)')]);
    },
    SLOW,
  );

  test.each(runnable.map((block) => [`${block.path}:${block.line}`, block] as const))(
    '%s runs, and prints what it says',
    async (_, block) => {
      const flags = ['--import', 'tsx', '-C', '@keepsake/source', join(folder, nameOf(block))];
      const { stdout, stderr } = await run(process.execPath, flags, { cwd: ROOT });
      expect(stderr).toBe('');
      expect(missingLines(promisedOutput(block.text), stdout.split('\n'))).toEqual([]);
    },
    SLOW,
  );

  test('every family that documents show is whole, and nothing is wrong with it', () => {
    const families = blocks.filter(
      (each) => each.info === 'yaml' && /^keepsake: 1/.test(each.text),
    );
    expect(families.length).toBeGreaterThan(1);
    for (const { text } of families) {
      const parsed = parseFamily(text);
      expect(parsed).toMatchObject({ kind: 'ok' });
      if (parsed.kind === 'refused') continue;
      const findings = checkModel(compileSpace(parsed.value));
      expect(findings).toEqual({
        ...{ contradictions: [], dead: [], forced: [], idle: [] },
        isComplete: true,
      });
    }
  });
});

describe('the command line', () => {
  const reference = read('docs/reference/cli.md');
  const headings = [...reference.matchAll(/^## `keepsake ([a-z ]+)`$/gm)].map(
    ([, name = '']) => name,
  );
  const help = async (...command: readonly string[]): Promise<string> => {
    const launcher = join(ROOT, 'apps/server/bin/keepsake.mjs');
    return (await run(process.execPath, [launcher, ...command, '--help'])).stdout;
  };

  test(
    'the reference has a section for each command, and for no other',
    async () => {
      const commands = commandsOfHelp(await help());
      const groups = ['import', 'model', 'space', 'memory', 'identity', 'value'];
      const pages = await Promise.all(groups.map(async (name) => await help(name)));
      const below = pages.flatMap((page, i) =>
        commandsOfHelp(page).map((name) => `${groups[i]} ${name}`),
      );
      const all = [...commands.filter((name) => !groups.includes(name)), ...below];
      expect(all.length).toBeGreaterThan(5);
      expect([...headings].sort()).toEqual(all.sort());
      const named = documents.flatMap(({ text }) => commandsIn(text));
      expect(named.length).toBeGreaterThan(20);
      expect(named.filter((name) => !commands.includes(name))).toEqual([]);
    },
    SLOW,
  );

  test(
    'the options that the reference names are those of the command',
    async () => {
      const named = headings.flatMap((name) => {
        const section = sectionOf(reference, `## \`keepsake ${name}\``);
        const options = [...section.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option);
        return options.length === 0 ? [] : [{ name, options: [...new Set(options)].sort() }];
      });
      expect(named.length).toBeGreaterThan(2);
      const pages = await Promise.all(named.map(({ name }) => help(...name.split(' '))));
      const there = pages.map((page) =>
        [...page.matchAll(/^ {2}(?:-[a-zA-Z], )?(--[a-z-]+)/gm)].map((match) => match[1] ?? ''),
      );
      expect(there.map((options) => options.filter((each) => each !== '--help').sort())).toEqual(
        named.map(({ options }) => options),
      );
    },
    SLOW,
  );
});

describe('what the reference shows of spaces, replays and value', () => {
  const shown = blocksOf({ path: 'cli.md', text: read('docs/reference/cli.md') })
    .map(({ text, line }) => ({ line, ...promptOf(text) }))
    .filter(({ command }) =>
      /^npx keepsake (space|identity|value|memory replay examples)/.test(command),
    );

  /** What depends on the machine and on how well the engine compiles. */
  const settled = (text: string): string =>
    text
      .replace(/\d+ (ms|µs|nodes|edges|bytes)/g, 'N $1')
      .replace(/"(ms|us|nodes|edges|bytes)":\d+/g, '"$1":0')
      .trimEnd();

  test('there is something of each command', () => {
    expect(new Set(shown.map(({ command }) => command.split(' ')[3])).size).toBeGreaterThan(2);
  });

  test.for(shown.map((each) => [each.command, each] as const))(
    '%s',
    { timeout: SLOW },
    async ([command, { output }]) => {
      const launcher = join(ROOT, 'apps/server/bin/keepsake.mjs');
      const args = [launcher, ...command.split(' ').slice(2)];
      const answer = await run(process.execPath, args, { cwd: ROOT }).catch(
        (error: { readonly stdout: string; readonly stderr: string }) => error,
      );
      expect(settled(`${answer.stdout}${answer.stderr}`)).toBe(settled(output));
    },
  );
});

describe('configuration', () => {
  const source = read('apps/server/src/platform/config.ts');
  const schema = /const Environment = z\.object\(\{\n([\s\S]*?)\n\}\);/.exec(source)?.[1] ?? '';
  const keys = schema.split(/^ {2}(?=[A-Z])/m).flatMap((part) => {
    const name = /^([A-Z][A-Z_]*):/.exec(part)?.[1];
    const value = /\.default\('?(.*?)'?\),?\s*$/.exec(part)?.[1];
    return name === undefined ? [] : [{ name, value }];
  });
  const rows = [
    ...read('docs/reference/configuration.md').matchAll(/^\| `([A-Z][A-Z_]+)` \|([^|]*)\|/gm),
  ].map(([, name = '', value = '']) => ({ name, value: value.trim() }));

  test('the reference has the keys that are read, and no other', () => {
    expect(keys.length).toBeGreaterThan(10);
    expect(rows.map(({ name }) => name).sort()).toEqual(keys.map(({ name }) => name).sort());
  });

  test('with their defaults', () => {
    const stated = keys.filter(({ value }) => value !== undefined);
    expect(stated.length).toBeGreaterThan(5);
    for (const { name, value } of stated) {
      expect(rows).toContainEqual({ name, value: `\`${value}\`` });
    }
  });

  test('documents set nothing that is not read', () => {
    const named = documents.flatMap(({ text }) => text.match(/\bKEEPSAKE_[A-Z_]+\b/g) ?? []);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !keys.some((key) => key.name === name))).toEqual([]);
  });
});

describe('names', () => {
  test('problem codes that documents mention exist', () => {
    const named = documents.flatMap(({ text }) => codesIn(text, nouns));
    expect(named.length).toBeGreaterThan(Object.keys(PROBLEMS).length);
    expect(named.filter((code) => !Object.hasOwn(PROBLEMS, code))).toEqual([]);
  });

  test('the faults of a family file are those that its reader knows', () => {
    const known = [...read('packages/configurator/src/issue.ts').matchAll(/'([a-z]+\/[a-z-]+)'/g)];
    const section = sectionOf(read('docs/reference/model-format.md'), '## Faults');
    const told = [...section.matchAll(/`([a-z]+\/[a-z-]+)`/g)];
    const codes = (found: typeof known): readonly string[] =>
      found.map(([, code = '']) => code).sort();
    expect(codes(told)).toEqual(codes(known));
    expect(known.length).toBeGreaterThan(5);
  });

  test('the index names every document', () => {
    const index = read('docs/README.md');
    const paths = documents.flatMap(({ path }) => /^docs\/(.+\/.+\.md)$/.exec(path)?.[1] ?? []);
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !index.includes(`](${path})`))).toEqual([]);
  });
});
