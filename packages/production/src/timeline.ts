import { DAY_MS, type Instant } from '@keepsake/kernel';
import { HORIZON_DAYS } from './demand.ts';
import { upperBound } from './sorted.ts';
import {
  endAfter,
  openTimeAt,
  openTimeBetween,
  reachBack,
  startAfter,
  type WorkingTime,
} from './working-time.ts';

/** `HORIZON_DAYS` in milliseconds. */
export const HORIZON_MS: number = HORIZON_DAYS * DAY_MS;

/** A span of time, `start` inclusive and `end` exclusive. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * What one unit of a work centre is claimed for: disjoint spans, ascending. `openGap[i]` is the open
 * time (ms) between span i−1 and span i, so that a search for a gap compares numbers only.
 */
export interface Timeline {
  readonly starts: Instant[];
  readonly ends: Instant[];
  readonly openGap: number[];
}

/** A unit that nothing claims. */
export function emptyTimeline(): Timeline {
  return { starts: [], ends: [], openGap: [] };
}

/** Whether nothing claims any moment of a span. O(log n). */
export function isFree(timeline: Timeline, { start, end }: Span): boolean {
  const index = upperBound(timeline.ends, start);
  return (timeline.starts[index] ?? Number.POSITIVE_INFINITY) >= end;
}

/** Claims a free span; false, and no change, where it is taken. O(n) moves, O(log n) compares. */
export function claimSpan(timeline: Timeline, time: WorkingTime, span: Span): boolean {
  if (!isFree(timeline, span)) return false;
  const index = upperBound(timeline.ends, span.start);
  timeline.starts.splice(index, 0, span.start);
  timeline.ends.splice(index, 0, span.end);
  timeline.openGap.splice(index, 0, 0);
  measureGap(timeline, time, index);
  measureGap(timeline, time, index + 1);
  return true;
}

/** Frees a claimed span; false, and no change, where it is not claimed as such. */
export function freeSpan(timeline: Timeline, time: WorkingTime, span: Span): boolean {
  const index = upperBound(timeline.starts, span.start) - 1;
  if (timeline.starts[index] !== span.start || timeline.ends[index] !== span.end) return false;
  timeline.starts.splice(index, 1);
  timeline.ends.splice(index, 1);
  timeline.openGap.splice(index, 1);
  measureGap(timeline, time, index);
  return true;
}

function measureGap(timeline: Timeline, time: WorkingTime, index: number): void {
  const start = timeline.starts[index];
  if (start === undefined) return;
  const sooner = timeline.ends[index - 1];
  timeline.openGap[index] = sooner === undefined ? 0 : openTimeBetween(time, sooner, start);
}

/**
 * The earliest span of `work` ms (more than 0) of open time in one gap, starting at `ready` or
 * later and ending by `limit`. Linear in the claims that end after `ready`.
 */
export function earliestFit(
  timeline: Timeline,
  time: WorkingTime,
  {
    work,
    ready,
    limit,
  }: { readonly work: number; readonly ready: Instant; readonly limit: Instant },
): Span | undefined {
  reachBack(time, ready);
  let index = upperBound(timeline.ends, ready);
  const next = timeline.starts[index];
  if (next !== undefined && openTimeAt(time, next) - openTimeAt(time, ready) < work) {
    index++;
    while (index < timeline.starts.length && (timeline.openGap[index] ?? 0) < work) index++;
  } else {
    return spanFrom(time, ready, work, limit);
  }
  return spanFrom(time, Math.max(ready, timeline.ends[index - 1] ?? ready), work, limit);
}

/** The span of `work` ms of open time that starts as soon as the calendar allows from `ready`. */
export function spanFrom(
  time: WorkingTime,
  ready: Instant,
  work: number,
  limit: Instant,
): Span | undefined {
  reachBack(time, ready);
  if (ready > limit) return undefined;
  const open = openTimeAt(time, ready);
  const start = startAfter(time, open, limit);
  const end = endAfter(time, open + work, limit);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/**
 * The latest span of `work` ms (more than 0) of open time in one gap, ending at `deadline` or
 * sooner and starting at `earliest` or later. Linear in the claims between the two.
 */
export function latestFit(
  timeline: Timeline,
  time: WorkingTime,
  bounds: { readonly work: number; readonly earliest: Instant; readonly deadline: Instant },
): Span | undefined {
  const { work, earliest, deadline } = bounds;
  if (earliest >= deadline) return undefined;
  reachBack(time, earliest);
  const first = openTimeAt(time, earliest);
  for (let index = upperBound(timeline.starts, deadline - 1); index >= 0; index--) {
    const gapStart = timeline.ends[index - 1] ?? earliest;
    const gapEnd = Math.min(deadline, timeline.starts[index] ?? deadline);
    if (gapEnd <= earliest) return undefined;
    const open = openTimeAt(time, gapEnd);
    if (open - work < first) return undefined;
    if (gapStart < gapEnd && open - openTimeAt(time, Math.max(gapStart, earliest)) >= work) {
      const start = startAfter(time, open - work, deadline);
      const end = endAfter(time, open, deadline);
      if (start !== undefined && end !== undefined) return { start, end };
    }
  }
  return undefined;
}
