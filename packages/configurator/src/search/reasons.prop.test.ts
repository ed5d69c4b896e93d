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
    const isHeld = (problem.optionAt[v] ?? 0) + (values[v] ?? 0) === literal >> 1;
    return isHeld === ((literal & 1) === 0);
  });
}

function isPossible(problem: Problem, ruleOf: number[], rules: readonly number[], held: number[]) {
  const own = problem.constraints.filter((_, k) => rules.includes(ruleOf[k] ?? 0));
  return listSolutions(makeProblem(problem.sizes, own)).some((v) => keeps(problem, v, held));
}

/** Whether rules and choices are possible together. */
type Can = (rules: readonly number[], choices: readonly number[]) => boolean;

/** None of the rules and choices can be left away, and no single rule would do. */
function checkMinimal(can: Can, rules: readonly number[], choices: readonly number[]): void {
  expect(can(rules, choices)).toBe(false);
  const without = (list: readonly number[], one: number) => list.filter((other) => other !== one);
  for (const rule of rules) expect(can(without(rules, rule), choices)).toBe(true);
  for (const choice of choices) expect(can(rules, without(choices, choice))).toBe(true);
}

describe('minimalCore', () => {
  it('CFG-47 names rules and choices that exclude together, none too many, few rules', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const ruleOf = problem.constraints.map(() => dice.below(4));
        const all = [...new Set(ruleOf)];
        const search = createSearch(problem, { ruleOf });
        const [first = 0, ...assumed] = someOptions(problem, dice, 5);
        const question = { assumed: Int32Array.from(assumed), wanted: Int32Array.of(first) };
        const core = minimalCore(search, question, { left: METER });
        const can: Can = (rules, held) => isPossible(problem, ruleOf, rules, [first, ...held]);
        expect(core.kind).toBe(can(all, assumed) ? 'possible' : 'core');
        if (core.kind !== 'core') return;
        checkMinimal(can, [...core.rules], [...core.assumed]);
        const isSingle = all.some((rule) => !can([rule], assumed));
        expect(core.rules.length > 1 && isSingle).toBe(false);
      }),
      { numRuns: 250 },
    );
  });
});

/** Whether one of all selections of a size excludes what the choices are about. */
function someExclude(can: Can, rules: number, size: 1 | 2, choices: readonly number[]): boolean {
  const all = Array.from({ length: rules }, (_, rule) => rule);
  return all.some((a) =>
    size === 1 ? !can([a], choices) : all.some((b) => b < a && !can([a, b], choices)),
  );
}

