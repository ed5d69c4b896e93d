import type { Work } from '@keepsake/kernel';
import type { Blocker } from './blocking.ts';
import type { Row } from './comparer.ts';

/** How many rows are put into blocks between two looks at whoever waits. */
const SLICE = 200;

/** Rows by the blocks they are in; the larger blocks left out. */
export interface Blocks {
  /** By row: its blocks. */
  readonly blocksOf: readonly Int32Array[];
  /** By block: its rows in ascending order; none where the block is too large. */
  readonly rowsOf: readonly (readonly number[])[];
}

/** Puts rows into blocks. What is in them depends on the rows alone, not on their order. */
export function* buildBlocks(
  rows: readonly Row[],
  blocker: Blocker,
  blockMax: number,
): Work<Blocks> {
  const numbers = new Map<string, number>();
  const rowsOf: number[][] = [];
  const blocksOf: Int32Array[] = [];
  for (const [r, row] of rows.entries()) {
    const blocks = blocker.keysOf(row).map((key) => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, rowsOf.length);
      return rowsOf.push([]) - 1;
    });
    for (const block of blocks) rowsOf[block]?.push(r);
    blocksOf.push(Int32Array.from(blocks));
    if (r % SLICE === 0) yield { done: r, of: rows.length };
  }
  return { blocksOf, rowsOf: rowsOf.map((all) => (all.length > blockMax ? [] : all)) };
}

/** Calls for each later row that shares a block with a row, once each. */
export class Partners {
  readonly #blocks: Blocks;
  readonly #seen: Int32Array;

  constructor(blocks: Blocks) {
    this.#blocks = blocks;
    this.#seen = new Int32Array(blocks.blocksOf.length).fill(-1);
  }

  after(row: number, each: (partner: number) => void): void {
    for (const block of this.#blocks.blocksOf[row] ?? []) {
      const rows = this.#blocks.rowsOf[block] ?? [];
      for (let i = rows.length - 1; i >= 0; i--) {
        const partner = rows[i] ?? 0;
        if (partner <= row) break;
        if (this.#seen[partner] === row) continue;
        this.#seen[partner] = row;
        each(partner);
      }
    }
  }
}
