import { numberFormat } from './number-format.view.ts';

/** An amount as it comes over the wire: whole minor units as a decimal string. */
export interface Amount {
  readonly currency: string;
  readonly minor: string;
}

function formatterOf(currency: string, locale: string, isRound: boolean): Intl.NumberFormat {
  return numberFormat(localeOf(locale), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(isRound ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}),
  });
}

/** English without a country reads dates and amounts the European way. */
function localeOf(locale: string): string {
  return locale === 'en' ? 'en-IE' : locale;
}

function digitsOf(currency: string): number {
  const options = numberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return options.maximumFractionDigits ?? 2;
}

/** The amount as an exact decimal text, such as `-12.05`. */
export function decimalOf(amount: Amount): `${number}` {
  const digits = digitsOf(amount.currency);
  const isNegative = amount.minor.startsWith('-');
  const minor = (isNegative ? amount.minor.slice(1) : amount.minor).padStart(digits + 1, '0');
  const whole = minor.slice(0, minor.length - digits);
  const rest = digits === 0 ? '' : `.${minor.slice(minor.length - digits)}`;
  // Digits and at most one point: a number by construction.
  return `${isNegative ? '-' : ''}${whole}${rest}` as `${number}`;
}

function isWhole(amount: Amount): boolean {
  const digits = digitsOf(amount.currency);
  return digits === 0 || amount.minor === '0' || amount.minor.endsWith('0'.repeat(digits));
}

/** A real minus sign instead of the hyphen that some locales put. */
function withMinus(text: string): string {
  return text.replace('-', '−');
}

/** The amount in the reader's language, always with its minor digits: `€1,249.00`. */
export function formatMoney(amount: Amount, locale: string): string {
  // A decimal text keeps amounts exact that a double could not hold.
  return withMinus(formatterOf(amount.currency, locale, false).format(decimalOf(amount)));
}

/** The amount without minor digits where they are zero: `€1,249`, but `€12.50`. */
export function formatMoneyShort(amount: Amount, locale: string): string {
  const formatter = formatterOf(amount.currency, locale, isWhole(amount));
  return withMinus(formatter.format(decimalOf(amount)));
}

/** A difference with its sign: `+€120`, `−€40`; an empty text for no difference. */
export function formatMoneyChange(amount: Amount, locale: string): string {
  if (/^-?0+$/.test(amount.minor)) return '';
  const isNegative = amount.minor.startsWith('-');
  const size = { currency: amount.currency, minor: amount.minor.replace('-', '') };
  return `${isNegative ? '−' : '+'}${formatMoneyShort(size, locale)}`;
}

/** Two amounts as a range; one amount when both are the same. */
export function formatMoneyRange(from: Amount, to: Amount, locale: string): string {
  if (from.minor === to.minor) return formatMoney(from, locale);
  return `${formatMoneyShort(from, locale)} – ${formatMoneyShort(to, locale)}`;
}

/** The second amount less the first; both in one currency. */
export function differenceOf(before: Amount, after: Amount): Amount {
  return {
    currency: after.currency,
    minor: (BigInt(after.minor) - BigInt(before.minor)).toString(),
  };
}

/** A number of minor units, as the engines count them, to an amount. */
export function amountOf(currency: string, minor: number): Amount {
  return { currency, minor: String(minor) };
}
