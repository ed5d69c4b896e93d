import {
  type Expression,
  type Family,
  holds,
  quantityOf,
  type Texts,
  type Value,
  type Values,
} from '@keepsake/configurator';
import { type Instant, inLocale, type Result, type Words } from '@keepsake/kernel';
import {
  type ExplodeRefusal,
  type Explosion,
  explode,
  type QuoteRequest,
  type Stay,
} from '@keepsake/production';

/** A complete design, as makers need it. */
export interface MakeableDesign {
  readonly family: Family;
  readonly values: Values;
  readonly texts: Texts;
}

/** The components and operations of a design. A rule that fails refuses the whole. */
export function explodeDesign(design: MakeableDesign): Result<Explosion, ExplodeRefusal> {
  const { family, values, texts } = design;
  return explode<Expression, Expression>(family, {
    holds: (condition) => holds(condition, values, texts),
    number: (expression) => quantityOf(expression, values, texts) ?? Number.NaN,
  });
}

/** What a plant is asked for. */
export function requestOf(
  explosion: Explosion,
  when: { readonly now: Instant; readonly stay?: Stay | undefined },
): QuoteRequest {
  const { parts, operations } = explosion;
  return {
    now: when.now,
    parts: parts.map(({ item, quantity }) => ({ item, quantity })),
    operations: operations.map(({ id, workCentre, seconds, after }) => ({
      id,
      workCentre,
      seconds,
      after,
    })),
    ...(when.stay === undefined ? {} : { stay: when.stay }),
  };
}

const YES: Words = { en: 'yes', de: 'ja' };
const NO: Words = { en: 'no', de: 'nein' };
const OPEN: Words = { en: 'left open', de: 'offen' };

/** How the value of an attribute is called. */
export function valueWords(family: Family, attribute: string, value: Value | undefined): Words {
  const found = family.attributes.find((each) => each.id === attribute);
  if (value === null || value === undefined) return OPEN;
  if (typeof value === 'boolean') return value ? YES : NO;
  if (found?.type === 'choice') {
    return found.values.find((each) => each.id === value)?.name ?? { en: String(value) };
  }
  const unit = found !== undefined && 'unit' in found ? found.unit : undefined;
  return { en: unit === undefined ? String(value) : `${value} ${unit}` };
}

/** A sentence of the model with `{attribute}` replaced by what was chosen or written. */
export function fillWords(words: Words, design: MakeableDesign): Words {
  const { family, values, texts } = design;
  const fill = (text: string, locale: string): string =>
    text.replace(/\{([a-z][a-z0-9_.]*)\}/g, (whole, id: string) => {
      const written = texts[id];
      if (written !== undefined) return written;
      if (!(id in values)) return family.attributes.some((each) => each.id === id) ? '' : whole;
      return inLocale(valueWords(family, id, values[id]), locale);
    });
  const filled = Object.entries(words).map(([locale, text]) => [locale, fill(text, locale)]);
  return Object.fromEntries(filled) as unknown as Words;
}
