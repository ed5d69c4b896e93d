/** Customers who decide by chance: each decision is a value that is valid at that moment. */
import type { Dice } from '../support/walk.ts';

/** An option that may be decided next: the variable, its value, and both as one number. */
export interface Offer {
  readonly variable: number;
  readonly value: number;
  readonly option: number;
}

/** What a session needs to know of a problem. */
export interface Shape {
  /** How many variables a design has, the first ones. */
  readonly declared: number;
  readonly sizes: Int32Array;
  readonly optionAt: Int32Array;
}

/** A valid option of an open variable, by chance: first the variable, then the value. */
export function chooseOffer(
  { declared, sizes, optionAt }: Shape,
  at: { readonly decided: Int32Array; readonly valid: Uint8Array },
  dice: Dice,
): Offer | undefined {
  const open: number[] = [];
  for (let v = 0; v < declared; v++) {
    if ((at.decided[v] ?? -1) < 0 && validOf(v).length > 1) open.push(v);
  }
  const variable = open[dice.below(Math.max(1, open.length))];
  if (variable === undefined) return undefined;
  const values = validOf(variable);
  const value = values[dice.below(values.length)] ?? 0;
  return { variable, value, option: (optionAt[variable] ?? 0) + value };

  function validOf(v: number): readonly number[] {
    const from = optionAt[v] ?? 0;
    return Array.from({ length: sizes[v] ?? 0 }, (_, x) => x).filter(
      (x) => at.valid[from + x] === 1,
    );
  }
}

/** How many options of open variables are valid. */
export function countOpen(
  { declared, optionAt }: Shape,
  { decided, valid }: { readonly decided: Int32Array; readonly valid: Uint8Array },
): number {
  let count = 0;
  for (let v = 0; v < declared; v++) {
    if ((decided[v] ?? -1) >= 0) continue;
    for (let o = optionAt[v] ?? 0; o < (optionAt[v + 1] ?? 0); o++) if (valid[o] === 1) count++;
  }
  return count;
}
