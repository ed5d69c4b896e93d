/** Reads a base as the engine takes it. */
import { DAY_MS } from '@keepsake/kernel';
import {
  type AccountColumns,
  type CostTable,
  type CustomerAccount,
  columnsOf,
} from '@keepsake/value';
import type { Db } from '../../platform/database/schema.ts';
import {
  type AccountRow,
  accountOf,
  type ColumnTerms,
  streamAccountsAsOf,
  sumKept,
} from '../accounts/index.ts';
import { dayOf, testCut } from './value-run.rules.ts';

/** All accounts of a company, and over which time they are. */
export interface LoadedBase {
  readonly columns: AccountColumns;
  readonly customers: number;
  /** The first day on which anybody bought; undefined where nobody did. */
  readonly firstDay: string | undefined;
  /** The last day that is counted. */
  readonly until: string;
}

/** Puts accounts into columns as they are read: some 0.6 kB each, until all are there. */
export async function loadBase(
  batches: AsyncGenerator<readonly AccountRow[], void>,
  terms: ColumnTerms,
): Promise<LoadedBase> {
  const accounts: CustomerAccount[] = [];
  let firstDay: string | undefined;
  for await (const batch of batches) {
    for (const row of batch) {
      accounts.push(accountOf(row, terms));
      if (firstDay === undefined || row.firstDay < firstDay) firstDay = row.firstDay;
    }
  }
  return {
    columns: columnsOf(accounts),
    customers: accounts.length,
    firstDay,
    until: terms.until,
  };
}

/** A base as it was seen on an earlier day, and what its customers have done since. */
export interface BaseTest {
  readonly cut: string;
  readonly until: string;
  /** Weeks from the one to the other. */
  readonly length: number;
  readonly before: AccountColumns;
  readonly after: { readonly purchases: Float64Array; readonly revenue: Float64Array };
}

const WEEK_DAYS = 7;

/** What a model is tested by; undefined where the history of a base is too short for it. */
export async function loadTest(
  db: Db,
  company: string,
  base: LoadedBase,
  table: CostTable,
): Promise<BaseTest | undefined> {
  const { firstDay, until } = base;
  const cut = firstDay === undefined ? undefined : testCut(firstDay, until);
  if (cut === undefined) return undefined;
  const { columns: before } = await loadBase(streamAccountsAsOf(db, company, cut), {
    until: cut,
    table,
  });
  const days = { from: dayAfter(cut), to: dayAfter(until) };
  const kept = await sumKept(db, company, days);
  const places = new Map(base.columns.customer.map((person, i) => [person, i]));
  return {
    ...{ cut, until, before },
    length: (Date.parse(until) - Date.parse(cut)) / DAY_MS / WEEK_DAYS,
    after: {
      purchases: Float64Array.from(before.customer, (person, i) => {
        const now = base.columns.frequency[places.get(person) ?? -1] ?? 0;
        return Math.max(0, now - (before.frequency[i] ?? 0));
      }),
      revenue: Float64Array.from(
        before.customer,
        (person) => (kept.get(person) ?? 0) / table.minorPerUnit,
      ),
    },
  };
}

function dayAfter(day: string): string {
  return dayOf(Date.parse(day) + DAY_MS);
}
