import { DAY_MS, type Instant, SECOND_MS } from '@keepsake/kernel';

/** How far local clocks are ahead of UTC at an instant, in milliseconds. */
export type OffsetAt = (instant: Instant) => number;

/** Whether the runtime's time zone data knows a name, for example `Europe/Berlin`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The offsets of a known time zone, from the time zone data of the runtime. */
export function offsetsOf(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const field = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
    const numeric = (type: Intl.DateTimeFormatPartTypes): number => Number(field.get(type) ?? 0);
    const local = Date.UTC(
      numeric('year'),
      numeric('month') - 1,
      numeric('day'),
      numeric('hour'),
      numeric('minute'),
      numeric('second'),
    );
    return local - Math.floor(instant / SECOND_MS) * SECOND_MS;
  };
}

/** Remembers the offsets at UTC midnights: all that most conversions need. */
export function rememberDays(offsetAt: OffsetAt): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    const sooner = known.get(day);
    if (sooner !== undefined) return sooner;
    const offset = offsetAt(day * DAY_MS);
    known.set(day, offset);
    return offset;
  };
}

/** A time zone as conversions need it: any offset, and remembered ones at UTC midnights. */
export interface Zone {
  readonly offsetAt: OffsetAt;
  readonly offsetOnDay: (day: number) => number;
}

/** The zone of a known name. */
export function zoneOf(timeZone: string): Zone {
  const offsetAt = offsetsOf(timeZone);
  return { offsetAt, offsetOnDay: rememberDays(offsetAt) };
}

/**
 * The instant at which local clocks show `local` (written as if local time were UTC).
 *
 * A time that clocks show twice is its first occurrence; one they skip is the moment they jump. So
 * boundaries never swap, and shifts that touch on the clock touch in time. Exact where clocks change
 * at most once within three days.
 */
export function localToInstant(zone: Zone, local: number): Instant {
  const day = Math.floor(local / DAY_MS);
  const before = zone.offsetOnDay(day - 1);
  const after = zone.offsetOnDay(day + 2);
  if (before === after) return local - before;
  if (zone.offsetAt(local - before) === before) return local - before;
  if (zone.offsetAt(local - after) === after) return local - after;
  return findJump(zone.offsetAt, after, local - after, local - before);
}

/** The first whole second in (early, late] at which the offset is `after`, by bisection. */
function findJump(offsetAt: OffsetAt, after: number, early: Instant, late: Instant): Instant {
  let low = Math.floor(early / SECOND_MS);
  let high = Math.ceil(late / SECOND_MS);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * SECOND_MS) === after) high = middle;
    else low = middle;
  }
  return high * SECOND_MS;
}
