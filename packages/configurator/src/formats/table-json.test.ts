import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listSolutions } from '../testing/random-problem.ts';
import { readTableJson } from './table-json.ts';

const VARIABLES = '"variables": [{"name":"a","values":["x","y"]},{"name":"b","values":[1,2,3]}]';

function read(text: string) {
  const result = readTableJson(text);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function faults(text: string) {
  const result = readTableJson(text);
  if (result.kind === 'ok') throw new Error('it was read');
  return result.error.map(({ line, message }) => `${String(line)}: ${message}`);
}

describe('tables as JSON', () => {
  it('CFG-55 scopes are names or numbers of variables, in any order of keys', () => {
    const table = '{"tuples":[[0, 2],[1,0]],"name":"t","scope":["a",1]}';
    const model = read(`{"tables":[${table}],"name":"m",${VARIABLES}}`);
    expect(model.variables).toEqual([
      { name: 'a', values: ['x', 'y'] },
      { name: 'b', values: [1, 2, 3] },
    ]);
    expect(listSolutions(model.problem).map((values) => [...values])).toEqual([
      [0, 2],
      [1, 0],
    ]);
    expect(model.rules.at(0)).toEqual({
      id: 'table-1',
      text: 't: what fits together of a, b',
    });
  });

  it('CFG-55 repeated rows are left out, with a note', () => {
    const table = '{"name":"t","scope":[0,1],"tuples":[[0,1],[1,1],[0,1],[0,1]]}';
    const model = read(`{${VARIABLES},"tables":[${table}]}`);
    expect(model.notes).toEqual(['t: 2 repeated rows were left out']);
    expect(model.problem.constraints[0]).toMatchObject({ rows: Int32Array.of(0, 1, 1, 1) });
  });

  it('CFG-55 tells short rows and unknown values by table and row', () => {
    const rows = '[[0,1],\n[0],\n[0,1,2]]';
    expect(
      faults(`{${VARIABLES},"tables":[{"name":"t","scope":["a","b"],"tuples":${rows}}]}`),
    ).toEqual(['2: row 2 has 1 cells, the first 2', '3: row 3 has 3 cells, the first 2']);
    const unknown = '[[0,1],\n[2,1],\n[1,-1]]';
    expect(
      faults(`{${VARIABLES},"tables":[{"name":"t","scope":["a","c"],"tuples":${unknown}}]}`),
    ).toEqual(['3: expected the number of a value, from 0']);
    const far = '[[0,1],\n[2,1]]';
    expect(
      faults(`{${VARIABLES},"tables":[{"name":"t","scope":["a","b"],"tuples":${far}},
        {"scope":[0,0],"tuples":[]},{"scope":["z"],"tuples":[]}, {"scope":[0],"tuples":[[0,1]]}]}`),
    ).toEqual([
      "2: t, row 2: no value 2, 'a' has 2 values",
      '3: a scope has 1 to 1000 different variables',
      "3: no variable 'z'",
      '3: table 4 has rows of 2 cells over 1 variables',
    ]);
  });

  it('tells unknown keys, repeated names and malformed JSON', () => {
    expect(
      faults('{"variables":[{"name":"a","values":[1,1]},{"name":"a","values":[]}],"x":[{}]}'),
    ).toEqual([
      "1: the value '1' is there already",
      "1: 'a' has no value",
      "1: two variables are called 'a'",
      "1: unknown key 'x'",
    ]);
    expect(faults('{"name": "a"')).toEqual(["1: expected ',' or '}'"]);
    expect(faults('{"name":\n"a')).toEqual(['2: a text that does not end']);
    expect(faults('[1, 2]')).toEqual(['1: expected a mapping']);
    expect(faults('{} x')).toEqual(['1: something follows the end']);
    expect(faults('')).toEqual(['1: expected a value']);
    expect(faults(`{"x":${'['.repeat(200_000)}`)).toContain('1: the file is nested too deeply');
    expect(faults('{"name":"\\ud800","variables":[{"name":"\\u0007","values":[1]}]}')).toHaveLength(
      1,
    );
  });

  it('CFG-55 reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(undefined, 1, '\t'), (seed, space) => {
        const dice = seededRandom(seed);
        const variables = Array.from({ length: 1 + dice.below(4) }, (_, v) => ({
          name: `v"${String(v)}\\é`,
          values: Array.from({ length: 1 + dice.below(4) }, (_, x) =>
            x % 2 === 0 ? x / 8 : `${String(x)}\n`.trim(),
          ),
        }));
        const tables = Array.from({ length: dice.below(4) }, () => {
          const scope = variables.map((_, v) => v).filter(() => dice.below(2) === 0);
          const used = scope.length === 0 ? [0] : scope;
          const tuples = Array.from({ length: 1 + dice.below(6) }, () =>
            used.map((v) => dice.below(variables[v]?.values.length ?? 1)),
          );
          return {
            name: 't',
            scope: used.map((v) => (dice.below(2) === 0 ? v : variables[v]?.name)),
            tuples,
          };
        });
        const model = read(JSON.stringify({ name: 'm', variables, tables }, null, space));
        expect(model.variables).toEqual(variables);
        const found = listSolutions(model.problem).map((values) => [...values].join());
        const fits = (values: readonly number[]): boolean =>
          tables.every(({ scope, tuples }) => {
            const numbers = scope.map((s) =>
              typeof s === 'number' ? s : variables.findIndex(({ name }) => name === s),
            );
            return tuples.some((row) => row.every((cell, p) => cell === values[numbers[p] ?? 0]));
          });
        const all = variables.reduce<number[][]>(
          (lists, { values }) => lists.flatMap((list) => values.map((_, x) => [...list, x])),
          [[]],
        );
        expect(found).toEqual(all.filter(fits).map((values) => values.join()));
      }),
      { numRuns: 200 },
    );
  });

  it('takes a hundred thousand values and rows', () => {
    const values = JSON.stringify(Array.from({ length: 100_000 }, (_, x) => x));
    const tuples = JSON.stringify(Array.from({ length: 100_000 }, (_, x) => [x, x % 2]));
    const variables = `[{"name":"a","values":${values}},{"name":"b","values":[0,1]}]`;
    const model = read(`{"variables":${variables},"tables":[{"scope":[0,1],"tuples":${tuples}}]}`);
    expect(model.problem.constraints[0]).toMatchObject({ rows: { length: 200_000 } });
  });
});
