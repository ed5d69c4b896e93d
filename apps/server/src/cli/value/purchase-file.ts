import type { Transaction } from '@keepsake/value';
import { InputError } from '../space/input.ts';
import { type DateOrder, MINOR_PER_UNIT, parseAmount, parseDay, sayDay } from './cells.ts';
import type { PurchaseColumns } from './columns.ts';
import { UNSORTED_CUSTOMERS_MAX, UNSORTED_ROWS_MAX } from './limits.ts';
import { PurchaseStore } from './purchase-store.ts';
import { type Delimiter, readRows } from './table-file.ts';
import type { EncodingFacts } from './text-decoder.ts';

/** Takes the purchases of one customer after the other; the rows are read before the next. */
export interface CustomerVisitor {
  visit(rows: readonly Transaction[]): void;
}

/** What reading found besides purchases. */
export interface FileFacts {
  readonly purchases: number;
  readonly returns: number;
  /** Purchases of nothing: they count as purchases, and not for spend. */
  readonly zero: number;
  readonly withoutCustomer: number;
  readonly firstWithoutCustomer: number | undefined;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly currency: string | undefined;
  readonly encoding: EncodingFacts;
  /** How customers come: only where they are not together, rows are held in memory. */
  readonly order: 'sorted' | 'unsorted';
}

/** What a file of purchases is, and what no purchase may be. */
export interface PurchaseFileOptions {
  readonly file: string;
  readonly delimiter: Delimiter;
  readonly columns: PurchaseColumns;
  /** The first row's line where the first row is names. */
  readonly headerLine: number | undefined;
  /** Purchases after this day are refused; in days since 1970-01-01. */
  readonly today: number;
}

/** What programs write where a value is missing. */
const NO_CUSTOMER = /^(na|n\/a|nan|null|none)$/i;
const CURRENCY = /^([A-Za-z]{3}|[$€£¥])$/;

/** Reads one purchase after the other; answers its line where it cannot be one. */
class PurchaseReader {
  readonly #options: PurchaseFileOptions;
  readonly #days = new Map<string, number>();
  readonly #facts = { purchases: 0, returns: 0, zero: 0, withoutCustomer: 0 };
  #firstWithoutCustomer: number | undefined;
  #firstDay = Number.POSITIVE_INFINITY;
  #lastDay = Number.NEGATIVE_INFINITY;
  #currency: string | undefined;
  #currencyLine = 0;
  encoding: EncodingFacts = { otherLines: 0, firstOther: undefined };

  constructor(options: PurchaseFileOptions) {
    this.#options = options;
  }

  /** Undefined where the line names no customer, and is counted only. */
  read(values: readonly string[], line: number): Transaction | undefined {
    const { columns } = this.#options;
    this.#checkWidth(values, line);
    const customer = values[columns.customer] ?? '';
    if (customer === '' || NO_CUSTOMER.test(customer)) {
      this.#facts.withoutCustomer += 1;
      this.#firstWithoutCustomer ??= line;
      return undefined;
    }
    const day = this.#readDay(values[columns.date] ?? '', line);
    const minor = this.#readAmount(values, line);
    if (day < this.#firstDay) this.#firstDay = day;
    if (day > this.#lastDay) this.#lastDay = day;
    if (minor < 0) {
      this.#facts.returns += 1;
      return { customer, day, amountMinor: -minor, kind: 'return' };
    }
    this.#facts.purchases += 1;
    if (minor === 0) this.#facts.zero += 1;
    return { customer, day, amountMinor: minor, kind: 'purchase' };
  }

  facts(order: FileFacts['order']): FileFacts {
    return {
      ...this.#facts,
      firstWithoutCustomer: this.#firstWithoutCustomer,
      firstDay: this.#firstDay,
      lastDay: this.#lastDay,
      currency: this.#currency,
      encoding: this.encoding,
      order,
    };
  }

  #checkWidth({ length }: readonly string[], line: number): void {
    const { columns } = this.#options;
    if (length === columns.width) return;
    const last = Math.max(columns.customer, columns.date, columns.amount ?? 0);
    const what = `has ${length} of ${columns.width} values`;
    if (length <= last) throw this.#fault(line, `${what}: the line is cut short`);
    if (length > columns.width) {
      throw this.#fault(
        line,
        `has ${length} values where others have ${columns.width}; put quotes around those that hold what parts them`,
      );
    }
  }

  #readDay(text: string, line: number): number {
    let day = this.#days.get(text);
    if (day === undefined) {
      day = parseDay(text, this.#options.columns.dateOrder);
      if (day === undefined) {
        throw this.#fault(line, describeNoDate(text, this.#options.columns.dateOrder));
      }
      // East of Greenwich it may be a day later already.
      if (day > this.#options.today + 1) {
        const said = text.startsWith(sayDay(day)) ? text : `${sayDay(day)}, written '${text}',`;
        const now = `today is ${sayDay(this.#options.today)}`;
        throw this.#fault(line, `the date ${said} is in the future: ${now}`);
      }
      if (this.#days.size >= DAYS_KEPT_MAX) this.#days.clear();
      this.#days.set(text, day);
    }
    return day;
  }

  #readAmount(values: readonly string[], line: number): number {
    const { amount, quantity, currency, decimalComma } = this.#options.columns;
    if (amount === undefined) return 0;
    const text = values[amount] ?? '';
    const found = parseAmount(text, decimalComma);
    if (found === undefined) {
      throw this.#fault(line, text === '' ? 'the amount is missing' : `'${text}' is no amount`);
    }
    const said = currency === undefined ? found.currency : values[currency];
    this.#checkCurrency(said?.toUpperCase(), line);
    if (quantity === undefined) return found.minor;
    const many = parseAmount(values[quantity] ?? '', decimalComma);
    if (many === undefined) {
      throw this.#fault(line, `'${values[quantity] ?? ''}' is no quantity`);
    }
    return Math.round((found.minor * many.minor) / MINOR_PER_UNIT);
  }

