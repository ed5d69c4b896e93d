import type { NoticeBook, Transaction } from './transaction.ts';

/**
 * One customer's purchases, days merged and returns netted. It does not know when observation ends,
 * so that it stays as it is while the customer does nothing.
 */
export interface CustomerHistory {
  readonly customer: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Days with a purchase after the first. */
  readonly frequency: number;
  /** How many of those days had a net value above zero. */
  readonly spendCount: number;
  /** Their net value in minor units. */
  readonly spendMinor: number;
  /** Σ ln of the days between consecutive purchase days: what regularity is told by. */
  readonly logIntervals: number;
}

/** Rows of one customer at a time. Cleared after each, its memory is kept. */
export class CustomerLedger {
  readonly #rows: Transaction[] = [];
  /** What is left of each purchase after returns; in step with `#rows`. */
  #left: Float64Array<ArrayBuffer> = new Float64Array(64);

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** Takes one more row of the customer. */
  add(row: Transaction): void {
    this.#rows.push(row);
  }

  /**
   * The customer's history, and an empty ledger after it; undefined for nothing but returns. Time:
   * n log n in the rows, n where they come by day.
   */
  close(notices: NoticeBook): CustomerHistory | undefined {
    const customer = this.#rows[0]?.customer ?? '';
    let firstDay = Number.NaN;
    let lastDay = Number.NaN;
    let frequency = -1;
    let spendCount = 0;
    let spendMinor = 0;
    let logIntervals = 0;
    this.closeDays(notices, (day, valueMinor) => {
      frequency += 1;
      if (frequency === 0) firstDay = day;
      else {
        logIntervals += Math.log(day - lastDay);
        if (valueMinor > 0) spendCount += 1;
        spendMinor += valueMinor;
      }
      lastDay = day;
    });
    if (frequency < 0) return undefined;
    return { customer, firstDay, lastDay, frequency, spendCount, spendMinor, logIntervals };
  }

  /** Tells each day with a purchase and its net value, in order, and empties the ledger. */
  closeDays(notices: NoticeBook, visit: (day: number, valueMinor: number) => void): void {
    const rows = this.#rows;
    sortRows(rows);
    if (this.#left.length < rows.length) this.#left = new Float64Array(rows.length * 2);
    this.#net(notices);
    if (!this.#mergeDays(visit)) {
      const [row] = rows;
      if (row !== undefined) {
        notices.add({ kind: 'only-returns', customer: row.customer, day: row.day });
      }
    }
    rows.length = 0;
  }

  /** Fills what is left of each purchase. */
  #net(notices: NoticeBook): void {
    const rows = this.#rows;
    const returns = new Returns(rows, this.#left, notices);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (row === undefined) continue;
      const previous = rows[i - 1];
      if (previous !== undefined && compareRows(previous, row) === 0) {
        const { customer, day, amountMinor } = row;
        notices.add({ kind: 'duplicate', customer, day, amountMinor });
      }
      if (row.kind === 'purchase') this.#left[i] = row.amountMinor;
      else {
        this.#left[i] = 0;
        returns.settle(i, row);
      }
    }
  }

  /** Sums the purchases of each day; false where there is none at all. */
  #mergeDays(visit: (day: number, valueMinor: number) => void): boolean {
    const rows = this.#rows;
    let found = false;
    for (let i = 0; i < rows.length; ) {
      const day = rows[i]?.day ?? 0;
      let value = 0;
      let purchases = 0;
      for (; i < rows.length && rows[i]?.day === day; i++) {
        value += this.#left[i] ?? 0;
        if (rows[i]?.kind === 'purchase') purchases += 1;
      }
      if (purchases === 0) continue;
      found = true;
      visit(day, value);
    }
    return found;
  }
}

/** Takes returns from earlier purchases, the latest first: each purchase is passed at most twice. */
class Returns {
  readonly #rows: readonly Transaction[];
  readonly #left: Float64Array;
  readonly #notices: NoticeBook;
  /** Rows before the current one that may still have value, oldest first. */
  readonly #open: number[] = [];
  #openedTo = 0;
  #orders: Map<string, number[]> | undefined;
  #ordersTo = 0;

  constructor(rows: readonly Transaction[], left: Float64Array, notices: NoticeBook) {
    this.#rows = rows;
    this.#left = left;
    this.#notices = notices;
  }

  settle(at: number, row: Transaction): void {
    const { customer, day, order } = row;
    if (order !== undefined) {
      const ofOrder = this.#purchasesOf(order, at);
      if (ofOrder !== undefined) {
        const excessMinor = this.#take(ofOrder, row.amountMinor);
        if (excessMinor === 0) return;
        this.#notices.add({ kind: 'refund-exceeds-order', customer, day, order, excessMinor });
        return;
      }
    }
    for (; this.#openedTo < at; this.#openedTo++) this.#open.push(this.#openedTo);
    const excessMinor = this.#take(this.#open, row.amountMinor);
    if (excessMinor === 0) return;
    this.#notices.add({ kind: 'refund-without-purchase', customer, day, excessMinor });
  }

  #purchasesOf(order: string, before: number): number[] | undefined {
    this.#orders ??= new Map();
    for (; this.#ordersTo < before; this.#ordersTo++) {
      const row = this.#rows[this.#ordersTo];
      if (row?.kind !== 'purchase' || row.order === undefined) continue;
      const rows = this.#orders.get(row.order);
      if (rows === undefined) this.#orders.set(row.order, [this.#ordersTo]);
      else rows.push(this.#ordersTo);
    }
    return this.#orders.get(order);
  }

  /** Takes from the last of the rows backwards, drops what is used up, answers what is not covered. */
  #take(rows: number[], amountMinor: number): number {
    let rest = amountMinor;
    for (let row = rows.at(-1); row !== undefined && rest > 0; row = rows.at(-1)) {
      const left = this.#left[row] ?? 0;
      const taken = Math.min(left, rest);
      this.#left[row] = left - taken;
      rest -= taken;
      if (left === taken) rows.pop();
    }
    return rest;
  }
}

/** Rows by day; purchases of a day before its returns; equal rows beside each other. */
function compareRows(a: Transaction, b: Transaction): number {
  if (a.day !== b.day) return a.day - b.day;
  if (a.kind !== b.kind) return a.kind === 'purchase' ? -1 : 1;
  if (a.amountMinor !== b.amountMinor) return a.amountMinor - b.amountMinor;
  const [first, second] = [a.order ?? '', b.order ?? ''];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function sortRows(rows: Transaction[]): void {
  for (let i = 1; i < rows.length; i++) {
    const [previous, row] = [rows[i - 1], rows[i]];
    if (previous === undefined || row === undefined) continue;
    if (compareRows(previous, row) > 0) {
      rows.sort(compareRows);
      return;
    }
  }
}
