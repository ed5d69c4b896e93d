import { finish, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProblem, type Problem } from '../problem/problem.ts';
import { makeAnswer } from '../questions/answer.ts';
import { cheapest } from '../questions/semiring.ts';
import { featureModel } from '../testing/feature-model.ts';
import { listSolutions, randomProblem } from '../testing/random-problem.ts';
import { answerCircuit, makeAnswerScratch, shareOf } from './answer-circuit.ts';
import { type Circuit, isContradiction } from './circuit.ts';
import { compileCircuit } from './compile.ts';
import { countDesigns, countDesignsByOption } from './counts.ts';
import { liftCircuit, lowerCircuit } from './sweep.ts';
import { makeValidityScratch, markValidOptions } from './valid-options.ts';

const seeds = fc.integer({ min: 1, max: 1_000_000 });

interface Case {
  readonly problem: Problem;
  readonly circuit: Circuit;
  readonly solutions: readonly Int32Array[];
  readonly decided: Int32Array;
  readonly amounts: Float64Array;
}

/** A random problem of clauses, counts and sums over ten Booleans, and random decisions. */
function randomCase(seed: number): Case {
  const dice = seededRandom(seed);
  const problem = randomProblem({
    seed,
    variables: 1 + dice.below(10),
    values: 2,
    tables: 0,
    boxes: 0,
    clauses: dice.below(12),
    counts: dice.below(4),
    sums: dice.below(3),
  });
  const circuit = finish(compileCircuit(problem));
  if (circuit === undefined) throw new Error('small problems compile');
  const decided = problem.sizes.map((size) => (dice.below(3) === 0 ? dice.below(size) : -1));
  const amounts = Float64Array.from({ length: circuit.options }, () => dice.below(50) - 10);
  return { problem, circuit, solutions: listSolutions(problem), decided, amounts };
}

/** Solutions that keep the decisions, but for those about one variable. */
function kept({ solutions, decided }: Case, but = -1): readonly Int32Array[] {
  return solutions.filter((solution) =>
    decided.every((value, v) => value < 0 || v === but || solution[v] === value),
  );
}

/** For each option: the solutions with it that keep the decisions about other variables. */
function byOption(one: Case): readonly (readonly Int32Array[])[] {
  return Array.from(one.problem.sizes).flatMap((size, v) =>
    Array.from({ length: size }, (_, x) => kept(one, v).filter((solution) => solution[v] === x)),
  );
}

function priceOf({ problem, amounts }: Case, solution: Int32Array): number {
  return solution.reduce((sum, x, v) => sum + (amounts[(problem.optionAt[v] ?? 0) + x] ?? 0), 0);
}

