import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../problem/problem.ts';
import { listSolutions, randomProblem } from '../testing/random-problem.ts';
import { createSearch, sweep } from './search.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  variables: fc.integer({ min: 1, max: 7 }),
  values: fc.integer({ min: 1, max: 4 }),
  tables: fc.integer({ min: 0, max: 3 }),
  boxes: fc.integer({ min: 0, max: 2 }),
  clauses: fc.integer({ min: 0, max: 6 }),
  counts: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 2 }),
});

const NEGATIVE_GROUP = {
  seed: 983_022,
  variables: 6,
  values: 3,
  tables: 0,
  boxes: 2,
  clauses: 1,
  counts: 1,
  sums: 2,
};

function validityByTrial(
  problem: Problem,
  all: readonly Int32Array[],
  decided: Int32Array,
): Uint8Array {
  const validity = new Uint8Array(problem.optionAt.at(-1) ?? 0);
  for (const values of all) {
    if (decided.some((value, v) => value >= 0 && values[v] !== value)) continue;
    values.forEach((value, v) => {
      validity[(problem.optionAt[v] ?? 0) + value] = 1;
    });
  }
  return validity;
}

describe('sweep', () => {
  it('CFG-45 finds every valid option and no other, whatever was asked before', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const all = listSolutions(problem);
        const search = createSearch(problem);
        const dice = seededRandom(seed);
        const decided = new Int32Array(problem.sizes.length).fill(-1);
        for (let k = 0; k < 12; k++) {
          const answer = sweep(search, decided, { left: 1e7 });
          const expected = validityByTrial(problem, all, decided);
          expect(answer.validity).toEqual(expected);
          expect(answer.outcome).toBe(expected.includes(1) ? 'possible' : 'impossible');
          const v = dice.below(decided.length);
          decided[v] = dice.below(3) === 0 ? -1 : dice.below(problem.sizes[v] ?? 1);
        }
      }),
      // Groups with negative literals: what gives way in one group comes to hold in another.
      { numRuns: 500, examples: [[NEGATIVE_GROUP, 1]] },
    );
  });
});
