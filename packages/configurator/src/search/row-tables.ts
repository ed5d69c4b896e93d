import { ANY, type BoxConstraint, type TableConstraint } from '../problem/problem.ts';
import type { RowTable } from './rows.ts';

interface Places {
  readonly rowCount: number;
  readonly words: number;
  readonly supports: Int32Array[];
  readonly isPlain: boolean[];
}

function startPlaces(rowCount: number, literals: readonly Int32Array[]): Places {
  const words = Math.max(1, (rowCount + 31) >> 5);
  return {
    rowCount,
    words,
    supports: literals.map((own) => new Int32Array(own.length * words)),
    isPlain: literals.map(() => true),
  };
}

function allow({ supports, words }: Places, row: number, place: number, value: number): void {
  const own = supports[place];
  const at = value * words + (row >> 5);
  if (own !== undefined && value < own.length / words) {
    own[at] = (own[at] ?? 0) | (1 << (row & 31));
  }
}

/** The rows of a table as bits. `literals` holds those of each value of each place. */
export function rowsOfTable({ rows }: TableConstraint, literals: readonly Int32Array[]): RowTable {
  const width = literals.length;
  const places = startPlaces(width === 0 ? 0 : rows.length / width, literals);
  for (let r = 0; r < places.rowCount; r++) {
    for (let p = 0; p < width; p++) {
      const cell = rows[r * width + p] ?? ANY;
      if (cell !== ANY) allow(places, r, p, cell);
      else {
        places.isPlain[p] = false;
        const size = literals[p]?.length ?? 0;
        for (let x = 0; x < size; x++) allow(places, r, p, x);
      }
    }
  }
  const { rowCount, supports, isPlain } = places;
  return { rowCount, literals, supports, isPlain };
}

/** The boxes of a union as bits. */
export function rowsOfBoxes({ rows }: BoxConstraint, literals: readonly Int32Array[]): RowTable {
  const places = startPlaces(rows.length, literals);
  rows.forEach((row, r) => {
    row.forEach((cell, p) => {
      if (cell.length !== 1) places.isPlain[p] = false;
      for (const value of cell) allow(places, r, p, value);
    });
  });
  const { rowCount, supports, isPlain } = places;
  return { rowCount, literals, supports, isPlain };
}
