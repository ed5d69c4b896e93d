import { seededRandom } from '@keepsake/kernel';
import { describe, expect, it, test } from 'vitest';
import { readDimacs } from '../formats/dimacs.ts';
import { type Constraint, makeProblem, type Problem } from '../problem/problem.ts';
import { benchmarkFolder, FEATURE_MODELS, readBenchmark } from '../testing/benchmark-data.ts';
import { featureModel } from '../testing/feature-model.ts';
import { type OtherLogic, otherSolver, validityByOther } from '../testing/other-solver.ts';
import { backbone, createSearch, type Search, solve, sweep, sweepWork } from './search.ts';

const Logic = (await import('logic-solver' as string)).default as OtherLogic;

const plenty = (): { left: number } => ({ left: 1e9 });

function readModel(name: string): Problem {
  const read = readDimacs(readBenchmark(`${name}.dimacs`));
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.error));
  return read.value.problem;
}

/** Decides one open variable as it still can be; false where none is open. */
function decideOne(
  dice: ReturnType<typeof seededRandom>,
  decided: Int32Array,
  validity: Uint8Array,
): boolean {
  const open = [...decided.keys()].filter(
    (v) => decided[v] === -1 && validity[2 * v] === 1 && validity[2 * v + 1] === 1,
  );
  const v = open[dice.below(Math.max(1, open.length))];
  if (v === undefined) return false;
  decided[v] = dice.below(2);
  return true;
}

function compareSession(problem: Problem, seed: number, steps: number): void {
  const search = createSearch(problem);
  const other = otherSolver(Logic, problem);
  const dice = seededRandom(seed);
  const decided = new Int32Array(problem.sizes.length).fill(-1);
  for (let step = 0; step < steps; step++) {
    const answer = sweep(search, decided, plenty());
    expect(answer.outcome).toBe('possible');
    expect(answer.validity).toEqual(validityByOther(Logic, other, decided));
    if (step % 7 === 6) decided[decided.findIndex((value) => value >= 0)] = -1;
    if (!decideOne(dice, decided, answer.validity)) return;
  }
}

describe('Boolean models', () => {
  it('CFG-45 of some hundred features: another solver says the same at every step', () => {
    compareSession(featureModel({ features: 200, seed: 5, crossClauses: 300, widest: 30 }), 1, 10);
    compareSession(featureModel({ features: 250, seed: 6 }), 2, 10);
  });

  const data = test.skipIf(benchmarkFolder() === undefined);
  const skipped = benchmarkFolder() === undefined ? ' skipped: no benchmark data' : '';

  data.each(FEATURE_MODELS)(
    `CFG-45 of %s: core and dead features are the known ones${skipped}`,
    (name) => {
      const truth = JSON.parse(readBenchmark('truth.json')) as Record<
        string,
        { coreVars: number[]; deadVars: number[] }
      >;
      const known = truth[`${name}.dimacs`];
      const found = backbone(createSearch(readModel(name)), plenty());
      const present = (options: Int32Array): number[] =>
        [...options].filter((option) => option % 2 === 1).map((option) => (option + 1) / 2);
      expect(present(found.core)).toEqual(known?.coreVars);
      expect(present(found.dead)).toEqual(known?.deadVars);
    },
  );

  data.each(['FRSCS', 'berkeleydb', 'e_shop', 'tankwar'])(
    `CFG-45 of %s: another solver says the same at every step${skipped}`,
    (name) => compareSession(readModel(name), 3, 9),
  );
});

/** Clauses of three literals, about as many as make half of such problems impossible. */
function randomClauses(seed: number, variables: number): Problem {
  const dice = seededRandom(seed);
  const constraints = Array.from({ length: Math.round(4.2 * variables) }, (): Constraint => {
    const literals = Array.from({ length: 3 }, () => 2 * dice.below(2 * variables));
    return { kind: 'clause', literals: Int32Array.from(literals) };
  });
  return makeProblem(new Int32Array(variables).fill(2), constraints);
}

describe('learning', () => {
  it('CFG-46 agrees with another solver where thousands of conflicts are met', () => {
    const kinds = new Set<string>();
    for (let seed = 1; seed <= 12; seed++) {
      const problem = randomClauses(seed, 110);
      const search = createSearch(problem);
      search.seeker.desk.loaded.engine.learntMax = 100;
      const answer = solve(search, { assumed: new Int32Array(0) }, plenty());
      kinds.add(answer.kind);
      expect(answer.kind === 'solution').toBe(otherSolver(Logic, problem).solve() !== null);
    }
    expect(kinds).toEqual(new Set(['solution', 'conflict']));
  });
});

function answersOf(search: Search, decided: Int32Array): Uint8Array {
  return sweep(search, decided, plenty()).validity;
}

describe('slices', () => {
  const problem = featureModel({ features: 2_000, seed: 11, crossClauses: 5_000 });
  const decided = new Int32Array(problem.sizes.length).fill(-1);

  it('CFG-49 what is asked between them changes no answer', () => {
    const search = createSearch(problem);
    const dice = seededRandom(4);
    const expected = answersOf(createSearch(problem), decided);
    const other = decided.slice();
    decideOne(dice, other, expected);
    decideOne(dice, other, expected);
    const otherExpected = answersOf(createSearch(problem), other);
    const validity = new Uint8Array(expected.length).fill(2);
    const work = sweepWork(search, decided, plenty(), { first: [500, 20], validity });
    let slices = 0;
    for (let step = work.next(); step.done !== true; step = work.next()) {
      slices++;
      validity.forEach((own, option) => {
        if (own !== 2) expect(own).toBe(expected[option]);
      });
      expect(answersOf(search, other)).toEqual(otherExpected);
      expect(solve(search, { assumed: Int32Array.of(7) }, plenty()).kind).not.toBe('unknown');
    }
    expect(slices).toBeGreaterThan(0);
    expect(validity).toEqual(expected);
  });

  it('CFG-49 a meter that runs out leaves options unknown and none wrong', () => {
    const expected = answersOf(createSearch(problem), decided);
    const search = createSearch(problem);
    const unknowns = [100, 3_000, 6_000, 1e9].map((left) => {
      const { validity } = sweep(search, decided, { left });
      validity.forEach((own, option) => {
        if (own !== 2) expect(own).toBe(expected[option]);
      });
      return validity.filter((own) => own === 2).length;
    });
    expect(unknowns[0]).toBeGreaterThan(0);
    expect(unknowns.at(-1)).toBe(0);
  });
});
