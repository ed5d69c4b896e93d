import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexPoints } from './nearest.ts';

describe('nearest points', () => {
  test('VAL-75 a search agrees with looking at every point, ties and all', () => {
    // Small whole coordinates, so that many points are equally far.
    const points = fc.integer({ min: 1, max: 3 }).chain((dimensions) =>
      fc
        .array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 }), {
          minLength: 1,
          maxLength: 200,
        })
        .map((rows) => rows.map((row) => row.slice(0, dimensions))),
    );
    fc.assert(
      fc.property(points, fc.nat(250), fc.nat(220), (rows, count, except) => {
        const dimensions = rows[0]?.length ?? 0;
        const columns = Array.from({ length: dimensions }, (_, k) =>
          Float64Array.from(rows, (row) => row[k] ?? 0),
        );
        const target = rows[except % rows.length] ?? [];
        const square = (i: number): number =>
          target.reduce((sum, value, k) => sum + (value - (rows[i]?.[k] ?? 0)) ** 2, 0);
        const expected = rows
          .map((_, i) => i)
          .filter((i) => i !== except)
          .sort((a, b) => square(a) - square(b) || a - b)
          .slice(0, count);
        expect([...indexPoints(columns)(target, count, except)]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
