import type { PurchaseSummary } from '@keepsake/value';
import { InputError } from '../space/input.ts';
import type { HistoryColumnsFound } from './columns.ts';
import { type Delimiter, readRows } from './table-file.ts';

/** A line of a file of histories: a customer, or many who share the history. */
export interface HistoryRow extends PurchaseSummary {
  readonly count: number;
}

export interface HistoryFileOptions {
  readonly file: string;
  readonly delimiter: Delimiter;
  readonly columns: HistoryColumnsFound;
  readonly headerLine: number;
}

/**
 * Reads histories line by line: frequency, recency and age in one unit. Customers without a name are
 * called by their line. Throws `InputError` with the line of what is no history.
 */
export function readHistories(
  options: HistoryFileOptions,
  visit: (row: HistoryRow) => void,
  tell: (share: number) => void,
): void {
  const { file, delimiter, headerLine } = options;
  readRows(
    file,
    delimiter,
    (values, line) => {
      if (line !== headerLine) visit(historyOf(options, values, line));
      return true;
    },
    { encoding: 'any', tell },
  );
}

const DECIMAL_COMMA = /^(\d+),(\d+)$/;

function historyOf(
  { file, columns }: HistoryFileOptions,
  values: readonly string[],
  line: number,
): HistoryRow {
  const fault = (what: string): InputError => new InputError(`${file}:${line} ${what}`);
  if (values.length !== columns.width) {
    const advice = values.length < columns.width ? ': the line is cut short' : '';
    throw fault(`has ${values.length} of ${columns.width} values${advice}`);
  }
  const number = (at: number): number => {
    const text = values[at] ?? '';
    const value = text === '' ? Number.NaN : Number(text.replace(DECIMAL_COMMA, '$1.$2'));
    if (Number.isFinite(value) && value >= 0) return value;
    throw fault(`'${text}' in column ${columns.names[at]} is no number of 0 or more`);
  };
  const [frequency, recency, age] = [
    number(columns.frequency),
    number(columns.recency),
    number(columns.age),
  ];
  if (!Number.isInteger(frequency)) throw fault(`a frequency is a whole number, not ${frequency}`);
  if (recency > age) throw fault(`the last purchase (${recency}) is after the end (${age})`);
  if (frequency > 0 && recency === 0) {
    throw fault(`${frequency} purchases after the first take time, but recency is 0`);
  }
  const count = columns.count === undefined ? 1 : number(columns.count);
  if (!Number.isInteger(count)) throw fault(`${count} customers is no whole number`);
  const meanSpend = columns.spend === undefined ? 0 : number(columns.spend);
  const name = columns.customer === undefined ? '' : (values[columns.customer] ?? '');
  return {
    customer: name === '' ? `line ${line}` : name,
    ...{ frequency, recency, age, count, meanSpend },
    spendCount: meanSpend > 0 ? frequency : 0,
  };
}
