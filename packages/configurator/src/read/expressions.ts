import type { Expression } from '../expression.ts';
import { type Place, type Reading, report, scalarAt } from './document.ts';
import { type Names, resolve } from './resolve.ts';
import { parseSyntax } from './syntax.ts';

/** Reads an expression; `true`, `false` and numbers need no quotes. Faults point into the source. */
export function readExpression(
  reading: Reading,
  place: Place | undefined,
  names: Names,
  wanted: 'truth' | 'number',
): Expression | undefined {
  if (place === undefined) return undefined;
  const scalar = scalarAt(place);
  const { value } = scalar ?? { value: undefined };
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  const source = isPlain ? String(value) : value;
  if (typeof source !== 'string') {
    return report(reading, place, { code: 'value/type', message: 'expected an expression' });
  }
  // Quotes of the document itself stand before the first character of the source.
  const shift = scalar?.type === 'QUOTE_DOUBLE' || scalar?.type === 'QUOTE_SINGLE' ? 1 : 0;
  const isFolded = scalar?.type === 'BLOCK_FOLDED' || scalar?.type === 'BLOCK_LITERAL';
  const raw = parseSyntax(source);
  if ('fault' in raw) {
    const { at, message } = raw.fault;
    return report(
      reading,
      place,
      { code: 'expression/syntax', message },
      isFolded ? 0 : at + shift,
    );
  }
  const resolved = resolve(raw, names, wanted);
  if ('tree' in resolved) return { source, tree: resolved.tree };
  const { at, code, message } = resolved.fault;
  return report(reading, place, { code, message }, isFolded ? 0 : at + shift);
}

/** A quantity: a plain number or an expression. */
export function readQuantity(
  reading: Reading,
  place: Place | undefined,
  names: Names,
): number | Expression | undefined {
  if (place === undefined) return undefined;
  const value = scalarAt(place)?.value;
  if (typeof value !== 'number') return readExpression(reading, place, names, 'number');
  if (Number.isFinite(value) && value >= 0 && value <= 1e9) return value;
  return report(reading, place, { code: 'value/bounds', message: 'expected 0 to 1000000000' });
}
