import { type DateOrder, findDateOrder } from './cells.ts';
import { type FoundColumns, findColumns, type HistoryColumnsFound } from './columns.ts';
import type { ValueOptions } from './flags.ts';
import type { HistoryFileOptions } from './history-file.ts';
import { PurchaseFile } from './purchase-file.ts';
import { readRows, sampleTable, type TableSample } from './table-file.ts';

/** A file that value is told from: purchases, or histories that somebody has summed up. */
export type ValueSource =
  | { readonly kind: 'purchases'; readonly file: string; readonly purchases: PurchaseFile }
  | { readonly kind: 'histories'; readonly file: string; readonly histories: HistoryFileOptions };

/** Opens a file: finds what parts its values, and its columns. Throws `InputError`. */
export function openSource(
  file: string,
  { columns: flags }: Pick<ValueOptions, 'columns'>,
  today: number,
): ValueSource {
  const sample = sampleTable(file, 'any');
  const findOrder = (column: number) => scanDateOrder(file, sample, column);
  const columns = findColumns({ file, sample, flags, findOrder });
  const { delimiter } = sample;
  const [firstLine = 1] = sample.lines;
  if (columns.kind === 'histories') {
    return {
      ...{ kind: 'histories', file },
      histories: { file, delimiter, columns, headerLine: firstLine },
    };
  }
  const headerLine = columns.hasHeader ? firstLine : undefined;
  const purchases = new PurchaseFile({ file, delimiter, columns, headerLine, today });
  return { kind: 'purchases', file, purchases };
}

/** Reads on until a date tells day from month: files begin with many lines of one day. */
function scanDateOrder(
  file: string,
  { delimiter, lines }: TableSample,
  column: number,
): DateOrder | undefined {
  let order: DateOrder | undefined;
  const visit = (values: readonly string[], line: number): boolean => {
    const found = findDateOrder(line === lines[0] ? [] : [values[column] ?? '']);
    if (found === 'dmy' || found === 'mdy') order = found;
    return order === undefined;
  };
  readRows(file, delimiter, visit, { encoding: 'any' });
  return order;
}

/** Which column is what, by name or number. */
export function sayColumns(columns: FoundColumns): Readonly<Record<string, string>> {
  const name = (at: number): string =>
    columns.hasHeader ? (columns.names[at] ?? '') : `column ${at + 1}`;
  const places = columns.kind === 'purchases' ? purchasePlaces(columns) : historyPlaces(columns);
  return Object.fromEntries(
    Object.entries(places).flatMap(([role, at]) => (at === undefined ? [] : [[role, name(at)]])),
  );
}

function purchasePlaces(
  columns: Extract<FoundColumns, { readonly kind: 'purchases' }>,
): Readonly<Record<string, number | undefined>> {
  const { customer, date, amount, quantity, currency } = columns;
  return { customer, date, amount, quantity, currency };
}

function historyPlaces(columns: HistoryColumnsFound): Readonly<Record<string, number | undefined>> {
  const { customer, frequency, recency, age, spend, count } = columns;
  return { customer, frequency, recency, age, spend, customers: count };
}
