import { finish } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../model/model.ts';
import { makeProblem, type Problem } from '../problem/problem.ts';
import { listSolutions, nameProblem, type ProblemSize, randomProblem } from '../testing/index.ts';
import { circuitsWithin } from './circuits.ts';
import { type Explorer, openExplorer } from './explorer.ts';
import { countOf, figuresOf } from './figures.ts';
import { decideAt, type Position, retractAt, startPosition } from './position.ts';
import { prepareExplorer } from './prepare.ts';
import { type Decision, repairsOf, type Why, whyNot } from './reasons.ts';
import { adoptExplorer, writeExplorer } from './saving.ts';

const size: fc.Arbitrary<ProblemSize> = fc.record({
  seed: fc.integer({ min: 0, max: 1e9 }),
  variables: fc.integer({ min: 1, max: 6 }),
  values: fc.integer({ min: 1, max: 4 }),
  tables: fc.integer({ min: 0, max: 2 }),
  boxes: fc.integer({ min: 0, max: 2 }),
  clauses: fc.integer({ min: 0, max: 3 }),
  counts: fc.integer({ min: 0, max: 2 }),
  sums: fc.integer({ min: 0, max: 2 }),
});

function amountsFor({ optionAt }: Problem): Float64Array {
  return Float64Array.from({ length: optionAt.at(-1) ?? 0 }, (_, o) => ((o * 7) % 11) - 3);
}

const METER = (): { left: number } => ({ left: 1_000_000 });

function keptBy(solutions: readonly Int32Array[], decided: Int32Array): readonly Int32Array[] {
  return solutions.filter((each) => decided.every((value, v) => value < 0 || each[v] === value));
}

/** What brute force says of a position, in the form of its answers. */
function expectTrue(position: Position, solutions: readonly Int32Array[]): void {
  const { problem } = position.explorer.model;
  const { optionAt } = problem;
  const kept = keptBy(solutions, position.decided);
  expect(position.outcome).toBe(kept.length > 0 ? 'possible' : 'impossible');
  const valid = new Uint8Array(optionAt.at(-1) ?? 0);
  for (const each of kept) {
    each.forEach((x, v) => {
      valid[(optionAt[v] ?? 0) + x] = 1;
    });
  }
  expect([...position.validity]).toEqual([...valid]);
  const count = countOf(position);
  if (count === undefined) return;
  expect(count).toBe(BigInt(kept.length));
  const figures = figuresOf(position);
  const prices = kept.map((each) =>
    each.reduce((sum, x, v) => sum + (amountsFor(problem)[(optionAt[v] ?? 0) + x] ?? 0), 0),
  );
  if (kept.length === 0) return;
  expect(figures?.totals.least).toBe(Math.min(...prices));
  expect(figures?.totals.greatest).toBe(Math.max(...prices));
  problem.sizes.forEach((values, v) => {
    for (let x = 0; x < values; x++) {
      const o = (optionAt[v] ?? 0) + x;
      const own = prices.filter((_, i) => kept[i]?.[v] === x);
      if (own.length === 0) expect(figures?.answer.counts[o]).toBe(0);
      if (own.length === 0) continue;
      expect(figures?.answer.counts[o]).toBe(own.length);
      expect(figures?.answer.least[o]).toBe(Math.min(...own));
      expect(figures?.answer.greatest[o]).toBe(Math.max(...own));
    }
  });
}

function walk(
  explorer: Explorer,
  solutions: readonly Int32Array[],
  picks: readonly number[],
): void {
  const { problem } = explorer.model;
  let position = startPosition(explorer, METER());
  expectTrue(position, solutions);
  for (const pick of picks) {
    const v = pick % problem.sizes.length;
    const value = (pick >> 4) % (problem.sizes[v] ?? 1);
    const next = decideAt(position, v, value, METER());
    expectTrue(next, solutions);
    position = next.outcome === 'possible' ? next : position;
    if (pick % 5 === 0) {
      position = retractAt(position, v, METER());
      expectTrue(position, solutions);
    }
  }
}

const picks = fc.array(fc.nat(1 << 12), { minLength: 1, maxLength: 6 });

describe('an explorer', () => {
  it('CFG-25 answers as brute force does, by search and by diagrams', () => {
    fc.assert(
      fc.property(size, picks, (of, choices) => {
        const problem = randomProblem(of);
        const solutions = listSolutions(problem);
        const explorer = openExplorer(nameProblem(problem), amountsFor(problem));
        walk(explorer, solutions, choices);
        expect(finish(prepareExplorer(explorer)).kind).toBe('diagrams');
        walk(explorer, solutions, choices);
        const again = openExplorer(explorer.model, explorer.amounts);
        const bytes = writeExplorer(explorer, 'hash') ?? new Uint8Array(0);
        expect(adoptExplorer(again, bytes, 'hash').kind).toBe('ok');
        expect(again.compiled).toEqual(explorer.compiled);
      }),
      { numRuns: 200 },
    );
  });

  it('CFG-26 answers as brute force does by a circuit, where a Boolean model outgrows diagrams', () => {
    fc.assert(
      fc.property(size, picks, (of, choices) => {
        const problem = randomProblem({
          ...of,
          values: 2,
          tables: 0,
          boxes: 0,
          variables: of.variables + 3,
        });
        const solutions = listSolutions(problem);
        const explorer = openExplorer(nameProblem(problem), amountsFor(problem));
        const { kind } = finish(
          prepareExplorer(explorer, { nodesMax: 1, circuits: circuitsWithin() }),
        );
        fc.pre(kind === 'circuit');
        walk(explorer, solutions, choices);
      }),
      { numRuns: 200 },
    );
  });
});

