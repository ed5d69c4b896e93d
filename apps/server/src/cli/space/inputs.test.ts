import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDecisions, parseDecisions, readDecisions } from './decisions.ts';
import { InputError, readJson, readText, writeText } from './input.ts';
import { nameAll } from './names.ts';
import { readPrices } from './prices.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-space-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = nameAll([
  { name: 'Frame', values: ['steel', 'alloy', null] },
  { name: 'Lights', values: [false, true] },
]);

function put(name: string, text: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message.replaceAll(folder, '');
    throw error;
  }
  return 'no fault';
}

describe('decisions on the command line', () => {
  test.each([
    ['Frame=steel', [['Frame', 'steel']]],
    [
      ' Frame = steel , Lights=true ',
      [
        ['Frame', 'steel'],
        ['Lights', 'true'],
      ],
    ],
    ['"a, b"="x=y"', [['a, b', 'x=y']]],
    ['a\\, b=x\\=y', [['a, b', 'x=y']]],
    ['"say \\"hi\\""=\\\\', [['say "hi"', '\\']]],
    ['note=', [['note', '']]],
    ['', []],
  ])('%s', (text, expected) => {
    expect(parseDecisions(text).map(({ variable, value }) => [variable, value])).toEqual(expected);
  });

  test.each([
    ['Frame', "decision 1 of 'Frame' is not of the form variable=value"],
    ['Frame=steel,,', 'decision 2'],
    ['a=b=c', 'decision 1'],
    ['"a=b', 'a quote at 1 does not end'],
    ['=b', 'decision 1'],
  ])('%s is refused', (text, said) => {
    expect(faultOf(() => parseDecisions(text))).toContain(said);
  });

  test.each([
    ['frame=steel', "--decided: there is no variable 'frame'; did you mean 'Frame'?"],
    ['Frame=steal', "--decided: 'Frame' has no value 'steal'; it can be steel, alloy, absent"],
    ['Frame=steel,Frame=alloy', "--decided: 'Frame' is decided twice"],
  ])('%s is told with what there is', (text, said) => {
    expect(faultOf(() => findDecisions('--decided', text, names))).toBe(said);
  });
});

describe('files', () => {
  test('decisions are pairs; values may be written as JSON has them', () => {
    const file = put('good.json', '[["Frame", "steel"], ["Lights", true], ["Frame", null]]');
    expect(readDecisions(file, names)).toEqual([
      { variable: 0, value: 0 },
      { variable: 1, value: 1 },
      { variable: 0, value: 2 },
    ]);
  });

  test.each([
    ['[["Frame", "steel"],\n  ["Wheels", "4"]]', ':2:3 decision 1: there is no variable'],
    ['[["Frame", "steel"],\n  ["Frame"]]', ':2:3 decision 1 is not of the form'],
    ['{"Frame": "steel"}', ':1:1 is not a list'],
    ['[["Frame",\n "steel"', ':2:9 is not JSON'],
    ['[["Frame"\n "steel"]]', ':2:2 is not JSON'],
    ['', ':1:1 is not JSON'],
  ])('wrong decisions are told with their line: %s', (text, said) => {
    const file = put('bad.json', text);
    expect(faultOf(() => readDecisions(file, names))).toContain(`/bad.json${said}`);
  });

  test('prices are whole sums of the smallest unit in use', () => {
    const file = put(
      'prices.json',
      '{"Frame": {"steel": 10.25, "alloy": 30}, "Lights": {"true": 4.5}}',
    );
    const prices = readPrices(file, names, Int32Array.of(0, 3, 5));
    expect([...prices.amounts]).toEqual([1025, 3000, 0, 0, 450]);
    expect(prices.perUnit).toBe(100);
  });

  test.each([
    ['{"Frame": {\n"stel": 1}}', ":2:9 'Frame' has no value 'stel'"],
    ['{"Frame": {"steel": "1"}}', ":1:21 'steel' of 'Frame' has no amount"],
    ['{"Frame": {"steel": 0.1234567}}', ":1:21 'steel' of 'Frame' has no amount"],
    ['{"Frame": 1}', ":1:11 'Frame' has no amounts by value"],
    ['[]', ':1:1 is not of the form'],
  ])('wrong prices are told with their line: %s', (text, said) => {
    const file = put('dear.json', text);
    expect(faultOf(() => readPrices(file, names, Int32Array.of(0, 3, 5)))).toContain(said);
  });

  test('what cannot be read says why', () => {
    expect(faultOf(() => readText(join(folder, 'none')))).toBe(
      '/none: cannot be read: there is no such file or folder',
    );
    expect(faultOf(() => readText(folder))).toContain('it is a folder');
    expect(faultOf(() => readJson(put('latin.json', Uint8Array.of(0x22, 0xe9, 0x22))))).toBe(
      '/latin.json: is not UTF-8 text; save it as UTF-8',
    );
  });

  test('a file is written whole, through a link too, or left as it was', () => {
    const file = put('out.json', 'before');
    const link = join(folder, 'link.json');
    symlinkSync(file, link);
    writeText(link, 'after');
    expect(readFileSync(file, 'utf8')).toBe('after');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(faultOf(() => writeText(folder, 'x'))).toContain('it is a folder');
    expect(faultOf(() => writeText(join(folder, 'none', 'x'), 'x'))).toContain('cannot be written');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a compiled space says what it is, and what is wanted in its place', () => {
    const space = Buffer.from('KSPACE\0\u0001\u0002\0\0\0', 'latin1');
    expect(faultOf(() => readText(put('city.space', space)))).toBe(
      '/city.space: is a compiled space of format 2, which has no names: give the model that it was made from',
    );
    expect(faultOf(() => readText(put('half.space', space.subarray(0, 9))))).toContain(
      'a compiled space, cut short, which has no names',
    );
  });
});
