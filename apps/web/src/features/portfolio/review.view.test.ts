import { expect, test } from 'vitest';
import { choicesOf, isComplete, mayPart, refusalsOf } from './review.view.ts';

test('remedies need a choice, and everything else a reason', () => {
  expect(isComplete('remedies', { remedies: [], because: 'so' })).toBe(false);
  expect(isComplete('remedies', { remedies: ['advice'], because: '' })).toBe(true);
  expect(isComplete('no-change', { remedies: [], because: ' ' })).toBe(false);
  expect(isComplete('part', { remedies: ['advice'], because: 'tried it' })).toBe(true);
});

test('nobody is parted with who is above zero with remedies', () => {
  expect(mayPart({ why: 'curable' })).toBe(false);
  expect(mayPart({ why: 'below-zero' })).toBe(true);
});

test('remedies are chosen one by one', () => {
  const effect = { words: [{ en: 'a' }], saving: 3, valueAfter: 1, belowZeroAfter: 0.2 };
  const remedies = [
    { ...effect, ids: ['a'] },
    { ...effect, ids: ['b'] },
  ];
  expect(choicesOf({ remedies }).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('what the server refuses is told by its code', () => {
  const issues = [
    { message: 'x', code: 'review/curable' },
    { message: 'y', code: 'other' },
  ];
  expect(refusalsOf({ issues })).toEqual(['curable']);
  expect(refusalsOf({})).toEqual([]);
});
