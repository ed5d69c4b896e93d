import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkoutFolder } from '../../platform/paths.ts';
import { readDecisions } from './decisions.ts';
import { describeExplanation, explain } from './explain.ts';
import { InputError } from './input.ts';
import { describeInspection, groupDigits, inspect } from './inspect.ts';
import { convertToUvl, openModel } from './model-file.ts';
import type { Decision } from './names.ts';
import type { Questions } from './questions.ts';
import { describeStep, replay, type Step } from './replay.ts';

const models = join(checkoutFolder, 'examples', 'models');
const bike = join(models, 'cargo-bike.uvl');
const prices = join(models, 'cargo-bike.prices.json');
const families = join(checkoutFolder, 'examples', 'families');
const bicycle = join(families, 'bicycle', 'family.yaml');
const coffee = join(families, 'coffee', 'family.yaml');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-space-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const quiet = (): void => {};

const CUP = JSON.stringify({
  name: 'cup',
  variables: [
    { name: 'glaze', values: ['blue', 'red', 'raw'] },
    { name: 'lid', values: ['no', 'yes'] },
  ],
  tables: [
    {
      name: 'fits',
      scope: ['glaze', 'lid'],
      tuples: [
        [0, 1],
        [2, 1],
      ],
    },
  ],
});

async function open(file: string, seconds: number, pricesFile?: string) {
  const questions = openModel(file, pricesFile);
  return { questions, compiled: await questions.compile(seconds, quiet) };
}

async function inspected(file: string, seconds: number) {
  const { questions, compiled } = await open(file, seconds);
  return inspect(questions, compiled);
}

function find(questions: Questions, variable: string, value: string): Decision {
  const found = questions.names.find({ variable, value });
  if (typeof found === 'string') throw new Error(found);
  return found;
}

/** A clock that shows each moment only once: what is told of times must not matter. */
function replayed(questions: Questions, decisions: readonly Decision[]): readonly Step[] {
  let now = 0;
  return [...replay(questions, decisions, () => now++)];
}

describe('inspect', () => {
  test('a feature model: designs, features that all have, features that none has', async () => {
    const told = await inspected(bike, 60);
    expect(told).toMatchObject({
      ...{ variables: 17, values: 34, designs: '42', engine: 'diagram', dead: [] },
      core: ['CargoBike', 'Box', 'Brakes', 'Battery'],
    });
    expect(Object.keys(told)).toEqual(
      'variables values designs core dead compile engine'.split(' '),
    );
    expect(Object.keys(told.compile ?? {})).toEqual(['ms', 'nodes', 'edges', 'bytes']);
  });

  test('where there is no time to compile, search tells the same but counts nothing', async () => {
    const told = await inspected(bike, 0);
    const { core, dead } = await inspected(bike, 60);
    expect(told).toMatchObject({ designs: null, compile: null, engine: 'search', core, dead });
    expect(describeInspection('a.uvl', told).join('\n')).toContain('answered by search');
  });

  test('features without names are called by their number', async () => {
    const file = put('bare.cnf', 'p cnf 4 3\n1 0\n-1 2 0\n-3 0\n');
    expect(await inspected(file, 60)).toMatchObject({
      core: ['1', '2'],
      dead: ['3'],
      designs: '2',
    });
  });

  test('of tables the values are told: dead ones, and those that are left alone', async () => {
    const file = put('cup.json', CUP);
    expect(await inspected(file, 60)).toMatchObject({
      ...{ variables: 2, values: 5, designs: '2' },
      ...{ core: ['lid=yes'], dead: ['glaze=red', 'lid=no'] },
    });
  });

  test('where nothing is allowed, no design is counted', async () => {
    const told = await inspected(put('void.cnf', 'p cnf 2 2\n1 0\n-1 0\n'), 60);
    expect(told).toMatchObject({ designs: '0', core: [] });
  });

  test('a family of products', async () => {
    const told = await inspected(coffee, 60);
    expect(told).toMatchObject({ core: [], dead: [], engine: 'diagram' });
    expect(told.designs).toMatch(/^[1-9]\d+$/);
    expect(told.compile?.nodes).toBeGreaterThan(told.variables);
    expect(await inspected(coffee, 0)).toMatchObject({ designs: null, core: [], dead: [] });
  });

  test.each([
    ['999', '999'],
    ['1234567', '1,234,567'],
    [`12345${'0'.repeat(40)}`, 'about 1.2345e44'],
  ])('%s reads as %s', (digits, read) => expect(groupDigits(digits)).toBe(read));
});

