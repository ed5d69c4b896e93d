import { describe, expect, test } from 'vitest';
import { deliversTo, taxFor } from './companies.rules.ts';
import type { TaxRule } from './company.ts';

const rule = (changes: Partial<TaxRule>): TaxRule => ({
  ...{ country: null, region: null, taxClass: null, label: 'tax', basisPoints: 0 },
  ...changes,
});
const rate = (taxes: readonly TaxRule[], country: string, region?: string, taxClass = 'standard') =>
  taxFor({ taxes }, { country, region, taxClass }).basisPoints;

describe('the tax of a place', () => {
  const everywhere = rule({ basisPoints: 1 });
  const food = rule({ taxClass: 'food', basisPoints: 2 });
  const germany = rule({ country: 'DE', basisPoints: 3 });
  const germanFood = rule({ country: 'DE', taxClass: 'food', basisPoints: 4 });
  const florida = rule({ country: 'US', region: 'FL', basisPoints: 5 });
  const taxes = [everywhere, food, germany, germanFood, florida];

  test('is that of the most particular row', () => {
    expect(rate(taxes, 'FR')).toBe(1);
    expect(rate(taxes, 'FR', undefined, 'food')).toBe(2);
    expect(rate(taxes, 'DE')).toBe(3);
    expect(rate(taxes, 'DE', undefined, 'food')).toBe(4);
    expect(rate(taxes, 'US', 'FL')).toBe(5);
    expect(rate(taxes, 'US', 'FL', 'food')).toBe(5);
    expect(rate(taxes, 'US', 'CA')).toBe(1);
  });

  test('does not depend on the order of the rows', () => {
    expect(rate(taxes.toReversed(), 'DE', undefined, 'food')).toBe(4);
    expect(rate(taxes.toReversed(), 'FR')).toBe(1);
  });

  test('is nothing where no row says so', () => {
    expect(taxFor({ taxes: [germany] }, { country: 'FR', taxClass: 'standard' })).toEqual({
      label: '',
      basisPoints: 0,
    });
  });
});

test('a delivery goes to its countries, and without any everywhere', () => {
  const base = { id: 'd', name: { en: 'D' }, feeMinor: 0n, days: 1, needsAddress: true };
  expect(deliversTo({ ...base, countries: ['DE', 'AT'] }, 'AT')).toBe(true);
  expect(deliversTo({ ...base, countries: ['DE', 'AT'] }, 'FR')).toBe(false);
  expect(deliversTo({ ...base, countries: [] }, 'FR')).toBe(true);
});
