import type { ClassTable } from '../solve/problem.ts';

/** The state of a table that holds whatever comes. */
export const HOLDS = 0;
/** The state of a table that cannot hold any more. */
export const DEAD = -1;

/**
 * A table read one variable after the other, as an automaton: its states after `j` variables are the
 * sets of rows that are still possible, told apart by what they say about the rest. States and steps
 * are made when they are first needed.
 */
export interface TableStates {
  /** The table's variables in the order in which they are read. */
  readonly reads: readonly number[];
  /** The state after reading class `c` of variable number `j` in `state`. */
  step(j: number, state: number, c: number): number;
  /** The state before anything is read. */
  readonly start: number;
}

interface Level {
  readonly idOf: Map<string, number>;
  readonly rowsOf: (readonly number[])[];
  readonly steps: Map<number, number>;
}

function newLevel(): Level {
  return { idOf: new Map(), rowsOf: [[]], steps: new Map() };
}

/** Makes the automaton of a table for an order; `placeOf` says where a variable stands in it. */
export function readTable(
  table: ClassTable,
  sizes: Int32Array,
  placeOf: (variable: number) => number,
): TableStates {
  const columns = table.scope.map((_, i) => i);
  columns.sort((a, b) => placeOf(table.scope[a] ?? 0) - placeOf(table.scope[b] ?? 0));
  const reads = columns.map((i) => table.scope[i] ?? 0);
  const cells = table.rows.map((row) => columns.map((i) => row[i] ?? new Set<number>()));
  const levels = Array.from({ length: reads.length + 1 }, newLevel);
  const suffixes = cells.map((row) => suffixIds(row, reads, sizes));
  const intern = (j: number, rows: readonly number[]): number => {
    const level = levels[j];
    if (rows.length === 0 || level === undefined) return DEAD;
    const tails = new Map<string, number>();
    for (const r of rows) tails.set(suffixes[r]?.[j] ?? '', r);
    if (tails.has('')) return HOLDS;
    const kept = [...tails.keys()].sort();
    const key = kept.join('|');
    const known = level.idOf.get(key);
    if (known !== undefined) return known;
    const id = level.rowsOf.length;
    level.idOf.set(key, id);
    level.rowsOf.push(kept.map((tail) => tails.get(tail) ?? 0));
    return id;
  };
  const start = intern(
    0,
    cells.map((_, r) => r),
  );
  const step = (j: number, state: number, c: number): number => {
    if (state === HOLDS) return HOLDS;
    const level = levels[j];
    const size = sizes[reads[j] ?? 0] ?? 1;
    const slot = state * size + c;
    const known = level?.steps.get(slot);
    if (known !== undefined) return known;
    const rows = (level?.rowsOf[state] ?? []).filter((r) => cells[r]?.[j]?.has(c) === true);
    const next = intern(j + 1, rows);
    level?.steps.set(slot, next);
    return next;
  };
  return { reads, step, start };
}

/** For each position what the rest of a row says; the empty text when it says nothing any more. */
function suffixIds(
  row: readonly ReadonlySet<number>[],
  reads: readonly number[],
  sizes: Int32Array,
): readonly string[] {
  const ids: string[] = Array.from({ length: row.length + 1 }, () => '');
  for (let j = row.length - 1; j >= 0; j--) {
    const cell = row[j] ?? new Set<number>();
    const isFull = cell.size === (sizes[reads[j] ?? 0] ?? 0);
    const after = ids[j + 1] ?? '';
    const own = isFull ? '*' : [...cell].sort((a, b) => a - b).join();
    ids[j] = isFull && after === '' ? '' : `${own};${after}`;
  }
  return ids;
}
