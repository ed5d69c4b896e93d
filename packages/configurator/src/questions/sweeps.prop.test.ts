import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagram } from '../diagram/diagram.ts';
import {
  type DiagramCase,
  keeps,
  optionsOf,
  randomDecisions,
  randomDiagram,
} from '../testing/random-diagram.ts';
import { answer, makeAnswer } from './answer.ts';
import { combine } from './combine.ts';
import { condition } from './condition.ts';
import { countExact, countsByOption } from './counts.ts';
import { firstCheapestPath } from './first-path.ts';
import { cheapestByTwo, cheapestPath, dearestPath, likeliest } from './paths.ts';
import {
  bottleneck,
  cheapest,
  counting,
  dearest,
  possibility,
  probability,
  type Semiring,
} from './semiring.ts';
import { earliest, marginals, sizeByLevel } from './sweep.ts';
import { switchable } from './switchable.ts';

const seeds = fc.integer({ min: 1, max: 100_000 });

/** The sums over listed solutions: of all, and by option. */
function bruteMarginals<T>(one: DiagramCase, ring: Semiring<T>, weightOf: (o: number) => T) {
  const byOption = ring.room(one.amounts.length);
  let total = ring.zero;
  for (const solution of one.solutions) {
    const own = optionsOf(one.problem, solution);
    const product = own.reduce((sum, o) => ring.times(sum, weightOf(o)), ring.one);
    total = ring.plus(total, product);
    for (const o of own) byOption[o] = ring.plus(byOption[o] as T, product);
  }
  return { total, byOption };
}

/** `levels` Boolean variables in no rule: 2^levels designs. */
function freeDiagram(levels: number): { diagram: Diagram; optionAt: Int32Array } {
  return {
    diagram: {
      order: Int32Array.from({ length: levels }, (_, l) => l),
      nodeAt: Int32Array.from({ length: levels + 2 }, (_, l) => l),
      edgeAt: Int32Array.from({ length: levels + 2 }, (_, n) => 2 * Math.min(n, levels)),
      values: Uint8Array.from({ length: 2 * levels }, (_, e) => e % 2),
      children: Int32Array.from({ length: 2 * levels }, (_, e) => 1 + (e >> 1)),
    },
    optionAt: Int32Array.from({ length: levels + 1 }, (_, v) => 2 * v),
  };
}

