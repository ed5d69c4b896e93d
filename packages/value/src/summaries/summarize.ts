import { ok, type Result, refused } from '@keepsake/kernel';
import type { PurchaseSummary } from '../model.ts';
import { type CustomerHistory, CustomerLedger } from './customer-ledger.ts';
import { PurchaseTotals, summarizeHistory } from './purchase-totals.ts';
import {
  createNoticeBook,
  createTransactionCheck,
  type Observation,
  type Transaction,
  type TransactionFault,
  type TransactionNotices,
} from './transaction.ts';

/** Customers' purchases at the end of observation. */
export interface PurchaseSummaries {
  /** In the order in which customers first appear; those with nothing but returns are not there. */
  readonly summaries: readonly PurchaseSummary[];
  /** The same customers, before the end of observation is applied. */
  readonly histories: readonly CustomerHistory[];
  readonly totals: PurchaseTotals;
  readonly notices: TransactionNotices;
}

/**
 * Summarises transactions in any order: lines of one day are one purchase, a return reduces its order
 * or else the customer's latest earlier purchases, a purchase of nothing counts for frequency and not
 * for spend, and so does one that was returned whole. Refused at the first transaction that cannot be.
 *
 * Holds all transactions; `PurchaseStream` holds one customer's.
 */
export function summarizeTransactions(
  transactions: Iterable<Transaction>,
  observation: Observation,
): Result<PurchaseSummaries, TransactionFault> {
  const rows = [...transactions];
  const { check } = createTransactionCheck(observation.until);
  for (const row of rows) {
    const fault = check(row);
    if (fault !== undefined) return refused(fault);
  }
  return ok(summarizeCustomers(groupByCustomer(rows), observation));
}

/** Rows of each customer, customers in the order in which they first appear. */
export function groupByCustomer(
  transactions: Iterable<Transaction>,
): ReadonlyMap<string, readonly Transaction[]> {
  const byCustomer = new Map<string, Transaction[]>();
  for (const transaction of transactions) {
    const rows = byCustomer.get(transaction.customer);
    if (rows === undefined) byCustomer.set(transaction.customer, [transaction]);
    else rows.push(transaction);
  }
  return byCustomer;
}

function summarizeCustomers(
  byCustomer: ReadonlyMap<string, readonly Transaction[]>,
  observation: Observation,
): PurchaseSummaries {
  const notices = createNoticeBook();
  const ledger = new CustomerLedger();
  const totals = new PurchaseTotals();
  const histories: CustomerHistory[] = [];
  for (const rows of byCustomer.values()) {
    for (const row of rows) ledger.add(row);
    const history = ledger.close(notices);
    if (history === undefined) continue;
    histories.push(history);
    totals.add(history);
  }
  const summaries = histories.map((history) => summarizeHistory(history, observation));
  return { summaries, histories, totals, notices: notices.read() };
}
