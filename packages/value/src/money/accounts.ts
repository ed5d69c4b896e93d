import type { PurchaseSummary } from '../model.ts';

/**
 * What is known of one customer: purchases, and what serving them took. Returns and contacts that were
 * the company's own fault are in neither count, and a purchase returned by such a fault has its full
 * value in the spend (`countService` leaves the first out; the second is the caller's).
 */
export interface CustomerAccount extends PurchaseSummary {
  /** Lines of all purchases, at least one each. */
  readonly lines: number;
  /** Purchases of which something was returned; at most all, frequency + 1. */
  readonly returns: number;
  /** Contacts with service, by channel. */
  readonly contacts: Readonly<Record<string, number>>;
  /** Purchases by category, or any other measure of how the revenue divides; may be empty. */
  readonly categories: Readonly<Record<string, number>>;
}

/**
 * Many accounts, one column a number: index i is one customer throughout. Counts are whole numbers.
 * Channels and categories that no customer has are not there.
 */
export interface AccountColumns {
  readonly customer: readonly string[];
  readonly frequency: Float64Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  readonly spendCount: Float64Array;
  readonly meanSpend: Float64Array;
  readonly lines: Float64Array;
  readonly returns: Float64Array;
  readonly contacts: ReadonlyMap<string, Float64Array>;
  readonly categories: ReadonlyMap<string, Float64Array>;
}

/** Puts accounts into columns, in their order. */
export function columnsOf(accounts: readonly CustomerAccount[]): AccountColumns {
  const column = (of: (account: CustomerAccount) => number): Float64Array =>
    Float64Array.from(accounts, of);
  return {
    customer: accounts.map((account) => account.customer),
    frequency: column((account) => account.frequency),
    recency: column((account) => account.recency),
    age: column((account) => account.age),
    spendCount: column((account) => account.spendCount),
    meanSpend: column((account) => account.meanSpend),
    lines: column((account) => account.lines),
    returns: column((account) => account.returns),
    contacts: columnsByName(accounts, (account) => account.contacts),
    categories: columnsByName(accounts, (account) => account.categories),
  };
}

/** Columns of numbers under names, in the order of the names. */
function columnsByName(
  accounts: readonly CustomerAccount[],
  of: (account: CustomerAccount) => Readonly<Record<string, number>>,
): ReadonlyMap<string, Float64Array> {
  const columns = new Map<string, Float64Array>();
  accounts.forEach((account, i) => {
    for (const [name, value] of Object.entries(of(account))) {
      const column = columns.get(name) ?? new Float64Array(accounts.length);
      column[i] = value;
      columns.set(name, column);
    }
  });
  return new Map([...columns].sort(([a], [b]) => (a < b ? -1 : 1)));
}
