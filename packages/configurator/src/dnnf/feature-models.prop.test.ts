import { finish, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Constraint, makeProblem, type Problem } from '../problem/problem.ts';
import { createSearch, sweep } from '../search/search.ts';
import { featureModel } from '../testing/feature-model.ts';
import { listSolutions } from '../testing/random-problem.ts';
import { type CircuitBudget, compileCircuit } from './compile.ts';
import { countDesigns, countDesignsByOption } from './counts.ts';
import { makeValidityScratch, markValidOptions } from './valid-options.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });

/** Exclusions as the files of feature models have them: a clause for each pair. */
function pairwise(problem: Problem): Problem {
  const constraints = problem.constraints.flatMap((constraint): Constraint[] => {
    if (constraint.kind !== 'count') return [constraint];
    const own = Array.from(constraint.literals);
    return own.flatMap((a, i) =>
      own.slice(i + 1).map((b) => ({ kind: 'clause', literals: Int32Array.of(a ^ 2, b ^ 2) })),
    );
  });
  return makeProblem(problem.sizes, constraints);
}

function compiled(problem: Problem, budget?: CircuitBudget) {
  const circuit = finish(compileCircuit(problem, budget));
  if (circuit === undefined) throw new Error('it is small');
  return circuit;
}

/** Clauses of two or three literals about random features, on top of a model. */
function withClauses(problem: Problem, seed: number, clauses: number): Problem {
  const dice = seededRandom(seed);
  const more = Array.from({ length: clauses }, (): Constraint => {
    const literals = Array.from({ length: 2 + dice.below(2) }, () => 2 * dice.below(2 * 12));
    return { kind: 'clause', literals: Int32Array.from(literals) };
  });
  return makeProblem(problem.sizes, [...problem.constraints, ...more]);
}

describe('feature models', () => {
  it('CFG-50 have the designs that trying everything finds, exclusions said either way', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const tree = featureModel({ features: 12, seed, crossClauses: 0, widest: 6 });
        const problem = withClauses(tree, seed, seed % 7);
        const solutions = listSolutions(problem);
        const expected = Array.from({ length: 24 }, (_, o) =>
          BigInt(solutions.filter((solution) => solution[o >> 1] === (o & 1)).length),
        );
        for (const each of [problem, pairwise(problem)]) {
          const circuit = compiled(each);
          expect(countDesigns(circuit, each.optionAt)).toBe(BigInt(solutions.length));
          expect(countDesignsByOption(circuit, each.optionAt)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('CFG-50 have as many designs whatever the order of features and clauses', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = featureModel({ features: 150, seed, crossClauses: 20, widest: 20 });
        const turned = makeProblem(
          problem.sizes,
          [...problem.constraints].reverse().map((constraint) => {
            if (!('literals' in constraint)) return constraint;
            const literals = constraint.literals.map((l) => 2 * (298 - 2 * (l >> 2)) + (l & 2));
            return { ...constraint, literals };
          }),
        );
        const [a, b] = [compiled(problem), compiled(pairwise(turned))];
        const counts = countDesignsByOption(a, problem.optionAt);
        const back = countDesignsByOption(b, problem.optionAt);
        expect(countDesigns(a, problem.optionAt)).toBe(countDesigns(b, problem.optionAt));
        expect(counts).toEqual(counts.map((_, o) => back[2 * (149 - (o >> 1)) + (o & 1)]));
      }),
      { numRuns: 40 },
    );
  });

  it('CFG-51 have the valid options under choices that search finds', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = featureModel({ features: 200, seed, crossClauses: 25, widest: 25 });
        const circuit = compiled(problem);
        const search = createSearch(problem);
        const scratch = makeValidityScratch(circuit);
        const valid = new Uint8Array(circuit.options);
        const decided = new Int32Array(200).fill(-1);
        const dice = seededRandom(seed);
        for (let choice = 0; choice < 6; choice++) {
          const question = { optionAt: problem.optionAt, decided };
          expect(markValidOptions(circuit, question, scratch, valid)).toBe(true);
          const { validity } = sweep(search, decided, { left: 1e8 });
          const open = Array.from(decided.keys()).filter((v) => decided[v] === -1);
          const ofOpen = (by: Uint8Array): number[] =>
            open.flatMap((v) => [by[2 * v] ?? 0, by[2 * v + 1] ?? 0]);
          expect(ofOpen(valid)).toEqual(ofOpen(validity));
          const free = open.filter((v) => valid[2 * v] === 1 && valid[2 * v + 1] === 1);
          const chosen = free[dice.below(free.length)];
          if (chosen !== undefined) decided[chosen] = dice.below(2);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('wide sums', () => {
  it('CFG-50 are counted as trying everything does, with and without a condition', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const dice = seededRandom(seed);
        const amounts = Array.from({ length: 10 }, () =>
          Float64Array.of(dice.below(4), dice.below(30) - 8),
        );
        const min = dice.below(40);
        const sum: Constraint = {
          kind: 'linear',
          scope: Int32Array.from({ length: 10 }, (_, v) => v),
          amounts,
          min,
          max: min + dice.below(25),
          ...(dice.below(2) === 0 ? {} : { whether: 2 * (20 + dice.below(2)) }),
        };
        const several: Constraint = {
          kind: 'count',
          literals: Int32Array.from({ length: 8 }, (_, v) => 2 * (2 * v + dice.below(2))),
          min: 1 + dice.below(3),
          max: 4 + dice.below(3),
        };
        const problem = makeProblem(new Int32Array(11).fill(2), [sum, several]);
        const solutions = listSolutions(problem);
        const circuit = compiled(problem);
        expect(countDesigns(circuit, problem.optionAt)).toBe(BigInt(solutions.length));
        expect(countDesignsByOption(circuit, problem.optionAt)).toEqual(
          Array.from({ length: 22 }, (_, o) =>
            BigInt(solutions.filter((solution) => solution[o >> 1] === (o & 1)).length),
          ),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('CFG-53 are compiled in slices, and stop between them', () => {
    const problem = featureModel({ features: 2_000, seed: 1, crossClauses: 60, widest: 40 });
    let slices = 0;
    const budget = { stepsMax: 3_000_000, edgesMax: 2_000_000, componentsMax: 1 << 16 };
    for (const { done, of } of compileCircuit(problem, budget)) {
      slices++;
      expect(done).toBeLessThanOrEqual(of);
    }
    expect(slices).toBeGreaterThan(10);
  });
});
