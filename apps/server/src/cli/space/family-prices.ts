import type { Attribute, ConditionalPrice, Expression, Family } from '@keepsake/configurator';
import { type Names, nameOfValue } from './names.ts';
import type { Prices } from './prices.ts';

/**
 * A family with the prices of a file in place of all of its own, in whole units of which
 * `prices.perUnit` are one of the file's. What a number costs, or leaving something open, becomes a
 * conditional price.
 */
export function withPrices(
  family: Family,
  prices: Prices,
  { names, optionAt }: { readonly names: Names; readonly optionAt: Int32Array },
): Family {
  const amountOf = (id: string, value: string): number => {
    const found = names.find({ variable: id, value });
    if (typeof found === 'string') return 0;
    return prices.amounts[(optionAt[found.variable] ?? 0) + found.value] ?? 0;
  };
  const conditional = family.attributes.flatMap((attribute) =>
    attribute.type === 'integer' || attribute.type === 'decimal'
      ? numberPrices(attribute.id, names, amountOf)
      : [],
  );
  const basePriceMinor = family.attributes
    .filter(({ type }) => type === 'boolean')
    .reduce((sum, { id }) => sum + amountOf(id, 'false'), 0);
  const attributes = family.attributes.map((each) => priced(each, amountOf));
  return { ...family, basePriceMinor, attributes, prices: conditional };
}

type AmountOf = (id: string, value: string) => number;

/** Without a price of its own, but for what the file gives to its values. */
function priced(attribute: Attribute, amountOf: AmountOf): Attribute {
  const { id } = attribute;
  switch (attribute.type) {
    case 'choice': {
      const values = attribute.values.map((each) => ({
        ...each,
        priceMinor: amountOf(id, each.id),
      }));
      return { ...attribute, values };
    }
    case 'boolean':
      return { ...attribute, priceMinor: amountOf(id, 'true') - amountOf(id, 'false') };
    case 'integer':
    case 'decimal':
      return { ...attribute, pricePerUnitMinor: 0 };
    case 'text':
      return { ...attribute, priceMinor: 0 };
  }
}

/** A conditional price for each value that costs something; "left open" is "equal to nothing". */
function numberPrices(id: string, names: Names, amountOf: AmountOf): readonly ConditionalPrice[] {
  const v = names.variables.indexOf(id);
  return (names.values[v] ?? []).flatMap((value): readonly ConditionalPrice[] => {
    const priceMinor = amountOf(id, value);
    if (priceMinor === 0) return [];
    const source = `${id} = ${value}`;
    const when: Expression = { source, tree: isEqual(id, value) };
    return [{ id: `${id}-${value}`, text: { en: source }, when, priceMinor }];
  });
}

function isEqual(id: string, value: string): Expression['tree'] {
  const attribute = { kind: 'attribute', id } as const;
  if (value === nameOfValue(null)) {
    return { kind: 'not', of: { kind: 'binary', op: '=', left: attribute, right: attribute } };
  }
  return {
    ...{ kind: 'binary', op: '=', left: attribute },
    right: { kind: 'literal', value: Number(value) },
  };
}
