import { type Drivers, valueOfDrivers } from '@keepsake/value';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reasonsOf } from './reasons.rules.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const amount = fc.double({ min: 0, max: 10_000, noNaN: true });
const drivers: fc.Arbitrary<Drivers> = fc.record({
  ...{ alive: share, purchases: amount, spend: amount, margin: share, returnRate: share },
  ...{ lines: amount, contactCost: amount },
});
const rates = fc.record({
  ...{ perOrder: amount, perLine: share, perReturn: amount, payment: share, emptied: share },
});

test('the mean customer, the reasons and the remainder are the value, to a billionth', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(drivers, drivers, rates, value, (own, cohort, prices, worth) => {
      const said = reasonsOf({ value: worth, drivers: own, cohort, rates: prices });
      const sum = said.reasons.reduce((all, reason) => all + reason.amount, said.cohortValue);
      const scale = Math.max(1, ...said.reasons.map((reason) => Math.abs(reason.amount)));
      expect(Math.abs(sum + said.remainder - worth) / scale).toBeLessThan(1e-9);
      expect(said.cohortValue).toBe(valueOfDrivers(cohort, prices));
      expect(said.remainder).toBe(worth - valueOfDrivers(own, prices));
      expect(said.reasons.length).toBe(7);
    }),
  );
});

test('who is like the mean customer has no reasons but nothing', () => {
  const mean: Drivers = {
    ...{ alive: 0.5, purchases: 4, spend: 60, margin: 0.4, returnRate: 0.1, lines: 2 },
    contactCost: 1,
  };
  const prices = { perOrder: 1, perLine: 0, perReturn: 2, payment: 0, emptied: 1 };
  const { reasons, remainder } = reasonsOf({
    value: 7,
    drivers: mean,
    cohort: mean,
    rates: prices,
  });
  expect(reasons.every((reason) => reason.amount === 0)).toBe(true);
  expect(remainder).toBe(7 - valueOfDrivers(mean, prices));
});