describe('sweeps', () => {
  it('CFG-37 sum over all designs in every semiring', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed);
        const { optionAt } = one.problem;
        const check = <T>(ring: Semiring<T>, weightOf: (o: number) => T): void => {
          const swept = marginals(one.diagram, ring, { optionAt, weightOf });
          expect(swept).toEqual(bruteMarginals(one, ring, weightOf));
        };
        for (const ring of [cheapest, dearest, bottleneck]) check(ring, (o) => one.amounts[o] ?? 0);
        check(possibility, (o) => (o % 4 === 0 ? 0 : 1));
        check(counting, (o) => BigInt(one.multiplicity[o] ?? 1));
        check(probability, (o) => 2 ** -(one.multiplicity[o] ?? 1));
        const dates = one.amounts;
        const date = earliest(one.diagram, { optionAt, dates });
        expect(date).toEqual(bruteMarginals(one, bottleneck, (o) => dates[o] ?? 0));
      }),
      { numRuns: 300 },
    );
  });

  it('CFG-37 count exactly, whatever the size', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed);
        const { optionAt } = one.problem;
        const multiplicity = one.multiplicity.map((n) => n * 9_999_991);
        const weightOf = (o: number): bigint => BigInt(multiplicity[o] ?? 1);
        const wanted = bruteMarginals(one, counting, weightOf);
        expect(countsByOption(one.diagram, optionAt, multiplicity)).toEqual(wanted);
        expect(countExact(one.diagram, optionAt, multiplicity)).toBe(wanted.total);
        expect(countExact(one.diagram, optionAt)).toBe(BigInt(one.solutions.length));
      }),
      { numRuns: 300 },
    );
    for (const levels of [50, 53, 54, 75, 76, 210, 1_000, 1_100]) {
      const { diagram, optionAt } = freeDiagram(levels);
      expect(countExact(diagram, optionAt)).toBe(2n ** BigInt(levels));
      const { total, byOption } = countsByOption(diagram, optionAt);
      expect([total, new Set(byOption)]).toEqual([
        2n ** BigInt(levels),
        new Set([2n ** BigInt(levels - 1)]),
      ]);
    }
  });

  it('CFG-37 find the cheapest, dearest and likeliest design', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed);
        const { optionAt } = one.problem;
        const amounts = { optionAt, amounts: one.amounts };
        const prices = one.solutions.map((solution) =>
          optionsOf(one.problem, solution).reduce((sum, o) => sum + (one.amounts[o] ?? 0), 0),
        );
        const [low, high] = [cheapestPath(one.diagram, amounts), dearestPath(one.diagram, amounts)];
        if (prices.length === 0) {
          expect([low, high]).toEqual([undefined, undefined]);
          return;
        }
        expect([low?.sum, high?.sum]).toEqual([Math.min(...prices), Math.max(...prices)]);
        for (const path of [low, high]) {
          const values = one.problem.sizes.map(
            (_, v) => path?.values[one.diagram.order.indexOf(v)] ?? 0,
          );
          expect(prices[one.solutions.findIndex((s) => s.join() === values.join())]).toBe(
            path?.sum,
          );
        }
        expect(likeliest(one.diagram, { optionAt, logWeights: one.amounts })).toEqual(high);
        const levels = one.amounts.map((amount) => amount % 3);
        const keys = one.solutions.map((solution, i) => {
          const own = optionsOf(one.problem, solution);
          return [own.reduce((sum, o) => sum + (levels[o] ?? 0), 0), prices[i] ?? 0] as const;
        });
        const [best] = keys.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const both = cheapestByTwo(one.diagram, [{ optionAt, amounts: levels }, amounts]);
        expect(both?.sum).toBe(best?.[1]);
      }),
      { numRuns: 400 },
    );
  });

  it('CFG-37 find the first of the cheapest designs, whatever the order of the diagram is', () => {
    let tied = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed);
        const { optionAt, sizes } = one.problem;
        const amounts = one.amounts.map((amount) => amount % 2);
        // Places run against the values of a variable here, so that neither is taken for the other.
        const places = Int32Array.from(amounts.keys(), (option) => -option);
        const priceOf = (solution: Int32Array): number =>
          optionsOf(one.problem, solution).reduce((sum, o) => sum + (amounts[o] ?? 0), 0);
        const least = Math.min(...one.solutions.map(priceOf));
        const cheapest = one.solutions.filter((solution) => priceOf(solution) === least);
        if (cheapest.length > 1) tied++;
        const [first] = cheapest.sort((a, b) => {
          const at = a.findIndex((value, v) => value !== b[v]);
          return (b[at] ?? 0) - (a[at] ?? 0);
        });
        const path = firstCheapestPath(one.diagram, { optionAt, amounts, places });
        const values = Array.from(sizes, (_, v) => path?.values[one.diagram.order.indexOf(v)]);
        expect(path && [values, path.sum]).toEqual(first && [[...first], least]);
      }),
      { numRuns: 400 },
    );
    expect(tied).toBeGreaterThan(100);
  });

  it('CFG-38 tell of every variable what it can be switched to while others stay', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed, 6);
        const decided = randomDecisions(one, 2);
        const into = new Uint8Array(one.amounts.length).fill(7);
        switchable(one.diagram, { optionAt: one.problem.optionAt, decided }, into);
        const wanted = new Uint8Array(one.amounts.length);
        for (const solution of one.solutions) {
          optionsOf(one.problem, solution).forEach((o, v) => {
            if (keeps(solution, decided, v)) wanted[o] = 1;
          });
        }
        expect(into).toEqual(wanted);
        const all = makeAnswer(into.length);
        const { optionAt } = one.problem;
        answer(one.diagram, { optionAt, amounts: one.amounts, decided }, all);
        expect(all.valid).toEqual(into);
      }),
      { numRuns: 500 },
    );
  });

  it('CFG-37 tell how wide each level is', () => {
    const { diagram } = randomDiagram(40);
    expect(Array.from(sizeByLevel(diagram)).reduce((a, b) => a + b, 1)).toBe(
      diagram.edgeAt.length - 1,
    );
  });
});

