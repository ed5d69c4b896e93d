import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePair, defaultModel, finish, resolveRecords } from '@keepsake/memory/linkage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkoutFolder } from '../../platform/paths.ts';
import { InputError } from '../space/input.ts';
import { readPeople } from './csv-file.ts';
import { describePair, describeResolution, resolutionOf } from './report.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-identity-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(text: string | Uint8Array): string {
  const file = join(folder, 'people.csv');
  writeFileSync(file, text);
  return file;
}

function faultOf(text: string | Uint8Array, id?: string): string {
  try {
    readPeople(put(text), id);
  } catch (error) {
    if (error instanceof InputError) return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
  return 'no fault';
}

const ANNA = { id: '1', fields: { given: 'Anna', born: '1980-01-02' } };
const BO = { id: '2', fields: { given: 'Bo; Jr', born: '' } };

describe('tables', () => {
  test.each([
    ['commas', 'id,given,born\n1,Anna,1980-01-02\n2,Bo; Jr,\n'],
    ['semicolons', 'id;given;born\n1;Anna;1980-01-02\n2;"Bo; Jr";\n'],
    ['tabs', 'id\tgiven\tborn\n1\tAnna\t1980-01-02\n2\tBo; Jr\t\n'],
    ['bars', 'id|given|born\n1|Anna|1980-01-02\n2|Bo; Jr|\n'],
    ['blanks around values', 'id, given, born\n1, Anna, 1980-01-02\n2, Bo; Jr, \n'],
    ['a byte order mark', '\uFEFFid,given,born\n1,Anna,1980-01-02\n2,Bo; Jr,\n'],
    ['carriage returns', 'id,given,born\r\n1,Anna,1980-01-02\r\n2,Bo; Jr,\r\n'],
    ['quotes', '"id","given","born"\n"1","Anna","1980-01-02"\n"2","Bo; Jr",""\n'],
    ['empty lines', '\nid,given,born\n\n1,Anna,1980-01-02\n,,\n2,Bo; Jr,\n\n'],
  ])('with %s', (_, text) => {
    expect(readPeople(put(text))).toEqual({
      ...{ records: [ANNA, BO], columns: ['given', 'born'], idColumn: 'id', warnings: [] },
    });
  });

  test.each(['fffe', 'feff'])('in UTF-16 with the mark %s', (mark) => {
    const bytes = Buffer.from('\uFEFFid,given,born\n1,Anna,1980-01-02\n2,Bo; Jr,\n', 'utf16le');
    expect(readPeople(put(mark === 'fffe' ? bytes : bytes.swap16())).records).toEqual([ANNA, BO]);
  });

  test('the ids may stand in another column; the first is one like any other then', () => {
    const { records, columns } = readPeople(put('name,key\nAnna,7\nBo,8\n'), 'key');
    expect(columns).toEqual(['name']);
    expect(records).toEqual([
      { id: '7', fields: { name: 'Anna' } },
      { id: '8', fields: { name: 'Bo' } },
    ]);
  });

  test('columns without a name and of one name are kept apart', () => {
    const { columns } = readPeople(put('id,,a,a\n1,2,3,4\n'));
    expect(columns).toEqual(['column 2', 'a', 'a (2)']);
  });

  test('short lines are warned of, and long values are no trouble', () => {
    const { records, warnings } = readPeople(put(`id,a,b\n1,${'x'.repeat(1e6)},y\n2,z\n`));
    expect(records[1]).toEqual({ id: '2', fields: { a: 'z', b: '' } });
    expect(warnings[0]).toContain('people.csv:3 has 2 of 3 values');
  });

  test('a header without records is no fault', () => {
    expect(readPeople(put('id,a\n')).records).toEqual([]);
  });

  test.each([
    ['', 'people.csv: is empty'],
    ['id\n1\n', 'people.csv:1 has one column only'],
    ['id:a\n1:2\n', 'people.csv:1 has one column only'],
    ['id,a\n1,2,3\n', 'people.csv:2 has 3 values where the header names 2 columns'],
    ['id,a\n1,2\n\n1,3\n', "people.csv:4 has the id '1' of line 2"],
    ['id,a\n,2\n', "people.csv:2 has no id in column 'id'"],
    ['id,a\n1,"2\n3,4\n', 'a quoted value does not end'],
    ['id,a\n1,\0\n', 'is not a table of text'],
    [
      '1,Anna,1980-01-02\n2,Bo,1981-01-02\n',
      "people.csv:1 must name the columns, but '1980-01-02'",
    ],
    ['Anna,anna@lee.example\n', "people.csv:1 must name the columns, but 'anna@lee.example'"],
  ])('%j is refused with the line', (text, said) => {
    expect(faultOf(text)).toContain(said);
  });

  test('what is no table is told as such', () => {
    expect(faultOf(Uint8Array.of(0x69, 0xe9, 0x0a))).toBe(
      'people.csv: is not UTF-8 text; save it as UTF-8',
    );
    expect(faultOf('id,a\n1,2\n', 'key')).toBe("--id: there is no column 'key'; there are id, a");
    expect(() => readPeople(join(folder, 'none.csv'))).toThrow('there is no such file');
  });
});

describe('answers', () => {
  const { records } = readPeople(join(checkoutFolder, 'examples', 'people', 'people.csv'));
  const resolved = finish(resolveRecords(records));
  const answer = resolutionOf(resolved, 7);

  test('every record is in one cluster, and pairs for review have their probability', () => {
    expect(answer.clusters.flat().sort()).toEqual(records.map(({ id }) => id).sort());
    expect(answer.review.length).toBeGreaterThan(0);
    for (const { probability } of answer.review) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
    }
    expect(answer.spent).toEqual({ pairs: resolved.pairs, ms: 7 });
  });

  test('people read how many persons there are', () => {
    const lines = describeResolution('people.csv', answer, resolved.model.schema);
    expect(lines[0]).toBe(
      `people.csv: ${records.length} records of ${answer.clusters.length} persons`,
    );
    expect(lines.join('\n')).toContain('birth_date (date of birth)');
    const none = { clusters: [], review: [], spent: { pairs: 0, ms: 0 } };
    expect(describeResolution('a.csv', none, { columns: [] }).join('\n')).toContain(
      'no column tells records apart',
    );
  });

  test('a waterfall adds up, and shows what was compared', () => {
    const a = { id: 'a', fields: { givenName: 'Ann', surname: 'Lee', email: 'ann@lee.example' } };
    const b = { id: 'b', fields: { ...a.fields, givenName: 'Anna' } };
    const lines = describePair([a, b], comparePair(defaultModel(), a, b), true);
    expect(lines.join('\n')).toMatch(/givenName: (slip|short) +\+\d+\.\d {2}'Ann' 'Anna'/);
    const numbers = lines.slice(1).flatMap((line) => /([+-]\d+\.\d)(?: |$)/.exec(line)?.[1] ?? []);
    const total = Number(numbers.pop());
    const sum = numbers.reduce((all, each) => all + Number(each), 0);
    expect(Math.abs(sum - total)).toBeLessThan(0.05 * numbers.length);
  });
});
