import { parseAmount } from './cells.ts';
import type { Search } from './columns.ts';

/** Names of whole numbers that are no money. */
const NO_AMOUNT =
  /(id|no|nr|number|num|code|key|zip|plz|phone|year|month|day|age|rank|index|quantity|qty|units)$/;

/**
 * The column of amounts where no name that is known tells: the only one of numbers, or the only one
 * with fractions. Undefined where there are several, or none.
 */
export function guessAmount(search: Search, taken: ReadonlySet<number>): number | undefined {
  const numbers = placesOf(search).filter((at) => {
    if (taken.has(at) || NO_AMOUNT.test(search.names[at] ?? '')) return false;
    const texts = columnOf(search, at).filter((text) => text !== '');
    return texts.filter(isNumber).length * 2 > texts.length;
  });
  const isFine = (at: number): boolean =>
    columnOf(search, at).some((text) => /\d[.,]\d{1,2}\D*$/.test(text));
  const fine = numbers.filter(isFine);
  if (fine.length === 1) return fine[0];
  return numbers.length === 1 && hasCustomer(search, taken) ? numbers[0] : undefined;
}

/** Whole numbers may as well be names of customers where no other column is left for these. */
function hasCustomer(search: Search, taken: ReadonlySet<number>): boolean {
  return taken.size > 1 || search.width - taken.size > 1;
}

/** The column of customers where no name that is known tells: the only one that is left. */
export function guessCustomer(search: Search, taken: ReadonlySet<number>): number | undefined {
  const left = placesOf(search).filter(
    (at) => !taken.has(at) && columnOf(search, at).some((text) => text !== ''),
  );
  return left.length === 1 ? left[0] : undefined;
}

/** Those that files of purchases are in; a country or a size is none of them. */
const CURRENCIES = new Set(
  'EUR USD GBP CHF JPY CNY CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY BRL MXN INR KRW SGD HKD TWD THB ZAR AED SAR ILS RUB UAH € $ £ ¥'.split(
    ' ',
  ),
);

/** A column of nothing but currencies, which its name does not tell. */
export function guessCurrency(search: Search, taken: ReadonlySet<number>): number | undefined {
  return placesOf(search).find((at) => {
    if (taken.has(at)) return false;
    const texts = columnOf(search, at).filter((text) => text !== '');
    return texts.length > 0 && texts.every((text) => CURRENCIES.has(text.toUpperCase()));
  });
}

function placesOf({ width }: Search): readonly number[] {
  return Array.from({ length: width }, (_, at) => at);
}

/** What stands in a column of the sample. */
export function columnOf({ body }: Pick<Search, 'body'>, at: number): readonly string[] {
  return body.map((row) => row[at] ?? '');
}

/** Whether a text is an amount, in whatever way it is written. */
export function isNumber(text: string): boolean {
  return (parseAmount(text, false) ?? parseAmount(text, true)) !== undefined;
}
