import { invariant } from './result.ts';

/** An ISO 4217 currency code, for example `EUR`. */
export type Currency = string;

/** An exact amount in minor units (cents for EUR). Never a floating-point number. */
export interface Money {
  readonly currency: Currency;
  readonly minor: bigint;
}

/** Money as it looks on the wire: the minor units are a decimal string, safe in any JSON reader. */
export interface MoneyWire {
  readonly currency: Currency;
  readonly minor: string;
}

/** Makes an amount from whole minor units. */
export function money(currency: Currency, minor: bigint | number): Money {
  return { currency, minor: BigInt(minor) };
}

/** Adds amounts of one currency; an empty list is zero of `currency`. */
export function addMoney(currency: Currency, amounts: readonly Money[]): Money {
  let minor = 0n;
  for (const amount of amounts) {
    invariant(amount.currency === currency, `cannot add ${amount.currency} to ${currency}`);
    minor += amount.minor;
  }
  return { currency, minor };
}

/**
 * Multiplies an amount by a ratio given in basis points (1/10,000), rounding half away from zero.
 * The one rounding rule for tax and percentage surcharges.
 */
export function portionOfMoney(amount: Money, basisPoints: number): Money {
  invariant(Number.isSafeInteger(basisPoints), 'basis points are a whole number');
  const scaled = amount.minor * BigInt(basisPoints);
  const half = scaled < 0n ? -5_000n : 5_000n;
  return { currency: amount.currency, minor: (scaled + half) / 10_000n };
}

/** Money to its wire form. */
export function moneyToWire(amount: Money): MoneyWire {
  return { currency: amount.currency, minor: amount.minor.toString() };
}

/** Money from its wire form. The caller has checked that `minor` is a decimal integer. */
export function moneyFromWire(wire: MoneyWire): Money {
  return { currency: wire.currency, minor: BigInt(wire.minor) };
}
