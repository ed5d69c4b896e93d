/** A list of whole numbers that grows, four bytes each. */
export interface NumberList {
  readonly length: number;
  push(value: number): void;
  /** The numbers so far; not to be used after the next `push`. */
  view(): Int32Array;
}

/** An empty list of whole numbers. */
export function numberList(): NumberList {
  let numbers = new Int32Array(64);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      if (length === numbers.length) {
        const larger = new Int32Array(2 * length);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length++] = value;
    },
    view: () => numbers.subarray(0, length),
  };
}

function hashRow(rows: Int32Array, from: number, width: number): number {
  let hash = width;
  for (let i = from; i < from + width; i++) {
    hash = Math.imul(hash ^ (rows[i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

function isSameRow(rows: Int32Array, a: number, b: number, width: number): boolean {
  for (let i = 0; i < width; i++) if (rows[a + i] !== rows[b + i]) return false;
  return true;
}

/** The different rows of a row-major table, in order of their first. Linear, by a hash table. */
export function distinctRows(rows: Int32Array, width: number): Int32Array {
  const count = width === 0 ? 0 : rows.length / width;
  let slots = 16;
  while (slots < 2 * count) slots *= 2;
  const first = new Int32Array(slots).fill(-1);
  const kept = rows.slice();
  let length = 0;
  for (let r = 0; r < count; r++) {
    const from = r * width;
    let slot = hashRow(rows, from, width) & (slots - 1);
    for (let at = first[slot] ?? -1; at >= 0; at = first[slot] ?? -1) {
      if (isSameRow(rows, at, from, width)) break;
      slot = (slot + 1) & (slots - 1);
    }
    if (first[slot] !== -1) continue;
    first[slot] = from;
    kept.copyWithin(length, from, from + width);
    length += width;
  }
  return kept.slice(0, length);
}
