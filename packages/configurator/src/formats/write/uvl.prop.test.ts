import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../expression.ts';
import type { Model } from '../../model/model.ts';
import type { Problem } from '../../problem/problem.ts';
import { backtrackSolutions } from '../../testing/backtrack.ts';
import { listSolutions, randomProblem } from '../../testing/random-problem.ts';
import { readUvl } from '../uvl/uvl.ts';
import { chooseNames } from './names.ts';
import { writeUvl } from './uvl.ts';

/** Two values are false and true, others numbers, texts and nothing. */
function valuesOf(size: number, v: number): readonly Value[] {
  if (size === 2 && v % 2 === 0) return [false, true];
  return Array.from({ length: size }, (_, x) => (x === 0 && v % 3 === 0 ? null : x / 4));
}

function modelOf(problem: Problem, name = 'drawn'): Model {
  const variables = Array.from(problem.sizes, (size, v) => ({
    name: v % 2 === 0 ? `v${String(v)}` : `the "${String(v)}". one`,
    values: valuesOf(size, v),
  }));
  return {
    name,
    variables,
    declared: variables.length,
    problem,
    rules: problem.constraints.map((_, c) => ({ id: String(c), text: `rule ${String(c)}` })),
    ruleOf: Int32Array.from(problem.constraints.keys()),
    outside: [],
  };
}

function readBack(model: Model): { readonly text: string; readonly again: Model } {
  const written = writeUvl(model);
  if (written.kind === 'refused') throw new Error(written.error.join());
  const read = readUvl(written.value);
  if (read.kind === 'refused') throw new Error(`${written.value}\n${JSON.stringify(read.error)}`);
  return { text: written.value, again: read.value };
}

describe('a model that is written as UVL', () => {
  it('CFG-58 has the same designs when it is read again', () => {
    const size = fc.record({
      seed: fc.nat(),
      variables: fc.integer({ min: 1, max: 4 }),
      values: fc.integer({ min: 1, max: 3 }),
      tables: fc.integer({ min: 0, max: 2 }),
      boxes: fc.integer({ min: 0, max: 2 }),
      clauses: fc.integer({ min: 0, max: 2 }),
      counts: fc.integer({ min: 0, max: 2 }),
      sums: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(size, (drawn) => {
        const model = modelOf(randomProblem(drawn));
        const { again, text } = readBack(model);
        expect(again.outside, text).toEqual([]);
        const names = chooseNames(model).ofOption.map((name) => name?.replaceAll(/^"|"$/g, ''));
        const numbers = new Map(again.variables.map(({ name }, v) => [name, v]));
        const { optionAt, sizes } = model.problem;
        const found = backtrackSolutions(again.problem).map((values) =>
          Array.from(sizes, (size, v) => {
            const own = Array.from({ length: size }, (_, x) => names[(optionAt[v] ?? 0) + x]);
            return own.findLastIndex(
              (name) => name === undefined || values[numbers.get(name) ?? -1] === 1,
            );
          }).join(),
        );
        const wanted = listSolutions(model.problem).map((values) => values.join());
        expect(found.sort(), text).toEqual(wanted.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('CFG-58 keeps the numbers of attributes', () => {
    const problem = randomProblem({
      seed: 1,
      variables: 1,
      values: 2,
      tables: 0,
      boxes: 0,
      clauses: 0,
      counts: 0,
      sums: 0,
    });
    const amounts = {
      'a "price"': Float64Array.from(
        { length: problem.optionAt.at(-1) ?? 0 },
        (_, o) => o * 1e-7 + o,
      ),
    };
    const { again } = readBack({ ...modelOf(problem), amounts });
    expect(Object.keys(again.amounts ?? {})).toEqual(problem.sizes[0] === 1 ? [] : ['a  price ']);
  });

  it('CFG-58 keeps the tree that it has, and only adds what the tree does not say', () => {
    const tree = [
      ...['features', '\troot {Price 2}', '\t\tmandatory', '\t\t\ta', '\t\t\t\tor'],
      ...['\t\t\t\t\tb', '\t\t\t\t\tc', '\t\toptional', '\t\t\td', '\t\t\t\talternative'],
      ...['\t\t\t\t\t"e f"', '\t\t\t\t\tg', '\t\t\th', '\t\t\t\t[2..*]', '\t\t\t\t\ti'],
      ...['\t\t\t\t\tj', '\t\t\t\t\tk', '', 'constraints', '\t!b | k', ''],
    ].join('\n');
    const model = readUvl(tree);
    if (model.kind === 'refused') throw new Error(JSON.stringify(model.error));
    expect(writeUvl(model.value)).toEqual({ kind: 'ok', value: tree });
    const typed = readUvl(tree.replace('\td\n', '\tInteger d\n').replace('b | k', 'b | d > 3'));
    if (typed.kind === 'refused') throw new Error(JSON.stringify(typed.error));
    const { again } = readBack(typed.value);
    const count = (of: Model): number => backtrackSolutions(of.problem).length;
    expect(count(again)).toBe(count(typed.value));
    expect(again.declared).toBe(typed.value.declared + 4);
  });

  it('is refused where a constraint is known only by what it does', () => {
    const problem: Problem = {
      sizes: Int32Array.of(2),
      optionAt: Int32Array.of(0, 2),
      constraints: [{ kind: 'opaque', scope: Int32Array.of(0), prune: () => true }],
    };
    expect(writeUvl(modelOf(problem))).toEqual({ kind: 'refused', error: ['rule 0'] });
  });
});
