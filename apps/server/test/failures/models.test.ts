import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkoutFolder } from '../../src/platform/paths.ts';
import { type FailuresWorld, FRAME, openFailuresWorld, problemOf } from './failures-world.ts';

let world: FailuresWorld;
let folder: string;
beforeAll(async () => {
  world = await openFailuresWorld();
  folder = mkdtempSync(join(tmpdir(), 'keepsake-models-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.server.close();
});

const FAMILY = 'families/frame';

interface Bad {
  readonly yaml: string;
  readonly issue: Readonly<Record<string, unknown>>;
}

const lineOf = (text: string, part: string): number =>
  text.slice(0, text.indexOf(part)).split('\n').length;

function spoilt(part: string, by: string, issue: Bad['issue']): Bad {
  if (!FRAME.includes(part)) throw new Error(`there is no ${part}`);
  return { yaml: FRAME.replace(part, () => by), issue: { line: lineOf(FRAME, part), ...issue } };
}

const manyValues = Array.from({ length: 201 }, (_, i) => `{ id: v${i}, name: V }`).join(', ');
const bomb = Array.from({ length: 9 }, (_, i) => {
  const below = i === 0 ? '[x, x, x, x, x, x, x, x, x]' : `[${`*a${i - 1}, `.repeat(9)}]`;
  return `a${i}: &a${i} ${below}`;
}).join('\n');

const BAD: Readonly<Record<string, Bad>> = {
  'half a bracket': spoilt('groups: [{ id: main', 'groups: [{ id: main, [', {
    code: 'yaml/malformed',
  }),
  'an unknown key': spoilt('basePrice: 100.00', 'basePrice: 100.00\nbasePrise: 1', {
    ...{ code: 'key/unknown', path: 'basePrise' },
    line: lineOf(FRAME, 'basePrice') + 1,
  }),
  'a key too few': spoilt('currency: EUR\n', '', { code: 'key/missing', line: 2 }),
  'an unknown attribute': spoilt('when: width > 50', 'when: wide > 50', { code: 'id/unknown' }),
  'an unknown value': spoilt('default: red', 'default: green', { code: 'id/unknown' }),
  'a wrong type': spoilt('min: 10', 'min: ten', { code: 'value/type' }),
  'a number out of bounds': spoilt('basePrice: 100.00', 'basePrice: 1e308', {
    code: 'value/bounds',
  }),
  'a rule that does not parse': spoilt('width > 50', 'width >> 50', { code: 'expression/syntax' }),
  'a rule that mixes types': spoilt('width > 50', 'colour > 50', { code: 'expression/type' }),
  'too many values': spoilt('{ id: red, name: Red }', manyValues, { code: 'limit/exceeded' }),
  'too many steps': spoilt('max: 60', 'max: 100000', { code: 'limit/exceeded' }),
  'an id twice': spoilt('id: greeting', 'id: engraving', { code: 'id/duplicate' }),
  'a bomb of aliases': { yaml: `${FRAME}\n${bomb}`, issue: { path: expect.any(String) } },
  'a NUL': spoilt('name: Red', 'name: R\0d', { code: 'yaml/malformed' }),
  'half a character': spoilt('name: Red', 'name: "\\ud800"', { code: 'value/form' }),
  nothing: { yaml: '', issue: { line: 1, column: 1 } },
  'brackets alone': { yaml: '['.repeat(200_000), issue: { code: 'yaml/too-deep' } },
};

async function publish(body: Readonly<Record<string, unknown>>) {
  return await world.ask(FAMILY, { method: 'PUT', cookie: world.owner, body });
}

describe('a family that is not good is not published, and the old one is served', () => {
  test.each(Object.entries(BAD))('%s', async (_, { yaml, issue }) => {
    const before = await world.expect(200, FAMILY);
    const answer = await publish({ yaml });
    expect(problemOf(answer)).toBe('family/invalid');
    expect(answer.body.issues).toContainEqual(expect.objectContaining(issue));
    for (const each of answer.body.issues) {
      expect(each).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      expect(each.message.length).toBeGreaterThan(5);
    }
    expect(await world.expect(200, FAMILY)).toEqual(before);
  });

  test('one of more than a mebibyte is too large, on the wire already', async () => {
    const answer = await publish({ yaml: `${FRAME}\n#${'x'.repeat(1_048_576)}` });
    expect([problemOf(answer), answer.body.issues?.[0].path]).toEqual(['request/invalid', 'yaml']);
  });

  test('rules that contradict each other are named, no more of them than it takes', async () => {
    const before = await world.expect(200, FAMILY);
    const rules = [
      '- { id: broad, text: Always broad, require: width >= 40 }',
      '- { id: slim, text: Never broad, require: width < 40 }',
      '- { id: clear, text: Always glass, require: glass = true }',
    ];
    const yaml = FRAME.replace('rules:\n', () => `rules:\n  ${rules.join('\n  ')}\n`);
    const answer = await publish({ yaml });
    expect(problemOf(answer)).toBe('family/contradictory');
    expect(answer.body.title).toBe('No design is possible under these rules');
    expect(answer.body.rules).toEqual([
      { id: 'broad', text: { en: 'Always broad' } },
      { id: 'slim', text: { en: 'Never broad' } },
    ]);
    expect(await world.expect(200, FAMILY)).toEqual(before);
  });

  test('layers that are no pictures are refused by name', async () => {
    for (const [file, svg] of [
      ['../up.svg', '<svg/>'],
      ['constructor', '<svg/>'],
      ['arm.svg', '<svg>\0</svg>'],
      ['arm.svg', '<svg>\ud800</svg>'],
    ] as const) {
      const answer = await publish({ yaml: FRAME, layers: { [file]: svg } });
      expect([problemOf(answer), answer.body.issues[0].path]).toEqual([
        'family/invalid',
        `layers.${file}`,
      ]);
    }
  });

  test('a good one takes its place at once', async () => {
    const yaml = FRAME.replace('basePrice: 100.00', 'basePrice: 101.00');
    const published = await publish({ yaml });
    expect(published.status).toBe(200);
    const now = await world.expect(200, FAMILY);
    expect([now.modelHash, now.model.basePriceMinor]).toEqual([published.body.modelHash, 10_100]);
  });
});

describe('keepsake model check', () => {
  const run = promisify(execFile);
  const keepsake = join(checkoutFolder, 'apps', 'server', 'bin', 'keepsake.mjs');

  async function check(...files: readonly string[]) {
    try {
      const { stdout, stderr } = await run(process.execPath, [
        keepsake,
        'model',
        'check',
        ...files,
      ]);
      return { code: 0, stdout, stderr };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  }

  test('says of each file what is wrong and where, and ends with 1', async () => {
    const names = Object.keys(BAD).map((_, index) => join(folder, `${index}.yaml`));
    Object.values(BAD).forEach(({ yaml }, index) => {
      writeFileSync(names[index] ?? '', yaml);
    });
    const contradiction = join(folder, 'contradiction.yaml');
    const rules =
      '- { id: a, text: A, require: width < 20 }\n  - { id: b, text: B, require: width > 30 }';
    writeFileSync(
      contradiction,
      FRAME.replace('rules:\n', () => `rules:\n  ${rules}\n`),
    );
    const good = join(folder, 'good.yaml');
    writeFileSync(good, FRAME);
    const missing = join(folder, 'missing.yaml');
    const latin = join(folder, 'latin.yaml');
    writeFileSync(latin, Buffer.from([0x61, 0xff]));
    const files = [...names, contradiction, missing, folder, latin, good];
    const { code, stdout, stderr } = await check(...files);
    const lines = stdout.split('\n');
    for (const name of names) {
      expect(lines.some((line) => line.startsWith(`${name}:`) && /:\d+:\d+ \S/.test(line))).toBe(
        true,
      );
    }
    expect(stdout).toContain(
      `${contradiction}: contradiction: no design obeys these together: a (A); b (B)`,
    );
    expect(stdout).toContain(`${folder}: cannot be read: EISDIR`);
    expect(stdout).toContain(`${latin}: is not UTF-8 text`);
    expect(stdout).toMatch(/missing\.yaml: cannot be read: ENOENT/);
    expect(stdout).toContain(`${good}: nothing wrong`);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });

  test('of what is good ends with 0', async () => {
    const good = join(folder, 'good.yaml');
    writeFileSync(good, FRAME);
    expect(await check(good)).toMatchObject({ code: 0, stdout: `${good}: nothing wrong\n` });
  });
});
