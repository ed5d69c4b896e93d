import { problemOf } from '../family-problem.ts';
import { type Literal, negated } from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';
import { createSearch, type Search, solve } from '../search/search.ts';
import type { Meter } from './network.ts';
import type { Decided, Problem, Trilean } from './problem.ts';

/**
 * Searches over the components of a family, each made when it is first asked for. Variables of other
 * components are free in it.
 */
export function componentSearches(problem: Omit<Problem, 'search'>): (component: number) => Search {
  const known = new Map<number, Search>();
  let whole: ReturnType<typeof problemOf> | undefined;
  const make = (component: number): Search => {
    whole ??= problemOf(problem);
    const { problem: all, ruleOf } = whole;
    const own = [...all.constraints.keys()].filter((k) => {
      const constraint = all.constraints[k];
      const [first = -1] = constraint === undefined ? [] : scopeOf(all, constraint);
      return problem.componentOf[first] === component;
    });
    const constraints = own.flatMap((k) => all.constraints[k] ?? []);
    return createSearch({ ...all, constraints }, { ruleOf: own.map((k) => ruleOf[k] ?? 0) });
  };
  return (component) => {
    const search = known.get(component) ?? make(component);
    known.set(component, search);
    return search;
  };
}

/** The literal that says that a variable has a class. */
export function literalOfClass(search: Search, v: number, c: number): Literal {
  return 2 * ((search.problem.optionAt[v] ?? 0) + c);
}

/** The literal that says that a variable has not a class; undefined where it has no other. */
export function otherThan(
  search: Search,
  { v, c }: { readonly v: number; readonly c: number },
): Literal | undefined {
  const size = search.problem.sizes[v] ?? 1;
  if (size === 1) return undefined;
  // Of two classes the other one is meant; only wider variables have negative literals.
  return size === 2 ? literalOfClass(search, v, 1 - c) : negated(literalOfClass(search, v, c));
}

/** The class that each decided variable of a component has, by variable; -1 of all others. */
export function classesDecided(
  { classes, lookup }: Problem,
  variables: readonly number[],
  decided: Decided,
): Int32Array {
  const own = new Int32Array(lookup.variables.length).fill(-1);
  for (const v of variables) {
    const i = decided[v] ?? -1;
    if (i >= 0) own[v] = classes.classOf[v]?.[i] ?? 0;
  }
  return own;
}

/** The literals of decided classes. */
export function literalsOfClasses(search: Search, classes: Int32Array): Int32Array {
  const open = [...classes.keys()].filter((v) => (classes[v] ?? -1) >= 0);
  return Int32Array.from(open, (v) => literalOfClass(search, v, classes[v] ?? 0));
}

/** Whether a component has an assignment with some classes. */
export function isPossibleWith(search: Search, classes: Int32Array, meter: Meter): Trilean {
  const { kind } = solve(search, { assumed: literalsOfClasses(search, classes) }, meter);
  return kind === 'unknown' ? 'unknown' : kind === 'solution';
}
