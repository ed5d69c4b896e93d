import { describe, expect, test } from 'vitest';
import {
  alikeTexts,
  chanceText,
  changeText,
  driverText,
  estimateText,
  rangedTexts,
  reasonWords,
  shareText,
  smallText,
  stepOf,
  treatmentWay,
  wholeChangeText,
  wholeText,
} from './value-words.view.ts';

const euro = { locale: 'en', currency: 'EUR' };

describe('an estimate', () => {
  test('is told in three digits, and never in parts of a unit', () => {
    expect(estimateText(412_345.67, euro)).toBe('€412,000');
    expect(estimateText(1_234.5, euro)).toBe('€1,230');
    expect(estimateText(41.5, euro)).toBe('€42');
    expect(estimateText(0.3, euro)).toBe('€0');
    expect(estimateText(-0.3, euro)).toBe('€0');
    expect(estimateText(-75.4, euro)).toBe('−€75');
    expect(estimateText(1_234.5, { locale: 'de', currency: 'EUR' })).toBe('1.230\u00a0€');
  });

  test('has no more digits than its interval leaves room for', () => {
    expect(rangedTexts({ value: 1_234, low: 812, high: 1_913 }, euro)).toEqual({
      value: '€1,200',
      low: '€800',
      high: '€1,900',
    });
    expect(rangedTexts({ value: 41.2, low: 36.4, high: 44.1 }, euro).value).toBe('€41');
    expect([0, 9, 100, 999, 1_000, Number.NaN].map(stepOf)).toEqual([1, 1, 10, 10, 100, 1]);
  });

  test('of a list is told alike whatever its interval, so that what is sorted looks sorted', () => {
    const list = [6_240, 6_190, 5_830, 1_004, 999.7, 998.4, 41.5, 0.4, -0.6, -998.6, -1_006];
    const told = list.map(
      (value, i) =>
        alikeTexts({ value, low: value - 10 ** (i % 5), high: value + 10 ** (i % 5) }, euro).value,
    );
    const read = told.map((text) => Number(text.replace('−', '-').replace(/[€,]/g, '')));
    expect(read).toEqual(read.toSorted((a, b) => b - a));
    expect(told.slice(0, 5)).toEqual(['€6,240', '€6,190', '€5,830', '€1,000', '€1,000']);
    expect(alikeTexts({ value: 1_234, low: 12.4, high: 6_567 }, euro)).toEqual({
      ...{ value: '€1,230', low: '€12', high: '€6,570' },
    });
  });

  test('says what it adds or takes away, and small costs exactly', () => {
    expect([120.4, -40.2, 0.1].map((amount) => changeText(amount, euro))).toEqual([
      '+€120',
      '−€40',
      '€0',
    ]);
    expect(smallText(1.2, euro)).toBe('€1.20');
    expect(smallText(12, { locale: 'en', currency: 'JPY' })).toBe('¥12');
  });
});

test('a share that is not quite none or all is never told as that', () => {
  expect(shareText(0.62, 'en')).toBe('62%');
  expect(shareText(0.001, 'en')).toBe('< 1%');
  expect(shareText(0.999, 'en')).toBe('> 99%');
  expect([0, 1].map((share) => shareText(share, 'en'))).toEqual(['0%', '100%']);
  expect(shareText(1.184, 'en')).toBe('118%');
});

test('a probability is never certain', () => {
  expect([0, 0.004, 0.3, 0.99, 1].map((chance) => chanceText(chance, 'en'))).toEqual([
    '< 1%',
    '< 1%',
    '30%',
    '99%',
    '> 99%',
  ]);
});

describe('a reason', () => {
  test('says how many times the mean, where that can be counted', () => {
    const reason = { driver: 'purchases', amount: 120, customer: 4.2, cohort: 2 } as const;
    expect(reasonWords(reason, euro)).toEqual({
      key: 'reason.purchases.times',
      figures: { own: '4.2', mean: '2', times: '2.1' },
    });
    const alive = { driver: 'alive', amount: 20, customer: 0.9, cohort: 0.4 } as const;
    expect(reasonWords(alive, euro).key).toBe('reason.alive.more');
  });

  test('says less where the figure is less, whatever that does to the value', () => {
    const reason = { driver: 'purchases', amount: 12, customer: 1, cohort: 2 } as const;
    expect(reasonWords(reason, euro).key).toBe('reason.purchases.less');
  });
});

test('staff is told what is offered to a customer, and what is done for them', () => {
  expect((['offer', 'starting-point', 'price-fence'] as const).map(treatmentWay)).toEqual(
    Array(3).fill('offered'),
  );
  expect((['service-level', 'contact-rhythm'] as const).map(treatmentWay)).toEqual(
    Array(2).fill('done'),
  );
});

test('amounts that have to add up are told to the unit', () => {
  expect(wholeText(1_234.5, euro)).toBe('€1,235');
  expect(wholeChangeText(1_234.4, euro)).toBe('+€1,234');
  expect(wholeChangeText(-0.2, euro)).toBe('€0');
});

test('a figure of a driver is a share, a number or an amount', () => {
  expect(driverText('alive', 0.64, euro)).toBe('64%');
  expect(driverText('purchases', 4.24, euro)).toBe('4.2');
  expect(driverText('spend', 84.6, euro)).toBe('€85');
  expect(driverText('contactCost', 1.2, euro)).toBe('€1.20');
});
