import { expect, test } from 'vitest';
import { bestDiscount, type Discount, type HeldDiscount } from './act.ts';
import { parseTreatments } from './parse-treatments.ts';

const offer = {
  id: 'a-tenth',
  words: 'A tenth off',
  kind: 'offer',
  tiers: ['grow'],
  from: '2026-01-01',
  until: '2027-01-01',
  worth: 1,
};
const fence = { ...offer, kind: 'price-fence', tiers: undefined, grounds: ['early'] };
const start = { ...offer, kind: 'starting-point' };
const early = { id: 'early', words: 'Ordered early', because: 'Terms of sale, § 4' };

function read(treatment: object) {
  return parseTreatments({ version: '1', grounds: [early], treatments: [treatment] });
}

function actOf(treatment: object): unknown {
  const parsed = read(treatment);
  if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed.error));
  return parsed.value.treatments[0]?.act;
}

function faultsOf(treatment: object): readonly string[] {
  const parsed = read(treatment);
  return parsed.kind === 'ok' ? [] : parsed.error.map(({ code, path }) => `${path} ${code}`);
}

test('VAL-209 an offer lets off a part of the price, once unless it says otherwise; a fence always', () => {
  const discount = { kind: 'discount', basisPoints: 1000, families: [] };
  expect(actOf(offer)).toBeUndefined();
  expect(actOf({ ...offer, discount: { basisPoints: 1000 } })).toEqual({ ...discount, uses: 1 });
  expect(actOf({ ...offer, discount: { basisPoints: 1000, uses: 3 } })).toEqual({
    ...discount,
    uses: 3,
  });
  expect(actOf({ ...fence, discount: { basisPoints: 1000, families: ['mug'] } })).toEqual({
    ...discount,
    uses: undefined,
    families: ['mug'],
  });
});

test('VAL-209 a starting point is choices of one family', () => {
  const choices = { roast: 'dark', grind: true, weight: 250 };
  expect(actOf({ ...start, start: { family: 'blend', choices } })).toEqual({
    kind: 'start',
    family: 'blend',
    choices,
  });
});

test('VAL-209 what acts otherwise than its kind, or by nonsense, is refused with its path', () => {
  const at = 'treatments[0]';
  expect(faultsOf({ ...start, discount: { basisPoints: 500 } })).toEqual([
    `${at}.discount unknown-key`,
  ]);
  expect(faultsOf({ ...offer, start: { family: 'blend', choices: { roast: 'dark' } } })).toEqual([
    `${at}.start unknown-key`,
  ]);
  expect(faultsOf({ ...offer, discount: { basisPoints: 9001, uses: 0, of: 1 } })).toEqual([
    `${at}.discount.of unknown-key`,
    `${at}.discount.basisPoints out-of-range`,
    `${at}.discount.uses out-of-range`,
  ]);
  expect(faultsOf({ ...offer, discount: { basisPoints: 1.5, families: ['A b'] } })).toEqual([
    `${at}.discount.families bad-name`,
    `${at}.discount.basisPoints not-a-number`,
  ]);
  expect(faultsOf({ ...offer, discount: 7 })).toContain(`${at}.discount not-an-object`);
  expect(faultsOf({ ...start, start: { family: 'Blend!', choices: {} } })).toEqual([
    `${at}.start.family bad-name`,
    `${at}.start.choices missing`,
  ]);
  expect(
    faultsOf({ ...start, start: { family: 'blend', choices: { 'Roast ': 'x', grind: null } } }),
  ).toEqual([`${at}.start.choices.Roast  bad-name`, `${at}.start.choices.grind not-a-text`]);
  expect(
    faultsOf({ ...start, start: { family: 'blend', choices: { grind: Number.NaN } } }),
  ).toEqual([`${at}.start.choices.grind not-a-text`]);
});

function held(treatment: string, discount: Partial<Discount>, more: Partial<HeldDiscount> = {}) {
  const whole: Discount = {
    ...{ kind: 'discount', basisPoints: 1000, uses: 1, families: [] },
    ...discount,
  };
  return { treatment, priority: 0, used: 0, discount: whole, ...more };
}

test('VAL-210 of several discounts the largest that is open is given, and none beside it', () => {
  const small = held('small', { basisPoints: 500 });
  const large = held('large', { basisPoints: 2000, families: ['mug'] });
  expect(bestDiscount([small, large], 'mug')?.treatment).toBe('large');
  expect(bestDiscount([small, large], 'bowl')?.treatment).toBe('small');
  expect(bestDiscount([{ ...large, used: 1 }, small], 'mug')?.treatment).toBe('small');
  expect(bestDiscount([{ ...small, used: 1 }], 'mug')).toBeUndefined();
  expect(bestDiscount([], 'mug')).toBeUndefined();
  const always = held('always', { basisPoints: 100, uses: undefined }, { used: 999 });
  expect(bestDiscount([always], 'mug')?.treatment).toBe('always');
});

test('VAL-210 of equal ones the greater priority is given, then the first by name', () => {
  const [a, b, c] = [held('a', {}), held('b', {}, { priority: 5 }), held('c', {}, { priority: 5 })];
  for (const order of [
    [a, b, c],
    [c, b, a],
    [b, a, c],
  ]) {
    expect(bestDiscount(order, 'mug')?.treatment).toBe('b');
  }
});
