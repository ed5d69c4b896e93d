import type { Literal, Problem } from '../problem/problem.ts';

/**
 * A literal as the search knows it: `2 * atom` where the atom is true, `2 * atom + 1` where it is
 * false. Atom 0 is always true.
 */
export type Inner = number;

/** The literal that always holds; its negation never does. */
export const TRUE: Inner = 0;

/**
 * How the options of a problem become atoms: none for a variable with one value, one for a variable
 * with two, one for each option of a larger one.
 */
export interface Numbering {
  readonly atomCount: number;
  /** Of each option: the literal that says that it is held. */
  readonly held: Int32Array;
  /** Of each literal: the option that is held where it is true, or -1. */
  readonly optionOf: Int32Array;
}

/** Numbers the atoms of a problem. Linear in the options. */
export function numberLiterals(problem: Problem): Numbering {
  const held = new Int32Array(problem.optionAt.at(-1) ?? 0);
  let atomCount = 1;
  problem.sizes.forEach((size, v) => {
    const first = problem.optionAt[v] ?? 0;
    if (size === 1) held[first] = TRUE;
    else if (size === 2) {
      held[first] = 2 * atomCount + 1;
      held[first + 1] = 2 * atomCount;
      atomCount++;
    } else {
      for (let x = 0; x < size; x++) held[first + x] = 2 * atomCount++;
    }
  });
  const optionOf = new Int32Array(2 * atomCount).fill(-1);
  held.forEach((literal, option) => {
    if (literal !== TRUE) optionOf[literal] = option;
  });
  return { atomCount, held, optionOf };
}

/** The inner literal of a literal of the problem. */
export function innerOf(numbering: Numbering, literal: Literal): Inner {
  return (numbering.held[literal >> 1] ?? 0) ^ (literal & 1);
}