describe('replay', () => {
  test('takes what can be had, refuses what cannot, and tells what is left', async () => {
    const { questions } = await open(bike, 60, prices);
    const decisions = readDecisions(join(models, 'cargo-bike.decisions.json'), questions.names);
    const steps = replayed(questions, decisions);
    expect(steps.map(({ accepted }) => accepted)).toEqual([true, false, true]);
    expect(steps.map(({ designs }) => designs)).toEqual(['12', '12', '4']);
    expect(steps[2]).toMatchObject({ step: 2, price: { min: 4510, max: 4709.5 }, us: 1000 });
    expect(steps[1]).toMatchObject({ valid: steps[0]?.valid, price: steps[0]?.price });
    expect(steps[2]?.valid).toMatchObject({ HubMotor: ['false'], Lights: ['false', 'true'] });
    expect(Object.keys(steps[2]?.valid ?? {})).not.toContain('MidMotor');
    const [first] = decisions;
    const line = first && steps[0] && describeStep(questions, first, steps[0]);
    expect(line).toContain('0: ClosedBox = true taken');
  });

  test('search and diagram tell the same, but for counts and prices', async () => {
    const names = ['Lights', 'RimBrakes', 'Motor', 'OpenBox', 'RainCover', 'Lights'];
    const told = [0, 60].map(async (seconds) => {
      const { questions } = await open(bike, seconds, prices);
      const decisions = names.map((name, i) => find(questions, name, i < 5 ? 'true' : 'false'));
      return replayed(questions, decisions).map(({ accepted, valid }) => ({ accepted, valid }));
    });
    const [searched, compiled] = await Promise.all(told);
    expect(searched).toEqual(compiled);
    expect(compiled?.map(({ accepted }) => accepted)).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  test('a family has prices in its currency, until others are given', async () => {
    const { questions } = await open(bicycle, 0);
    const [own] = replayed(questions, [find(questions, 'brakes', 'rim')]);
    expect(own?.price?.min).toBeGreaterThan(500);
    expect(own?.valid['lights']).toEqual(['false', 'true']);
    const costs = put('costs.json', '{"brakes": {"rim": 10.5}, "lights": {"false": 2, "true": 1}}');
    const other = await open(bicycle, 0, costs);
    const [step] = replayed(other.questions, [find(other.questions, 'brakes', 'rim')]);
    expect(step?.price).toEqual({ min: 11.5, max: 12.5 });
  });
});

describe('explain', () => {
  test('names rules and own decisions, and what to change at what price', async () => {
    const { questions } = await open(bike, 60, prices);
    const decided = [find(questions, 'Lights', 'true'), find(questions, 'RimBrakes', 'true')];
    const told = explain(questions, decided, find(questions, 'MidMotor', 'true'));
    expect(told).toMatchObject({ possible: false, conflict: { decided: [['RimBrakes', 'true']] } });
    expect(told.conflict?.rules.map(({ text }) => text).join()).toContain('Motor => DiscBrakes');
    expect(told.repairs[0]?.changes).toEqual([
      { variable: 'RimBrakes', from: 'true', to: 'false' },
    ]);
    const lines = describeExplanation(bike, 'MidMotor=true', told);
    expect(lines[0]).toBe('MidMotor=true cannot be had, because of');
    expect(lines.join('\n')).toContain('RimBrakes from true to false');
  });

  test('what can be had needs no reason', async () => {
    const { questions } = await open(bike, 60);
    const told = explain(questions, [], find(questions, 'MidMotor', 'true'));
    expect(told).toEqual({ possible: true, conflict: null, repairs: [] });
  });

  test('a family names its rules', async () => {
    const { questions } = await open(bicycle, 0);
    const decided = [find(questions, 'saddle', 'comfort'), find(questions, 'lights', 'true')];
    const told = explain(questions, decided, find(questions, 'seatpost', 'dropper'));
    expect(told).toMatchObject({
      possible: false,
      conflict: { decided: [['saddle', 'comfort']] },
      repairs: [{ changes: [{ variable: 'saddle', from: 'comfort' }] }],
    });
    expect(told.conflict?.rules).toHaveLength(1);
    expect(told.repairs[0]?.price?.min).toBeTypeOf('number');
  });
});

describe('convert', () => {
  test('a model in UVL has the same designs', async () => {
    const file = put('tables.json', CUP);
    const { designs } = await inspected(file, 60);
    const told = await inspected(put('tables.uvl', convertToUvl(file)), 60);
    expect(told.designs).toBe(designs);
  });

  test('a family is not converted', () => {
    expect(() => convertToUvl(bicycle)).toThrow('is not converted');
  });
});

describe('faults', () => {
  test.each([
    ['bad.cnf', 'p cnf 2 1\n1 7 0\n', ':2:3 there is no variable 7'],
    ['bad.uvl', 'features\n  A\nconstraints\n  A => B\n', ':4:'],
    ['bad.json', '{"name": "x",\n "variables": [}', ':2:'],
    ['bad.xml', '<featureModel>\n<struct>', ':2:'],
    ['bad.yaml', 'keepsake: 1\nfamily: [', ':2:'],
    ['bad.txt', 'hello', ':1:1 this is none of the formats'],
  ])('%s is told with file and line', (name, text, said) => {
    const file = put(name, text);
    expect(() => openModel(file)).toThrow(InputError);
    expect(() => openModel(file)).toThrow(`${file}${said}`);
  });
});

const data = join(
  process.env['KEEPSAKE_DATA'] ?? resolve(checkoutFolder, '..', 'shared', 'data'),
  'configurator',
);
const truthFile = join(data, 'truth.json');

describe.skipIf(!existsSync(truthFile))('published models (skipped: no benchmark data)', () => {
  const truth = existsSync(truthFile)
    ? (JSON.parse(readFileSync(truthFile, 'utf8')) as Readonly<
        Record<string, { readonly count: string; readonly core?: number; readonly dead?: number }>
      >)
    : {};
  test.each(['berkeleydb.dimacs', 'busybox-1.18.0.dimacs', 'e_shop.dimacs', 'renault_small.json'])(
    '%s',
    async (name) => {
      const told = await inspected(join(data, name), 60);
      expect(told.designs).toBe(truth[name]?.count);
      if (truth[name]?.core === undefined) return;
      expect([told.core.length, told.dead.length]).toEqual([truth[name].core, truth[name].dead]);
    },
  );
});
