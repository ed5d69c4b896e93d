import { type CustomerHistory, CustomerLedger } from './customer-ledger.ts';
import { PurchaseTotals } from './purchase-totals.ts';
import {
  createNoticeBook,
  createTransactionCheck,
  type NoticeBook,
  type Transaction,
  type TransactionCheck,
  type TransactionFault,
  type TransactionNotices,
} from './transaction.ts';

/** How a stream of transactions comes. */
export interface StreamOptions {
  /** The last day that is observed, in days since 1970-01-01. */
  readonly until: number;
  /**
   * In which order customers come: by UTF-16 code units, by number, or only together. In the first
   * two, a customer who comes a second time is noticed.
   */
  readonly sortedBy: 'text' | 'number' | 'grouped';
  /** Called with each customer's history as it is complete. */
  readonly each?: (history: CustomerHistory) => void;
}

/** What a stream came to. */
export interface StreamResult {
  readonly totals: PurchaseTotals;
  readonly transactions: number;
  readonly notices: TransactionNotices;
}

/**
 * Folds transactions into totals, one customer after the other. It holds the rows of one customer and
 * the totals; time is linear, some 250 ns a transaction.
 */
export class PurchaseStream {
  readonly #options: StreamOptions;
  readonly #totals = new PurchaseTotals();
  readonly #ledger = new CustomerLedger();
  readonly #notices: NoticeBook = createNoticeBook();
  readonly #check: TransactionCheck;
  #customer: string | undefined;
  #transactions = 0;
  #fault: TransactionFault | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#check = createTransactionCheck(options.until);
  }

  /**
   * Takes the next transaction, and keeps it until the customer is complete. Answers why it cannot;
   * after that, the stream takes nothing more.
   */
  add(transaction: Transaction): TransactionFault | undefined {
    if (this.#fault !== undefined) return this.#fault;
    this.#fault = this.#check.check(transaction) ?? this.#turnTo(transaction.customer);
    if (this.#fault !== undefined) return this.#fault;
    this.#ledger.add(transaction);
    this.#transactions += 1;
    return undefined;
  }

  /** Completes the last customer. What was refused is not in the result, nor is that customer. */
  end(): StreamResult {
    if (this.#fault === undefined) this.#close();
    return {
      totals: this.#totals,
      transactions: this.#transactions,
      notices: this.#notices.read(),
    };
  }

  /** Completes the customer before where another begins. */
  #turnTo(customer: string): TransactionFault | undefined {
    const before = this.#customer;
    if (customer === before) return undefined;
    this.#close();
    this.#customer = customer;
    if (before === undefined || this.#follows(before, customer)) return undefined;
    return { kind: 'not-sorted', position: this.#transactions, customer, after: before };
  }

  #follows(before: string, customer: string): boolean {
    const { sortedBy } = this.#options;
    if (sortedBy === 'grouped') return true;
    return sortedBy === 'text' ? before < customer : Number(before) < Number(customer);
  }

  #close(): void {
    if (this.#ledger.isEmpty) return;
    const history = this.#ledger.close(this.#notices);
    if (history === undefined) return;
    this.#totals.add(history);
    this.#options.each?.(history);
  }
}
