import type { PurchaseStatistics, PurchaseSummary } from '../model.ts';
import { type CountedRows, CountTable } from './count-table.ts';
import type { CustomerHistory } from './customer-ledger.ts';
import type { Observation } from './transaction.ts';

const DAYS_PER_WEEK = 7;
const MINOR_PER_UNIT = 100;

/**
 * What customers spend, as the Gamma–Gamma model needs it: one row for each different history with
 * a value above zero. Columns are of one length.
 */
export interface SpendStatistics {
  /** Purchases after the first with a value above zero, ≥ 1. */
  readonly spendCount: Float64Array;
  /** Their mean value, > 0, in units of the currency. */
  readonly meanSpend: Float64Array;
  /** Purchases after the first, x ≥ `spendCount`. */
  readonly frequency: Float64Array;
  readonly count: Float64Array;
}

/** What `PurchaseTotals` holds, as plain columns: to keep, to send, or as a database summed it up. */
export interface PurchaseTotalsData {
  readonly customers: number;
  readonly logIntervals: number;
  /** Frequency, days from first to last purchase, day of the first purchase, customers. */
  readonly purchases: CountedRows;
  /** Purchases with value, their value in minor units, frequency, customers. */
  readonly spend: CountedRows;
}

/**
 * Sufficient statistics of any number of customers. They are sums: totals of shards add up in any
 * order to the same rows, and a customer who bought is taken out with the old history and put in with
 * the new one. The end of observation is not part of them, so that a day passes at no cost.
 *
 * Memory is some 45 bytes for each different history, of purchases and of spend, and none for a
 * customer.
 */
export class PurchaseTotals {
  readonly #purchases = new CountTable();
  readonly #spend = new CountTable();
  #customers = 0;
  #logIntervals = 0;

  /** Customers with at least one purchase. */
  get customers(): number {
    return this.#customers;
  }

  /** Σ ln of the intervals between purchases, in the unit given. It tells regularity. */
  logIntervals(unit: Observation['unit']): number {
    if (unit === 'day') return this.#logIntervals;
    const { first, count } = this.#purchases.rows();
    let intervals = 0;
    for (let i = 0; i < first.length; i++) intervals += (first[i] ?? 0) * (count[i] ?? 0);
    return this.#logIntervals - intervals * Math.log(DAYS_PER_WEEK);
  }

  /** Counts a customer's history. */
  add(history: CustomerHistory): void {
    this.#count(history, 1);
  }

  /** Takes out a history that was counted before. */
  remove(history: CustomerHistory): void {
    this.#count(history, -1);
  }

  /** Adds what other totals hold; customers must not be in both. */
  merge(other: PurchaseTotalsData): void {
    this.#customers += other.customers;
    this.#logIntervals += other.logIntervals;
    addRows(this.#purchases, other.purchases);
    addRows(this.#spend, other.spend);
  }

  /** The totals as columns, rows in ascending order. */
  read(): PurchaseTotalsData {
    return {
      customers: this.#customers,
      logIntervals: this.#logIntervals,
      purchases: this.#purchases.rows(),
      spend: this.#spend.rows(),
    };
  }

  /** What purchase models are fitted to, at the end of observation given. */
  statistics(observation: Observation): PurchaseStatistics {
    const { first, second, third, count } = this.#purchases.rows();
    const scale = daysPer(observation.unit);
    return {
      frequency: first,
      recency: second.map((days) => days / scale),
      age: third.map((firstDay) => (observation.until - firstDay) / scale),
      count,
    };
  }

  /** What the Gamma–Gamma model is fitted to. */
  spendStatistics(minorPerUnit: number = MINOR_PER_UNIT): SpendStatistics {
    const { first, second, third, count } = this.#spend.rows();
    const meanSpend = second.map((minor, i) => minor / (first[i] ?? 1) / minorPerUnit);
    return { spendCount: first, meanSpend, frequency: third, count };
  }

  #count(history: CustomerHistory, sign: 1 | -1): void {
    const { frequency, firstDay, lastDay, spendCount, spendMinor } = history;
    this.#customers += sign;
    this.#logIntervals += sign * history.logIntervals;
    this.#purchases.add(frequency, lastDay - firstDay, firstDay, sign);
    if (spendCount > 0) this.#spend.add(spendCount, spendMinor, frequency, sign);
  }
}

/** A history as its summary when observation ends. */
export function summarizeHistory(
  history: CustomerHistory,
  observation: Observation,
): PurchaseSummary {
  const { customer, firstDay, lastDay, frequency, spendCount, spendMinor } = history;
  const scale = daysPer(observation.unit);
  const minorPerUnit = observation.minorPerUnit ?? MINOR_PER_UNIT;
  return {
    customer,
    frequency,
    recency: (lastDay - firstDay) / scale,
    age: (observation.until - firstDay) / scale,
    spendCount,
    meanSpend: spendCount === 0 ? 0 : spendMinor / spendCount / minorPerUnit,
  };
}

/** Counts equal histories of summaries: .25 s for a million of them. */
export function groupSummaries(
  summaries: Iterable<Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>>,
): PurchaseStatistics {
  const table = new CountTable();
  for (const { frequency, recency, age } of summaries) table.add(frequency, recency, age);
  const { first, second, third, count } = table.rows();
  return { frequency: first, recency: second, age: third, count };
}

/** Counts equal spend of summaries; those without any are left out. */
export function groupSpend(
  summaries: Iterable<Pick<PurchaseSummary, 'frequency' | 'spendCount' | 'meanSpend'>>,
): SpendStatistics {
  const table = new CountTable();
  for (const { frequency, spendCount, meanSpend } of summaries) {
    if (spendCount > 0) table.add(spendCount, meanSpend, frequency);
  }
  const { first, second, third, count } = table.rows();
  return { spendCount: first, meanSpend: second, frequency: third, count };
}

function daysPer(unit: Observation['unit']): number {
  return unit === 'week' ? DAYS_PER_WEEK : 1;
}

function addRows(table: CountTable, { first, second, third, count }: CountedRows): void {
  for (let i = 0; i < count.length; i++) {
    table.add(first[i] ?? 0, second[i] ?? 0, third[i] ?? 0, count[i] ?? 0);
  }
}
