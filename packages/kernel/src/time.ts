/** A point in time: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Where the time comes from. Engines take an instant; only the server holds a clock. */
export interface Clock {
  now(): Instant;
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** An instant as RFC 3339 text in UTC with milliseconds. */
export function instantToText(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** RFC 3339 text to an instant, or undefined where the text is no date. */
export function parseInstant(text: string): Instant | undefined {
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
