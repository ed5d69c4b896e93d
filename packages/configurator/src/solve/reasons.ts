import { type Literal, negated } from '../problem/problem.ts';
import { solve } from '../search/search.ts';
import { classesDecided, literalOfClass, literalsOfClasses } from './component-search.ts';
import type { Meter } from './network.ts';
import type { Decided, Problem, Trilean } from './problem.ts';

/**
 * Whether a component has an assignment that keeps what is decided and obeys only the rules that are
 * marked.
 */
export function isPossibleUnder(
  problem: Problem,
  of: {
    readonly component: number;
    readonly decided: Decided;
    /** Of each relation: 1 where it counts. */
    readonly active: Uint8Array;
    /** A class that shall not be had. */
    readonly except?: { readonly v: number; readonly c: number } | undefined;
  },
  meter: Meter,
): Trilean {
  const search = problem.search(of.component);
  const variables = problem.components[of.component] ?? [];
  const classes = classesDecided(problem, variables, of.decided);
  const assumed: Literal[] = [...literalsOfClasses(search, classes)];
  if (of.except !== undefined) {
    const { v, c } = of.except;
    const size = search.problem.sizes[v] ?? 1;
    if (size === 1) return false;
    // Of two classes the other one is meant; only wider variables have negative literals.
    assumed.push(
      size === 2 ? literalOfClass(search, v, 1 - c) : negated(literalOfClass(search, v, c)),
    );
  }
  const question = { assumed: Int32Array.from(assumed), activeRules: of.active };
  const { kind } = solve(search, question, meter);
  return kind === 'unknown' ? 'unknown' : kind === 'solution';
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
