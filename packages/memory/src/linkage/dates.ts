import type { DateOrder } from './model.ts';

const YEAR_MIN = 1800;
const YEAR_MAX = 2100;
/** Two digits of a year below this are of the present century. */
const CENTURY_TURN = 30;
const YEAR_LAST = /\D\d{4}$/;
const MONTHS: readonly string[] = [
  ...['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
];

/** A date as `yyyymmdd`, with zeros for what is not known; empty where it is no date. */
export function readDate(text: string, order: DateOrder): string {
  const numbers = numbersOf(text, order);
  if (numbers === undefined) return '';
  return joinDate(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0);
}

/**
 * The same of numbers. A date that cannot be is kept as it was written, as it is one slip away from
 * the right one; what stands for a date that is not known is none.
 */
export function joinDate(year: number, month: number, day: number): string {
  if (!(year >= 1 && year <= 9999)) return '';
  const m = partOf(month);
  const d = partOf(day);
  const isPlaceholder = PLACEHOLDERS.has(`${m}${d}`);
  if (!(year >= YEAR_MIN && year <= YEAR_MAX) && isPlaceholder) return '';
  return `${String(year).padStart(4, '0')}${m}${d}`;
}

/** Days with which programs fill a date that they do not know. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['0000', '0100', '0101', '1231']);

function partOf(number: number): string {
  return number >= 1 && number < 99 ? String(number).padStart(2, '0') : '00';
}

/** Year, month, day. A month and day that are only right when exchanged are. */
function numbersOf(text: string, order: DateOrder): readonly number[] | undefined {
  const parts = partsOf(text, order);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = parts;
  return month > 12 && day <= 12 ? [year, day, month] : [year, month, day];
}

function partsOf(text: string, order: DateOrder): readonly number[] | undefined {
  // What follows a date in an instant is a time.
  const words =
    text
      .trim()
      .toLowerCase()
      .replace(/[t ]\d{1,2}:.*$/, '')
      .match(/\d+|[a-z]+/g) ?? [];
  const named = words.findIndex((word) => MONTHS.includes(word.slice(0, 3)) && word.length > 2);
  const numbers = words.filter((word) => /^\d/.test(word));
  if (named >= 0) return withNamedMonth(words, named, numbers);
  if (numbers.length === 1) return fromDigits(numbers[0] ?? '', order);
  if (numbers.length === 2) return fromTwo(numbers);
  if (numbers.length !== 3) return undefined;
  return fromThree(numbers, order);
}

function withNamedMonth(
  words: readonly string[],
  named: number,
  numbers: readonly string[],
): readonly number[] | undefined {
  const month = MONTHS.indexOf(words[named]?.slice(0, 3) ?? '') + 1;
  const yearAt = numbers.findIndex((word) => word.length === 4);
  const year = numbers[yearAt] ?? numbers.at(-1);
  const day = numbers.find((word) => word !== year && word.length <= 2);
  return year === undefined ? undefined : [fullYear(year), month, Number(day ?? 0)];
}

function fromDigits(digits: string, order: DateOrder): readonly number[] | undefined {
  if (digits.length === 4) return [Number(digits), 0, 0];
  if (digits.length !== 8) return undefined;
  if (order === 'ymd') return cut(digits, 4, 6);
  const [first, second] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))];
  const year = Number(digits.slice(4));
  return order === 'dmy' ? [year, second, first] : [year, first, second];
}

function cut(digits: string, first: number, second: number): readonly number[] {
  return [digits.slice(0, first), digits.slice(first, second), digits.slice(second)].map(Number);
}

function fromTwo(numbers: readonly string[]): readonly number[] | undefined {
  const year = numbers.find((word) => word.length === 4);
  const month = numbers.find((word) => word !== year);
  return year === undefined ? undefined : [Number(year), Number(month ?? 0), 0];
}

function fromThree(numbers: readonly string[], order: DateOrder): readonly number[] {
  const [first = '', second = '', third = ''] = numbers;
  if (first.length === 4) return [first, second, third].map(Number);
  if (order === 'ymd' && third.length !== 4)
    return [fullYear(first), Number(second), Number(third)];
  const year = fullYear(third);
  return order === 'mdy'
    ? [year, Number(first), Number(second)]
    : [year, Number(second), Number(first)];
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < CENTURY_TURN ? 2000 + year : 1900 + year;
}

/** In which order the dates of a column are written: the one that makes most of them possible. */
export function dateOrderOf(texts: readonly string[]): DateOrder {
  const orders: readonly DateOrder[] = ['ymd', 'dmy', 'mdy'];
  const counts = orders.map(
    (order) =>
      texts.filter((text) => isPossible(text, order) && (order !== 'ymd' || !YEAR_LAST.test(text)))
        .length,
  );
  const best = Math.max(...counts);
  return orders[counts.indexOf(best)] ?? 'ymd';
}

function isPossible(text: string, order: DateOrder): boolean {
  const [year = 0, month = 0, day = 0] = partsOf(text, order) ?? [];
  return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Whether a text is a whole date in any order. */
export function isDate(text: string): boolean {
  return isPossible(text, 'ymd') || isPossible(text, 'dmy') || isPossible(text, 'mdy');
}