describe('compileCircuit', () => {
  it('CFG-50 has exactly the designs of the problem, each once', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomCase(seed);
        const { optionAt } = one.problem;
        expect(isContradiction(one.circuit)).toBe(one.solutions.length === 0);
        expect(countDesigns(one.circuit, optionAt)).toBe(BigInt(one.solutions.length));
        for (const solution of one.solutions.slice(0, 20)) {
          expect(countDesigns(one.circuit, optionAt, solution)).toBe(1n);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('CFG-50 is smooth and decomposable, with children before parents', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { circuit, problem } = randomCase(seed);
        const variableOf = Array.from(problem.sizes).flatMap((size, v) => Array(size).fill(v));
        const scopes: Set<number>[] = variableOf.map((v) => new Set([v]));
        circuit.isSum.forEach((isSum, gate) => {
          const from = circuit.childAt[gate] ?? 0;
          const own = Array.from(circuit.children.subarray(from, circuit.childAt[gate + 1]));
          expect(own.every((child) => child < circuit.options + gate)).toBe(true);
          const parts = own.map((child) => [...(scopes[child] ?? [])].sort((a, b) => a - b));
          if (isSum === 1) for (const part of parts) expect(part).toEqual(parts[0]);
          else expect(new Set(parts.flat()).size).toBe(parts.flat().length);
          scopes.push(new Set(parts.flat()));
        });
        if (!isContradiction(circuit)) expect(scopes.at(-1)?.size).toBe(problem.sizes.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('answers of circuits', () => {
  it('CFG-51 counts the designs of each option exactly, those of chosen variables too', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomCase(seed);
        const counts = countDesignsByOption(one.circuit, one.problem.optionAt, one.decided);
        expect(counts).toEqual(byOption(one).map((own) => BigInt(own.length)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('CFG-51 marks as valid what some design has that keeps the other decisions', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomCase(seed);
        const { circuit, problem, decided } = one;
        const valid = new Uint8Array(circuit.options);
        const scratch = makeValidityScratch(circuit);
        const question = { optionAt: problem.optionAt, decided };
        const isPossible = markValidOptions(circuit, question, scratch, valid);
        expect(isPossible).toBe(kept(one).length > 0);
        expect(Array.from(valid)).toEqual(byOption(one).map((own) => (own.length > 0 ? 1 : 0)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('CFG-52 tells the least and the greatest price, over all and of each option', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomCase(seed);
        const { circuit, problem, decided, amounts } = one;
        const into = makeAnswer(circuit.options);
        const scratch = makeAnswerScratch(circuit);
        const question = { optionAt: problem.optionAt, amounts, decided };
        const totals = answerCircuit(circuit, question, scratch, into);
        const prices = kept(one).map((solution) => priceOf(one, solution));
        expect(totals).toEqual({
          least: Math.min(...prices),
          greatest: Math.max(...prices),
          count: prices.length,
          isExactCount: true,
        });
        byOption(one).forEach((own, o) => {
          const each = own.map((solution) => priceOf(one, solution));
          expect([into.valid[o], into.counts[o]]).toEqual([own.length > 0 ? 1 : 0, own.length]);
          expect([into.least[o], into.greatest[o]]).toEqual([Math.min(...each), Math.max(...each)]);
          const v = problem.optionAt.findLastIndex((first) => first <= o);
          const share = own.length / kept(one, v).length;
          expect(shareOf(scratch, question, o)).toEqual(
            Number.isNaN(share) ? Number.NaN : expect.closeTo(share, 12),
          );
        });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('sweeps', () => {
  it('CFG-52 work in any semiring, as the least price of each option shows', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomCase(seed);
        const weights = Array.from(one.amounts);
        const values = liftCircuit(one.circuit, cheapest, weights);
        const shares = lowerCircuit(one.circuit, cheapest, values);
        const open = { ...one, decided: one.decided.map(() => -1) };
        byOption(open).forEach((own, o) => {
          const prices = own.map((solution) => priceOf(one, solution));
          expect((shares[o] ?? 0) + (weights[o] ?? 0)).toBe(Math.min(...prices));
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('large counts', () => {
  it('CFG-52 tells shares where counts have more digits than a double holds', () => {
    const size = 2_000;
    const constraints = Array.from({ length: size - 1 }, (_, v) => ({
      kind: 'clause' as const,
      literals: Int32Array.of(2 * (2 * v + 1), 2 * (2 * v + 3)),
    }));
    const problem = makeProblem(new Int32Array(size).fill(2), constraints);
    const circuit = finish(compileCircuit(problem));
    if (circuit === undefined) throw new Error('a chain is narrow');
    const decided = new Int32Array(size).fill(-1);
    decided[1_000] = 1;
    const into = makeAnswer(circuit.options);
    const scratch = makeAnswerScratch(circuit);
    const amounts = new Float64Array(circuit.options).fill(1);
    const question = { optionAt: problem.optionAt, amounts, decided };
    const totals = answerCircuit(circuit, question, scratch, into);
    expect(totals).toEqual({
      least: size,
      greatest: size,
      count: Number.POSITIVE_INFINITY,
      isExactCount: false,
    });
    const counts = countDesignsByOption(circuit, problem.optionAt, decided);
    for (let o = 0; o < circuit.options; o += 7) {
      const [own = 0n, other = 0n] = [counts[o], counts[o ^ 1]];
      const share = Number((own * 10n ** 15n) / (own + other)) / 1e15;
      expect(shareOf(scratch, question, o)).toBeCloseTo(share, 9);
    }
  });
});

describe('refusals', () => {
  it('CFG-53 compiles neither variables of three values nor what outgrows its budget', () => {
    expect(finish(compileCircuit(makeProblem([3], [])))).toBeUndefined();
    const sum = {
      kind: 'linear' as const,
      scope: Int32Array.from({ length: 24 }, (_, v) => v),
      amounts: Array.from({ length: 24 }, (_, v) => Float64Array.of(0, 1 + (v % 7))),
      min: 40,
      max: 45,
    };
    const problem = makeProblem(new Int32Array(24).fill(2), [sum]);
    const budget = { stepsMax: 500, edgesMax: 1_000_000, componentsMax: 1 << 10 };
    expect(finish(compileCircuit(problem, budget))).toBeUndefined();
    const circuit = finish(compileCircuit(problem, { ...budget, stepsMax: 1e8 }));
    if (circuit === undefined) throw new Error('it fits');
    const ways = new Array<bigint>(100).fill(0n);
    ways[0] = 1n;
    for (const [, amount = 0] of sum.amounts) {
      for (let s = 99; s >= amount; s--) ways[s] = (ways[s] ?? 0n) + (ways[s - amount] ?? 0n);
    }
    const expected = ways.slice(40, 46).reduce((total, each) => total + each, 0n);
    expect(countDesigns(circuit, problem.optionAt)).toBe(expected);
  });

  it('CFG-53 gives up early what a part of the budget brings nowhere', () => {
    const problem = featureModel({ features: 2_000, seed: 3, crossClauses: 4_000 });
    const stepsMax = 100_000_000;
    const work = compileCircuit(problem, { stepsMax, edgesMax: 1e7, componentsMax: 1 << 16 });
    let slices = 0;
    let slice = work.next();
    for (; slice.done !== true; slice = work.next()) slices++;
    expect(slice.value).toBeUndefined();
    // A slice is some 200,000 steps; the whole budget would take 500 of them.
    expect(slices).toBeLessThan(200);
  });
});
