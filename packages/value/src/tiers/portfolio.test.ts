import fc from 'fast-check';
import { expect, test } from 'vitest';
import { migrationMatrix, stayedShare } from './migration.ts';
import {
  calibrationTable,
  customerEquity,
  groupQuantities,
  returnOnCustomer,
  whaleCurve,
} from './portfolio.ts';
import { TIERS, type Tier } from './tier.ts';

const values = fc
  .array(fc.integer({ min: -500, max: 2000 }), { minLength: 1, maxLength: 80 })
  .map((list) => Float64Array.from(list));

test('VAL-99 a migration counts every customer once, also who came and who left', () => {
  const month = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
    fc.constantFrom<Tier>(...TIERS),
  );
  fc.assert(
    fc.property(month, month, (first, second) => {
      const [before, after] = [new Map(Object.entries(first)), new Map(Object.entries(second))];
      const matrix = migrationMatrix(before, after);
      const counts = Object.values(matrix).flatMap((row) => Object.values(row));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
        new Set([...before.keys(), ...after.keys()]).size,
      );
      for (const from of TIERS) {
        for (const to of TIERS) {
          const moved = [...before].filter(([id, tier]) => tier === from && after.get(id) === to);
          expect(matrix[from][to]).toBe(moved.length);
        }
      }
    }),
  );
  expect(
    stayedShare(
      migrationMatrix(
        new Map<string, Tier>([
          ['a', 'keep'],
          ['b', 'grow'],
        ]),
        new Map<string, Tier>([
          ['a', 'keep'],
          ['b', 'keep'],
          ['c', 'keep'],
        ]),
      ),
    ),
  ).toBe(0.5);
  expect(stayedShare(migrationMatrix(new Map(), new Map()))).toBeUndefined();
});

test('VAL-100 customer equity is the sum of the values, to the last digit', () => {
  expect(customerEquity(Float64Array.of(1e16, 1, -1e16, 1))).toBe(2);
  expect(customerEquity(new Float64Array(1_000_000).fill(0.1))).toBe(100_000);
});

test('VAL-100 return on customer counts profit and what the equity changed by', () => {
  expect(returnOnCustomer({ profit: 10, equityBefore: 200, equityAfter: 210 })).toBe(0.1);
  expect(returnOnCustomer({ profit: 10, equityBefore: 200, equityAfter: 170 })).toBe(-0.1);
  expect(returnOnCustomer({ profit: 10, equityBefore: 0, equityAfter: 170 })).toBeUndefined();
});

test('VAL-101 the whale curve is the best sum of so many customers, and ends at the total', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 30 }), (list, points) => {
      const curve = whaleCurve(list, points);
      const sorted = [...list].sort((a, b) => b - a);
      for (let i = 0; i <= points; i++) {
        const count = Math.round((i * list.length) / points);
        const sum = sorted.slice(0, count).reduce((total, value) => total + value, 0);
        expect(curve.value[i]).toBe(sum);
        expect(curve.customers[i]).toBeCloseTo(count / list.length, 12);
      }
      expect(curve.total).toBe(curve.value[points]);
      expect(curve.peak.value).toBe(list.reduce((sum, value) => sum + Math.max(0, value), 0));
    }),
  );
});

test('VAL-101 group quantities add up to the whole', () => {
  fc.assert(
    fc.property(values, (list) => {
      const groups = Array.from(list, (_, i) => `g${i % 3}`);
      const rows = groupQuantities(groups, list);
      const total = (of: (row: (typeof rows)[number]) => number) =>
        rows.reduce((sum, row) => sum + of(row), 0);
      expect(total((row) => row.count)).toBe(list.length);
      expect(total((row) => row.total)).toBeCloseTo(customerEquity(list), 9);
      expect(total((row) => row.shareOfCustomers)).toBeCloseTo(1, 12);
      expect(total((row) => row.belowZero)).toBe(list.filter((value) => value < 0).length);
      for (const { quantiles } of rows)
        expect([...quantiles].sort((a, b) => a - b)).toEqual(quantiles);
    }),
  );
  const [only] = groupQuantities(['a', 'a', 'a'], Float64Array.of(30, 10, 20));
  expect(only?.quantiles).toEqual([12, 15, 20, 25, 28]);
  expect(groupQuantities(['a'], Float64Array.of(-1))[0]?.shareOfValue).toBeUndefined();
});

test('VAL-101 calibration parts no two customers of one prediction', () => {
  const list = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 20 })), {
    minLength: 1,
    maxLength: 80,
  });
  fc.assert(
    fc.property(list, (pairs) => {
      const rows = calibrationTable(
        Float64Array.from(pairs, ([p]) => p),
        Float64Array.from(pairs, ([, a]) => a),
        5,
      );
      let from = 0;
      for (const [i, row] of rows.entries()) {
        const alike = pairs.filter(([p]) => p >= row.from && p <= row.to);
        expect(row.count).toBe(alike.length);
        expect(row.actualMean).toBeCloseTo(
          alike.reduce((sum, [, a]) => sum + a, 0) / alike.length,
          9,
        );
        if (i > 0) expect(row.from).toBeGreaterThan(rows[i - 1]?.to ?? 0);
        from += row.count;
      }
      expect(from).toBe(pairs.length);
    }),
  );
  const even = Float64Array.from({ length: 100 }, (_, i) => i);
  expect(calibrationTable(even, even).map((row) => row.count)).toEqual(new Array(10).fill(10));
});
