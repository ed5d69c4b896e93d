import { expect, test } from 'vitest';
import {
  enderOf,
  isUnderWay,
  movesOf,
  returnRequest,
  stepStateOf,
  toldChoices,
  toneOf,
} from './order.view.ts';

test('the history of a date is told newest first, with how far it moved', () => {
  const moves = movesOf([
    { at: '2026-11-20T10:00:00.000Z', ready: '2026-12-01T10:00:00.000Z', reasons: [] },
    { at: '2026-11-22T10:00:00.000Z', ready: '2026-12-04T10:00:00.000Z', reasons: [] },
    { at: '2026-11-23T10:00:00.000Z', ready: '2026-12-03T10:00:00.000Z', reasons: [] },
  ]);
  expect(moves.map(({ daysLater }) => daysLater)).toEqual([-1, 3, undefined]);
  expect(moves[0]?.at).toBe('2026-11-23T10:00:00.000Z');
});

test('a state has a colour only when it says something', () => {
  expect(toneOf('made')).toBe('good');
  expect(toneOf('blocked')).toBe('warn');
  expect(toneOf('accepted')).toBeUndefined();
  expect(isUnderWay('blocked')).toBe(true);
  expect(isUnderWay('returned')).toBe(false);
});

test('a step that is not begun waits', () => {
  expect(stepStateOf('ready')).toBe('waiting');
  expect(stepStateOf('running')).toBe('running');
});

test('what was left open or declined is not told', () => {
  const label = { en: 'x' };
  const told = toldChoices([
    { attribute: 'a', label, value: null, valueLabel: label },
    { attribute: 'b', label, value: false, valueLabel: label },
    { attribute: 'c', label, value: 0, valueLabel: label },
  ]);
  expect(told.map(({ attribute }) => attribute)).toEqual(['c']);
});

test('an ending names who it was, where there is a name', () => {
  const at = '2026-11-24T10:00:00.000Z';
  const ending = { kind: 'returned', at, ownFault: false, reason: null } as const;
  expect(enderOf({ ...ending, by: 'customer', byName: null })).toBe('customer');
  expect(enderOf({ ...ending, by: 'staff', byName: 'Ada' })).toBe('staff');
  expect(enderOf({ ...ending, by: 'staff', byName: null })).toBe('gone');
});

test('a customer sends why, staff also by whose doing', () => {
  expect(returnRequest(undefined, ' ')).toEqual({});
  expect(returnRequest(undefined, ' Too small ')).toEqual({ reason: 'Too small' });
  expect(returnRequest('own', '')).toEqual({ ownFault: true });
  expect(returnRequest('customer', 'Too small')).toEqual({ ownFault: false, reason: 'Too small' });
});
