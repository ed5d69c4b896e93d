import type { ReactNode } from 'react';
import { classesOf } from './classes.ts';
import styles from './table.module.css';

const c = classesOf(styles);

/** A column: its heading, and its cell of a row. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers and amounts stand at the end. */
  readonly isNumeric?: boolean;
  /** Short words that stay on one line: on a narrow screen rows grow no taller by them. */
  readonly isOneLine?: boolean;
}

interface TableProps<Row> {
  /** Read to those who cannot see the table. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** Rows and columns with hairlines; scrolls sideways by itself where it is too wide. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key.
    <section className={c('scroll')} tabIndex={0} aria-label={caption}>
      <table className={c('table')}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={c(column.isNumeric && 'end', column.isOneLine && 'oneLine')}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  className={c(column.isNumeric && 'end', column.isOneLine && 'oneLine')}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
