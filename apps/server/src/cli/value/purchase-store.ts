import type { Transaction } from '@keepsake/value';
import { UNSORTED_CUSTOMERS_MAX, UNSORTED_ROWS_MAX } from './limits.ts';
import { ownText } from './own-text.ts';

const BLOCK = 1 << 18;

interface Block {
  readonly customer: Int32Array;
  readonly day: Int32Array;
  /** In minor units; below zero for returns, −0 for a return of nothing. */
  readonly amount: Float64Array;
}

/** Purchases in any order, 20 bytes each besides the names of customers. */
export class PurchaseStore {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #counts: number[] = [];
  readonly #blocks: Block[] = [];
  #size = 0;

  /** False where no more are held. */
  add({ customer, day, amountMinor, kind }: Transaction): boolean {
    if (this.#size >= UNSORTED_ROWS_MAX || this.#names.length >= UNSORTED_CUSTOMERS_MAX)
      return false;
    const at = this.#size % BLOCK;
    if (at === 0) this.#blocks.push(emptyBlock());
    const block = this.#blocks.at(-1);
    if (block === undefined) return false;
    const number = this.#numberOf(customer);
    block.customer[at] = number;
    block.day[at] = day;
    block.amount[at] = kind === 'return' ? -amountMinor : amountMinor;
    this.#counts[number] = (this.#counts[number] ?? 0) + 1;
    this.#size += 1;
    return true;
  }

  /** Tells the rows of each customer, in the order in which customers first appear. */
  visit(visitor: (rows: readonly Transaction[]) => void): void {
    const order = this.#sortByCustomer();
    let from = 0;
    this.#names.forEach((customer, number) => {
      const to = from + (this.#counts[number] ?? 0);
      visitor(Array.from(order.subarray(from, to), (row) => this.#rowAt(row, customer)));
      from = to;
    });
  }

  #numberOf(customer: string): number {
    const known = this.#numbers.get(customer);
    if (known !== undefined) return known;
    const name = ownText(customer);
    const number = this.#names.length;
    this.#numbers.set(name, number);
    this.#names.push(name);
    return number;
  }

  /** Places of rows, those of a customer together and in their order. */
  #sortByCustomer(): Uint32Array {
    const next = new Uint32Array(this.#names.length);
    let sum = 0;
    this.#counts.forEach((count, number) => {
      next[number] = sum;
      sum += count;
    });
    const order = new Uint32Array(this.#size);
    for (let row = 0; row < this.#size; row++) {
      const number = this.#blocks[Math.floor(row / BLOCK)]?.customer[row % BLOCK] ?? 0;
      const place = next[number] ?? 0;
      order[place] = row;
      next[number] = place + 1;
    }
    return order;
  }

  #rowAt(row: number, customer: string): Transaction {
    const block = this.#blocks[Math.floor(row / BLOCK)];
    const amount = block?.amount[row % BLOCK] ?? 0;
    const isReturn = amount < 0 || Object.is(amount, -0);
    return {
      customer,
      day: block?.day[row % BLOCK] ?? 0,
      amountMinor: Math.abs(amount),
      kind: isReturn ? 'return' : 'purchase',
    };
  }
}

function emptyBlock(): Block {
  return {
    customer: new Int32Array(BLOCK),
    day: new Int32Array(BLOCK),
    amount: new Float64Array(BLOCK),
  };
}
