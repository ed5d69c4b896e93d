/** An amount as it is written, digit by digit. */
export interface ExactAmount {
  /** Such as `1234.5`: no sign, no groups, a point before fractions. */
  readonly digits: string;
  readonly isBelowZero: boolean;
  /** An ISO 4217 code, or a sign that several currencies share. */
  readonly currency: string | undefined;
}

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };
const MONEY = /^([A-Z]{3}|[$€£¥])?\s*([\d.,'’\s]*\d)\s*([A-Z]{3}|[$€£¥])?$/;

const LEADING_MINUS = /^([A-Z]{3}|[$€£¥])?\s*[-−]\s*/;
const TRAILING_MINUS = /\s*[-−]\s*([A-Z]{3}|[$€£¥])?$/;

/**
 * An amount with a currency before or behind, a minus or parentheses for money back, and groups of
 * thousands; undefined where it is none. `comma`: a comma stands before fractions. Nothing is rounded.
 */
export function readExactAmount(text: string, comma: boolean): ExactAmount | undefined {
  const inside = /^\((.*)\)$/.exec(text)?.[1];
  const written = (inside ?? text).trim();
  // Before the amount, or behind it as some systems write it; nowhere else.
  const bare = written.replace(LEADING_MINUS, '$1').replace(TRAILING_MINUS, '$1');
  const hasMinus = bare !== written;
  if (inside !== undefined && hasMinus) return undefined;
  const parts = MONEY.exec(bare.replace(/^\+\s*/, '').trim());
  if (parts === null) return undefined;
  const digits = plainDigits(parts[2] ?? '', comma);
  const sign = parts[1] ?? parts[3];
  if (digits === undefined || (parts[1] !== undefined && parts[3] !== undefined)) return undefined;
  const currency = sign === undefined ? undefined : (SIGNS[sign] ?? sign);
  return { digits, isBelowZero: hasMinus || inside !== undefined, currency };
}

function plainDigits(text: string, comma: boolean): string | undefined {
  const plain = text.replace(/['’\s]/g, '');
  const [group, point] = comma ? ['.', ','] : [',', '.'];
  const [whole = '', fraction = '', ...more] = plain.split(point);
  const groups = whole.split(group);
  const isGrouped = groups.every((each, at) => (at === 0 ? /^\d+$/ : /^\d{3}$/).test(each));
  if (more.length > 0 || !isGrouped || !/^\d*$/.test(fraction)) return undefined;
  const before = groups.join('').replace(/^0+(?=\d)/, '');
  const after = fraction.replace(/0+$/, '');
  return after === '' ? before : `${before}.${after}`;
}
