import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Diagram } from '../diagram/diagram.ts';
import { diagramOfSolutions } from '../testing/naive-diagram.ts';
import { type DiagramCase, randomDiagram } from '../testing/random-diagram.ts';
import { findRepairSets, type HeldLevel, type RepairSet } from './repair-sets.ts';

/** The minimal sets of held choices that some solution goes without, by trying all. */
function bruteSets(
  { diagram, solutions }: { diagram: Diagram; solutions: readonly ArrayLike<number>[] },
  held: readonly HeldLevel[],
): RepairSet[] {
  const sets = solutions.map((solution) =>
    [...held.keys()].filter((i) => {
      const { level = 0, value } = held[i] ?? {};
      return solution[diagram.order[level] ?? 0] !== value;
    }),
  );
  const minimal = sets.filter(
    (set) => !sets.some((less) => less.length < set.length && less.every((i) => set.includes(i))),
  );
  const distinct = new Map(minimal.map((given) => [given.join(), given]));
  return [...distinct.values()].map((given) => {
    return { given, cost: given.reduce((sum, i) => sum + (held[i]?.cost ?? 0), 0) };
  });
}

function heldIn({ diagram, dice, problem }: DiagramCase): HeldLevel[] {
  return Array.from(diagram.order, (v, level) => {
    return { level, value: dice.below(problem.sizes[v] ?? 1), cost: 1 + dice.below(4) };
  }).filter(() => dice.below(6) > 0);
}

const keys = (sets: readonly RepairSet[]): string[] =>
  sets.map(({ given, cost }) => `${cost}: ${given.join()}`).sort();

/** Some rows over switches of which all are held off, each at a cost of its own. */
function randomRows(seed: number) {
  const dice = seededRandom(seed);
  const width = 5 + dice.below(6);
  const solutions = Array.from({ length: 4 + dice.below(16) }, () =>
    Int32Array.from({ length: width }, () => (dice.below(5) < 2 ? 1 : 0)),
  );
  const order = Array.from({ length: width }, (_, v) => v);
  const diagram = diagramOfSolutions(solutions, order);
  const held = Array.from(diagram.order, (_, level) => {
    return { level, value: 0, cost: 1 + dice.below(30) };
  });
  return { diagram, solutions, held };
}

it('CFG-39 all minimal sets are found, those of one cost together', () => {
  let rounds = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 20 }),
      (seed, most) => {
        const one = randomDiagram(seed, 7);
        for (const each of [{ ...one, held: heldIn(one) }, randomRows(seed)]) {
          const { diagram, held } = each;
          const all = bruteSets(each, held).sort((a, b) => a.cost - b.cost);
          const last = all[most - 1]?.cost ?? Number.POSITIVE_INFINITY;
          const wanted = all.filter(({ cost }) => cost <= last);
          const found = findRepairSets({ diagram, held, most, sweepsMax: 1e6 });
          expect(found.isComplete).toBe(true);
          expect(keys(found.sets)).toEqual(keys(wanted));
          rounds = Math.max(rounds, new Set(wanted.map(({ cost }) => cost)).size);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(rounds).toBeGreaterThan(6);
});

it('CFG-39 where the budget ends the search, what is found is minimal and none is cheaper', () => {
  let cut = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 12 }),
      (seed, sweepsMax) => {
        const one = randomDiagram(seed, 7);
        const held = heldIn(one).map((each) => ({ ...each, cost: 1 }));
        const all = bruteSets(one, held);
        const { sets, isComplete } = findRepairSets({
          diagram: one.diagram,
          held,
          most: 3,
          sweepsMax,
        });
        expect(keys(all)).toEqual(expect.arrayContaining(keys(sets)));
        expect(new Set(keys(sets)).size).toBe(sets.length);
        const dearest = Math.max(0, ...sets.map(({ cost }) => cost));
        const missing = all.filter((set) => !keys(sets).includes(keys([set])[0] ?? ''));
        for (const { cost } of missing) expect(cost).toBeGreaterThanOrEqual(dearest);
        if (isComplete && sets.length < 3) expect(missing).toEqual([]);
        if (isComplete) for (const { cost } of missing) expect(cost).toBeGreaterThan(dearest);
        if (!isComplete) cut++;
      },
    ),
    { numRuns: 500 },
  );
  expect(cut).toBeGreaterThan(10);
});
