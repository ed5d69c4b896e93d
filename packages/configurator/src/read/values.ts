import { type Place, type Reading, readText, report, scalarAt } from './document.ts';

const PLAIN_ID = /^[a-z][a-z0-9_]{0,63}$/;
const NAMED_ID = /^[a-z0-9][A-Za-z0-9_.-]{0,63}$/i;

/** The id of an attribute, a group or a family: what an expression can mention unquoted. */
export function readPlainId(reading: Reading, place: Place | undefined): string | undefined {
  const id = readText(reading, place);
  if (place === undefined || id === undefined) return undefined;
  const reserved = [
    'or',
    'and',
    'not',
    'in',
    'true',
    'false',
    'round',
    'floor',
    'ceil',
    'min',
    'max',
  ];
  if (PLAIN_ID.test(id) && !reserved.includes(id)) return id;
  return report(reading, place, {
    code: 'value/form',
    message: `'${id}' is no id`,
    hint: 'lower-case letters, digits and _, starting with a letter; no word of the language',
  });
}

/** The id of an attribute as it is mentioned: of a part it has dots, such as `pannier.1.colour`. */
export function readAttributeId(reading: Reading, place: Place | undefined): string | undefined {
  const id = readText(reading, place);
  if (place === undefined || id === undefined) return undefined;
  return /^[a-z][a-z0-9_]*\.\d+\.[a-z][a-z0-9_]*$/.test(id) ? id : readPlainId(reading, place);
}

/** The id of a value, a rule or anything else that need not be an identifier. */
export function readNamedId(reading: Reading, place: Place | undefined): string | undefined {
  if (place === undefined) return undefined;
  const scalar = scalarAt(place);
  // A size such as 28 is an id as it is written.
  const isNumber = typeof scalar?.value === 'number' && scalar.source !== undefined;
  const id = isNumber ? scalar.source : readText(reading, place);
  if (id === undefined) return undefined;
  if (NAMED_ID.test(id)) return id;
  return report(reading, place, {
    code: 'value/form',
    message: `'${id}' is no id`,
    hint: 'letters, digits, _ . and -, at most 64',
  });
}

/** A finite number between bounds. */
export function readNumber(
  reading: Reading,
  place: Place | undefined,
  bounds: { readonly least: number; readonly most: number; readonly isWhole?: boolean },
): number | undefined {
  if (place === undefined) return undefined;
  const value = scalarAt(place)?.value;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return report(reading, place, { code: 'value/type', message: 'expected a number' });
  }
  if (bounds.isWhole === true && !Number.isInteger(value)) {
    return report(reading, place, { code: 'value/type', message: 'expected a whole number' });
  }
  if (value >= bounds.least && value <= bounds.most) return value;
  const range = `${String(bounds.least)} to ${String(bounds.most)}`;
  return report(reading, place, { code: 'value/bounds', message: `expected ${range}` });
}

/** True or false. */
export function readBoolean(reading: Reading, place: Place | undefined): boolean | undefined {
  if (place === undefined) return undefined;
  const value = scalarAt(place)?.value;
  if (typeof value === 'boolean') return value;
  return report(reading, place, { code: 'value/type', message: 'expected true or false' });
}

/** One of some words. */
export function readWord<T extends string>(
  reading: Reading,
  place: Place | undefined,
  words: readonly T[],
): T | undefined {
  if (place === undefined) return undefined;
  const value = scalarAt(place)?.value;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const message = `expected one of: ${words.join(', ')}`;
  return report(reading, place, { code: 'value/form', message });
}

/** Amounts of one thing stay below a hundred million units, so that sums stay exact. */
const AMOUNT_MAX = 1e8;

/** A decimal amount in minor units; more digits than the currency has are refused. */
export function readAmount(
  reading: Reading,
  place: Place | undefined,
  minorDigits: number,
): number | undefined {
  const amount = readNumber(reading, place, { least: -AMOUNT_MAX, most: AMOUNT_MAX });
  if (amount === undefined || place === undefined) return undefined;
  const minor = Math.round(amount * 10 ** minorDigits) + 0;
  if (Math.abs(amount * 10 ** minorDigits - minor) < 1e-6) return minor;
  return report(reading, place, {
    code: 'value/form',
    message: `the currency has ${String(minorDigits)} digits after the point`,
  });
}

/** Digits after the point that a decimal number needs, as it is written; at most 6. */
export function digitsOf(value: number): number {
  for (let digits = 0; digits < 6; digits++) {
    const scaled = value * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-7 * Math.max(1, Math.abs(scaled))) return digits;
  }
  return 6;
}

const COLOUR = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** Whether a text is a colour as `#rgb` or `#rrggbb`, the only forms that pictures take. */
export function isColour(text: string): boolean {
  return COLOUR.test(text);
}

/** A colour as `#rgb` or `#rrggbb`. */
export function readColour(reading: Reading, place: Place | undefined): string | undefined {
  const text = readText(reading, place);
  if (place === undefined || text === undefined) return undefined;
  if (isColour(text)) return text;
  const hint = "write it as '#1a2b3c'";
  return report(reading, place, { code: 'value/form', message: `'${text}' is no colour`, hint });
}

/** The name of a picture that lies beside the family, never a path. */
export function readPictureName(reading: Reading, place: Place | undefined): string | undefined {
  const name = readText(reading, place);
  if (place === undefined || name === undefined) return undefined;
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,80}\.svg$/.test(name)) return name;
  const hint = 'a file name ending in .svg, without folders';
  return report(reading, place, { code: 'value/form', message: `'${name}' is no picture`, hint });
}

/** Lets each id pass once. */
export function uniqueIds(reading: Reading): (place: Place, id: string) => boolean {
  const seen = new Set<string>();
  return (place, id) => {
    if (!seen.has(id)) {
      seen.add(id);
      return true;
    }
    report(reading, place, { code: 'id/duplicate', message: `'${id}' is there already` });
    return false;
  };
}
