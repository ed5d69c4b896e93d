import type { Layout, Store } from './domains.ts';
import type { ClassSum } from './sums.ts';

/** A relation between variables, as the search sees it. */
export interface Constraint {
  readonly scope: readonly number[];
  /** Its boxes, where it has them. */
  readonly boxes?: Boxes;
  /** Its sum, where it is one. */
  readonly sum?: ClassSum;
  /**
   * Takes classes without support out of the domains. Writes the positions in `scope` whose domain
   * shrank to `changed` and answers how many there are, or -1 when a domain would be empty.
   */
  revise(store: Store, changed: Int32Array): number;
  /** Whether a full assignment of classes obeys it. */
  accepts(classes: Int32Array): boolean;
}

/** A union of boxes: a row holds a set of classes for every variable of the scope. */
export interface Boxes {
  readonly scope: readonly number[];
  readonly rows: readonly (readonly ReadonlySet<number>[])[];
}

/** A box constraint's bit matrix: for each class of each position, the rows that take it. */
interface Matrix {
  readonly scope: Int32Array;
  readonly rowWords: number;
  readonly rowCount: number;
  /** First line of each position. */
  readonly lineAt: Int32Array;
  readonly bits: Int32Array;
}

function buildMatrix(layout: Layout, boxes: Boxes): Matrix {
  const lineAt = new Int32Array(boxes.scope.length + 1);
  boxes.scope.forEach((v, p) => {
    lineAt[p + 1] = (lineAt[p] ?? 0) + (layout.sizes[v] ?? 0);
  });
  const rowWords = Math.max(1, (boxes.rows.length + 31) >>> 5);
  const bits = new Int32Array((lineAt[boxes.scope.length] ?? 0) * rowWords);
  boxes.rows.forEach((row, r) => {
    row.forEach((classes, p) => {
      for (const c of classes) {
        const w = ((lineAt[p] ?? 0) + c) * rowWords + (r >>> 5);
        bits[w] = (bits[w] ?? 0) | (1 << (r & 31));
      }
    });
  });
  const scope = Int32Array.from(boxes.scope);
  return { scope, rowWords, rowCount: boxes.rows.length, lineAt, bits };
}

/** Leaves in `live` the rows that still meet the domain at position p; false when none does. */
function meet(matrix: Matrix, layout: Layout, store: Store, live: Int32Array, p: number): boolean {
  const { rowWords, bits } = matrix;
  const v = matrix.scope[p] ?? 0;
  const base = layout.at[v] ?? 0;
  const line = matrix.lineAt[p] ?? 0;
  const words = (layout.at[v + 1] ?? 0) - base;
  let any = 0;
  for (let r = 0; r < rowWords; r++) {
    const want = live[r] ?? 0;
    if (want === 0) continue;
    let union = 0;
    for (let w = 0; w < words; w++) {
      let word = store[base + w] ?? 0;
      while (word !== 0) {
        const bit = word & -word;
        word ^= bit;
        const c = (w << 5) + 31 - Math.clz32(bit);
        union |= bits[(line + c) * rowWords + r] ?? 0;
      }
    }
    live[r] = want & union;
    any |= want & union;
  }
  return any !== 0;
}

/** Whether some live row takes a class, by the start of its line in the matrix. */
function isTaken(matrix: Matrix, live: Int32Array, at: number): boolean {
  const { bits, rowWords } = matrix;
  for (let r = 0; r < rowWords; r++) {
    if (((live[r] ?? 0) & (bits[at + r] ?? 0)) !== 0) return true;
  }
  return false;
}

/** Drops the classes at position p that no live row takes: 1 when some went, else 0. */
function prune(matrix: Matrix, layout: Layout, store: Store, live: Int32Array, p: number): number {
  const v = matrix.scope[p] ?? 0;
  const base = layout.at[v] ?? 0;
  const line = matrix.lineAt[p] ?? 0;
  const words = (layout.at[v + 1] ?? 0) - base;
  let changed = 0;
  for (let w = 0; w < words; w++) {
    let word = store[base + w] ?? 0;
    let kept = word;
    while (word !== 0) {
      const bit = word & -word;
      word ^= bit;
      const c = (w << 5) + 31 - Math.clz32(bit);
      if (!isTaken(matrix, live, (line + c) * matrix.rowWords)) kept ^= bit;
    }
    if (kept === store[base + w]) continue;
    store[base + w] = kept;
    changed = 1;
  }
  return changed;
}

/**
 * A box constraint with generalized arc consistency by row bitsets, in the manner of compact tables
 * (Demeulenaere et al., CP 2016) with short supports. A revision costs classes × rows / 32.
 */
export function boxConstraint(layout: Layout, boxes: Boxes): Constraint {
  const matrix = buildMatrix(layout, boxes);
  const live = new Int32Array(matrix.rowWords);
  const { scope, rowWords, bits, lineAt } = matrix;
  return {
    scope: boxes.scope,
    boxes,
    revise(store, changed) {
      for (let r = 0; r < rowWords; r++) live[r] = -1;
      for (let p = 0; p < scope.length; p++) {
        if (!meet(matrix, layout, store, live, p)) return -1;
      }
      let count = 0;
      for (let p = 0; p < scope.length; p++) {
        if (prune(matrix, layout, store, live, p) === 1) changed[count++] = p;
      }
      return count;
    },
    accepts(classes) {
      for (let r = 0; r < rowWords; r++) {
        let word = -1;
        for (let p = 0; p < scope.length && word !== 0; p++) {
          const line = (lineAt[p] ?? 0) + (classes[scope[p] ?? 0] ?? 0);
          word &= bits[line * rowWords + r] ?? 0;
        }
        if (word !== 0) return true;
      }
      return false;
    },
  };
}
