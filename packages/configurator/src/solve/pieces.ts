import type { Tree } from '../expression.ts';
import type { ValueBoxes } from './classes.ts';
import type { Lookup, Variable } from './variable.ts';

/**
 * Amounts of the values of some variables sum to between two bounds, both included; amounts are
 * whole numbers. With `whether` it holds exactly when that two-valued variable is true.
 */
export interface ValueSum {
  readonly scope: readonly number[];
  /** Of each variable of the scope: the amount of each of its values. */
  readonly amounts: readonly Float64Array[];
  readonly min: number;
  readonly max: number;
  readonly whether?: number;
}

/** One constraint over value indexes: what a relation is taken apart into. */
export type Piece =
  | ({ readonly kind: 'boxes' } & ValueBoxes)
  | ({ readonly kind: 'sum' } & ValueSum)
  | { readonly kind: 'condition'; readonly scope: readonly number[]; readonly tree: Tree };

/** The variables of a piece, the one that tells whether a sum is within last. */
export function scopeOfPiece(piece: Piece): readonly number[] {
  if (piece.kind !== 'sum' || piece.whether === undefined) return piece.scope;
  return [...piece.scope, piece.whether];
}

/** The variables of a family and those that taking its relations apart adds. */
export interface Bench {
  readonly lookup: Lookup;
  /** Adds an auxiliary variable with these values; answers its index. */
  add(values: Variable['values']): number;
}

/** A bench with the variables of a family; auxiliary ones are added behind them. */
export function openBench(start: Lookup): Bench {
  const variables: Variable[] = [...start.variables];
  const indexOf = new Map(start.indexOf);
  return {
    lookup: { ...start, variables, indexOf },
    add(values) {
      const v = variables.length;
      const id = `auxiliary:${String(v - start.variables.length)}`;
      const amountsMinor = values.map(() => 0);
      variables.push({ kind: 'auxiliary', id, values, amountsMinor, wish: -1 });
      indexOf.set(id, v);
      return v;
    },
  };
}
