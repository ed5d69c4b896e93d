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
