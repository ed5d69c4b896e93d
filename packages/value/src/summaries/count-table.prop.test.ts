import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CountTable } from './count-table.ts';

test('VAL-36 counted triples are what a map counts, in ascending order', () => {
  const value = fc.oneof(
    fc.constantFrom(0, -0, 1, 2, -5, 38.86, 2 ** 40),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value, value, fc.integer({ min: -2, max: 2 }))),
      (rows) => {
        const table = new CountTable();
        const expected = new Map<string, number>();
        for (const [a, b, c, count] of rows) {
          table.add(a, b, c, count);
          const key = [a + 0, b + 0, c + 0].join();
          expected.set(key, (expected.get(key) ?? 0) + count);
        }
        const { first, second, third, count } = table.rows();
        const found = [...count].map((n, i) => ({
          key: [(first[i] ?? 0) + 0, (second[i] ?? 0) + 0, (third[i] ?? 0) + 0],
          n,
        }));
        const kept = [...expected].filter(([, n]) => n !== 0);
        expect(new Map(found.map(({ key, n }) => [key.join(), n]))).toEqual(new Map(kept));
        for (let i = 1; i < found.length; i++) {
          const [before, after] = [found[i - 1]?.key ?? [], found[i]?.key ?? []];
          const at = before.findIndex((each, j) => each !== after[j]);
          expect((before[at] ?? 0) < (after[at] ?? 0)).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('VAL-36 a hundred thousand different triples', () => {
  const table = new CountTable();
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < 100_000; i++) table.add(i % 7, i, -i);
  }
  const { count } = table.rows();
  expect(count).toHaveLength(100_000);
  expect(count.every((n) => n === 2)).toBe(true);
});
