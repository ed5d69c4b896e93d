import type { Attribute, NumberAttribute, Value } from '@keepsake/configurator';
import { textIn } from '../ui/locale.tsx';
import { numberFormat } from '../ui/number-format.view.ts';

/** Yes and no, and the language, for the names of values. */
export interface NameReading {
  readonly locale: string;
  readonly yes: string;
  readonly no: string;
}

function numberText(attribute: NumberAttribute, value: number, locale: string): string {
  const text = numberFormat(locale, {
    minimumFractionDigits: Number.isInteger(attribute.step) ? 0 : attribute.digits,
    maximumFractionDigits: attribute.digits,
  }).format(value);
  return attribute.unit === undefined ? text : `${text} ${attribute.unit}`;
}

/** The customer's name for a value of an attribute: `Steel`, `84.5 cm`, `Yes`. */
export function valueName(attribute: Attribute, value: Value, reading: NameReading): string {
  if (typeof value === 'boolean') return value ? reading.yes : reading.no;
  if (value === null) return '–';
  if (attribute.type === 'choice') {
    const found = attribute.values.find(({ id }) => id === value);
    return found === undefined ? String(value) : textIn(found.name, reading.locale);
  }
  if (attribute.type === 'integer' || attribute.type === 'decimal') {
    return numberText(attribute, Number(value), reading.locale);
  }
  return String(value);
}
