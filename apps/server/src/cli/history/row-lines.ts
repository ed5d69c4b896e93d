/** Rows of a table to lines of the API. */
import type { ContactLine, CustomerLine, HistoryKind, PurchaseLine } from '@keepsake/contract';
import { InputError } from '../space/input.ts';
import {
  type DateOrder,
  findDateOrder,
  hasDecimalComma,
  parseDay,
  sayDay,
} from '../value/cells.ts';
import { type Columns, type Role, sayRole } from './columns.ts';
import { readExactAmount } from './exact-amount.ts';
import type { Table } from './table.ts';

/** A line of the API; `key` and `kind` say which row of the source it is. */
export interface ReadyLine {
  readonly kind: 'ready';
  readonly id: string;
  readonly body: CustomerLine | PurchaseLine | ContactLine;
}

/** What cannot be read, in a sentence. */
export interface RowFault {
  readonly kind: 'fault';
  readonly reason: string;
}

/** Reads one row after the other. */
export type RowReader = (values: readonly string[]) => ReadyLine | RowFault;

/** Ends the reading of one row. */
class Fault extends Error {}

/**
 * A reader of rows of a table. Throws `InputError` where its dates can be read in two ways and
 * `dates` does not say which.
 */
export function createRowReader(
  kind: HistoryKind,
  table: Table,
  { columns, dates }: { readonly columns: Columns; readonly dates: DateOrder | undefined },
): RowReader {
  const columnOf = (role: Role): readonly string[] => {
    const at = columns.places[role];
    return at === undefined ? [] : table.sample.map((row) => row[at] ?? '');
  };
  const style: Style = {
    dates: dates ?? dateOrder(table.file, columnOf('date')),
    comma: hasDecimalComma(columnOf('amount')),
    hasOrder: columns.places.order !== undefined,
  };
  const read = { customers: customerOf, orders: purchaseOf, contacts: contactOf }[kind];
  return (values) => {
    try {
      return read(new Row(values, columns), style);
    } catch (error) {
      if (error instanceof Fault) return { kind: 'fault', reason: error.message };
      throw error;
    }
  };
}

function dateOrder(file: string, texts: readonly string[]): DateOrder | undefined {
  const order = findDateOrder(texts.filter((text) => findDateOrder([text]) !== 'no-dates'));
  if (order === 'dmy' || order === 'mdy') return order;
  if (order !== 'ambiguous') return undefined;
  const example = texts.find((text) => findDateOrder([text]) === 'ambiguous') ?? texts[0];
  throw new InputError(
    `${file}: does '${example}' begin with the day or the month? Say --dates dmy or --dates mdy`,
  );
}

/** How a table writes things. */
interface Style {
  readonly dates: DateOrder | undefined;
  readonly comma: boolean;
  /** There is a column that says of which order a return is. */
  readonly hasOrder: boolean;
}

/** The values of one row by their meaning. */
class Row {
  readonly #values: readonly string[];
  readonly #columns: Columns;

  constructor(values: readonly string[], columns: Columns) {
    const { width } = columns;
    if (values.slice(width).some((value) => value !== '')) {
      const what = `has ${values.length} values where the header names ${width} columns`;
      throw new Fault(`${what}; put quotes around those that hold what parts them`);
    }
    this.#values = values;
    this.#columns = columns;
  }

  /** Undefined where it is empty or there is no such column. */
  find(role: Role): string | undefined {
    const at = this.#columns.places[role];
    return at === undefined ? undefined : this.#values[at] || undefined;
  }

  get(role: Role): string {
    const value = this.find(role);
    if (value !== undefined) return value;
    const { length } = this.#values;
    const { width } = this.#columns;
    const short = length < width ? `: the line has ${length} of ${width} values` : '';
    throw new Fault(`the ${sayRole(role)} is missing${short}`);
  }
}

function customerOf(row: Row): ReadyLine {
  const customer = row.get('customer');
  const parts = [row.find('firstName'), row.find('lastName')].filter((one) => one !== undefined);
  const name = row.find('name') ?? (parts.length > 0 ? parts.join(' ') : undefined);
  const body = {
    ...{ customer, name, email: emailOf(row), phone: row.find('phone') },
    loyalty: row.find('loyalty'),
  };
  return { kind: 'ready', id: customer, body };
}

function purchaseOf(row: Row, style: Style): ReadyLine {
  const number = row.get('number');
  const money = moneyOf(row, style);
  const kind = kindOf(row, money.isBelowZero);
  const order = kind === 'return' ? (style.hasOrder ? row.get('order') : number) : undefined;
  const body = {
    ...{ number, kind, ...whoOf(row), day: dayOf(row, style) },
    ...{ amount: money.digits, currency: money.currency, lines: linesOf(row) },
    ...{ category: categoryOf(row), order, ownFault: truthOf(row, 'ownFault') },
  };
  return { kind: 'ready', id: `${kind} ${number}`, body };
}

