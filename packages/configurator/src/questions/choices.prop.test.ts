import { seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layeredDiagram } from '../testing/layered-diagram.ts';
import { type DiagramCase, optionsOf, randomDiagram } from '../testing/random-diagram.ts';
import { bestWithin } from './best-within.ts';
import { priceHistogram } from './histogram.ts';
import { nextQuestion, shareByOption } from './next-question.ts';
import { cheapestPath, dearestPath } from './paths.ts';
import { sample } from './sample.ts';

const seeds = fc.integer({ min: 1, max: 100_000 });

function sumOf(one: DiagramCase, solution: Int32Array, amounts: Float64Array): number {
  return optionsOf(one.problem, solution).reduce((sum, o) => sum + (amounts[o] ?? 0), 0);
}

/** A weight from 0 to 3 of each option. */
function weightsOf(one: DiagramCase): Float64Array {
  return one.amounts.map(() => one.dice.below(4));
}

/** How likely each solution is, by weights. */
function likelihoods(one: DiagramCase, weights: Float64Array): readonly number[] {
  const raw = one.solutions.map((s) =>
    optionsOf(one.problem, s).reduce((product, o) => product * (weights[o] ?? 1), 1),
  );
  const whole = raw.reduce((a, b) => a + b, 0);
  return raw.map((share) => (whole > 0 ? share / whole : 0));
}

describe('the best design within a budget', () => {
  it('CFG-40 is as good as any that costs no more', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: -10, max: 90 }), (seed, limit) => {
        const one = randomDiagram(seed, 7);
        const { optionAt } = one.problem;
        const preference = one.amounts.map((a) => a * 0.7 + one.dice.below(9) - 3.3);
        const found = bestWithin(one.diagram, { optionAt, costs: one.amounts, limit, preference });
        const fair = one.solutions.filter((s) => sumOf(one, s, one.amounts) <= limit);
        if (fair.length === 0) {
          expect(found).toEqual({ kind: 'impossible' });
          return;
        }
        const most = Math.max(...fair.map((s) => sumOf(one, s, preference)));
        expect(found.kind).toBe('best');
        if (found.kind !== 'best') return;
        expect(found.preference).toBeCloseTo(most, 7);
        const values = one.problem.sizes.map(
          (_, v) => found.values[one.diagram.order.indexOf(v)] ?? 0,
        );
        const same = fair.find((s) => s.join() === values.join()) ?? values;
        expect(sumOf(one, same, one.amounts)).toBe(found.cost);
        expect(sumOf(one, same, preference)).toBeCloseTo(found.preference, 7);
        expect(found.cost).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 800 },
    );
  });

  it('CFG-40 is bounded on both sides where the labels run out', () => {
    const { diagram, problem } = layeredDiagram({ seed: 3, levels: 20, nodes: 800, values: 6 });
    const dice = seededRandom(5);
    const { optionAt } = problem;
    const options = optionAt.at(-1) ?? 0;
    const costs = Float64Array.from({ length: options }, () => dice.below(1_000));
    const preference = costs.map((cost) => cost + dice.below(300));
    const low = cheapestPath(diagram, { optionAt, amounts: costs })?.sum ?? 0;
    const high = dearestPath(diagram, { optionAt, amounts: costs })?.sum ?? 0;
    const question = { optionAt, costs, preference, limit: Math.round((low + high) / 2) };
    const whole = bestWithin(diagram, { ...question, labelsMax: 1_000_000 });
    const cut = bestWithin(diagram, { ...question, labelsMax: 3 });
    expect([whole.kind, cut.kind]).toEqual(['best', 'unknown']);
    if (whole.kind !== 'best' || cut.kind !== 'unknown') return;
    expect(cut.seen.cost).toBeLessThanOrEqual(question.limit);
    expect(cut.seen.preference).toBeLessThanOrEqual(whole.preference);
    expect(cut.preferenceMax).toBeGreaterThanOrEqual(whole.preference - 1e-6);
  });
});

