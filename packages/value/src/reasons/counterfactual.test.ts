import { finish } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DriverMoves, findCounterfactuals, type Scored } from './counterfactual.ts';
import type { DriverFigures } from './explain.ts';

/** Below zero where returns and contacts cost more than 50. */
function score({ returns = 0, contactCost = 0 }: DriverFigures): Scored {
  const value = 50 - returns * 15 - contactCost;
  return { tier: value < 0 ? 'below-zero' : 'maintain', value };
}

const returnsMoves: DriverMoves = { kind: 'steps', driver: 'returns', least: 0, most: 10, step: 1 };

test('VAL-108 below zero ends at fewer than two returns, or with self-service', () => {
  const found = finish(
    findCounterfactuals({
      figures: { returns: 3, contactCost: 30 },
      moves: [
        returnsMoves,
        {
          kind: 'choices',
          driver: 'contactCost',
          choices: [
            { id: 'mail', figure: 20 },
            { id: 'self-service', figure: 4 },
          ],
        },
      ],
      score,
    }),
  );
  expect(found).toEqual([
    {
      driver: 'returns',
      choice: undefined,
      from: 3,
      to: 1,
      holdsAt: 2,
      before: { tier: 'below-zero', value: -25 },
      after: { tier: 'maintain', value: 5 },
    },
    {
      driver: 'contactCost',
      choice: 'self-service',
      from: 30,
      to: 4,
      holdsAt: 30,
      before: { tier: 'below-zero', value: -25 },
      after: { tier: 'maintain', value: 1 },
    },
  ]);
});

test('VAL-108 nothing is told where no single change changes the tier', () => {
  const figures = { returns: 3, contactCost: 90 };
  expect(finish(findCounterfactuals({ figures, moves: [returnsMoves], score }))).toEqual([]);
});

test('VAL-108 only tiers that were asked for are told', () => {
  const moves: readonly DriverMoves[] = [{ ...returnsMoves, driver: 'x' }];
  const ladder = ({ x = 0 }: DriverFigures): Scored => ({
    tier: x < 3 ? 'keep' : x < 6 ? 'maintain' : 'below-zero',
    value: -x,
  });
  const [found] = finish(
    findCounterfactuals({ figures: { x: 9 }, moves, score: ladder, wanted: ['keep'] }),
  );
  expect([found?.to, found?.holdsAt]).toEqual([2, 3]);
});

test('VAL-108 a change that is told is true, and there is no smaller one on the grid', () => {
  const grid = fc.record({
    least: fc.integer({ min: -8, max: 0 }),
    most: fc.integer({ min: 1, max: 12 }),
    step: fc.constantFrom(0.25, 0.5, 1, 3),
    from: fc.integer({ min: -40, max: 60 }).map((quarters) => quarters / 4 + 0.1),
    isOnGrid: fc.boolean(),
    tiers: fc.array(fc.constantFrom('a', 'a', 'a', 'b', 'c'), { minLength: 30, maxLength: 30 }),
  });
  fc.assert(
    fc.property(grid, ({ least, most, step, from, isOnGrid, tiers }) => {
      const start = isOnGrid ? Math.round(from / step) * step : from;
      // Tiers in stripes of no order: the smallest change is not the border of one interval.
      const tierAt = (x: number): Scored => ({
        tier: tiers[Math.floor(x + 15) % 30] ?? 'a',
        value: x,
      });
      const [found] = finish(
        findCounterfactuals({
          figures: { x: start },
          moves: [{ kind: 'steps', driver: 'x', least, most, step }],
          score: ({ x = 0 }) => tierAt(x),
        }),
      );
      const tried: number[] = [];
      for (let i = Math.ceil(least / step); i * step <= most; i++) tried.push(i * step);
      const others = tried.filter((x) => tierAt(x).tier !== tierAt(start).tier);
      const nearest = Math.min(...others.map((x) => Math.abs(x - start)));
      if (found === undefined) {
        expect(others).toEqual([]);
        return;
      }
      expect(Math.abs(found.to - start)).toBe(nearest);
      expect(found.after).toEqual(tierAt(found.to));
      expect(tierAt(found.holdsAt).tier).toBe(tierAt(start).tier);
      expect(Math.abs(found.holdsAt - start)).toBeLessThan(nearest);
    }),
    { numRuns: 1000 },
  );
});
