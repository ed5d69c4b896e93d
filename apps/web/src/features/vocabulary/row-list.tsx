import { Fragment, type ReactNode } from 'react';

/** One row of a list that is typed, and what can be done with it. */
export interface TypedRow<T> {
  readonly item: T;
  readonly index: number;
  readonly set: (item: T) => void;
  readonly drop: () => void;
}

interface RowListProps<T> {
  readonly items: readonly T[];
  readonly onChange: (items: readonly T[]) => void;
  readonly children: (row: TypedRow<T>) => ReactNode;
}

/** Rows that are being typed, one below the other. They have no name but their place. */
export function RowList<T>({ items, onChange, children }: RowListProps<T>) {
  return items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: all of a row stands in its fields, nothing in its elements
    <Fragment key={index}>
      {children({
        item,
        index,
        set: (now) => onChange(items.map((one, at) => (at === index ? now : one))),
        drop: () => onChange(items.filter((_, at) => at !== index)),
      })}
    </Fragment>
  ));
}
