import { finish, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Constraint, makeProblem, type Problem } from '../problem/problem.ts';
import { condition } from '../questions/condition.ts';
import { nameProblem, type ProblemSize, randomProblem } from '../testing/index.ts';
import { openExplorer } from './explorer.ts';
import { countOf } from './figures.ts';
import { decideAt, type Position, retractAt, startPosition } from './position.ts';
import { prepareExplorer } from './prepare.ts';

const size: fc.Arbitrary<ProblemSize> = fc.record({
  seed: fc.integer({ min: 0, max: 1e9 }),
  variables: fc.integer({ min: 2, max: 9 }),
  values: fc.integer({ min: 1, max: 5 }),
  tables: fc.integer({ min: 0, max: 3 }),
  boxes: fc.integer({ min: 0, max: 2 }),
  clauses: fc.integer({ min: 0, max: 4 }),
  counts: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 2 }),
});
const seeds = fc.integer({ min: 1, max: 1e6 });
const RUNS = { numRuns: 150 };

const meter = (): { left: number } => ({ left: 1e7 });

function searched(problem: Problem): Position {
  return startPosition(openExplorer(nameProblem(problem)), meter());
}

function compiled(problem: Problem): Position {
  const explorer = openExplorer(nameProblem(problem));
  expect(finish(prepareExplorer(explorer)).kind).toBe('diagrams');
  return startPosition(explorer, meter());
}

type Dice = ReturnType<typeof seededRandom>;

function shuffled(count: number, dice: Dice): readonly number[] {
  const list = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = dice.below(i + 1);
    [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
  }
  return list;
}

/** A variable and a value of it for some variables, each once. */
function someDecisions(problem: Problem, dice: Dice): readonly (readonly [number, number])[] {
  const variables = shuffled(problem.sizes.length, dice).slice(0, 1 + dice.below(4));
  return variables.map((v) => [v, dice.below(problem.sizes[v] ?? 1)]);
}

/** The same problem with variables, their values and constraints numbered otherwise. */
interface Renamed {
  readonly problem: Problem;
  /** By option, the option that it became. */
  readonly optionOf: Int32Array;
  readonly variableOf: readonly number[];
}

function renamed(problem: Problem, dice: Dice): Renamed {
  const { sizes, optionAt } = problem;
  const variableOf = shuffled(sizes.length, dice);
  const own = new Int32Array(sizes.length);
  variableOf.forEach((to, v) => {
    own[to] = sizes[v] ?? 1;
  });
  const empty = makeProblem(own, []);
  const newValues = Array.from(sizes, (count) => shuffled(count, dice));
  const optionOf = new Int32Array(optionAt.at(-1) ?? 0);
  newValues.forEach((values, v) => {
    values.forEach((to, x) => {
      optionOf[(optionAt[v] ?? 0) + x] = (empty.optionAt[variableOf[v] ?? 0] ?? 0) + to;
    });
  });
  const literal = (of: number): number => 2 * (optionOf[of >> 1] ?? 0) + (of & 1);
  const scoped = (scope: Int32Array): Int32Array => scope.map((v) => variableOf[v] ?? 0);
  const cell = (v: number, x: number): number => (x < 0 ? x : (newValues[v]?.[x] ?? 0));
  const moved = (of: Constraint): Constraint => {
    switch (of.kind) {
      case 'clause':
      case 'count':
        return { ...of, literals: of.literals.map(literal) };
      case 'table': {
        const at = (i: number): number => of.scope[i % of.scope.length] ?? 0;
        const rows = of.rows.map((x, i) => cell(at(i), x));
        return { ...of, scope: scoped(of.scope), rows };
      }
      case 'boxes': {
        const box = (own: Int32Array, p: number): Int32Array =>
          own.map((x) => cell(of.scope[p] ?? 0, x)).sort();
        return { ...of, scope: scoped(of.scope), rows: of.rows.map((row) => row.map(box)) };
      }
      case 'linear': {
        const amounts = of.amounts.map((list, p) => {
          const to = new Float64Array(list.length);
          list.forEach((amount, x) => {
            to[cell(of.scope[p] ?? 0, x)] = amount;
          });
          return to;
        });
        const sum = { ...of, scope: scoped(of.scope), amounts };
        return of.whether === undefined ? sum : { ...sum, whether: literal(of.whether) };
      }
      default:
        return of;
    }
  };
  const order = shuffled(problem.constraints.length, dice);
  const constraints = order.flatMap((k) => problem.constraints[k] ?? []).map(moved);
  return { problem: makeProblem(own, constraints), optionOf, variableOf };
}

function decideRenamed(
  { problem, optionOf, variableOf }: Renamed,
  position: Position,
  option: number,
  variable: number,
): Position {
  const to = variableOf[variable] ?? 0;
  const value = (optionOf[option] ?? 0) - (problem.optionAt[to] ?? 0);
  return decideAt(position, to, value, meter());
}

