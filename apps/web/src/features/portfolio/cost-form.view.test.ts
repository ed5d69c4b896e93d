import { expect, test } from 'vitest';
import { costFields, currencyOf, shownCosts, typedCosts, typedNumber } from './cost-form.view.ts';

const euro = currencyOf('EUR');
const table = {
  ...{ version: '2026-1', validFrom: '2026-01-01', currency: 'EUR', minorPerUnit: 100 },
  marginBasisPoints: 4_250,
  marginBasisPointsByCategory: { 'green coffee': 5_200 },
  ...{ perOrderMinor: 420, perLineMinor: 35, perReturnMinor: 680 },
  perContactMinor: { phone: 650 },
  ...{ paymentBasisPoints: 180, discountBasisPointsPerYear: 900 },
};
const next = { version: '2026-1', validFrom: '2026-01-01' };

test('a table that is typed again is the same', () => {
  const fields = costFields(shownCosts(table), next);
  expect(fields).toMatchObject({
    margin: '42.5',
    byCategory: 'green coffee 52',
    perContact: 'phone 6.5',
  });
  expect(typedCosts(fields, euro)).toEqual({ kind: 'typed', document: table });
});

test('numbers are read with a comma or a point', () => {
  expect(['6,50', '6.5', ' 12 ', '−3'].map(typedNumber)).toEqual([6.5, 6.5, 12, -3]);
  expect(['', 'much', '1.2.3', '1e9'].map(typedNumber)).toEqual(Array(4).fill(undefined));
});

test('everything that is wrong is told at once, by field', () => {
  const fields = costFields(shownCosts(table), { version: ' ', validFrom: '' });
  const wrong = { ...fields, margin: '', perOrder: 'much', perContact: 'phone 6\nonly a name' };
  expect(typedCosts(wrong, euro)).toEqual({
    kind: 'wrong',
    faults: {
      margin: { kind: 'missing' },
      perOrder: { kind: 'number' },
      version: { kind: 'missing' },
      validFrom: { kind: 'missing' },
      perContact: { kind: 'line', line: 2 },
    },
  });
});

test('nothing is filled in where nothing holds, and a currency has its own minor units', () => {
  expect(costFields(undefined, next)).toMatchObject({ margin: '', byCategory: '', discount: '' });
  expect(currencyOf('JPY').minorPerUnit).toBe(1);
});
