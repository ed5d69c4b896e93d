import type { DesignPrice } from '@keepsake/configurator';
import type { StoredDelivery, StoredLine, StoredTax } from './orders.store.ts';

/** The price of an order, in minor units of one currency. */
export interface OrderPrice {
  readonly lines: readonly StoredLine[];
  readonly delivery: StoredDelivery;
  readonly tax: StoredTax;
  readonly totalMinor: bigint;
}

export interface PriceQuestion {
  readonly design: DesignPrice;
  /** What each line counts: the nights of a stay, otherwise 1. */
  readonly times: number;
  readonly delivery: StoredDelivery;
  readonly tax: { readonly label: string; readonly basisPoints: number };
  readonly taxIncluded: boolean;
}

/** Quotient rounded half away from zero; `divisor` is positive. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor : divisor;
  return (2n * dividend + half) / (2n * divisor);
}

/**
 * Adds up an order. Where prices hold the tax, it is `gross · rate / (1 + rate)`; otherwise it is
 * `net · rate` and comes on top. Delivery is taxed like the goods. Rounded once, on the sum.
 */
export function priceOrder(question: PriceQuestion): OrderPrice {
  const { design, times, delivery, tax, taxIncluded } = question;
  const lines = design.lines
    .filter((line) => line.amountMinor !== 0)
    .map((line) => ({
      code: `${line.kind}:${line.id}`,
      label: line.text,
      minor: (BigInt(line.amountMinor) * BigInt(times)).toString(),
    }));
  const goods = BigInt(design.totalMinor) * BigInt(times);
  const sum = goods + BigInt(delivery.feeMinor);
  const rate = BigInt(tax.basisPoints);
  const amount = divideRounded(sum * rate, taxIncluded ? 10_000n + rate : 10_000n);
  return {
    lines,
    delivery,
    tax: { ...tax, minor: amount.toString(), included: taxIncluded },
    totalMinor: taxIncluded ? sum : sum + amount,
  };
}