function expectSame({ optionOf }: Renamed, one: Position, another: Position): void {
  expect([another.outcome, countOf(another)]).toEqual([one.outcome, countOf(one)]);
  expect(Array.from(optionOf, (to) => another.validity[to])).toEqual([...one.validity]);
}

describe('laws of every space', () => {
  it('one rule more adds no design and no valid value (CFG-25)', () => {
    fc.assert(
      fc.property(size, (of) => {
        const whole = randomProblem(of);
        fc.pre(whole.constraints.length > 0);
        const less = makeProblem(whole.sizes, whole.constraints.slice(0, -1));
        const [more, fewer] = [compiled(less), compiled(whole)];
        expect((countOf(fewer) ?? -1n) <= (countOf(more) ?? -1n)).toBe(true);
        const [open, bound] = [searched(less), searched(whole)];
        bound.validity.forEach((is, o) => {
          if (is === 1) expect([open.validity[o], more.validity[o]]).toEqual([1, 1]);
        });
      }),
      RUNS,
    );
  });

  it('the order of choices does not matter, and taking them back is exact (CFG-4)', () => {
    fc.assert(
      fc.property(size, seeds, (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const decisions = someDecisions(problem, dice);
        const others = shuffled(decisions.length, dice).flatMap((i) => {
          const decision = decisions[i];
          return decision === undefined ? [] : [decision];
        });
        for (const start of [compiled(problem), searched(problem)]) {
          const before = [start.validity.slice(), countOf(start)];
          const take = (at: Position, [v, x]: readonly [number, number]): Position =>
            decideAt(at, v, x, meter());
          const [one, another] = [decisions.reduce(take, start), others.reduce(take, start)];
          expect(another.validity).toEqual(one.validity);
          expect([another.outcome, countOf(another)]).toEqual([one.outcome, countOf(one)]);
          // A position that is kept is what it was; so is one from which all is taken back.
          expect([start.validity, countOf(start)]).toEqual(before);
          const back = others.reduce((at, [v]) => retractAt(at, v, meter()), one);
          expect([back.validity, countOf(back)]).toEqual(before);
        }
      }),
      RUNS,
    );
  });

  it('variables, values and constraints in another order change no answer (CFG-4)', () => {
    fc.assert(
      fc.property(size, seeds, (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const other = renamed(problem, dice);
        const decisions = someDecisions(problem, dice);
        for (const open of [compiled, searched]) {
          let [one, another] = [open(problem), open(other.problem)];
          expectSame(other, one, another);
          for (const [v, x] of decisions) {
            one = decideAt(one, v, x, meter());
            another = decideRenamed(other, another, (problem.optionAt[v] ?? 0) + x, v);
            expectSame(other, one, another);
          }
        }
      }),
      RUNS,
    );
  });

  it('two spaces side by side have the product of their designs (CFG-44)', () => {
    fc.assert(
      fc.property(size, size, (of, beside) => {
        const [first, second] = [randomProblem(of), randomProblem(beside)];
        const variables = first.sizes.length;
        const options = first.optionAt.at(-1) ?? 0;
        const scoped = (scope: Int32Array): Int32Array => scope.map((v) => v + variables);
        const moved = (each: Constraint): Constraint => {
          if (each.kind === 'clause' || each.kind === 'count') {
            return { ...each, literals: each.literals.map((l) => l + 2 * options) };
          }
          const own = { ...each, scope: scoped(each.scope) };
          if (own.kind !== 'linear' || own.whether === undefined) return own;
          return { ...own, whether: own.whether + 2 * options };
        };
        const both = makeProblem(
          [...first.sizes, ...second.sizes],
          [...first.constraints, ...second.constraints.map(moved)],
        );
        const counts = [first, second].map((each) => countOf(compiled(each)) ?? -1n);
        expect(countOf(compiled(both))).toBe((counts[0] ?? 0n) * (counts[1] ?? 0n));
      }),
      RUNS,
    );
  });

  it('a choice never makes a diagram larger (CFG-35)', () => {
    fc.assert(
      fc.property(size, seeds, (of, seed) => {
        const problem = randomProblem(of);
        const { told } = compiled(problem);
        if (told.kind !== 'diagrams') throw new Error('it is compiled');
        for (const [v, x] of someDecisions(problem, seededRandom(seed))) {
          for (const diagram of told.live.filter(({ order }) => order.includes(v))) {
            const smaller = condition(diagram, v, x);
            expect(smaller.edgeAt.length).toBeLessThanOrEqual(diagram.edgeAt.length);
            expect(smaller.children.length).toBeLessThanOrEqual(diagram.children.length);
          }
        }
      }),
      RUNS,
    );
  });
});
