import type { Clock, Instant } from '@keepsake/kernel';

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved, for scenarios that take weeks. */
export interface SettableClock extends Clock {
  /** Puts the clock at an instant, forwards or back. */
  set(instant: Instant): void;
  /** Moves the clock on by milliseconds. */
  advance(milliseconds: number): void;
}

/** Makes a clock that stands at `start`. */
export function settableClock(start: Instant): SettableClock {
  let now = start;
  return {
    now: () => now,
    set: (instant) => {
      now = instant;
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
