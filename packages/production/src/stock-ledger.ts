import type { Instant } from '@keepsake/kernel';
import { upperBound } from './sorted.ts';

/**
 * Amounts (whole millionths) that come and go over time, one entry an instant, ascending. `lowest`
 * holds, for each entry, the lowest running sum from there on; null until it is asked for.
 */
export interface Ledger {
  readonly times: Instant[];
  readonly amounts: number[];
  lowest: number[] | null;
}

/** A ledger without entries. */
export function emptyLedger(): Ledger {
  return { times: [], amounts: [], lowest: null };
}

/** Adds an amount (negative: takes it away) at an instant. Entries that cancel out vanish. */
export function addEntry(ledger: Ledger, at: Instant, amount: number): void {
  if (amount === 0) return;
  const index = upperBound(ledger.times, at) - 1;
  ledger.lowest = null;
  if (ledger.times[index] !== at) {
    ledger.times.splice(index + 1, 0, at);
    ledger.amounts.splice(index + 1, 0, amount);
    return;
  }
  const sum = (ledger.amounts[index] ?? 0) + amount;
  if (sum !== 0) {
    ledger.amounts[index] = sum;
    return;
  }
  ledger.times.splice(index, 1);
  ledger.amounts.splice(index, 1);
}

/** The sum of all entries before an instant. */
export function sumBefore(ledger: Ledger, instant: Instant): number {
  let sum = 0;
  const count = upperBound(ledger.times, instant - 1);
  for (let index = 0; index < count; index++) sum += ledger.amounts[index] ?? 0;
  return sum;
}

/** The lowest running sum at or after each entry: the suffix minimum. Linear, then remembered. */
export function lowestFrom(ledger: Ledger): readonly number[] {
  if (ledger.lowest !== null) return ledger.lowest;
  const lowest: number[] = [];
  let sum = 0;
  for (const amount of ledger.amounts) {
    sum += amount;
    lowest.push(sum);
  }
  for (let index = lowest.length - 2; index >= 0; index--) {
    lowest[index] = Math.min(lowest[index] ?? 0, lowest[index + 1] ?? 0);
  }
  ledger.lowest = lowest;
  return lowest;
}

/** The lowest running sum at `instant` or later. */
export function lowestSince(ledger: Ledger, instant: Instant): number {
  const lowest = lowestFrom(ledger);
  const index = upperBound(ledger.times, instant) - 1;
  if (index >= 0) return lowest[index] ?? 0;
  return Math.min(0, lowest[0] ?? 0);
}

/** The first instant, `earliest` or later, from which on the running sum never is below `floor`. */
export function firstLasting(
  ledger: Ledger,
  earliest: Instant,
  floor: number,
): Instant | undefined {
  if (lowestSince(ledger, earliest) >= floor) return earliest;
  // The suffix minimum ascends, so the count of those below the floor is where it is reached.
  const lowest = lowestFrom(ledger);
  const index = Math.max(upperBound(lowest, floor - 1), upperBound(ledger.times, earliest));
  return ledger.times[index];
}
