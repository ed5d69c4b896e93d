import { centralInterval } from '../numerics/index.ts';
import type { ValueDraws } from './value-draws.ts';

/** Bounds of a central interval, in units of the currency. */
export interface ValueInterval {
  readonly low: number;
  readonly high: number;
}

/** What is shown of one customer's value. In units of the currency. */
export interface ValueSummary {
  readonly customer: string;
  readonly mean: number;
  readonly interval80: ValueInterval;
  readonly interval90: ValueInterval;
  /** The probability that the customer costs more than he brings. */
  readonly belowZero: number;
  /** The probability that the customer still buys. */
  readonly alive: number;
}

/** Sums up the draws of one customer, at least one. Sorts a copy. */
export function summariseValue(draws: ValueDraws): ValueSummary {
  const sorted = draws.actual.slice().sort();
  let [sum, below, alive] = [0, 0, 0];
  for (const value of sorted) {
    sum += value;
    if (value < 0) below++;
    if (value !== 0) alive++;
  }
  return {
    customer: draws.customer,
    mean: sum / sorted.length,
    interval80: centralInterval(sorted, 0.8),
    interval90: centralInterval(sorted, 0.9),
    belowZero: below / sorted.length,
    alive: alive / sorted.length,
  };
}
