import { invariant, type Words } from '@keepsake/kernel';
import type { DesignPrice, PriceLine } from './answers.ts';
import { holds, type Texts, type Value, type Values } from './expression.ts';
import type { Attribute, Family } from './family.ts';
import { unitAmount } from './solve/compile.ts';

/** What one attribute adds with a value, in minor units, and what the value is called. */
function optionOf(attribute: Attribute, value: Value): { amountMinor: number; text: Words } {
  if (attribute.type === 'choice') {
    const found = attribute.values.find(({ id }) => id === value);
    return { amountMinor: found?.priceMinor ?? 0, text: found?.name ?? attribute.name };
  }
  if (attribute.type === 'boolean') {
    return { amountMinor: value === true ? attribute.priceMinor : 0, text: attribute.name };
  }
  if (attribute.type === 'text') return { amountMinor: 0, text: attribute.name };
  const amountMinor =
    typeof value === 'number' ? unitAmount(attribute.pricePerUnitMinor, value) : 0;
  return { amountMinor, text: attribute.name };
}

function attributeLine(attribute: Attribute, values: Values, texts: Texts): PriceLine | undefined {
  if (attribute.type === 'text') {
    if ((texts[attribute.id] ?? '') === '' || attribute.priceMinor === 0) return undefined;
    const { id, name, priceMinor } = attribute;
    return { kind: 'text', id, text: name, amountMinor: priceMinor };
  }
  const value = values[attribute.id] ?? null;
  const { amountMinor, text } = optionOf(attribute, value);
  if (amountMinor === 0) return undefined;
  return { kind: 'option', id: attribute.id, text, value, amountMinor };
}

/**
 * Itemises the price of a design: the base, then what each chosen value adds, each written text, and
 * each conditional price that applies. Lines of zero are left out, but for the base. A sum of
 * integers: exact, in minor units of the family's currency, before tax and rebates.
 */
export function priceDesign(family: Family, values: Values, texts: Texts = {}): DesignPrice {
  const lines: PriceLine[] = [
    { kind: 'base', id: family.id, text: family.name, amountMinor: family.basePriceMinor },
  ];
  for (const attribute of family.attributes) {
    const line = attributeLine(attribute, values, texts);
    if (line !== undefined) lines.push(line);
  }
  for (const { id, text, when, priceMinor } of family.prices) {
    if (priceMinor === 0 || !holds(when, values, texts)) continue;
    lines.push({ kind: 'conditional', id, text, amountMinor: priceMinor });
  }
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  invariant(Number.isSafeInteger(totalMinor), 'the limits of the format keep totals exact');
  return { currency: family.currency, lines, totalMinor };
}
