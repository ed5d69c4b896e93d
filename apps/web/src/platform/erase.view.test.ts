import { expect, test } from 'vitest';
import { isConfirmed } from './erase.view.ts';

test('the words that erase everything may be typed carelessly, but not be others', () => {
  expect(isConfirmed('  Erase   EVERYTHING ', 'erase everything')).toBe(true);
  expect(isConfirmed('erase', 'erase everything')).toBe(false);
  expect(isConfirmed('', 'erase everything')).toBe(false);
});
