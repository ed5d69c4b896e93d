import { inLocale, type Words } from '@keepsake/kernel';
import type { Texts, Values } from './expression.ts';
import type { Attribute, Family } from './family.ts';

/** What the value of an attribute is called in a language; numbers carry their unit. */
export function nameOfValue(
  attribute: Attribute,
  design: { readonly values: Values; readonly texts: Texts },
  locale: string,
): string {
  if (attribute.type === 'text') return design.texts[attribute.id] ?? '';
  const value = design.values[attribute.id] ?? null;
  if (value === null) return '–';
  if (attribute.type === 'choice') {
    const found = attribute.values.find(({ id }) => id === value);
    return found === undefined ? String(value) : inLocale(found.name, locale);
  }
  if (attribute.type === 'boolean') return value === true ? '✓' : '–';
  return attribute.unit === undefined ? String(value) : `${String(value)} ${attribute.unit}`;
}

/**
 * A text of the family with each `{attribute}` replaced by what its chosen value is called, in the
 * wished language. Plain text: escape it where it is shown.
 */
export function fillWords(
  family: Family,
  words: Words,
  design: { readonly values: Values; readonly texts: Texts },
  locale: string,
): string {
  return inLocale(words, locale).replace(/\{([a-z][a-z0-9_.]*)\}/g, (whole, id: string) => {
    const attribute = family.attributes.find((each) => each.id === id);
    return attribute === undefined ? whole : nameOfValue(attribute, design, locale);
  });
}
