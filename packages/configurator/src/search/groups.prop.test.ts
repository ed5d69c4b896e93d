import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Constraint, makeProblem, type Problem } from '../problem/problem.ts';
import { listSolutions } from '../testing/random-problem.ts';
import { createSearch, sweep } from './search.ts';

const GROUP_MIN = 4;

/** Overlapping groups of which at most one literal holds, positive and negative ones, and clauses. */
function groupedProblem(seed: number): Problem {
  const dice = seededRandom(seed);
  const sizes = Array.from({ length: 5 + dice.below(6) }, () => (dice.below(5) === 0 ? 3 : 2));
  const { optionAt } = makeProblem(sizes, []);
  const literals = (most: number): Int32Array => {
    const taken = new Set<number>();
    while (taken.size < Math.min(most, sizes.length)) taken.add(dice.below(sizes.length));
    return Int32Array.from(taken, (v) => {
      const size = sizes[v] ?? 1;
      const option = (optionAt[v] ?? 0) + dice.below(size);
      return 2 * option + (size > 2 ? dice.below(2) : 0);
    });
  };
  const groups = Array.from(
    { length: 1 + dice.below(4) },
    (): Constraint => ({
      kind: 'count',
      literals: literals(GROUP_MIN + dice.below(3)),
      min: 0,
      max: 1,
    }),
  );
  const clauses = Array.from(
    { length: dice.below(4) },
    (): Constraint => ({ kind: 'clause', literals: literals(2 + dice.below(2)) }),
  );
  return makeProblem(sizes, [...groups, ...clauses]);
}

function validityByTrial(
  { optionAt }: Problem,
  all: readonly Int32Array[],
  decided: Int32Array,
): Uint8Array {
  const validity = new Uint8Array(optionAt.at(-1) ?? 0);
  for (const values of all) {
    if (decided.some((value, v) => value >= 0 && values[v] !== value)) continue;
    values.forEach((value, v) => {
      validity[(optionAt[v] ?? 0) + value] = 1;
    });
  }
  return validity;
}

describe('groups of which at most one literal holds', () => {
  it('CFG-45 stay whole when solutions are patched, however they overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        const problem = groupedProblem(seed);
        const all = listSolutions(problem);
        const search = createSearch(problem);
        const dice = seededRandom(seed + 1);
        const decided = new Int32Array(problem.sizes.length).fill(-1);
        for (let k = 0; k < 8; k++) {
          const { validity } = sweep(search, decided, { left: 1e7 });
          expect(validity).toEqual(validityByTrial(problem, all, decided));
          const v = dice.below(decided.length);
          decided[v] = dice.below(3) === 0 ? -1 : dice.below(problem.sizes[v] ?? 1);
        }
      }),
      { numRuns: 400 },
    );
  });
});