  #checkCurrency(found: string | undefined, line: number): void {
    if (found === undefined || found === '') return;
    if (!CURRENCY.test(found))
      throw this.#fault(line, `'${found}' is no currency; write it as EUR`);
    if (this.#currency === undefined) {
      this.#currency = found;
      this.#currencyLine = line;
    }
    if (found === this.#currency) return;
    const what = `the amount is in ${found}, that of line ${this.#currencyLine} in ${this.#currency}`;
    throw this.#fault(line, `${what}; convert them, or give one file for each currency`);
  }

  #fault(line: number, what: string): InputError {
    return new InputError(`${this.#options.file}:${line} ${what}`);
  }
}

/** Dates that are kept once read; files with times of day have more, and begin anew. */
const DAYS_KEPT_MAX = 50_000;

function describeNoDate(text: string, order: DateOrder | undefined): string {
  if (text === '') return 'the date is missing';
  if (order !== undefined && parseDay(text, order === 'dmy' ? 'mdy' : 'dmy') !== undefined) {
    const [first, other] = order === 'dmy' ? ['day', 'mdy'] : ['month', 'dmy'];
    return `'${text}' is no date with the ${first} first; if all are the other way, say --dates ${other}`;
  }
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    return `'${text}' is no date; if it is a spreadsheet's count of days, write it as 2026-03-01`;
  }
  return `'${text}' is no date; write it as 2026-03-01`;
}

/**
 * A file of purchases, read customer by customer as often as needed: in memory of one customer where
 * the file is sorted by them (as text or as numbers), else held in memory, of at most
 * `UNSORTED_ROWS_MAX` lines.
 */
export class PurchaseFile {
  readonly #options: PurchaseFileOptions;
  #order: 'unknown' | 'sorted' | 'unsorted' = 'unknown';
  #store: { readonly rows: PurchaseStore; readonly facts: FileFacts } | undefined;

  constructor(options: PurchaseFileOptions) {
    this.#options = options;
  }

  get columns(): PurchaseColumns {
    return this.#options.columns;
  }

  /**
   * One pass. `begin` makes what takes the customers, a second time where the file turns out not to
   * be sorted. Throws `InputError` with the line of what is no purchase.
   */
  pass<V extends CustomerVisitor>(
    begin: () => V,
    tell: (share: number) => void,
  ): { readonly visitor: V; readonly facts: FileFacts } {
    if (this.#order !== 'unsorted') {
      const visitor = begin();
      const facts = this.#passSorted(visitor, tell);
      if (facts !== undefined) {
        this.#order = 'sorted';
        return { visitor, facts };
      }
      this.#order = 'unsorted';
    }
    this.#store ??= this.#load(tell);
    const visitor = begin();
    this.#store.rows.visit((rows) => visitor.visit(rows));
    return { visitor, facts: this.#store.facts };
  }

  /** Undefined where customers do not come in order. */
  #passSorted(visitor: CustomerVisitor, tell: (share: number) => void): FileFacts | undefined {
    const reader = new PurchaseReader(this.#options);
    const customers = new CustomerOrder();
    let rows: Transaction[] = [];
    let isSorted = true;
    this.#read(reader, tell, (row) => {
      if (customers.isNext(row.customer)) {
        if (!customers.isInOrder) {
          isSorted = false;
          return false;
        }
        if (rows.length > 0) visitor.visit(rows);
        rows = [];
      }
      rows.push(row);
      return true;
    });
    if (!isSorted) return undefined;
    if (rows.length > 0) visitor.visit(rows);
    return reader.facts('sorted');
  }

  #load(tell: (share: number) => void): { rows: PurchaseStore; facts: FileFacts } {
    const reader = new PurchaseReader(this.#options);
    const rows = new PurchaseStore();
    this.#read(reader, tell, (row, line) => {
      if (!rows.add(row)) throw new InputError(`${this.#options.file}:${line} ${TOO_MANY}`);
      return true;
    });
    return { rows, facts: reader.facts('unsorted') };
  }

  #read(
    reader: PurchaseReader,
    tell: (share: number) => void,
    visit: (row: Transaction, line: number) => boolean,
  ): void {
    const { file, delimiter, headerLine } = this.#options;
    reader.encoding = readRows(
      file,
      delimiter,
      (values, line) => {
        if (line === headerLine) return true;
        const row = reader.read(values, line);
        return row === undefined || visit(row, line);
      },
      { encoding: 'any', tell },
    );
  }
}

const TOO_MANY = `cannot be held in memory: purchases that are not sorted by customer may be ${UNSORTED_ROWS_MAX}, of ${UNSORTED_CUSTOMERS_MAX} customers. Sort the file by customer first; the order is noticed, and any length will do then`;

/** Whether customers come in order: of text, or of numbers, whichever holds. */
class CustomerOrder {
  #before: string | undefined;
  #isText = true;
  #isNumber = true;

  get isInOrder(): boolean {
    return this.#isText || this.#isNumber;
  }

  /** Whether another customer begins. */
  isNext(customer: string): boolean {
    const before = this.#before;
    if (customer === before) return false;
    this.#before = customer;
    if (before === undefined) return true;
    if (this.#isText) this.#isText = before < customer;
    if (this.#isNumber) this.#isNumber = Number(before) < Number(customer);
    return true;
  }
}
