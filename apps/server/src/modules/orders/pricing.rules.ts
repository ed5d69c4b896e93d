import type { DesignPrice } from '@keepsake/configurator';
import type { StoredDelivery, StoredDiscount, StoredLine, StoredTax } from './orders.store.ts';

/** The price of an order, in minor units of one currency. */
export interface OrderPrice {
  readonly lines: readonly StoredLine[];
  readonly delivery: StoredDelivery;
  readonly tax: StoredTax;
  /** What was let off, as the last of the lines. */
  readonly discount: StoredDiscount | null;
  readonly totalMinor: bigint;
}

export interface PriceQuestion {
  readonly design: DesignPrice;
  /** What each line counts: the nights of a stay, otherwise 1. */
  readonly times: number;
  readonly delivery: StoredDelivery;
  readonly tax: { readonly label: string; readonly basisPoints: number };
  readonly taxIncluded: boolean;
  readonly discount: StoredDiscount | null;
}

/** Quotient rounded half away from zero; `divisor` is positive. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor : divisor;
  return (2n * dividend + half) / (2n * divisor);
}

/** The line of what is let off the goods, rounded half away from zero; none where it is nothing. */
function discountLines(discount: StoredDiscount | null, goods: bigint): readonly StoredLine[] {
  if (discount === null) return [];
  const { treatment, words, basisPoints } = discount;
  const minor = -divideRounded(goods * BigInt(basisPoints), 10_000n);
  return minor < 0n
    ? [{ code: `treatment:${treatment}`, label: words, minor: minor.toString() }]
    : [];
}

/**
 * Adds up an order. A discount is let off the goods, before tax. Where prices hold the tax, it is `gross · rate / (1 + rate)`; otherwise it is
 * `net · rate` and comes on top. Delivery is taxed like the goods. Rounded once, on the sum.
 */
export function priceOrder(question: PriceQuestion): OrderPrice {
  const { design, times, delivery, tax, taxIncluded, discount } = question;
  const lines = design.lines
    .filter((line) => line.amountMinor !== 0)
    .map((line) => ({
      code: `${line.kind}:${line.id}`,
      label: line.text,
      minor: (BigInt(line.amountMinor) * BigInt(times)).toString(),
    }));
  const listed = BigInt(design.totalMinor) * BigInt(times);
  const off = discountLines(discount, listed);
  const goods = off.reduce((sum, { minor }) => sum + BigInt(minor), listed);
  const sum = goods + BigInt(delivery.feeMinor);
  const rate = BigInt(tax.basisPoints);
  const amount = divideRounded(sum * rate, taxIncluded ? 10_000n + rate : 10_000n);
  return {
    lines: [...lines, ...off],
    delivery,
    tax: { ...tax, minor: amount.toString(), included: taxIncluded },
    discount: off.length === 0 ? null : discount,
    totalMinor: taxIncluded ? sum : sum + amount,
  };
}
