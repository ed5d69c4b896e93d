/** Lists of numbers, one after the other: row `r` is `items[at[r]] … items[at[r + 1] - 1]`. */
export interface Rows {
  readonly at: Int32Array;
  readonly items: Int32Array;
}

/** Lists as rows. */
export function rowsOf(lists: readonly (readonly number[])[]): Rows {
  const at = new Int32Array(lists.length + 1);
  lists.forEach((list, r) => {
    at[r + 1] = (at[r] ?? 0) + list.length;
  });
  const items = new Int32Array(at[lists.length] ?? 0);
  lists.forEach((list, r) => {
    items.set(list, at[r]);
  });
  return { at, items };
}

/** Of each number below `count`: the rows that it stands in, ascending. */
export function transposed(rows: Rows, count: number): Rows {
  const at = new Int32Array(count + 1);
  for (const item of rows.items) at[item + 1] = (at[item + 1] ?? 0) + 1;
  for (let i = 0; i < count; i++) at[i + 1] = (at[i + 1] ?? 0) + (at[i] ?? 0);
  const next = at.slice();
  const items = new Int32Array(rows.items.length);
  for (let r = 0; r + 1 < rows.at.length; r++) {
    for (let e = rows.at[r] ?? 0; e < (rows.at[r + 1] ?? 0); e++) {
      const item = rows.items[e] ?? 0;
      const place = next[item] ?? 0;
      items[place] = r;
      next[item] = place + 1;
    }
  }
  return { at, items };
}
