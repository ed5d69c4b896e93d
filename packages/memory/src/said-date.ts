/** Dates as people say them, brought to one form. */
import type { Words } from '@keepsake/kernel';
import { folded } from './said-number.ts';

interface Month {
  readonly en: string;
  readonly de: string;
  readonly days: number;
}

const MONTHS: readonly Month[] = [
  { en: 'January', de: 'Januar', days: 31 },
  { en: 'February', de: 'Februar', days: 29 },
  { en: 'March', de: 'März', days: 31 },
  { en: 'April', de: 'April', days: 30 },
  { en: 'May', de: 'Mai', days: 31 },
  { en: 'June', de: 'Juni', days: 30 },
  { en: 'July', de: 'Juli', days: 31 },
  { en: 'August', de: 'August', days: 31 },
  { en: 'September', de: 'September', days: 30 },
  { en: 'October', de: 'Oktober', days: 31 },
  { en: 'November', de: 'November', days: 30 },
  { en: 'December', de: 'Dezember', days: 31 },
];

const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const WEEKDAY = /^(mon|tues|wednes|thurs|fri|satur|sun)day,? (?=.*\d)/;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th|\.)?`;
const YEAR = String.raw`(?:,? (\d{4}))?`;
const DAY_FIRST = new RegExp(`^${DAY} (?:of )?([a-zä]+)\\.?${YEAR}$`);
const MONTH_FIRST = new RegExp(`^([a-zä]+)\\.? (?:the )?${DAY}${YEAR}$`);
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const NO_YEAR = /^--(\d{2})-(\d{2})$/;
const POINTS = /^(\d{1,2})\. ?(\d{1,2})\.? ?(\d{4})?$/;
const DAY_ALONE = /^(?:(\d{1,2})(?:st|nd|rd|th)|---(\d{2}))$/;

/**
 * A date in one form, as in ISO 8601 of 2000: `2026-03-08`, without a year `--03-08`, the day of an
 * unnamed month `---08`. English and German; `3/8/2026` means two dates and is left alone. What
 * cannot be brought to this form, such as `next Tuesday`, stays a text, letter case and blanks aside.
 */
export function dateSaid(text: string): string {
  const said = withDigits(folded(text).replace(/^(on|the|am|der|den) /, '')).replace(WEEKDAY, '');
  const bare = said.replace(/^(on|the) /, '');
  return named(bare) ?? written(bare) ?? dayAlone(bare) ?? folded(text);
}

/** `eighth of march` as `8th of march`. */
function withDigits(said: string): string {
  return said.replace(/[a-z]+/g, (word) => {
    const at = ORDINALS.indexOf(word);
    return at < 0 ? word : `${at + 1}th`;
  });
}

function named(said: string): string | undefined {
  const dayFirst = DAY_FIRST.exec(said);
  if (dayFirst !== null) return dateOf(dayFirst[3], monthOf(dayFirst[2]), Number(dayFirst[1]));
  const monthFirst = MONTH_FIRST.exec(said);
  if (monthFirst === null) return undefined;
  return dateOf(monthFirst[3], monthOf(monthFirst[1]), Number(monthFirst[2]));
}

function written(said: string): string | undefined {
  const iso = ISO.exec(said);
  if (iso !== null) return dateOf(iso[1], Number(iso[2]), Number(iso[3]));
  const short = NO_YEAR.exec(said);
  if (short !== null) return dateOf(undefined, Number(short[1]), Number(short[2]));
  const points = POINTS.exec(said);
  return points === null ? undefined : dateOf(points[3], Number(points[2]), Number(points[1]));
}

function dayAlone(said: string): string | undefined {
  const found = DAY_ALONE.exec(said);
  const day = Number(found?.[1] ?? found?.[2] ?? 0);
  return day >= 1 && day <= 31 ? `---${twoDigits(day)}` : undefined;
}

/** The number of a month by its name, or by three letters of it or more; 0 where it is none. */
function monthOf(name = ''): number {
  if (name.length < 3) return 0;
  const at = MONTHS.findIndex(
    ({ en, de }) => en.toLowerCase().startsWith(name) || de.toLowerCase().startsWith(name),
  );
  return at + 1;
}

function dateOf(year: string | undefined, month: number, day: number): string | undefined {
  const days = MONTHS[month - 1]?.days ?? 0;
  if (day < 1 || day > days) return undefined;
  return `${year ?? '-'}-${twoDigits(month)}-${twoDigits(day)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** A date of `dateSaid` in words. */
export function dateLabel(date: string): Words {
  const [, year = '', month = '', day = ''] = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const found = MONTHS[Number(month) - 1];
  if (found === undefined) return dayLabel(date);
  const isDated = year !== '-';
  return {
    en: `${found.en} ${Number(day)}${isDated ? `, ${year}` : ''}`,
    de: `${Number(day)}. ${found.de}${isDated ? ` ${year}` : ''}`,
  };
}

function dayLabel(date: string): Words {
  const day = /^---(\d\d)$/.exec(date)?.[1];
  if (day === undefined) return { en: date };
  return { en: `day ${Number(day)} of the month`, de: `der ${Number(day)}.` };
}
