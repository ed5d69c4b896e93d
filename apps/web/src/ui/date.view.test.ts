import { describe, expect, test } from 'vitest';
import {
  calendarDateOf,
  calendarWords,
  dateWords,
  daysBetween,
  daysLater,
  distanceWords,
  longDateWords,
  momentWords,
  monthWords,
} from './date.view.ts';

const now = Date.parse('2026-11-24T09:00:00.000Z');
const english = { locale: 'en', now, timeZone: 'Europe/Berlin' };

describe('dates as people say them', () => {
  test('name the day and how far away it is', () => {
    expect(dateWords('2026-12-03T15:00:00.000Z', english)).toBe('Thu 3 Dec, in 9 days');
    expect(dateWords('2026-11-25T07:00:00.000Z', english)).toBe('Wed 25 Nov, tomorrow');
  });

  test('speak German', () => {
    expect(dateWords('2026-12-03T15:00:00.000Z', { ...english, locale: 'de' })).toBe(
      'Do. 3. Dez., in 9 Tagen',
    );
  });

  test('count calendar days in the time zone of the place, not spans of 24 hours', () => {
    // 23:30 UTC is already the next day in Berlin.
    expect(calendarDateOf('2026-11-24T23:30:00.000Z', 'Europe/Berlin')).toBe('2026-11-25');
    expect(dateWords('2026-11-24T23:30:00.000Z', english)).toBe('Wed 25 Nov, tomorrow');
  });

  test('name the year only where it is another one', () => {
    expect(dateWords('2027-01-08T12:00:00.000Z', english)).toBe('Fri 8 Jan 2027, in 6 weeks');
  });

  test('grow coarser with distance', () => {
    expect(distanceWords(0, 'en')).toBe('today');
    expect(distanceWords(-1, 'en')).toBe('yesterday');
    expect(distanceWords(20, 'en')).toBe('in 20 days');
    expect(distanceWords(-28, 'en')).toBe('4 weeks ago');
    expect(distanceWords(-400, 'en')).toBe('13 months ago');
    expect(distanceWords(-800, 'de')).toBe('vor 2 Jahren');
  });

  test('count nights across a change of clocks', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysLater('2026-12-31', 1)).toBe('2027-01-01');
  });

  test('read calendar dates without a clock', () => {
    expect(calendarWords('2026-12-03', { locale: 'en', now })).toBe('Thu 3 Dec');
    expect(longDateWords('2026-12-03T12:00:00.000Z', english)).toBe('3 December 2026');
    expect(momentWords('2026-12-03T12:00:00.000Z', english)).toBe('Thu 3 Dec, 13:00');
  });

  test('name a month', () => {
    expect(monthWords('2026-10', { locale: 'en' })).toBe('October 2026');
    expect(monthWords('2026-03', { locale: 'de' }, 'short')).toBe('März 2026');
  });
});
