const DAY_MS = 86_400_000;

/** What a date needs to be said: the reader's language, the moment of reading, and the clock. */
export interface DateReading {
  readonly locale: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** An IANA time zone; the reader's own when missing. */
  readonly timeZone?: string;
}

function localeOf(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes a hundred times as long as using it: so each is made once. */
function formatOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

function format(at: Date, reading: DateReading, options: Intl.DateTimeFormatOptions): string {
  const zone = reading.timeZone === undefined ? {} : { timeZone: reading.timeZone };
  return formatOf(localeOf(reading.locale), { ...zone, ...options }).format(at);
}

/** The calendar date of an instant in a time zone, as `YYYY-MM-DD`. */
export function calendarDateOf(instant: number | string, timeZone?: string): string {
  const at = new Date(instant);
  if (timeZone === undefined) {
    const parts = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'));
    return [at.getFullYear(), ...parts].join('-');
  }
  return formatOf('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

/** Whole days from one calendar date to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** A calendar date some days later, as `YYYY-MM-DD`. */
export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How far away a day is, as people say it: `today`, `tomorrow`, `in 9 days`, `3 weeks ago`. */
export function distanceWords(days: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(localeOf(locale), { numeric: 'auto' });
  const size = Math.abs(days);
  if (size < 21) return words.format(days, 'day');
  if (size < 70) return words.format(Math.round(days / 7), 'week');
  if (size < 700) return words.format(Math.round(days / 30.44), 'month');
  return words.format(Math.round(days / 365.25), 'year');
}

/** The day of an instant: `Thu 3 Dec`, with the year only where it is another one. */
export function dayWords(instant: string, reading: DateReading): string {
  const at = new Date(instant);
  const thisYear = calendarDateOf(reading.now, reading.timeZone).slice(0, 4);
  const isOtherYear = calendarDateOf(instant, reading.timeZone).slice(0, 4) !== thisYear;
  const words = format(at, reading, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isOtherYear ? { year: 'numeric' } : {}),
  });
  return words.replace(',', '');
}

/** An instant as people say it: `Thu 3 Dec, in 9 days`. */
export function dateWords(instant: string, reading: DateReading): string {
  const today = calendarDateOf(reading.now, reading.timeZone);
  const days = daysBetween(today, calendarDateOf(instant, reading.timeZone));
  return `${dayWords(instant, reading)}, ${distanceWords(days, reading.locale)}`;
}

/** The time of day of an instant: `14:30`. */
export function timeWords(instant: string, reading: DateReading): string {
  return format(new Date(instant), reading, { hour: '2-digit', minute: '2-digit' });
}

/** Day and time: `Thu 3 Dec, 14:30`. */
export function momentWords(instant: string, reading: DateReading): string {
  return `${dayWords(instant, reading)}, ${timeWords(instant, reading)}`;
}

/** A long date for letters and documents: `3 December 2026`. */
export function longDateWords(instant: string, reading: DateReading): string {
  return format(new Date(instant), reading, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** A calendar date, without any clock: `Thu 3 Dec`. */
export function calendarWords(date: string, reading: DateReading): string {
  return dayWords(`${date}T12:00:00Z`, { ...reading, timeZone: 'UTC' });
}

/** A month, from `YYYY-MM`: `October 2026`, or in little room `Oct 2026`. */
export function monthWords(
  month: string,
  reading: Pick<DateReading, 'locale'>,
  length: 'long' | 'short' = 'long',
): string {
  const at = new Date(`${month}-15T12:00:00Z`);
  return formatOf(localeOf(reading.locale), {
    month: length,
    year: 'numeric',
    timeZone: 'UTC',
  }).format(at);
}
