import { Propagation } from './propagation.ts';
import { fix, type Reduction } from './reduction.ts';

/** Steps after which a slice of probing ends. */
const SLICE = 100_000;

/** Literals that no clause of two leads to, but that lead somewhere: to try them tries all. */
function isWorthwhile({ implied, excludedBy }: Propagation, lit: number): boolean {
  const isSource = implied.at[lit ^ 1] === implied.at[(lit ^ 1) + 1];
  const leads =
    implied.at[lit] !== implied.at[lit + 1] || excludedBy.at[lit] !== excludedBy.at[lit + 1];
  return isSource && leads;
}

/**
 * Settles every variable that follows by propagation alone, and every literal that contradicts
 * itself by propagation (failed literals, Le Berre 2001), within a number of steps.
 */
export function* probe(reduction: Reduction, stepsMax: number): Generator<undefined, void> {
  const propagation = new Propagation(reduction);
  if (propagation.isContradiction) {
    reduction.isContradiction = true;
    return;
  }
  let slice = propagation.steps;
  for (let lit = 0; lit < 2 * reduction.variables && propagation.steps < stepsMax; lit++) {
    if (propagation.value[lit] !== 0 || !isWorthwhile(propagation, lit)) continue;
    const before = propagation.size;
    const isPossible = propagation.assume(lit);
    propagation.undo(before);
    if (!isPossible && !propagation.assume(lit ^ 1)) {
      reduction.isContradiction = true;
      return;
    }
    if (propagation.steps - slice < SLICE) continue;
    slice = propagation.steps;
    yield;
  }
  reduction.steps += propagation.steps;
  for (let i = 0; i < propagation.size; i++) fix(reduction, propagation.trail[i] ?? 0);
}