function keeps(solution: Int32Array, decisions: readonly Decision[]): boolean {
  return decisions.every(({ variable, value }) => solution[variable] === value);
}

/** Subsets of the decisions whose loss makes the wanted value possible, and no smaller part does. */
function repairsByTrial(
  solutions: readonly Int32Array[],
  held: readonly Decision[],
  wanted: Decision,
): readonly (readonly number[])[] {
  const works: number[] = [];
  for (let mask = 0; mask < 1 << held.length; mask++) {
    const kept = held.filter((_, i) => ((mask >> i) & 1) === 0);
    if (solutions.some((each) => keeps(each, [...kept, wanted]))) works.push(mask);
  }
  const minimal = works.filter((mask) => !works.some((m) => m !== mask && (m & mask) === m));
  return minimal.map((mask) =>
    held.flatMap((d, i) => (((mask >> i) & 1) === 1 ? [d.variable] : [])),
  );
}

/** Whether rules and decisions exclude a value, with nothing that could be left away. */
function expectMinimal(
  { problem, ruleOf }: Model,
  { rules, decisions }: Why & { kind: 'impossible' },
  wanted: Decision,
): void {
  const named = new Set(rules.map(({ id }) => Number(id.slice(1))));
  const excludes = (some: ReadonlySet<number>, own: readonly Decision[]): boolean => {
    const bound = problem.constraints.filter((_, k) => some.has(ruleOf[k] ?? -1));
    const left = listSolutions(makeProblem(problem.sizes, bound));
    return !left.some((each) => keeps(each, [...own, wanted]));
  };
  expect(excludes(named, decisions)).toBe(true);
  for (const rule of named) {
    const fewer = new Set([...named].filter((each) => each !== rule));
    expect(excludes(fewer, decisions)).toBe(false);
  }
  for (const own of decisions) {
    const fewer = decisions.filter((each) => each !== own);
    expect(excludes(named, fewer)).toBe(false);
  }
}

function check(explorer: Explorer, decisions: readonly Decision[], wanted: Decision): void {
  const solutions = listSolutions(explorer.model.problem);
  const held = decisions.filter(({ variable }) => variable !== wanted.variable);
  const isPossible = solutions.some((each) => keeps(each, [...held, wanted]));
  const why = whyNot(explorer, decisions, wanted, METER());
  expect(why.kind).toBe(isPossible ? 'possible' : 'impossible');
  if (why.kind === 'impossible') expectMinimal(explorer.model, why, wanted);
  const { repairs, isComplete } = repairsOf(explorer, decisions, wanted, {
    most: 50,
    meter: METER(),
  });
  const told = repairs.map(({ changes }) =>
    changes
      .map(({ variable }) => variable)
      .sort()
      .join(),
  );
  const trial = repairsByTrial(solutions, held, wanted).map((set) => [...set].sort().join());
  expect(isComplete).toBe(true);
  expect([...told].sort()).toEqual([...trial].sort());
  for (const { changes } of repairs) {
    const after = held.map((own) => {
      const change = changes.find(({ variable }) => variable === own.variable);
      return change === undefined ? own : { variable: own.variable, value: change.to };
    });
    expect(solutions.some((each) => keeps(each, [...after, wanted]))).toBe(true);
  }
}

describe('reasons and repairs of an explorer', () => {
  it('CFG-6, CFG-7 are minimal, complete and true, by search and on diagrams', () => {
    fc.assert(
      fc.property(size, picks, (of, choices) => {
        const problem = randomProblem(of);
        const explorer = openExplorer(nameProblem(problem));
        const toDecision = (pick: number): Decision => {
          const variable = pick % problem.sizes.length;
          return { variable, value: (pick >> 4) % (problem.sizes[variable] ?? 1) };
        };
        const [wanted, ...rest] = choices.map(toDecision);
        if (wanted === undefined) return;
        const decisions: Decision[] = [];
        const solutions = listSolutions(problem);
        for (const own of rest) {
          const isNew = decisions.every(({ variable }) => variable !== own.variable);
          if (isNew && solutions.some((each) => keeps(each, [...decisions, own])))
            decisions.push(own);
        }
        check(explorer, decisions, wanted);
        finish(prepareExplorer(explorer));
        check(explorer, decisions, wanted);
      }),
      { numRuns: 200 },
    );
  });
});
