import { assign, fullStore } from './domains.ts';
import { type Meter, propagate } from './network.ts';
import type { Decided, Problem } from './problem.ts';
import { findSolution } from './search.ts';

/** Thrown nowhere: the answer when the meter ran out. */
export type Trilean = boolean | 'unknown';

/**
 * Whether a component has an assignment that keeps what is decided and obeys only the constraints
 * that are marked. Starts from full domains, for what other constraints dropped must not count.
 */
export function isPossibleUnder(
  problem: Problem,
  of: { readonly component: number; readonly decided: Decided; readonly active: Uint8Array },
  meter: Meter,
): Trilean {
  const { network, classes } = problem;
  const variables = problem.components[of.component] ?? [];
  const store = fullStore(network.layout);
  for (const v of variables) {
    const i = of.decided[v] ?? -1;
    if (i >= 0) assign(network.layout, store, v, classes.classOf[v]?.[i] ?? 0);
  }
  const own = new Set<number>();
  for (const v of variables) for (const k of network.watching[v] ?? []) own.add(k);
  const run = { meter, active: of.active };
  if (!propagate(network, store, { constraints: Int32Array.from(own) }, run)) return false;
  const found = findSolution({ network, variables, meter, active: of.active }, store);
  return found.kind === 'unknown' ? 'unknown' : found.kind === 'solution';
}

/** Whether a selection of things is possible together. */
export type Test<T> = (selected: readonly T[]) => Trilean;

/**
 * A minimal selection that is impossible, from candidates that are impossible together: QuickXplain
 * (Junker, AAAI 2004), which keeps earlier candidates before later ones. Undefined when a test could
 * not be answered. Tests about k log(n / k) selections for k kept of n.
 */
export function minimalConflict<T>(
  candidates: readonly T[],
  test: Test<T>,
): readonly T[] | undefined {
  let isCut = false;
  const isConflict = (selected: readonly T[]): boolean => {
    const answer = test(selected);
    if (answer === 'unknown') isCut = true;
    return answer === false;
  };
  const split = (kept: readonly T[], hasNew: boolean, rest: readonly T[]): readonly T[] => {
    if (isCut || (hasNew && isConflict(kept))) return [];
    if (rest.length === 1) return rest;
    const half = rest.length >> 1;
    const [first, second] = [rest.slice(0, half), rest.slice(half)];
    const fromSecond = split([...kept, ...first], first.length > 0, second);
    const fromFirst = split([...kept, ...fromSecond], fromSecond.length > 0, first);
    return [...fromFirst, ...fromSecond];
  };
  if (isConflict([])) return [];
  const conflict = candidates.length === 0 ? [] : split([], false, candidates);
  return isCut ? undefined : conflict;
}