describe('minimalCore of tables', () => {
  it('CFG-47 names one table rather than two, and two rather than more', () => {
    const counts = new Set<number>();
    const only = { clauses: 0, counts: 0, sums: 0 };
    const tables = fc.integer({ min: 2, max: 5 });
    fc.assert(
      fc.property(size, tables, fc.integer({ min: 1, max: 1e6 }), (of, count, seed) => {
        const problem = randomProblem({ ...of, ...only, tables: count });
        const dice = seededRandom(seed);
        const rules = problem.constraints.length;
        const ruleOf = [...problem.constraints.keys()];
        const search = createSearch(problem);
        const [first = 0, ...rest] = someOptions(problem, dice, 4);
        const assumed = rest.map((literal) => literal + (dice.below(3) === 0 ? 1 : 0));
        const question = { assumed: Int32Array.from(assumed), wanted: Int32Array.of(first) };
        const core = minimalCore(search, question, { left: METER });
        const can: Can = (own, held) => isPossible(problem, ruleOf, own, [first, ...held]);
        expect(core.kind).toBe(can(ruleOf, assumed) ? 'possible' : 'core');
        if (core.kind !== 'core') return;
        counts.add(core.rules.length);
        checkMinimal(can, [...core.rules], [...core.assumed]);
        if (core.rules.length > 1) expect(someExclude(can, rules, 1, assumed)).toBe(false);
        if (core.rules.length > 2) expect(someExclude(can, rules, 2, assumed)).toBe(false);
      }),
      { numRuns: 400, seed: 12 },
    );
    expect([...counts].sort()).toEqual([0, 1, 2, 3]);
  });

  /** Tables over pairs of two-valued variables. */
  function pairTables(pairs: readonly (readonly [number, number])[], rows: readonly number[]) {
    const tables = pairs.map(
      (pair) =>
        ({ kind: 'table', scope: Int32Array.from(pair), rows: Int32Array.from(rows) }) as const,
    );
    return createSearch(makeProblem([2, 2, 2, 2, 2, 2], tables));
  }

  it('CFG-47 names all tables of a chain, and the choices at its ends alone', () => {
    const chain = [0, 1, 2, 3, 4].map((v) => [v, v + 1] as const);
    const search = pairTables(chain, [0, 0, 1, 1]);
    const question = { assumed: Int32Array.of(0), wanted: Int32Array.of(22) };
    expect(minimalCore(search, question, { left: METER })).toEqual({
      kind: 'core',
      assumed: Int32Array.of(0),
      rules: Int32Array.of(0, 1, 2, 3, 4),
    });
    const without = { assumed: Int32Array.of(2), wanted: Int32Array.of(2) };
    expect(minimalCore(search, without, { left: METER })).toEqual({ kind: 'possible' });
  });

  it('CFG-47 names tables that exclude each other only when values are tried', () => {
    const pairs = [
      [0, 1],
      [3, 4],
      [1, 2],
      [4, 5],
      [0, 2],
    ] as const;
    const search = pairTables(pairs, [0, 1, 1, 0]);
    const question = { assumed: Int32Array.of(12), wanted: Int32Array.of(20) };
    expect(minimalCore(search, question, { left: METER })).toEqual({
      kind: 'core',
      assumed: new Int32Array(0),
      rules: Int32Array.of(0, 2, 4),
    });
  });

  it('CFG-47 prefers later choices where one table explains in two ways', () => {
    const rows = Int32Array.of(0, 0, 0, 1, 1, 1);
    const table = { kind: 'table', scope: Int32Array.of(0, 1, 2), rows } as const;
    const search = createSearch(makeProblem([2, 2, 2], [table]));
    const question = { assumed: Int32Array.of(0, 4), wanted: Int32Array.of(10) };
    expect(minimalCore(search, question, { left: METER })).toEqual({
      kind: 'core',
      assumed: Int32Array.of(4),
      rules: Int32Array.of(0),
    });
  });
});

/** Minimal sets to give up by trying all, smallest first, whole sizes until there are enough. */
function repairsByTrial(
  held: readonly number[],
  most: number,
  isRepaired: (kept: readonly number[]) => boolean,
): readonly (readonly number[])[] {
  const subsets = Array.from({ length: 2 ** held.length }, (_, bits) =>
    held.filter((_choice, i) => ((bits >> i) & 1) === 1),
  );
  let found: (readonly number[])[] = [];
  for (let size = 0; size <= held.length && found.length < most; size++) {
    const before = found;
    const isNew = (set: readonly number[]): boolean =>
      !before.some((smaller) => smaller.every((choice) => set.includes(choice)));
    const own = subsets.filter((set) => set.length === size && isNew(set));
    found = [
      ...before,
      ...own.filter((set) => isRepaired(held.filter((choice) => !set.includes(choice)))),
    ];
  }
  return found;
}

describe('smallestRepairs', () => {
  it('CFG-48 tells exactly the minimal sets to give up, whole sizes at a time', () => {
    const named = (sets: readonly ArrayLike<number>[]): string[] =>
      sets.map((set) => Int32Array.from(set).sort().join()).sort();
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 1e6 }), (of, seed) => {
        const problem = randomProblem(of);
        const dice = seededRandom(seed);
        const all = listSolutions(problem);
        const search = createSearch(problem);
        const [wanted = 0, ...held] = someOptions(problem, dice, 6);
        const most = 1 + dice.below(4);
        const question = { held: Int32Array.from(held), wanted: Int32Array.of(wanted), most };
        const answer = smallestRepairs(search, question, { left: METER });
        const expected = repairsByTrial(held, most, (kept) =>
          all.some((values) => keeps(problem, values, [wanted, ...kept])),
        );
        expect(answer.isComplete).toBe(true);
        expect(named(answer.sets)).toEqual(named(expected));
      }),
      { numRuns: 300 },
    );
  });
});
