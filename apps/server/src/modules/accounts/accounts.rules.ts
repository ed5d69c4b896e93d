/** What was counted, as the engine takes it. Pure. */
import { DAY_MS } from '@keepsake/kernel';
import {
  type AccountColumns,
  type CostTable,
  type CustomerAccount,
  columnsOf,
  costOf,
  marginOf,
} from '@keepsake/value';
import type { AccountRow } from './accounts.store.ts';
import type { PeriodSums } from './sums.store.ts';

const WEEK_DAYS = 7;

/** By when accounts are seen, and in which money. */
export interface ColumnTerms {
  /** The last day that is counted, `YYYY-MM-DD`. */
  readonly until: string;
  readonly table: Pick<CostTable, 'minorPerUnit'>;
}

/**
 * Accounts as columns, in their order: times in weeks since the first purchase, amounts in units of
 * the currency. Who bought after `until` is seen on the day of the last purchase.
 */
export function columnsOfAccounts(rows: readonly AccountRow[], terms: ColumnTerms): AccountColumns {
  return columnsOf(rows.map((row) => accountOf(row, terms)));
}

/** One account as the engine takes it. */
export function accountOf(row: AccountRow, { until, table }: ColumnTerms): CustomerAccount {
  const first = dayOf(row.firstDay);
  const recency = (dayOf(row.lastDay) - first) / WEEK_DAYS;
  const spent = Number(row.spendMinor) / table.minorPerUnit;
  return {
    customer: row.person,
    frequency: row.purchaseDays - 1,
    recency,
    age: Math.max((dayOf(until) - first) / WEEK_DAYS, recency),
    spendCount: row.spendCount,
    meanSpend: row.spendCount === 0 ? 0 : spent / row.spendCount,
    lines: row.lines,
    returns: row.returns,
    contacts: row.contacts,
    categories: row.categories,
  };
}

/** Days since 1970-01-01. */
function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** Nothing came. */
export const NO_SUMS: PeriodSums = {
  ...{ orders: 0, lines: 0, returns: 0 },
  ...{ categories: {}, contacts: {} },
};

/** What two brought together. */
export function addSums(a: PeriodSums, b: PeriodSums): PeriodSums {
  const none = { keptMinor: 0, orders: 0 };
  return {
    orders: a.orders + b.orders,
    lines: a.lines + b.lines,
    returns: a.returns + b.returns,
    categories: byName(a.categories, b.categories, (one = none, other = none) => ({
      keptMinor: one.keptMinor + other.keptMinor,
      orders: one.orders + other.orders,
    })),
    contacts: byName(a.contacts, b.contacts, (one = 0, other = 0) => one + other),
  };
}

function byName<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  add: (one: T | undefined, other: T | undefined) => T,
): Readonly<Record<string, T>> {
  const [ofA, ofB] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  const names = new Set([...ofA.keys(), ...ofB.keys()]);
  return Object.fromEntries([...names].map((name) => [name, add(ofA.get(name), ofB.get(name))]));
}

/**
 * What some time brought after the cost to serve, in units of the currency: of each category the margin
 * of what was kept, less what orders, lines, returns, contacts and payments cost. A channel without a
 * price costs nothing.
 */
export function profitOf(sums: PeriodSums, table: CostTable): number {
  let [paid, margin] = [0, 0];
  for (const [category, { keptMinor }] of Object.entries(sums.categories)) {
    const kept = keptMinor / table.minorPerUnit;
    paid += kept;
    margin += kept * marginOf(table, category);
  }
  const { orders, lines, returns, contacts } = sums;
  return margin - costOf(table, { orders, lines, returns, contacts, paid }).total;
}
