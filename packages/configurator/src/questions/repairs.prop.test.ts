import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variableOf } from '../problem/scopes.ts';
import {
  type DiagramCase,
  keeps,
  optionsOf,
  randomDecisions,
  randomDiagram,
} from '../testing/random-diagram.ts';
import { type Held, smallestRepairs } from './repairs.ts';

const seeds = fc.integer({ min: 1, max: 100_000 });

/** All minimal sets of held choices to give up, with the prices that are left, by trying all. */
function bruteRepairs(one: DiagramCase, wanted: number, held: readonly Held[]) {
  const { problem, solutions, amounts } = one;
  const own = held.filter(
    ({ option }) => variableOf(problem.optionAt, option) !== variableOf(problem.optionAt, wanted),
  );
  const lists = solutions
    .map((solution) => optionsOf(problem, solution))
    .filter((list) => list.includes(wanted));
  const sets = lists.map((list) =>
    own.filter(({ option }) => !list.includes(option)).map(({ option }) => option),
  );
  const minimal = sets.filter(
    (set) => !sets.some((less) => less.length < set.length && less.every((o) => set.includes(o))),
  );
  const distinct = [...new Map(minimal.map((set) => [set.join(), set])).values()];
  return distinct.map((given) => {
    const keptLists = lists.filter((list) =>
      own.every(({ option }) => given.includes(option) || list.includes(option)),
    );
    const prices = keptLists.map((list) => list.reduce((sum, o) => sum + (amounts[o] ?? 0), 0));
    const apart = (list: readonly number[]): number =>
      given.reduce((sum, o) => {
        const instead = list[variableOf(problem.optionAt, o)] ?? 0;
        return sum + Math.abs((amounts[instead] ?? 0) - (amounts[o] ?? 0));
      }, 0);
    return {
      given,
      cost: own.reduce((sum, { option, cost }) => sum + (given.includes(option) ? cost : 0), 0),
      least: Math.min(...prices),
      greatest: Math.max(...prices),
      apart: Math.min(...keptLists.map(apart)),
      lists: keptLists,
    };
  });
}

describe('smallest repairs', () => {
  it('CFG-39 are the minimal sets, cheapest first, with prices and replacements that work', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 5 }), (seed, most) => {
        const one = randomDiagram(seed, 6);
        const { amounts } = one;
        const { optionAt } = one.problem;
        const decided = randomDecisions(one, 1);
        const held = [...decided.entries()]
          .filter(() => one.dice.below(5) > 0)
          .map(([v, value]) => ({
            option: (optionAt[v] ?? 0) + value,
            cost: 1 + one.dice.below(3),
          }));
        const wanted = one.dice.below(one.amounts.length);
        const question = { optionAt, amounts: one.amounts, wanted: [wanted], held, most };
        const { repairs, isComplete } = smallestRepairs(one.diagram, question);
        const all = bruteRepairs(one, wanted, held);
        expect(isComplete).toBe(true);
        expect(repairs.length).toBe(Math.min(most, all.length));
        const costs = all.map(({ cost }) => cost).sort((a, b) => a - b);
        expect(repairs.map(({ cost }) => cost)).toEqual(costs.slice(0, most));
        expect(new Set(repairs.map(({ given }) => given.join())).size).toBe(repairs.length);
        for (const { given, instead, mended, ...repair } of repairs) {
          const same = all.find((other) => other.given.join() === given.join());
          expect(same).toMatchObject(repair);
          const works = (same?.lists ?? []).filter((list) =>
            instead.every((o) => list.includes(o)),
          );
          expect(works).not.toEqual([]);
          const prices = works.map((list) => list.reduce((sum, o) => sum + (amounts[o] ?? 0), 0));
          expect(mended).toEqual({ least: Math.min(...prices), greatest: Math.max(...prices) });
          const apart = given.map((o, i) =>
            Math.abs((one.amounts[o] ?? 0) - (one.amounts[instead[i] ?? 0] ?? 0)),
          );
          expect(apart.reduce((a, b) => a + b, 0)).toBe(same?.apart);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('CFG-39 of one cost stand by how little the price changes', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed, 6);
        const { optionAt } = one.problem;
        const [base] = one.solutions;
        if (base === undefined) return;
        const held = optionsOf(one.problem, base).map((option) => ({ option, cost: 1 }));
        const wanted = one.dice.below(one.amounts.length);
        const question = { optionAt, amounts: one.amounts, wanted: [wanted], held, most: 3 };
        const { repairs } = smallestRepairs(one.diagram, question);
        const old = held.reduce((sum, { option }) => sum + (one.amounts[option] ?? 0), 0);
        const change = (r: { cost: number; least: number }): number =>
          1_000 * r.cost + Math.abs(r.least - old);
        const wantedChanges = bruteRepairs(one, wanted, held)
          .map(change)
          .sort((a, b) => a - b);
        expect(repairs.map(change)).toEqual(wantedChanges.slice(0, 3));
        expect(keeps(base, base)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('CFG-39 say where the budget ended the search', () => {
    const cases = Array.from({ length: 300 }, (_, seed) => randomDiagram(seed + 1, 6));
    let cut = 0;
    for (const one of cases) {
      const { optionAt } = one.problem;
      const held = Array.from(one.problem.sizes, (_, v) => ({ option: optionAt[v] ?? 0, cost: 1 }));
      const wanted = one.dice.below(one.amounts.length);
      const question = { optionAt, amounts: one.amounts, wanted: [wanted], held, most: 9 };
      const some = smallestRepairs(one.diagram, { ...question, sweepsMax: 2 });
      const all = smallestRepairs(one.diagram, question);
      if (!some.isComplete) cut++;
      else expect(some).toEqual(all);
      for (const { given } of some.repairs)
        expect(all.repairs.map((r) => r.given)).toContainEqual(given);
    }
    expect(cut).toBeGreaterThan(10);
  });
});