function contactOf(row: Row, style: Style): ReadyLine {
  const id = row.get('id');
  const body = {
    ...{ id, ...whoOf(row), day: dayOf(row, style), channel: channelOf(row) },
    ...{ ownFault: truthOf(row, 'ownFault'), reason: row.find('reason') },
  };
  return { kind: 'ready', id, body };
}

function whoOf(row: Row): { customer?: string | undefined; email?: string | undefined } {
  const customer = row.find('customer');
  if (customer !== undefined) return { customer };
  const email = emailOf(row);
  if (email === undefined) throw new Fault('nobody is named: the customer is missing');
  return { email };
}

function emailOf(row: Row): string | undefined {
  const email = row.find('email');
  if (email === undefined || /^\S+@\S+$/.test(email)) return email;
  throw new Fault(`'${email}' is no e-mail address`);
}

function dayOf(row: Row, { dates }: Style): string {
  const text = row.get('date');
  const day = parseDay(text, dates);
  if (day === undefined) throw new Fault(`'${text}' is no date; write it as 2026-03-01`);
  return sayDay(day);
}

function moneyOf(row: Row, { comma }: Style) {
  const text = row.get('amount');
  const amount = readExactAmount(text, comma);
  if (amount === undefined) {
    const others = comma ? ' where others have a comma before fractions' : '';
    throw new Fault(`'${text}' is no amount${others}`);
  }
  const told = row.find('currency')?.toUpperCase();
  const code = told ?? amount.currency;
  const isCode = amount.currency === undefined || /^[A-Z]{3}$/.test(amount.currency);
  if (told !== undefined && isCode && (amount.currency ?? told) !== told) {
    throw new Fault(`the amount is in ${amount.currency}, the column says ${told}`);
  }
  if (code !== undefined && !/^[A-Z]{3}$/.test(code)) {
    throw new Fault(`'${code}' is no currency; add a column with its code, such as EUR`);
  }
  return { ...amount, currency: code };
}

const PURCHASES = new Set(
  'purchase order sale invoice p o s kauf verkauf bestellung rechnung auftrag'.split(' '),
);
const RETURNS = new Set(
  'return returned refund credit creditnote r gutschrift retoure ruckgabe erstattung'.split(' '),
);

/** What the column says; without one, money below zero is a return. */
function kindOf(row: Row, isBelowZero: boolean): 'purchase' | 'return' {
  const text = row.find('kind');
  if (text === undefined) return isBelowZero ? 'return' : 'purchase';
  const plain = foldedText(text).replace(/[^a-z]/g, '');
  if (RETURNS.has(plain)) return 'return';
  if (!PURCHASES.has(plain)) throw new Fault(`'${text}' is neither a purchase nor a return`);
  if (isBelowZero) throw new Fault('a purchase is below zero; is it a return?');
  return 'purchase';
}

const YES = new Set(['yes', 'y', 'true', 't', '1', 'x', 'ja', 'j', 'wahr']);
const NO = new Set(['no', 'n', 'false', 'f', '0', 'nein', 'falsch']);

function truthOf(row: Row, role: Role): boolean | undefined {
  const text = row.find(role);
  if (text === undefined) return undefined;
  const plain = text.toLowerCase();
  if (YES.has(plain)) return true;
  if (NO.has(plain)) return false;
  throw new Fault(`'${text}' is neither yes nor no (${sayRole(role)})`);
}

function linesOf(row: Row): number | undefined {
  const text = row.find('lines');
  if (text === undefined) return undefined;
  const lines = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (lines >= 1 && lines <= 10_000) return lines;
  throw new Fault(`'${text}' is no number of lines from 1 to 10000`);
}

function channelOf(row: Row): string {
  const text = row.get('channel');
  const slug = slugOf(text);
  if (slug !== undefined) return slug;
  throw new Fault(`'${text}' is no channel; write a word such as phone`);
}

function categoryOf(row: Row): string | undefined {
  const text = row.find('category');
  if (text === undefined) return undefined;
  const slug = slugOf(text);
  if (slug !== undefined) return slug;
  throw new Fault(`'${text}' is no category; write a word such as accessories`);
}

/** A text in small letters without signs; undefined where none are left, or too many. */
function slugOf(text: string): string | undefined {
  const slug = foldedText(text)
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return slug !== '' && slug.length <= 64 ? slug : undefined;
}

function foldedText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}
