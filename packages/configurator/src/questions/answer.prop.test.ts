import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DiagramCase,
  keeps,
  optionsOf,
  randomDecisions,
  randomDiagram,
} from '../testing/random-diagram.ts';
import { answer, makeAnswer } from './answer.ts';
import { conditionAll } from './condition.ts';

const seeds = fc.integer({ min: 1, max: 100_000 });

/** What `answer` should say, from the list of solutions. */
function bruteAnswer(one: DiagramCase, decided: Int32Array) {
  const { problem, solutions, amounts, multiplicity } = one;
  const options = problem.optionAt.at(-1) ?? 0;
  const into = makeAnswer(options);
  const totals = { least: Number.POSITIVE_INFINITY, greatest: Number.NEGATIVE_INFINITY, count: 0 };
  for (const solution of solutions) {
    const own = optionsOf(problem, solution);
    const price = own.reduce((sum, o) => sum + (amounts[o] ?? 0), 0);
    const times = own.reduce((product, o) => product * (multiplicity[o] ?? 1), 1);
    if (keeps(solution, decided)) {
      totals.least = Math.min(totals.least, price);
      totals.greatest = Math.max(totals.greatest, price);
      totals.count += times;
    }
    own.forEach((o, v) => {
      if (!keeps(solution, decided, v)) return;
      into.valid[o] = 1;
      into.least[o] = Math.min(into.least[o] ?? 0, price);
      into.greatest[o] = Math.max(into.greatest[o] ?? 0, price);
      into.counts[o] = (into.counts[o] ?? 0) + times;
    });
  }
  return { into, totals: { ...totals, isExactCount: true } };
}

describe('answer', () => {
  it('CFG-36 tells what a list of all designs tells, of all and of each option', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed);
        const decided = randomDecisions(one);
        const into = makeAnswer(one.problem.optionAt.at(-1) ?? 0);
        const question = { ...one, optionAt: one.problem.optionAt };
        const totals = answer(one.diagram, { ...question, decided }, into);
        expect({ into, totals }).toEqual(bruteAnswer(one, decided));
        const open = answer(one.diagram, question, into);
        expect({ into, totals: open }).toEqual(
          bruteAnswer(
            one,
            decided.map(() => -1),
          ),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('CFG-36 says of a conditioned diagram what it says of the whole one under decisions', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = randomDiagram(seed);
        const decided = randomDecisions(one);
        const options = one.problem.optionAt.at(-1) ?? 0;
        const [under, open] = [makeAnswer(options), makeAnswer(options)];
        const flat = new Float64Array(options);
        const question = { optionAt: one.problem.optionAt, amounts: flat };
        const whole = answer(one.diagram, { ...question, decided }, under);
        expect(answer(conditionAll(one.diagram, decided), question, open)).toEqual(whole);
        for (const v of one.diagram.order) {
          if ((decided[v] ?? -1) >= 0) continue;
          const [from, to] = [one.problem.optionAt[v], one.problem.optionAt[v + 1]];
          expect(open.valid.subarray(from, to)).toEqual(under.valid.subarray(from, to));
          expect(open.counts.subarray(from, to)).toEqual(under.counts.subarray(from, to));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('CFG-36 says where counts are no longer exact', () => {
    const levels = 60;
    const diagram = {
      order: Int32Array.from({ length: levels }, (_, l) => l),
      nodeAt: Int32Array.from({ length: levels + 2 }, (_, l) => l),
      edgeAt: Int32Array.from({ length: levels + 2 }, (_, n) => 2 * Math.min(n, levels)),
      values: Uint8Array.from({ length: 2 * levels }, (_, e) => e % 2),
      children: Int32Array.from({ length: 2 * levels }, (_, e) => 1 + (e >> 1)),
    };
    const optionAt = Int32Array.from({ length: levels + 1 }, (_, v) => 2 * v);
    const into = makeAnswer(2 * levels);
    const amounts = new Float64Array(2 * levels);
    const all = answer(diagram, { optionAt, amounts }, into);
    expect(all).toMatchObject({ count: 2 ** 60, isExactCount: false });
    const decided = new Int32Array(levels).fill(-1).fill(1, 0, 10);
    const some = answer(diagram, { optionAt, amounts, decided }, into);
    expect(some).toMatchObject({ count: 2 ** 50, isExactCount: true });
  });
});
