import {
  ANY,
  type OpaqueConstraint,
  type Problem,
  type TableConstraint,
} from '../problem/problem.ts';
import { VALUES_MAX, wordsOf } from './rows.ts';

/** Words of bits that a column of a table may take; 32 MB. */
const WORDS_MAX = 1 << 23;

/**
 * Whether a table is too long to be kept as bits by value and row: it has very many values and very
 * many rows.
 */
export function isTooLong(
  rowCount: number,
  literals: readonly { readonly length: number }[],
): boolean {
  const words = wordsOf({ rowCount });
  return literals.some(({ length }) => length > VALUES_MAX || length * words > WORDS_MAX);
}

/** A table that looks at all of its rows each time: slow, in little memory. */
export function slowTable(problem: Problem, table: TableConstraint): OpaqueConstraint {
  const { scope, rows } = table;
  const firsts = Int32Array.from(scope, (v) => problem.optionAt[v] ?? 0);
  const isSupported = new Uint8Array(problem.optionAt.at(-1) ?? 0);
  // Columns in which a live row leaves every value.
  const isFree = new Uint8Array(scope.length);
  const isLive = (possible: Uint8Array, at: number): boolean => {
    for (let p = 0; p < scope.length; p++) {
      const cell = rows[at + p] ?? ANY;
      if (cell !== ANY && possible[(firsts[p] ?? 0) + cell] !== 1) return false;
    }
    return true;
  };
  const support = (at: number): void => {
    for (let p = 0; p < scope.length; p++) {
      const cell = rows[at + p] ?? ANY;
      if (cell === ANY) isFree[p] = 1;
      else isSupported[(firsts[p] ?? 0) + cell] = 1;
    }
  };
  return {
    kind: 'opaque',
    scope,
    prune: (possible, remove) => {
      let isAny = false;
      isFree.fill(0);
      for (const v of scope) isSupported.fill(0, problem.optionAt[v], problem.optionAt[v + 1]);
      for (let at = 0; at < rows.length; at += scope.length) {
        if (!isLive(possible, at)) continue;
        isAny = true;
        support(at);
      }
      scope.forEach((v, p) => {
        const end = problem.optionAt[v + 1] ?? 0;
        for (let o = problem.optionAt[v] ?? 0; o < end && isFree[p] === 0; o++) {
          if (possible[o] === 1 && isSupported[o] === 0) remove(o);
        }
      });
      return isAny;
    },
  };
}
