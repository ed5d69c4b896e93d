import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProblem, type Problem } from '../problem/problem.ts';
import { listSolutions, randomProblem } from '../testing/random-problem.ts';
import { openDesk, solveOn } from './questions.ts';

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

describe('solve', () => {
  it('finds solutions exactly where there are some, and cores that have none (CFG-45)', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const all = listSolutions(problem);
        const desk = openDesk(problem);
        const dice = seededRandom(seed);
        const options = problem.optionAt.at(-1) ?? 0;
        for (let k = 0; k < 12; k++) {
          const assumed = Int32Array.from({ length: dice.below(5) }, () => dice.below(2 * options));
          const keep = all.filter((values) => assumed.every((l) => holds(problem, values, l)));
          const answer = solveOn(desk, { assumed }, { left: 1e6 });
          expect(answer.kind).toBe(keep.length > 0 ? 'solution' : 'conflict');
          if (answer.kind === 'solution') {
            expect(keep.map(String)).toContain(String(answer.values));
          } else if (answer.kind === 'conflict') {
            const left = all.filter((values) =>
              answer.assumed.every((l) => holds(problem, values, l)),
            );
            expect(left).toEqual([]);
            expect([...answer.assumed].every((l) => assumed.includes(l))).toBe(true);
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it('leaves out the rules that are not asked for, and names those it needs (CFG-46)', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const rules = 3;
        const ruleOf = problem.constraints.map(() => dice.below(rules));
        const desk = openDesk(problem, ruleOf);
        const options = problem.optionAt.at(-1) ?? 0;
        const under = (isIn: (rule: number) => boolean) => {
          const constraints = problem.constraints.filter((_, k) => isIn(ruleOf[k] ?? 0));
          return listSolutions(makeProblem(problem.sizes, constraints));
        };
        for (let k = 0; k < 8; k++) {
          const assumed = Int32Array.from({ length: dice.below(4) }, () => dice.below(2 * options));
          const activeRules = Uint8Array.from({ length: rules }, () => dice.below(2));
          const obey = (ls: Int32Array) => (values: Int32Array) =>
            ls.every((l) => holds(problem, values, l));
          const keep = under((r) => activeRules[r] === 1).filter(obey(assumed));
          const answer = solveOn(desk, { assumed, activeRules }, { left: 1e6 });
          expect(answer.kind).toBe(keep.length > 0 ? 'solution' : 'conflict');
          if (answer.kind === 'solution') {
            expect(keep.map(String)).toContain(String(answer.values));
          } else if (answer.kind === 'conflict') {
            expect(answer.rules.every((r) => activeRules[r] === 1)).toBe(true);
            expect(under((r) => answer.rules.includes(r)).some(obey(answer.assumed))).toBe(false);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
