import { describe, expect, test } from 'vitest';
import { canUndo, channelOf, contactRequest, EMPTY_CONTACT, isUsual } from './contact.view.ts';

describe('a channel in words', () => {
  test.each([
    ['Trade fair', 'trade-fair'],
    ['  Café à la carte! ', 'cafe-a-la-carte'],
    ['Rückruf über Büro', 'rueckruf-ueber-buero'],
    ['Straße', 'strasse'],
    ['2. Messe', 'messe'],
    ['in_person', 'in_person'],
    [`${'x'.repeat(63)} y`, 'x'.repeat(63)],
  ])('%s is %s', (words, name) => {
    expect(channelOf(words)).toBe(name);
    expect(name).toMatch(/^[a-z][a-z0-9_-]{0,63}$/);
  });

  test.each(['', ' – ', '42', '電話'])('%s is none', (words) => {
    expect(channelOf(words)).toBeUndefined();
  });

  test('a usual one has words of its own', () => {
    expect([isUsual('chat'), isUsual('other'), isUsual('trade-fair')]).toEqual([
      ...[true, false, false],
    ]);
  });
});

describe('what is sent', () => {
  test('is the channel, whose doing it was, and a reason where there is one', () => {
    const draft = { ...EMPTY_CONTACT, channel: 'phone', other: 'ignored' } as const;
    expect(contactRequest(draft)).toEqual({ channel: 'phone', ownFault: false });
    expect(contactRequest({ ...draft, ownFault: true, reason: ' Late. ' })).toEqual({
      ...{ channel: 'phone', ownFault: true, reason: 'Late.' },
    });
  });

  test('is nothing while it is not told how the guest came', () => {
    expect(contactRequest(EMPTY_CONTACT)).toBeUndefined();
    const other = { ...EMPTY_CONTACT, channel: 'other' } as const;
    expect(contactRequest({ ...other, other: ' ' })).toBeUndefined();
    expect(contactRequest({ ...other, other: 'Fax' })?.channel).toBe('fax');
  });
});

test('a contact can be undone until then, where it can be at all', () => {
  const undoUntil = '2026-03-02T09:10:00.000Z';
  const end = Date.parse(undoUntil);
  expect([canUndo({ undoUntil }, end - 1), canUndo({ undoUntil }, end)]).toEqual([true, false]);
  expect(canUndo({ undoUntil: null }, 0)).toBe(false);
});