describe('components', () => {
  /** Two cases side by side as one problem, and all of their solutions. */
  function sideBySide(seed: number) {
    const [a, b] = [randomDiagram(seed, 3), randomDiagram(seed + 500_000, 3)];
    const shift = a.problem.sizes.length;
    const options = a.amounts.length;
    const optionAt = Int32Array.from([
      ...a.problem.optionAt.slice(0, -1),
      ...b.problem.optionAt.map((o) => o + options),
    ]);
    const second = { ...b.diagram, order: b.diagram.order.map((v) => v + shift) };
    const solutions = a.solutions.flatMap((x) => b.solutions.map((y) => Int32Array.of(...x, ...y)));
    const amounts = Float64Array.of(...a.amounts, ...b.amounts);
    const multiplicity = Float64Array.of(...a.multiplicity, ...b.multiplicity);
    return { diagrams: [a.diagram, second], optionAt, solutions, amounts, multiplicity, a };
  }

  it('CFG-44 add prices and multiply counts, and one without a design leaves none', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, isConditioned) => {
        const one = sideBySide(seed);
        const { optionAt, amounts, multiplicity } = one;
        const sizes = Int32Array.from(
          { length: optionAt.length - 1 },
          (_, v) => (optionAt[v + 1] ?? 0) - (optionAt[v] ?? 0),
        );
        const decided = new Int32Array(sizes.length).fill(-1);
        decided[0] = one.a.dice.below(sizes[0] ?? 1);
        const into = makeAnswer(amounts.length);
        const question = { optionAt, amounts, multiplicity, decided };
        const parts = one.diagrams.map((whole) => {
          const diagram = isConditioned ? condition(whole, 0, decided[0] ?? 0) : whole;
          return { variables: diagram.order, totals: answer(diagram, question, into) };
        });
        const totals = combine(parts, question, into);
        const whole = {
          ...one.a,
          problem: { ...one.a.problem, optionAt },
          amounts,
          solutions: one.solutions,
        };
        const weightOf = (o: number): number => amounts[o] ?? 0;
        const kept = { ...whole, solutions: one.solutions.filter((s) => keeps(s, decided)) };
        const low = bruteMarginals(kept, cheapest, weightOf);
        const high = bruteMarginals(kept, dearest, weightOf);
        const count = bruteMarginals(kept, probability, (o) => multiplicity[o] ?? 1);
        expect(totals).toEqual({
          least: low.total,
          greatest: high.total,
          count: count.total,
          isExactCount: true,
        });
        const from = isConditioned && totals.count === 0 ? amounts.length : (optionAt[1] ?? 0);
        expect(into.least.subarray(from)).toEqual((low.byOption as Float64Array).subarray(from));
        expect(into.greatest.subarray(from)).toEqual(
          (high.byOption as Float64Array).subarray(from),
        );
        expect(into.counts.subarray(from)).toEqual((count.byOption as Float64Array).subarray(from));
        const own = decided[0] ?? 0;
        expect(into.counts[own]).toBe(count.byOption[own]);
        if (totals.count > 0) expect(into.least[own]).toBe(low.byOption[own]);
      }),
      { numRuns: 300 },
    );
  });
});
