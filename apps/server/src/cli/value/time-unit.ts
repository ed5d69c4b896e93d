/** What times are counted in. */
export type TimeUnit = 'day' | 'week' | 'month' | 'year';

/** How long one is, on average. */
export const DAYS_PER_UNIT: Readonly<Record<TimeUnit, number>> = {
  day: 1,
  week: 7,
  month: 365.25 / 12,
  year: 365.25,
};

export const TIME_UNITS = ['day', 'week', 'month', 'year'] as const satisfies readonly TimeUnit[];

/** The unit of times that are counted in days: a week has always as many, a month has not. */
export function exactUnit(unit: TimeUnit): 'day' | 'week' {
  return unit === 'day' ? 'day' : 'week';
}

/** Whole periods since the one in which a customer first bought. Days are since 1970-01-01. */
export interface Periods {
  /** In which a day lies; 0 is the period of the first purchase. */
  readonly placeOf: (first: number, day: number) => number;
  /** How many have gone by until the end of a day. */
  readonly completeBy: (first: number, until: number) => number;
}

const MS_PER_DAY = 86_400_000;

/** Days and weeks count from the first purchase, months and years as the calendar has them. */
export function periodsOf(unit: TimeUnit): Periods {
  if (unit === 'day' || unit === 'week') {
    const length = DAYS_PER_UNIT[unit];
    return {
      placeOf: (first, day) => Math.ceil((day - first) / length),
      completeBy: (first, until) => Math.floor((until - first) / length),
    };
  }
  const numberOf = (day: number): number => {
    const date = new Date(day * MS_PER_DAY);
    const year = date.getUTCFullYear();
    return unit === 'year' ? year : 12 * year + date.getUTCMonth();
  };
  return {
    placeOf: (first, day) => numberOf(day) - numberOf(first),
    completeBy: (first, until) => Math.max(0, numberOf(until + 1) - numberOf(first) - 1),
  };
}
