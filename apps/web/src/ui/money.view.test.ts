import { describe, expect, test } from 'vitest';
import {
  amountOf,
  decimalOf,
  differenceOf,
  formatMoney,
  formatMoneyChange,
  formatMoneyRange,
  formatMoneyShort,
} from './money.view.ts';

const euro = (minor: string) => ({ currency: 'EUR', minor });

describe('amounts', () => {
  test('are shown with their minor digits in the reader’s language', () => {
    expect(formatMoney(euro('124900'), 'en')).toBe('€1,249.00');
    expect(formatMoney(euro('124905'), 'de').replaceAll('\u00a0', ' ')).toBe('1.249,05 €');
  });

  test('keep digits that a double would lose', () => {
    expect(formatMoney(euro('900719925474099301'), 'en')).toBe('€9,007,199,254,740,993.01');
  });

  test('drop zero minor digits only when all are zero', () => {
    expect(formatMoneyShort(euro('12000'), 'en')).toBe('€120');
    expect(formatMoneyShort(euro('12050'), 'en')).toBe('€120.50');
    expect(formatMoneyShort({ currency: 'JPY', minor: '1250' }, 'en')).toBe('¥1,250');
  });

  test('pad what is smaller than one unit', () => {
    expect(decimalOf(euro('5'))).toBe('0.05');
    expect(decimalOf(euro('-105'))).toBe('-1.05');
    expect(decimalOf({ currency: 'JPY', minor: '7' })).toBe('7');
  });

  test('say a change with its sign, and nothing for none', () => {
    expect(formatMoneyChange(euro('12000'), 'en')).toBe('+€120');
    expect(formatMoneyChange(euro('-4000'), 'en')).toBe('−€40');
    expect(formatMoneyChange(euro('0'), 'en')).toBe('');
  });

  test('make a range only of two different amounts', () => {
    expect(formatMoneyRange(euro('100000'), euro('150000'), 'en')).toBe('€1,000 – €1,500');
    expect(formatMoneyRange(euro('100000'), euro('100000'), 'en')).toBe('€1,000.00');
  });

  test('differ by exact subtraction', () => {
    expect(differenceOf(euro('150000'), amountOf('EUR', 162000)).minor).toBe('12000');
  });
});
