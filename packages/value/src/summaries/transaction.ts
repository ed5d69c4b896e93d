/** One purchase or return of one customer, or one line of it: lines of a day are merged anyway. */
export interface Transaction {
  readonly customer: string;
  /** Whole days since 1970-01-01, as the customer's calendar had it. */
  readonly day: number;
  /** Whole minor units, 0 or more: whether money comes or goes is the kind. */
  readonly amountMinor: number;
  readonly kind: 'purchase' | 'return';
  /** What a return goes against; without it, the customer's latest earlier purchases. */
  readonly order?: string;
  readonly currency?: string;
}

/** When observation ends, and in which units summaries count. */
export interface Observation {
  /** The last day that is observed, in days since 1970-01-01. */
  readonly until: number;
  /** Unit of recency and age. */
  readonly unit: 'week' | 'day';
  /** Minor units in one unit of the currency: 100 unless told. */
  readonly minorPerUnit?: number;
}

/** Why transactions are refused. `position` counts them from 0, in the order given. */
export type TransactionFault = { readonly position: number; readonly customer: string } & (
  | { readonly kind: 'future-date'; readonly day: number; readonly until: number }
  | { readonly kind: 'day-not-whole'; readonly day: number }
  | { readonly kind: 'amount-not-whole'; readonly amountMinor: number }
  | { readonly kind: 'mixed-currencies'; readonly found: string; readonly expected: string }
  | { readonly kind: 'not-sorted'; readonly after: string }
);

/** What was taken as it is and should be looked at. */
export type TransactionNotice = { readonly customer: string; readonly day: number } & (
  | { readonly kind: 'duplicate'; readonly amountMinor: number }
  | { readonly kind: 'refund-exceeds-order'; readonly order: string; readonly excessMinor: number }
  | { readonly kind: 'refund-without-purchase'; readonly excessMinor: number }
  | { readonly kind: 'only-returns' }
);

/** How often each kind of notice occurred, and the first of them. */
export interface TransactionNotices {
  readonly counts: Readonly<Record<TransactionNotice['kind'], number>>;
  readonly first: readonly TransactionNotice[];
}

/** So many notices are kept in words; the rest are counted. */
export const NOTICES_MAX = 1000;

/** Gathers notices: all are counted, the first `NOTICES_MAX` kept. */
export interface NoticeBook {
  add(notice: TransactionNotice): void;
  read(): TransactionNotices;
}

/** An empty book of notices. */
export function createNoticeBook(): NoticeBook {
  const counts = {
    duplicate: 0,
    'refund-exceeds-order': 0,
    'refund-without-purchase': 0,
    'only-returns': 0,
  };
  const first: TransactionNotice[] = [];
  return {
    add: (notice) => {
      counts[notice.kind] += 1;
      if (first.length < NOTICES_MAX) first.push(notice);
    },
    read: () => ({ counts: { ...counts }, first: [...first] }),
  };
}

/** Checks transactions one after the other: days, amounts, and one currency for all of them. */
export interface TransactionCheck {
  check(transaction: Transaction): TransactionFault | undefined;
}

/** A check for observation up to a day. */
export function createTransactionCheck(until: number): TransactionCheck {
  let position = -1;
  let currency: string | undefined;
  return {
    check: (transaction) => {
      position += 1;
      const { customer, day, amountMinor } = transaction;
      if (!Number.isInteger(day)) return { kind: 'day-not-whole', position, customer, day };
      if (day > until) return { kind: 'future-date', position, customer, day, until };
      if (!Number.isSafeInteger(amountMinor) || amountMinor < 0) {
        return { kind: 'amount-not-whole', position, customer, amountMinor };
      }
      if (transaction.currency === undefined) return undefined;
      currency ??= transaction.currency;
      if (transaction.currency === currency) return undefined;
      const found = transaction.currency;
      return { kind: 'mixed-currencies', position, customer, found, expected: currency };
    },
  };
}
