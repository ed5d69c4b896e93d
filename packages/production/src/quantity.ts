/**
 * Quantities are decimals with at most six digits after the point. Inside they are whole
 * millionths, so that adding and taking away never drifts.
 */
const MILLION = 1_000_000;

/** The largest quantity of anything: its millionths still sum exactly, a thousandfold. */
const QUANTITY_MAX = 1_000_000;

/** Rounds to six decimals; undefined for what is no number or beyond ±1,000,000. */
export function roundQuantity(quantity: number): number | undefined {
  if (!(Math.abs(quantity) <= QUANTITY_MAX)) return undefined;
  return fromMillionths(toMillionths(quantity));
}

/** A quantity as whole millionths. */
export function toMillionths(quantity: number): number {
  return Math.round(quantity * MILLION);
}

/** Whole millionths as a quantity; never minus zero. */
export function fromMillionths(millionths: number): number {
  return millionths === 0 ? 0 : millionths / MILLION;
}
