import { readExactAmount } from '../history/exact-amount.ts';
/** Dates and amounts as tables write them. */

/** Which of day and month stands first where both are numbers. */
export type DateOrder = 'dmy' | 'mdy';

/** Amounts are kept in ten-thousandths of a unit, so that no currency and no mean loses anything. */
export const MINOR_PER_UNIT = 10_000;

const MS_PER_DAY = 86_400_000;
const YEAR_MIN = 1900;
const YEAR_MAX = 2200;
const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?$/;
const COMPACT = /^(\d{4})()(\d{2})(\d{2})(?:T.*)?$/;
const NUMERIC = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,].*)?$/;
/** 2 Jan 2026, 02-JAN-26, 2. März 2026; Jan 2, 2026. */
const DAY_MONTH = /^(\d{1,2})(?:[-/ ]|\. ?)(\p{L}{3,9})[-/. ]{1,2}(\d{4}|\d{2})(?:[T ,:].*)?$/u;
const MONTH_DAY = /^(\p{L}{3,9})\.? (\d{1,2}),? (\d{4})(?:[T ,].*)?$/u;
/** Months in English and German, by their first letters. */
const MONTHS =
  'jan feb mar apr may jun jul aug sep oct nov dec jän feb mär apr mai jun jul aug sep okt nov dez'.split(
    ' ',
  );
/** Seconds since 1970 from 2001 to 2286, or thousandths of them. */
const EPOCH = /^(\d{10})(?:\d{3})?(?:\.\d+)?$/;
const SECONDS_PER_DAY = 86_400;

/** Days since 1970-01-01 of a date, whose time of day is passed over; undefined where it is none. */
export function parseDay(text: string, order: DateOrder | undefined): number | undefined {
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const parts = NUMERIC.exec(text);
  if (parts === null) return dayOfName(text) ?? dayOfEpoch(text);
  if (order === undefined) return undefined;
  const [first, second] = [Number(parts[1]), Number(parts[3])];
  const year = fullYear(parts[4] ?? '');
  return order === 'dmy' ? dayOf(year, second, first) : dayOf(year, first, second);
}

function dayOfName(text: string): number | undefined {
  const parts = DAY_MONTH.exec(text);
  const [date, name, year] =
    parts === null
      ? ((found) => [found?.[2], found?.[1], found?.[3]])(MONTH_DAY.exec(text))
      : [parts[1], parts[2], parts[3]];
  const month = MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase());
  return month < 0 ? undefined : dayOf(fullYear(year ?? ''), (month % 12) + 1, Number(date));
}

/** In UTC. */
function dayOfEpoch(text: string): number | undefined {
  const seconds = EPOCH.exec(text)?.[1];
  return seconds === undefined ? undefined : Math.floor(Number(seconds) / SECONDS_PER_DAY);
}

/** Whether it may be a count of seconds, and may as well be a number of something else. */
export function isEpoch(text: string): boolean {
  return EPOCH.test(text);
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : YEAR_MIN + year;
}

function dayOf(year: number, month: number, day: number): number | undefined {
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12) return undefined;
  const ms = Date.UTC(year, month - 1, day);
  return new Date(ms).getUTCDate() === day ? ms / MS_PER_DAY : undefined;
}

/** A day as 2026-03-01. */
export function sayDay(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Which comes first, day or month, as far as dates tell: `ambiguous` where they do not. */
export function findDateOrder(
  texts: readonly string[],
): DateOrder | 'iso' | 'ambiguous' | 'no-dates' {
  const others = texts.filter((text) => parseDay(text, undefined) === undefined);
  if (texts.length === 0 || others.some((text) => !NUMERIC.test(text))) return 'no-dates';
  if (others.length === 0) return 'iso';
  const isDmy = others.every((text) => parseDay(text, 'dmy') !== undefined);
  const isMdy = others.every((text) => parseDay(text, 'mdy') !== undefined);
  if (isDmy !== isMdy) return isDmy ? 'dmy' : 'mdy';
  if (!isDmy) return 'no-dates';
  // Points are written between days and months where days come first.
  return others.every((text) => text.includes('.')) ? 'dmy' : 'ambiguous';
}

/** An amount of money; below zero where money goes back. */
export interface Amount {
  readonly minor: number;
  readonly currency: string | undefined;
}

const PLAIN = /^-?\d+(\.\d+)?$/;

/**
 * An amount: with a currency before or behind, a minus or parentheses for money back, and groups of
 * thousands. Undefined where it is none. `comma` tells that the comma stands before fractions.
 */
export function parseAmount(text: string, comma: boolean): Amount | undefined {
  // Most amounts are written so, and there may be millions of them.
  if (!comma && PLAIN.test(text)) return amountOf(Number(text), undefined);
  const exact = readExactAmount(text, comma);
  if (exact === undefined) return undefined;
  return amountOf(Number(exact.digits) * (exact.isBelowZero ? -1 : 1), exact.currency);
}

function amountOf(value: number, currency: string | undefined): Amount | undefined {
  const minor = Math.round(value * MINOR_PER_UNIT);
  return Number.isSafeInteger(minor) ? { minor: minor + 0, currency } : undefined;
}

/**
 * Whether amounts are written with a comma before fractions: there is one, or the only points part
 * groups of thousands, as in 1.250 among amounts below a thousand that have none.
 */
export function hasDecimalComma(texts: readonly string[]): boolean {
  if (texts.some((text) => /\d,\d{1,2}(\D*)$/.test(text) && !/\.\d{1,2}(\D*)$/.test(text))) {
    return true;
  }
  const pointed = texts.filter((text) => text.includes('.'));
  if (pointed.some((text) => !/^\D*[1-9]\d{0,2}(\.\d{3})+\D*$/.test(text))) return false;
  if (pointed.some((text) => /\.\d{3}\./.test(text))) return true;
  const others = texts.filter((text) => /\d/.test(text) && !text.includes('.'));
  const areShort = others.every((text) => /^\D*\d{1,3}\D*$/.test(text));
  return pointed.length > 0 && others.length > 0 && areShort;
}
