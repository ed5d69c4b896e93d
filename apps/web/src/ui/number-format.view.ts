const made = new Map<string, Intl.NumberFormat>();

/**
 * How numbers read in a language. Making a format takes a hundred times as long as using it, and a
 * page full of values uses the same few: so each is made once.
 */
export function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, options);
  made.set(key, format);
  return format;
}

/** Numbers from here on are said in powers of ten where there is little room. */
const POWERS_FROM = 1e7;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Digits of a whole number that are enough to round it by. */
const LEADING_DIGITS = 15;

/** About how much, as `2.4e+22`; of whole numbers of any length. */
function exponentialOf(value: number | bigint): readonly [mantissa: number, exponent: number] {
  const digits = typeof value === 'bigint' ? value.toString() : '';
  const leading = digits.length > LEADING_DIGITS ? digits.slice(0, LEADING_DIGITS) : value;
  const [mantissa = '', exponent = ''] = Number(leading).toExponential(1).split('e');
  return [Number(mantissa), Number(exponent) + Math.max(0, digits.length - LEADING_DIGITS)];
}

/** A whole number in little room: `1,234`, or `2.4 × 10²²` from `powersFrom` on. */
export function shortNumber(
  value: number | bigint,
  locale: string,
  powersFrom: number = POWERS_FROM,
): string {
  if (value < powersFrom) {
    return numberFormat(locale).format(typeof value === 'bigint' ? value : Math.round(value));
  }
  const [mantissa, exponent] = exponentialOf(value);
  const raised = [...String(exponent)].map((digit) => SUPERSCRIPTS[Number(digit)] ?? '').join('');
  return `${numberFormat(locale, { minimumFractionDigits: 1 }).format(mantissa)} × 10${raised}`;
}
