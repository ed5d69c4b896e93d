import type { Estimate } from '@keepsake/value';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A count, without fractions. */
export function sayNumber(value: number): string {
  return whole.format(Math.round(value) + 0);
}

/** A number with as many digits as its size needs. */
export function sayFine(value: number): string {
  return Math.abs(value) >= 100 ? whole.format(value) : fine.format(value);
}

/** A number for a tick: 20K. */
export function sayShort(value: number): string {
  return short.format(value);
}

/** A number and its sign stay on one line. */
const NO_BREAK = '\u00a0';

/** A share as 45 %; small ones with a decimal. */
export function sayShare(share: number): string {
  const percent = share * 100;
  const digits = percent !== 0 && Math.abs(percent) < 10 ? 1 : 0;
  return `${percent.toFixed(digits)}${NO_BREAK}%`;
}

/** A number of a column, all with as many decimals. */
export function sayEven(value: number, digits: number): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

const SIGNS: Readonly<Record<string, string>> = { $: '$', EUR: '€', GBP: '£', USD: '$' };

/** Money in the currency of the file, where it names one. */
export function moneyWords(currency: string | undefined): {
  readonly say: (value: number) => string;
  readonly tick: (value: number) => string;
  /** With so many decimals. */
  readonly even: (value: number, digits: number) => string;
} {
  const sign = currency === undefined ? '' : (SIGNS[currency] ?? `${currency} `);
  return {
    say: (value) => `${sign}${sayFine(value)}`,
    tick: (value) => `${sign}${sayShort(value)}`,
    even: (value, digits) => `${sign}${sayEven(value, digits)}`,
  };
}

/** An interval as 1,496 to 1,873. */
export function sayRange({ low, high }: Estimate, say: (value: number) => string): string {
  return `${say(low)} to ${say(high)}`;
}
