import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProblem, type Problem } from '../problem/problem.ts';
import { listSolutions, randomProblem } from '../testing/random-problem.ts';
import { createSearch, minimalCore, smallestRepairs } from './search.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  variables: fc.integer({ min: 2, max: 6 }),
  values: fc.integer({ min: 2, max: 4 }),
  tables: fc.integer({ min: 0, max: 3 }),
  boxes: fc.integer({ min: 0, max: 2 }),
  clauses: fc.integer({ min: 0, max: 5 }),
  counts: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 1 }),
});
const METER = 1e7;

/** Options of different variables, one each, as literals. */
function someOptions(problem: Problem, dice: ReturnType<typeof seededRandom>, most: number) {
  const variables = new Set(Array.from({ length: most }, () => dice.below(problem.sizes.length)));
  return [...variables].map(
    (v) => 2 * ((problem.optionAt[v] ?? 0) + dice.below(problem.sizes[v] ?? 1)),
  );
}

function keeps(problem: Problem, values: Int32Array, literals: readonly number[]): boolean {
  return literals.every((literal) => {
    const v = problem.sizes.findIndex((_, i) => (problem.optionAt[i + 1] ?? 0) > literal >> 1);
    return (problem.optionAt[v] ?? 0) + (values[v] ?? 0) === literal >> 1;
  });
}

function isPossible(problem: Problem, ruleOf: number[], rules: readonly number[], held: number[]) {
  const own = problem.constraints.filter((_, k) => rules.includes(ruleOf[k] ?? 0));
  return listSolutions(makeProblem(problem.sizes, own)).some((v) => keeps(problem, v, held));
}

describe('minimalCore', () => {
  it('names rules and choices that exclude together, none too many, few rules (CFG-47)', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const ruleOf = problem.constraints.map(() => dice.below(4));
        const all = [...new Set(ruleOf)];
        const search = createSearch(problem, { ruleOf });
        const [first = 0, ...assumed] = someOptions(problem, dice, 5);
        const core = minimalCore(
          search,
          { assumed: Int32Array.from(assumed), wanted: Int32Array.of(first) },
          { left: METER },
        );
        const can = (rules: readonly number[], held: readonly number[]): boolean =>
          isPossible(problem, ruleOf, rules, [first, ...held]);
        expect(core.kind).toBe(can(all, assumed) ? 'possible' : 'core');
        if (core.kind !== 'core') return;
        const [rules, own] = [[...core.rules], [...core.assumed]];
        expect(can(rules, own)).toBe(false);
        for (const r of rules)
          expect(
            can(
              rules.filter((other) => other !== r),
              own,
            ),
          ).toBe(true);
        for (const c of own)
          expect(
            can(
              rules,
              own.filter((other) => other !== c),
            ),
          ).toBe(true);
        if (rules.length > 1) for (const r of all) expect(can([r], assumed)).toBe(true);
      }),
      { numRuns: 250 },
    );
  });
});

describe('smallestRepairs', () => {
  it('tells exactly the minimal sets to give up, whole sizes at a time (CFG-48)', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const all = listSolutions(problem);
        const search = createSearch(problem);
        const [wanted = 0, ...held] = someOptions(problem, dice, 6);
        const most = 1 + dice.below(4);
        const answer = smallestRepairs(
          search,
          { held: Int32Array.from(held), wanted: Int32Array.of(wanted), most },
          { left: METER },
        );
        const minimal: number[][] = [];
        for (let size = 0; size <= held.length && minimal.length < most; size++) {
          const before = [...minimal];
          for (let bits = 0; bits < 2 ** held.length; bits++) {
            const given = held.filter((_, i) => ((bits >> i) & 1) === 1);
            if (given.length !== size) continue;
            if (before.some((smaller) => smaller.every((c) => given.includes(c)))) continue;
            const kept = held.filter((c) => !given.includes(c));
            if (all.some((values) => keeps(problem, values, [wanted, ...kept]))) {
              minimal.push(given);
            }
          }
        }
        const sorted = (sets: readonly ArrayLike<number>[]): string[] =>
          sets
            .map((set) =>
              Array.from(set)
                .sort((a, b) => a - b)
                .join(),
            )
            .sort();
        expect(answer.isComplete).toBe(true);
        expect(sorted(answer.sets)).toEqual(sorted(minimal));
      }),
      { numRuns: 300 },
    );
  });
});
