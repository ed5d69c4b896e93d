import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProblem, type Problem } from '../problem/problem.ts';
import { listSolutions, randomProblem } from '../testing/random-problem.ts';
import { levelOfConflict } from './analyse.ts';
import { assign, type Buffer, type Engine, openLevel, takeBack } from './engine.ts';
import { innerOf, type Numbering } from './literals.ts';
import { loadProblem } from './load.ts';
import { explain, propagate } from './propagate.ts';

const size = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  variables: fc.integer({ min: 2, max: 6 }),
  values: fc.integer({ min: 2, max: 4 }),
  tables: fc.integer({ min: 0, max: 2 }),
  boxes: fc.integer({ min: 0, max: 2 }),
  clauses: fc.integer({ min: 0, max: 3 }),
  counts: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 2 }),
});

/** Adds a constraint known only by what it removes: no two neighbours may be both at 0. */
function withOpaque(problem: Problem): Problem {
  const scope = Int32Array.from(problem.sizes.keys()).slice(0, 3);
  const opaque = {
    kind: 'opaque' as const,
    scope,
    prune(possible: Uint8Array, remove: (option: number) => void) {
      for (let p = 0; p + 1 < scope.length; p++) {
        const [a, b] = [scope[p] ?? 0, scope[p + 1] ?? 0];
        const first = problem.optionAt[a] ?? 0;
        const isFixed = possible.slice(first + 1, problem.optionAt[a + 1]).every((x) => x === 0);
        if (isFixed && possible[first] === 1) remove(problem.optionAt[b] ?? 0);
      }
      return true;
    },
  };
  return makeProblem(problem.sizes, [...problem.constraints, opaque]);
}

/** Which inner literals a solution makes true. */
function truthOf(problem: Problem, numbering: Numbering, values: Int32Array): Uint8Array {
  const truth = new Uint8Array(2 * numbering.atomCount);
  truth[0] = 1;
  values.forEach((value, v) => {
    for (let x = 0; x < (problem.sizes[v] ?? 0); x++) {
      const literal = innerOf(numbering, 2 * ((problem.optionAt[v] ?? 0) + x));
      truth[x === value ? literal : literal ^ 1] = 1;
    }
  });
  return truth;
}

/** Whether a clause holds in all solutions. */
type Implied = (clause: readonly number[]) => boolean;

function checkReasons(engine: Engine, isImplied: Implied): void {
  for (let place = 0; place < engine.size; place++) {
    const concluded = engine.trail[place] ?? 0;
    if (engine.reasons[concluded >> 1] === 0) continue;
    const reason: Buffer = { literals: new Int32Array(8), size: 0 };
    explain(engine, concluded, reason);
    const clause = [...reason.literals.slice(0, reason.size)];
    for (const other of clause) {
      expect(engine.values[other]).toBe(-1);
      expect(engine.places[other >> 1]).toBeLessThan(place);
    }
    expect(isImplied([...clause, concluded])).toBe(true);
  }
}

function checkConflict(engine: Engine, isImplied: Implied): void {
  const { conflict } = engine;
  const clause = [...conflict.literals.slice(0, conflict.size)];
  expect(clause.every((other) => engine.values[other] === -1)).toBe(true);
  expect(isImplied(clause)).toBe(true);
  expect(levelOfConflict(engine)).toBe(engine.starts.length);
}

/** Decides at random and takes back after conflicts. */
function wander(engine: Engine, seed: number, isImplied: Implied): void {
  const dice = seededRandom(seed);
  for (let k = 0; k < 20; k++) {
    const literal = 2 + dice.below(2 * engine.atomCount - 2);
    if (engine.values[literal] !== 0) continue;
    openLevel(engine);
    assign(engine, literal, 0);
    const isConsistent = propagate(engine);
    checkReasons(engine, isImplied);
    if (isConsistent) continue;
    checkConflict(engine, isImplied);
    takeBack(engine, dice.below(engine.starts.length));
  }
}

describe('reasons', () => {
  it('CFG-46 are earlier on the trail and hold in every solution', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = withOpaque(randomProblem(of));
        const { engine, numbering } = loadProblem(problem);
        const truths = listSolutions(problem).map((values) => truthOf(problem, numbering, values));
        const isImplied: Implied = (clause) =>
          truths.every((truth) => clause.some((literal) => truth[literal] === 1));
        if (engine.isBroken) expect(truths).toEqual([]);
        else wander(engine, seed, isImplied);
      }),
      { numRuns: 300 },
    );
  });
});
