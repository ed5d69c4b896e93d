import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Driver, type DriverFigures, explainValue, mainReasons } from './explain.ts';
import { shapleyValues } from './shapley.ts';

/** A game on up to six players: any worth for any coalition. */
const game = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    worth: fc.array(fc.integer({ min: -1000, max: 1000 }), {
      minLength: 2 ** count,
      maxLength: 2 ** count,
    }),
  }),
);

/** The definition: the marginal contribution in every order, averaged. */
function byPermutations(count: number, worth: readonly number[]): readonly number[] {
  const sums = new Array<number>(count).fill(0);
  let orders = 0;
  const walk = (coalition: number, before: readonly (readonly [number, number])[]): void => {
    if (before.length === count) {
      orders++;
      for (const [driver, gain] of before) sums[driver] = (sums[driver] ?? 0) + gain;
      return;
    }
    for (let driver = 0; driver < count; driver++) {
      if (((coalition >> driver) & 1) === 1) continue;
      const next = coalition | (1 << driver);
      walk(next, [...before, [driver, (worth[next] ?? 0) - (worth[coalition] ?? 0)]]);
    }
  };
  walk(0, []);
  return sums.map((sum) => sum / orders);
}

/** Six drivers of a value as a company would have them. */
const figure = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const driver = (id: string, min: number, max: number) =>
  fc.record({ id: fc.constant(id), customer: figure(min, max), cohort: figure(min, max) });
const drivers: fc.Arbitrary<readonly Driver[]> = fc.tuple(
  driver('orderRate', 0, 30),
  driver('alive', 0, 1),
  driver('spend', 1, 100_000),
  driver('margin', -0.2, 0.9),
  driver('returns', 0, 500),
  driver('service', 0, 200),
);

function worthOf(figures: DriverFigures): number {
  const of = (id: string): number => figures[id] ?? 0;
  const orders = of('orderRate') * of('alive');
  return orders * of('spend') * of('margin') - orders * of('returns') - of('service');
}

test('VAL-105 reasons sum to the difference from the cohort, to a billionth', () => {
  fc.assert(
    fc.property(drivers, (list) => {
      const { value, cohortValue, reasons } = explainValue(list, worthOf);
      const sum = reasons.reduce((total, { amount }) => total + amount, 0);
      expect(Math.abs(sum - (value - cohortValue))).toBeLessThanOrEqual(1e-9);
      expect(value).toBe(
        worthOf(Object.fromEntries(list.map(({ id, customer }) => [id, customer]))),
      );
    }),
    { numRuns: 1000 },
  );
});

test('VAL-106 a reason is the marginal contribution, averaged over all orders', () => {
  fc.assert(
    fc.property(game, ({ count, worth }) => {
      const shares = shapleyValues(count, (coalition) => worth[coalition] ?? 0);
      for (const [i, share] of byPermutations(count, worth).entries()) {
        expect(shares[i]).toBeCloseTo(share, 9);
      }
    }),
    { numRuns: 60 },
  );
});

test('VAL-106 efficiency: the reasons of a game sum to the worth of all less that of none', () => {
  fc.assert(
    fc.property(game, ({ count, worth }) => {
      const shares = shapleyValues(count, (coalition) => worth[coalition] ?? 0);
      const sum = shares.reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo((worth.at(-1) ?? 0) - (worth[0] ?? 0), 9);
    }),
  );
});

test('VAL-106 symmetry: two drivers that do the same in every coalition get the same', () => {
  fc.assert(
    fc.property(game, ({ count, worth }) => {
      fc.pre(count > 1);
      // Swapping the first two makes no difference.
      const swapped = (coalition: number): number => {
        const [first, second] = [coalition & 1, (coalition >> 1) & 1];
        return (coalition & ~3) | (first << 1) | second;
      };
      const shares = shapleyValues(
        count,
        (coalition) => (worth[coalition] ?? 0) + (worth[swapped(coalition)] ?? 0),
      );
      expect(shares[0]).toBeCloseTo(shares[1] ?? Number.NaN, 9);
    }),
  );
});

test('VAL-106 null player: a driver that changes nothing gets nothing', () => {
  fc.assert(
    fc.property(game, ({ count, worth }) => {
      const shares = shapleyValues(count, (coalition) => worth[coalition & ~1] ?? 0);
      expect(shares[0]).toBe(0);
    }),
  );
  fc.assert(
    fc.property(drivers, (list) => {
      const same = list.map((one) =>
        one.id === 'margin' ? { ...one, customer: one.cohort } : one,
      );
      const { reasons } = explainValue(same, worthOf);
      const margin = reasons.find((reason) => reason.driver === 'margin');
      expect(margin?.amount).toBe(0);
    }),
  );
});

test('VAL-106 additivity: reasons of a sum are the sums of reasons', () => {
  fc.assert(
    fc.property(game, game, (one, other) => {
      const count = Math.min(one.count, other.count);
      const a = shapleyValues(count, (coalition) => one.worth[coalition] ?? 0);
      const b = shapleyValues(count, (coalition) => other.worth[coalition] ?? 0);
      const both = shapleyValues(
        count,
        (coalition) => (one.worth[coalition] ?? 0) + (other.worth[coalition] ?? 0),
      );
      for (const [i, share] of both.entries()) {
        expect(share).toBeCloseTo((a[i] ?? 0) + (b[i] ?? 0), 9);
      }
    }),
  );
});

test('VAL-107 reasons come greatest first, with the figures they rest on; the rest is summed', () => {
  fc.assert(
    fc.property(drivers, (list) => {
      const { reasons } = explainValue(list, worthOf);
      for (const [i, { amount, driver: id, customer, cohort }] of reasons.entries()) {
        if (i > 0) {
          expect(Math.abs(amount)).toBeLessThanOrEqual(Math.abs(reasons[i - 1]?.amount ?? 0));
        }
        expect(list.find((one) => one.id === id)).toEqual({ id, customer, cohort });
      }
      const { said, rest } = mainReasons(reasons, 0.8);
      expect(said.length + rest.count).toBe(reasons.length);
      const all = reasons.reduce((sum, { amount }) => sum + amount, 0);
      const parts = said.reduce((sum, { amount }) => sum + amount, 0) + rest.amount;
      expect(parts).toBeCloseTo(all, 5);
      const moved = (part: typeof said) =>
        part.reduce((sum, { amount }) => sum + Math.abs(amount), 0);
      if (moved(reasons) > 0) {
        expect(moved(said)).toBeGreaterThanOrEqual(0.8 * moved(reasons) - 1e-6);
        expect(moved(said.slice(0, -1))).toBeLessThan(0.8 * moved(reasons));
      }
    }),
  );
});

test('VAL-107 twice the orders at a tenth of the margin less', () => {
  const { reasons, value, cohortValue } = explainValue(
    [
      { id: 'orders', customer: 8, cohort: 4 },
      { id: 'margin', customer: 30, cohort: 40 },
    ],
    ({ orders = 0, margin = 0 }) => orders * margin,
  );
  expect([value, cohortValue]).toEqual([240, 160]);
  // Four orders more at the mean margin of 35; ten less of each of the mean six orders.
  expect(reasons).toEqual([
    { driver: 'orders', amount: 140, customer: 8, cohort: 4 },
    { driver: 'margin', amount: -60, customer: 30, cohort: 40 },
  ]);
});
