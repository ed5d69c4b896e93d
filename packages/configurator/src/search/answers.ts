/** What an answer may cost still, in propagated literals; counted down, below 0 it is spent. */
export interface Meter {
  left: number;
}

/** What to solve under. */
export interface Assumptions {
  /** Literals of the problem that must hold; they may contradict each other. */
  readonly assumed: Int32Array;
  /** Of each rule: 1 where its constraints bind. All of them bind where it is left out. */
  readonly activeRules?: Uint8Array;
}

/** The answer of one search. */
export type Solved =
  /** `values` holds the value of each variable. */
  | { readonly kind: 'solution'; readonly values: Int32Array }
  /**
   * No solution under the assumptions; those told are enough for it, but need not be minimal.
   * `rules` tells rules only where the question had `activeRules`.
   */
  | { readonly kind: 'conflict'; readonly assumed: Int32Array; readonly rules: Int32Array }
  | { readonly kind: 'unknown' };

/** No solution that keeps what is decided has the option. */
export const INVALID = 0;
/** Some solution that keeps what is decided has the option. */
export const VALID = 1;
/** Not known: the meter ran out, or it was not asked. */
export const UNKNOWN = 2;

/** Validity of all options. */
export interface Swept {
  /** `impossible` where no solution keeps what is decided: then all is invalid. */
  readonly outcome: 'possible' | 'impossible' | 'unknown';
  /** By option: `INVALID`, `VALID` or `UNKNOWN`. */
  readonly validity: Uint8Array;
}