describe('questions by chance', () => {
  it('CFG-41 rank variables by their entropy among the designs left', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed);
        const { optionAt, sizes } = one.problem;
        const weights = weightsOf(one);
        const likely = likelihoods(one, weights);
        const shares = new Float64Array(weights.length);
        one.solutions.forEach((solution, i) => {
          for (const o of optionsOf(one.problem, solution)) {
            shares[o] = (shares[o] ?? 0) + (likely[i] ?? 0);
          }
        });
        const into = new Float64Array(weights.length).fill(9);
        shareByOption(one.diagram, { optionAt, weights }, into);
        shares.forEach((share, o) => {
          expect(into[o]).toBeCloseTo(share, 9);
        });
        const asked = nextQuestion(one.diagram, { optionAt, weights });
        for (const { variable, bits } of asked) {
          const own = shares.subarray(optionAt[variable], optionAt[variable + 1]);
          const wanted = own.reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0);
          expect(bits).toBeCloseTo(wanted, 9);
        }
        expect(asked.map(({ variable }) => variable).sort((a, b) => a - b)).toEqual([
          ...sizes.keys(),
        ]);
        const bits = asked.map((each) => each.bits);
        expect(bits).toEqual([...bits].sort((a, b) => b - a));
      }),
      { numRuns: 400 },
    );
  });

  it('CFG-42 draw each design as often as its weight says', () => {
    for (const seed of [5, 9, 14, 23, 40, 77]) {
      const one = randomDiagram(seed);
      const { optionAt } = one.problem;
      for (const weights of [one.amounts.map(() => 1), weightsOf(one)]) {
        const likely = likelihoods(one, weights);
        const rows = sample(one.diagram, { optionAt, weights }, seededRandom(seed), 4_000);
        const isNone = likely.every((p) => p === 0);
        expect(rows.length).toBe(isNone ? 0 : 4_000);
        const drawn = new Map<string, number>();
        for (const row of rows) drawn.set(row.join(), (drawn.get(row.join()) ?? 0) + 1);
        one.solutions.forEach((solution, i) => {
          const key = Array.from(one.diagram.order, (v) => solution[v] ?? 0).join();
          // Five standard errors: the seeds are fixed, so that this never fails by chance later.
          const p = likely[i] ?? 0;
          const slack = 5 * Math.sqrt((p * (1 - p)) / 4_000);
          expect(Math.abs((drawn.get(key) ?? 0) / 4_000 - p)).toBeLessThanOrEqual(
            isNone ? 1 : slack,
          );
          drawn.delete(key);
        });
        expect(drawn.size).toBe(0);
      }
    }
  });

  it('CFG-42 spread prices over buckets, exactly or with the error that is stated', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 9 }), (seed, buckets) => {
        const one = randomDiagram(seed);
        const { optionAt } = one.problem;
        const base = { optionAt, amounts: one.amounts, buckets, random: seededRandom(seed) };
        const found = priceHistogram(one.diagram, base);
        if (one.solutions.length === 0) {
          expect(found).toBeUndefined();
          return;
        }
        const prices = one.solutions.map((s) => sumOf(one, s, one.amounts));
        const [least, greatest] = [Math.min(...prices), Math.max(...prices)];
        const width = Math.max((greatest - least) / buckets, Number.MIN_VALUE);
        const shares = new Float64Array(buckets);
        for (const price of prices) {
          const b = Math.min(buckets - 1, Math.floor((price - least) / width));
          shares[b] = (shares[b] ?? 0) + 1 / prices.length;
        }
        expect(found).toMatchObject({ least, greatest, width, error: 0 });
        shares.forEach((share, b) => {
          expect(found?.shares[b]).toBeCloseTo(share, 9);
        });
        const drawn = priceHistogram(one.diagram, { ...base, workMax: 0, draws: 500 });
        expect(drawn?.error).toBeCloseTo(0.0607, 4);
        let apart = 0;
        shares.forEach((share, b) => {
          apart += (drawn?.shares[b] ?? 0) - share;
          // Three times the error at 95 %: out of reach for the runs made here.
          expect(Math.abs(apart)).toBeLessThan(3 * 0.0607);
        });
      }),
      { numRuns: 150 },
    );
  });
});
