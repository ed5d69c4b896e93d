import { DAY_MS, HOUR_MS, MINUTE_MS, parseInstant } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calendar, createPlantState, quote, type Shift } from './index.ts';
import { localToInstant, zoneOf } from './local-time.ts';
import { layOut, openTimeBetween } from './working-time.ts';

function at(text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(text);
  return instant;
}

function openHours(calendar: Calendar, timeZone: string, from: string, to: string): number {
  return openTimeBetween(layOut(calendar, zoneOf(timeZone)), at(from), at(to)) / HOUR_MS;
}

const everyDay = (from: string, to: string): readonly Shift[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, to }));

describe('PRD-7 shifts are local', () => {
  const night: Calendar = { shifts: everyDay('22:00', '06:00'), closed: [] };

  test('a night is an hour shorter when clocks go forward and longer when they go back', () => {
    const hours = (day: string, next: string): number =>
      openHours(night, 'Europe/Berlin', `${day}T12:00:00Z`, `${next}T12:00:00Z`);
    expect(hours('2024-03-29', '2024-03-30')).toBe(8);
    expect(hours('2024-03-30', '2024-03-31')).toBe(7);
    expect(hours('2024-10-26', '2024-10-27')).toBe(9);
  });

  test('a morning shift begins an hour earlier in UTC once clocks have gone forward', () => {
    const calendar: Calendar = { shifts: everyDay('08:00', '09:00'), closed: [] };
    expect(
      openHours(calendar, 'Europe/Berlin', '2024-03-30T07:00:00Z', '2024-03-30T08:00:00Z'),
    ).toBe(1);
    expect(
      openHours(calendar, 'Europe/Berlin', '2024-03-31T06:00:00Z', '2024-03-31T07:00:00Z'),
    ).toBe(1);
  });

  test('a closed date has no shift that starts on it, in local time', () => {
    const calendar: Calendar = { shifts: everyDay('00:00', '24:00'), closed: ['2024-07-04'] };
    expect(
      openHours(calendar, 'Pacific/Auckland', '2024-07-03T12:00:00Z', '2024-07-04T12:00:00Z'),
    ).toBe(0);
    expect(
      openHours(calendar, 'Pacific/Auckland', '2024-07-03T11:00:00Z', '2024-07-04T13:00:00Z'),
    ).toBe(2);
  });

  test('shifts that overlap or touch count once', () => {
    const shifts = [
      ...everyDay('08:00', '12:00'),
      ...everyDay('10:00', '14:00'),
      ...everyDay('14:00', '15:00'),
    ];
    expect(
      openHours({ shifts, closed: [] }, 'UTC', '2024-07-01T00:00:00Z', '2024-07-02T00:00:00Z'),
    ).toBe(7);
  });
});

describe('PRD-8 boundaries that clocks skip or show twice', () => {
  const berlin = zoneOf('Europe/Berlin');
  const local = (text: string): number => localToInstant(berlin, at(`${text}Z`));

  test('a skipped time is the moment of the jump', () => {
    expect(local('2024-03-31T02:30:00')).toBe(at('2024-03-31T01:00:00Z'));
    expect(local('2024-03-31T02:00:00')).toBe(at('2024-03-31T01:00:00Z'));
    expect(local('2024-03-31T03:00:00')).toBe(at('2024-03-31T01:00:00Z'));
  });

  test('a doubled time is its first occurrence', () => {
    expect(local('2024-10-27T02:30:00')).toBe(at('2024-10-27T00:30:00Z'));
    expect(local('2024-10-27T03:00:00')).toBe(at('2024-10-27T02:00:00Z'));
  });

  test('local clocks show what was asked for, and order is kept, in any zone', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
      'America/St_Johns',
      'Pacific/Chatham',
      'UTC',
    ];
    const minutes = fc.integer({
      min: at('2023-01-01T00:00:00Z') / MINUTE_MS,
      max: at('2027-01-01T00:00:00Z') / MINUTE_MS,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        minutes,
        fc.integer({ min: 0, max: 300 }),
        (name, minute, more) => {
          const zone = zoneOf(name);
          const wall = minute * MINUTE_MS;
          const instant = localToInstant(zone, wall);
          const shown = instant + zone.offsetAt(instant);
          if (shown !== wall) {
            // Only a skipped time shows otherwise: the minute before the jump is before it.
            const before = instant - MINUTE_MS + zone.offsetAt(instant - MINUTE_MS);
            expect(before < wall && wall < shown).toBe(true);
          }
          expect(localToInstant(zone, wall + more * MINUTE_MS)).toBeGreaterThanOrEqual(instant);
        },
      ),
      { numRuns: 400 },
    );
  });
});

test('PRD-9 work pauses when a shift ends and goes on with the next', () => {
  const calendar: Calendar = {
    shifts: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '16:00' })),
    closed: ['2024-07-08'],
  };
  const state = createPlantState({
    version: 0,
    plant: {
      id: 'p',
      timeZone: 'UTC',
      workCentres: [{ id: 'bench', units: 1, calendar }],
      items: [],
    },
    orders: [],
  });
  if (state.kind === 'refused') throw new Error(state.error.kind);
  const now = at('2024-07-05T15:00:00Z');
  const operations = [{ id: 'carve', workCentre: 'bench', seconds: 2 * 3_600, after: [] }];
  expect(quote(state.value, { now, operations, parts: [] })).toMatchObject({
    value: {
      finish: at('2024-07-09T09:00:00Z'),
      operations: [{ start: now, end: at('2024-07-09T09:00:00Z'), unit: 0 }],
      binding: [
        { kind: 'closed-hours', delayMs: 3 * DAY_MS + 16 * HOUR_MS },
        { kind: 'work', delayMs: 2 * HOUR_MS },
      ],
    },
  });
});
