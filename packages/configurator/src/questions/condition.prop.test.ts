import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagramOfSolutions, faultOfDiagram, listPaths } from '../testing/naive-diagram.ts';
import { keeps, randomDecisions, randomDiagram } from '../testing/random-diagram.ts';
import { condition, conditionAll } from './condition.ts';

const seeds = fc.integer({ min: 1, max: 100_000 });

describe('condition', () => {
  it('CFG-35 makes the very diagram of the solutions that keep what is decided', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed, 6);
        const decided = randomDecisions(one);
        const made = conditionAll(one.diagram, decided);
        expect(faultOfDiagram(made)).toBeUndefined();
        const kept = one.solutions.filter((solution) => keeps(solution, decided));
        const order = one.diagram.order.filter((v) => (decided[v] ?? -1) < 0);
        const wanted = diagramOfSolutions(kept, order);
        expect(listPaths(made)).toEqual(listPaths(wanted));
        // As small as from scratch: nodes that became equal are one.
        expect(made.nodeAt).toEqual(wanted.nodeAt);
      }),
      { numRuns: 1_000 },
    );
  });

  it('CFG-35 does one after the other what it does at once, in any order', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed, 6);
        const decided = randomDecisions(one);
        const before = structuredClone(one.diagram);
        const chosen = [...decided.entries()].filter(([, value]) => value >= 0);
        const take = (list: readonly (readonly [number, number])[]) =>
          list.reduce((d, [v, value]) => condition(d, v, value), one.diagram);
        const made = take(chosen);
        expect(listPaths(made)).toEqual(listPaths(take([...chosen].reverse())));
        // The nodes of a level may stand in another order.
        const atOnce = conditionAll(one.diagram, decided);
        expect(listPaths(made)).toEqual(listPaths(atOnce));
        expect(made.nodeAt).toEqual(atOnce.nodeAt);
        // The one before is as it was, so that undo is keeping it.
        expect(one.diagram).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('CFG-35 leaves a diagram alone that knows the variable not, and an empty one empty', () => {
    const { diagram } = randomDiagram(12);
    expect(condition(diagram, 99, 0)).toBe(diagram);
    const empty = condition(diagram, diagram.order[0] ?? 0, 77);
    expect(empty.nodeAt.every((n) => n === 0)).toBe(true);
    expect(faultOfDiagram(empty)).toBeUndefined();
    expect(faultOfDiagram(condition(empty, empty.order[0] ?? 0, 0))).toBeUndefined();
  });

  it('CFG-35 keeps wide values wide', () => {
    let edges = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { diagram, solutions } = randomDiagram(seed, 6);
      const v = diagram.order[0] ?? 0;
      const value = solutions[0]?.[v] ?? 0;
      const narrow = condition(diagram, v, value);
      if (narrow.values.length === 0) continue;
      edges += narrow.values.length;
      for (const kind of [Uint16Array, Int32Array]) {
        const made = condition({ ...diagram, values: kind.from(diagram.values) }, v, value);
        expect(made).toEqual({ ...narrow, values: kind.from(narrow.values) });
      }
    }
    expect(edges).toBeGreaterThan(100);
  });
});
