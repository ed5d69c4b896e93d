import { DAY_MS, type Instant, invariant, MINUTE_MS } from '@keepsake/kernel';
import { localToInstant, type Zone } from './local-time.ts';
import type { Calendar, Shift } from './plant.ts';
import { upperBound } from './sorted.ts';

/** How many local days are added at once when an answer needs more of the calendar. */
const DAYS_A_STEP = 64;

/**
 * A calendar laid out as open intervals in UTC, with the open time before each. It grows on demand;
 * growing changes no answer. An instant is turned into open time and back by binary search, so that
 * work which pauses when a shift ends is plain addition.
 */
export interface WorkingTime {
  readonly zone: Zone;
  readonly shifts: ReadonlyMap<number, readonly MinuteShift[]>;
  readonly closed: ReadonlySet<number>;
  /** Local days laid out: `fromDay` inclusive, `toDay` exclusive. */
  fromDay: number;
  toDay: number;
  readonly starts: Instant[];
  readonly ends: Instant[];
  readonly openBefore: number[];
}

interface MinuteShift {
  readonly from: number;
  readonly to: number;
}

/** The minutes since midnight of `HH:MM`, or undefined where it is no such time. */
export function minutesOf(text: string): number | undefined {
  const match = /^(\d\d):(\d\d)$/.exec(text);
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  return Number(match?.[2]) < 60 && minutes <= 24 * 60 ? minutes : undefined;
}

/** The day number (days since 1970-01-01) of `YYYY-MM-DD`, or undefined for no such date. */
export function dayOf(date: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant)) return undefined;
  const day = Math.floor(instant / DAY_MS);
  return Number(date.slice(8)) === new Date(instant).getUTCDate() ? day : undefined;
}

/** Lays out a checked calendar around no day yet. */
export function layOut(calendar: Calendar, zone: Zone): WorkingTime {
  const shifts = new Map<number, MinuteShift[]>();
  for (const shift of calendar.shifts) {
    const list = shifts.get(shift.weekday) ?? [];
    list.push(minuteShift(shift));
    shifts.set(shift.weekday, list);
  }
  for (const list of shifts.values()) list.sort((a, b) => a.from - b.from || a.to - b.to);
  const closed = new Set(calendar.closed.map((date) => dayOf(date) ?? Number.NaN));
  return { zone, shifts, closed, fromDay: 0, toDay: 0, starts: [], ends: [], openBefore: [] };
}

function minuteShift({ from, to }: Shift): MinuteShift {
  const start = minutesOf(from);
  const end = minutesOf(to);
  invariant(start !== undefined && end !== undefined, 'the calendar was checked');
  return { from: start, to: end > start ? end : end + 24 * 60 };
}

/** Makes sure the calendar is laid out from before `from`. Forgets what was counted sooner. */
export function reachBack(time: WorkingTime, from: Instant): void {
  // Two days earlier than UTC says, since offsets and night shifts reach over midnight.
  const day = Math.floor(from / DAY_MS) - 2;
  if (time.toDay > time.fromDay && day >= time.fromDay) return;
  const until = time.toDay > time.fromDay ? time.toDay : day;
  time.fromDay = day - DAYS_A_STEP;
  time.toDay = time.fromDay;
  time.starts.length = 0;
  time.ends.length = 0;
  time.openBefore.length = 0;
  extendTo(time, Math.max(until, day + DAYS_A_STEP));
}

/** The open time before `instant`, in ms, counted from an origin that `reachBack` fixes. */
export function openTimeAt(time: WorkingTime, instant: Instant): number {
  reachForward(time, instant);
  const index = upperBound(time.starts, instant) - 1;
  const start = time.starts[index];
  const end = time.ends[index];
  if (start === undefined || end === undefined) return 0;
  return (time.openBefore[index] ?? 0) + Math.min(instant, end) - start;
}

/** The open time between two instants, in ms. */
export function openTimeBetween(time: WorkingTime, from: Instant, to: Instant): number {
  reachBack(time, from);
  return openTimeAt(time, to) - openTimeAt(time, from);
}

/** The first instant at which work can go on after `open` ms; undefined if not before `limit`. */
export function startAfter(time: WorkingTime, open: number, limit: Instant): Instant | undefined {
  do {
    const index = upperBound(time.openBefore, open) - 1;
    const instant = instantIn(time, index, open);
    if (instant < (time.ends[index] ?? instant)) return instant <= limit ? instant : undefined;
  } while (extendStep(time, limit));
  return undefined;
}

/** The instant at which `open` ms (more than 0) are worked off; undefined if not by `limit`. */
export function endAfter(time: WorkingTime, open: number, limit: Instant): Instant | undefined {
  do {
    // Open time is whole milliseconds, so this is the last interval with less than `open` before.
    const index = upperBound(time.openBefore, open - 1) - 1;
    const instant = instantIn(time, index, open);
    if (instant <= (time.ends[index] ?? Number.NEGATIVE_INFINITY)) {
      return instant <= limit ? instant : undefined;
    }
  } while (extendStep(time, limit));
  return undefined;
}

/** Where `open` ms are reached if the interval at `index` lasts long enough. */
function instantIn(time: WorkingTime, index: number, open: number): Instant {
  return (time.starts[index] ?? 0) + open - (time.openBefore[index] ?? 0);
}

function reachForward(time: WorkingTime, until: Instant): void {
  const day = Math.floor(until / DAY_MS) + 2;
  if (day >= time.toDay) extendTo(time, day + DAYS_A_STEP);
}

function extendStep(time: WorkingTime, limit: Instant): boolean {
  if (time.toDay > Math.floor(limit / DAY_MS) + 2) return false;
  extendTo(time, time.toDay + DAYS_A_STEP);
  return true;
}

function extendTo(time: WorkingTime, toDay: number): void {
  for (let day = time.toDay; day < toDay; day++) {
    if (time.closed.has(day)) continue;
    // 1970-01-01 was a Thursday, ISO weekday 4.
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
    for (const { from, to } of time.shifts.get(weekday) ?? []) {
      const start = localToInstant(time.zone, day * DAY_MS + from * MINUTE_MS);
      const end = localToInstant(time.zone, day * DAY_MS + to * MINUTE_MS);
      addInterval(time, start, end);
    }
  }
  time.toDay = toDay;
}

function addInterval(time: WorkingTime, start: Instant, end: Instant): void {
  const last = time.ends.length - 1;
  const lastEnd = time.ends[last];
  if (lastEnd !== undefined && start <= lastEnd) {
    time.ends[last] = Math.max(lastEnd, end);
    return;
  }
  if (end <= start) return;
  const open =
    last < 0 ? 0 : (time.openBefore[last] ?? 0) + (lastEnd ?? 0) - (time.starts[last] ?? 0);
  time.starts.push(start);
  time.ends.push(end);
  time.openBefore.push(open);
}
