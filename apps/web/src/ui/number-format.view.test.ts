import { expect, test } from 'vitest';
import { shortNumber } from './number-format.view.ts';

test('numbers are short where there is little room', () => {
  expect(shortNumber(1_234, 'en')).toBe('1,234');
  expect(shortNumber(2.44e22, 'en')).toBe('2.4 × 10²²');
  expect(shortNumber(2.44e22, 'de')).toBe('2,4 × 10²²');
});

test('whole numbers are said to the last digit up to where powers begin, and of any length', () => {
  expect(shortNumber(123_456_789_012_345n, 'en', 1e15)).toBe('123,456,789,012,345');
  expect(shortNumber(1_234_567_890_123_456n, 'en', 1e15)).toBe('1.2 × 10¹⁵');
  expect(shortNumber(10n ** 400n - 1n, 'en')).toBe('1.0 × 10⁴⁰⁰');
  expect(shortNumber(0n, 'en')).toBe('0');
});
