import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProblem, type TableConstraint } from '../problem/problem.ts';
import { listSolutions, randomProblem } from '../testing/random-problem.ts';
import { isTooLong, slowTable } from './long-table.ts';
import { createSearch, sweep } from './search.ts';

describe('tables too long for bits', () => {
  it('CFG-45 more values than a number of bits can tell apart are answered all the same', () => {
    const rows = Int32Array.of(5, 69_999, 5, 4_463, 69_998, 4_463);
    const table: TableConstraint = { kind: 'table', scope: Int32Array.of(0, 1), rows };
    const problem = makeProblem([70_000, 70_000], [table]);
    expect(isTooLong(3, [{ length: 70_000 }])).toBe(true);
    const { outcome, validity } = sweep(createSearch(problem), Int32Array.of(-1, -1), {
      left: 1e8,
    });
    expect(outcome).toBe('possible');
    const valid = Array.from(validity.keys()).filter((option) => validity[option] === 1);
    expect(valid).toEqual([5, 69_998, 70_000 + 4_463, 70_000 + 69_999]);
    expect(validity.includes(2)).toBe(false);
  });

  it('CFG-45 drop exactly the values without a row', () => {
    const size = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      variables: fc.integer({ min: 1, max: 4 }),
      values: fc.integer({ min: 1, max: 4 }),
      tables: fc.constant(1),
    });
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 0xffff }), (of, gone) => {
        const problem = randomProblem({ ...of, boxes: 0, clauses: 0, counts: 0, sums: 0 });
        const { optionAt } = problem;
        const [table] = problem.constraints;
        if (table?.kind !== 'table') throw new Error('it has a table');
        const possible = new Uint8Array(optionAt.at(-1) ?? 0).map((_, o) => 1 - ((gone >> o) & 1));
        const optionsOf = (v: number): readonly number[] =>
          Array.from({ length: problem.sizes[v] ?? 1 }, (_, x) => (optionAt[v] ?? 0) + x);
        const scope = Array.from(table.scope);
        // Domains are never empty when constraints are asked.
        fc.pre(scope.every((v) => optionsOf(v).some((o) => possible[o] === 1)));
        const kept = listSolutions(problem)
          .map((values) => values.map((x, v) => (optionAt[v] ?? 0) + x))
          .filter((options) => scope.every((v) => possible[options[v] ?? 0] === 1));
        const left = possible.slice();
        const isAny = slowTable(problem, table).prune(possible, (option) => {
          left[option] = 0;
        });
        expect(isAny).toBe(kept.length > 0);
        const supported = (v: number): readonly number[] =>
          optionsOf(v).filter((o) => kept.some((options) => options[v] === o));
        const open = (v: number): readonly number[] => optionsOf(v).filter((o) => left[o] === 1);
        if (isAny) expect(scope.map(open)).toEqual(scope.map(supported));
      }),
      { numRuns: 300 },
    );
  });
});
