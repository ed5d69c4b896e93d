import type { PurchaseHistory } from '../model.ts';
import type { Draws } from '../numerics/index.ts';
import type { Transaction } from '../summaries/transaction.ts';
import type { BuyingLife, BuyingProcess } from './buying-process.ts';

/** A customer as observation sees him, and the truth. Times are from the first purchase. */
export interface SimulatedCustomer extends PurchaseHistory, BuyingLife {
  readonly customer: string;
  /** Whether the customer still buys when observation ends. */
  readonly isAlive: boolean;
  /** Purchases after the end of observation, within the horizon. */
  readonly heldOut: number;
}

/** Who is drawn, and how long they are watched. */
export interface SimulationPlan {
  readonly customers: number;
  /** Ages are uniform between these, in units of time; whole numbers where `isWhole`. */
  readonly ageMin: number;
  readonly ageMax: number;
  readonly isWhole?: boolean;
  /** How long after the end of observation lives go on. */
  readonly horizon: number;
}

/** Draws customers one after the other: about 1 µs for each of few purchases, nothing kept. */
export function* simulateCustomers(
  process: BuyingProcess,
  { customers, ageMin, ageMax, isWhole, horizon }: SimulationPlan,
  draws: Draws,
): Generator<SimulatedCustomer, void, void> {
  for (let i = 0; i < customers; i++) {
    const drawn = ageMin + draws.uniform() * (ageMax - ageMin);
    const age = isWhole === true ? Math.round(drawn) : drawn;
    const { rate, stopsAt, times } = process(draws, age + horizon);
    let seen = times.length - 1;
    while ((times[seen] ?? 0) > age) seen -= 1;
    const recency = times[seen] ?? 0;
    const isAlive = stopsAt > age;
    const heldOut = times.length - 1 - seen;
    const customer = String(i + 1).padStart(9, '0');
    yield { customer, frequency: seen, recency, age, rate, stopsAt, times, isAlive, heldOut };
  }
}

/** How lives become transactions. */
export interface TransactionPlan {
  /** The day on which observation ends; purchases after it are those held out. */
  readonly until: number;
  /** Days in a unit of time of the lives: 7 for weeks. */
  readonly daysPerUnit: number;
  /** Draws a customer, who draws the value of each purchase, in units of the currency. */
  readonly spend: () => () => number;
  /** Minor units in a unit of the currency: 100 unless told. */
  readonly minorPerUnit?: number;
}

/** Lives as transactions, by customer and day. Days are whole, so that some purchases fall together. */
export function* simulateTransactions(
  customers: Iterable<SimulatedCustomer>,
  { until, daysPerUnit, spend, minorPerUnit = 100 }: TransactionPlan,
): Generator<Transaction, void, void> {
  for (const { customer, age, times } of customers) {
    const drawValue = spend();
    for (const time of times) {
      const moment = Math.floor(until + 1 - (age - time) * daysPerUnit);
      yield {
        customer,
        day: time <= age ? Math.min(moment, until) : Math.max(moment, until + 1),
        amountMinor: Math.round(drawValue() * minorPerUnit),
        kind: 'purchase',
      };
    }
  }
}
