import { expect, test } from 'vitest';
import { completeStay, stayFault } from './stay.view.ts';

const today = '2026-11-24';

test('a stay is complete with two dates in order, from today on', () => {
  expect(completeStay({ arrive: '2026-11-24', depart: '2026-11-26' }, today)).toEqual({
    arrive: '2026-11-24',
    depart: '2026-11-26',
  });
  expect(completeStay({ arrive: '2026-11-24' }, today)).toBeUndefined();
  expect(completeStay({ arrive: '2026-11-24', depart: '' }, today)).toBeUndefined();
});

test('its faults are named', () => {
  expect(stayFault({ arrive: '2026-11-23', depart: '2026-11-26' }, today)).toBe('past');
  expect(stayFault({ arrive: '2026-11-25', depart: '2026-11-25' }, today)).toBe('order');
  expect(stayFault({ arrive: '2026-11-25', depart: '2027-01-24' }, today)).toBeUndefined();
  expect(stayFault({ arrive: '2026-11-25', depart: '2027-01-25' }, today)).toBe('long');
});
