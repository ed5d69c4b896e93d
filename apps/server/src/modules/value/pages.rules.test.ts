import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorOf, pageOf, parseCursor } from './pages.rules.ts';

const end = fc.record({
  key: fc.double({ noNaN: true, noDefaultInfinity: true }).map((key) => key + 0),
  id: fc.uuid(),
});

describe('a cursor', () => {
  test('comes back as it was, to the last bit, and is short enough to be sent', () => {
    fc.assert(
      fc.property(end, fc.constantFrom('value', 'belowZero', 'closed'), (one, list) => {
        const cursor = cursorOf(list, one);
        expect(parseCursor(list, cursor)).toEqual(one);
        expect(cursor.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  test('is of one list, and nothing else is a cursor', () => {
    const cursor = cursorOf('value', { key: 1, id: '0190c0de-0000-7000-8000-000000000000' });
    expect(parseCursor('growth', cursor)).toBeUndefined();
    expect(parseCursor('value', undefined)).toBeUndefined();
    expect(parseCursor('value', cursorOf('value', { key: Number.NaN, id: 'x' }))).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => parseCursor('value', text) === undefined));
  });
});

test('a page says where it goes on only where it does', () => {
  expect(pageOf([1, 2, 3], 2, String)).toEqual({ shown: [1, 2], next: '2' });
  expect(pageOf([1, 2], 2, String)).toEqual({ shown: [1, 2], next: null });
  expect(pageOf([], 2, String)).toEqual({ shown: [], next: null });
});
