import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProblem, type Problem } from '../problem/problem.ts';
import { listSolutions, randomProblem } from '../testing/random-problem.ts';
import type { Solved } from './answers.ts';
import { createSearch, solve } from './search.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  variables: fc.integer({ min: 1, max: 6 }),
  values: fc.integer({ min: 1, max: 4 }),
  tables: fc.integer({ min: 0, max: 3 }),
  boxes: fc.integer({ min: 0, max: 2 }),
  clauses: fc.integer({ min: 0, max: 4 }),
  counts: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 2 }),
});

function holds(problem: Problem, values: ArrayLike<number>, literal: number): boolean {
  const option = literal >> 1;
  const v = problem.sizes.findIndex((_, i) => (problem.optionAt[i + 1] ?? 0) > option);
  return ((problem.optionAt[v] ?? 0) + (values[v] ?? 0) === option) !== ((literal & 1) === 1);
}

type Dice = ReturnType<typeof seededRandom>;

function someLiterals(problem: Problem, dice: Dice, most: number): Int32Array {
  const options = problem.optionAt.at(-1) ?? 0;
  return Int32Array.from({ length: dice.below(most + 1) }, () => dice.below(2 * options));
}

function under(problem: Problem, all: readonly Int32Array[], assumed: Int32Array): Int32Array[] {
  return all.filter((values) => assumed.every((literal) => holds(problem, values, literal)));
}

/** One answer against all solutions that fit, and those that fit its core. */
function check(
  answer: Solved,
  fitting: readonly Int32Array[],
  fittingCore: (core: Extract<Solved, { kind: 'conflict' }>) => readonly Int32Array[],
): void {
  expect(answer.kind).toBe(fitting.length > 0 ? 'solution' : 'conflict');
  if (answer.kind === 'solution') expect(fitting.map(String)).toContain(String(answer.values));
  if (answer.kind === 'conflict') expect(fittingCore(answer)).toEqual([]);
}

describe('solve', () => {
  it('CFG-45 finds solutions exactly where there are some, and cores that have none', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const all = listSolutions(problem);
        const search = createSearch(problem);
        const dice = seededRandom(seed);
        for (let k = 0; k < 12; k++) {
          const assumed = someLiterals(problem, dice, 4);
          const answer = solve(search, { assumed }, { left: 1e6 });
          check(answer, under(problem, all, assumed), (core) => {
            expect(core.assumed.every((literal) => assumed.includes(literal))).toBe(true);
            return under(problem, all, core.assumed);
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('CFG-46 leaves out the rules that are not asked for, and names those it needs', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const ruleOf = problem.constraints.map(() => dice.below(3));
        const search = createSearch(problem, { ruleOf });
        const obeying = (isIn: (rule: number) => boolean): readonly Int32Array[] => {
          const constraints = problem.constraints.filter((_, k) => isIn(ruleOf[k] ?? 0));
          return listSolutions(makeProblem(problem.sizes, constraints));
        };
        for (let k = 0; k < 6; k++) {
          const assumed = someLiterals(problem, dice, 3);
          const activeRules = Uint8Array.from({ length: 3 }, () => dice.below(2));
          const all = obeying((rule) => activeRules[rule] === 1);
          const answer = solve(search, { assumed, activeRules }, { left: 1e6 });
          check(answer, under(problem, all, assumed), (core) => {
            expect(core.rules.every((rule) => activeRules[rule] === 1)).toBe(true);
            return under(
              problem,
              obeying((rule) => core.rules.includes(rule)),
              core.assumed,
            );
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
