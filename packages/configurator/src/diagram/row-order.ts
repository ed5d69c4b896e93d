import type { Work } from '@keepsake/kernel';
import type { RowRelation } from './relation.ts';

/** Rows that are moved between two chances to pause. */
const SLICE = 1 << 16;

const SORTING = { done: 0, of: 1 };

/** Where the rows of each value of a column go. */
function* offsetsOf(
  { scope, rows }: RowRelation,
  order: Int32Array,
  place: number,
): Work<Int32Array> {
  let top = 0;
  for (let at = place; at < rows.length; at += scope.length) {
    if ((rows[at] as number) > top) top = rows[at] as number;
  }
  const offsets = new Int32Array(top + 2);
  yield SORTING;
  for (let i = 0; i < order.length; i++) {
    if ((i & (SLICE - 1)) === SLICE - 1) yield SORTING;
    const r = order[i] as number;
    const slot = (rows[r * scope.length + place] ?? 0) + 1;
    offsets[slot] = (offsets[slot] ?? 0) + 1;
  }
  for (let x = 1; x < offsets.length; x++) offsets[x] = (offsets[x] ?? 0) + (offsets[x - 1] ?? 0);
  return offsets;
}

/**
 * Row numbers sorted by some columns, the first of them foremost: counting sort from the last
 * column to the first, linear in rows times columns.
 */
export function* sortRows(
  relation: RowRelation,
  numbers: Int32Array,
  places: readonly number[],
): Work<Int32Array> {
  const { scope, rows } = relation;
  const width = scope.length;
  let order: Int32Array = numbers;
  let other: Int32Array = new Int32Array(numbers.length);
  for (const place of places.toReversed()) {
    const offsets = yield* offsetsOf(relation, order, place);
    for (let i = 0; i < order.length; i++) {
      if ((i & (SLICE - 1)) === SLICE - 1) yield SORTING;
      const r = order[i] ?? 0;
      const x = rows[r * width + place] ?? 0;
      const slot = offsets[x] ?? 0;
      offsets[x] = slot + 1;
      other[slot] = r;
    }
    [order, other] = order === numbers ? [other, new Int32Array(order.length)] : [other, order];
  }
  return order;
}
