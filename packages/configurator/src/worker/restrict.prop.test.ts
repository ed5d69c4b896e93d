import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer, makeAnswer } from '../questions/answer.ts';
import { type DiagramCase, randomDecisions, randomDiagram } from '../testing/random-diagram.ts';
import { restrict } from './restrict.ts';

const seeds = fc.integer({ min: 1, max: 100_000 });

function ask(one: DiagramCase, diagram: DiagramCase['diagram'], decided: Int32Array) {
  const { amounts, multiplicity, problem } = one;
  const into = makeAnswer(amounts.length);
  const { optionAt } = problem;
  const totals = answer(diagram, { optionAt, amounts, multiplicity, decided }, into);
  return { into, totals };
}

test('what choices leave of a diagram answers as the whole, and so does what more of them leave', () => {
  let smallerCount = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const one = randomDiagram(seed, 7);
      const decided = randomDecisions(one);
      const left = restrict(one.diagram, decided);
      expect(ask(one, left, decided)).toEqual(ask(one, one.diagram, decided));
      const others = randomDecisions(one, 1);
      const more = decided.map((value, v) => (value < 0 ? (others[v] ?? -1) : value));
      const less = restrict(left, more);
      expect(ask(one, less, more)).toEqual(ask(one, one.diagram, more));
      expect(less).toEqual(restrict(one.diagram, more));
      if (less.children.length < one.diagram.children.length) smallerCount++;
    }),
    { numRuns: 600 },
  );
  expect(smallerCount).toBeGreaterThan(60);
});
