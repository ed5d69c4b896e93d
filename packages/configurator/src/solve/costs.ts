import { hasClass, type Layout, nextClass, type Store } from './domains.ts';
import type { Decided, Problem } from './problem.ts';

/** What each class of each variable adds, in minor units; variable v starts at `from[v]`. */
export interface Costs {
  readonly from: Int32Array;
  readonly amounts: Float64Array;
}

/** The amounts of all classes: of their cheapest members, or of their dearest, negated. */
export function costsOf(problem: Problem, direction: 'cheapest' | 'dearest'): Costs {
  const { members } = problem.classes;
  const from = new Int32Array(members.length + 1);
  members.forEach((groups, v) => {
    from[v + 1] = (from[v] ?? 0) + groups.length;
  });
  const amounts = new Float64Array(from[members.length] ?? 0);
  members.forEach((groups, v) => {
    const each = problem.lookup.variables[v]?.amountsMinor ?? [];
    groups.forEach((indexes, c) => {
      const own = indexes.map((i) => (direction === 'cheapest' ? 1 : -1) * (each[i] ?? 0));
      amounts[(from[v] ?? 0) + c] = Math.min(...own);
    });
  });
  return { from, amounts };
}

/** The cheapest of some value indexes, the first of equals. */
export function cheapestIndex(members: readonly number[], amounts: ArrayLike<number>): number {
  let best = members[0] ?? 0;
  for (const i of members) if ((amounts[i] ?? 0) < (amounts[best] ?? 0)) best = i;
  return best;
}

/** By class, laid out as the costs: the index of its value that costs least, the first of equals. */
export function placesOf(
  { classes }: Problem,
  amountsOf: (v: number) => ArrayLike<number>,
): Int32Array {
  return Int32Array.from(
    classes.members.flatMap((groups, v) => {
      const amounts = amountsOf(v);
      return groups.map((members) => cheapestIndex(members, amounts));
    }),
  );
}

/** The same amounts, where a decided variable costs what its decided value costs. */
export function withDecided(
  problem: Problem,
  costs: Costs,
  question: { readonly variables: readonly number[]; readonly decided: Decided; sign: 1 | -1 },
): Costs {
  const amounts = costs.amounts.slice();
  for (const v of question.variables) {
    const i = question.decided[v] ?? -1;
    if (i < 0) continue;
    const c = problem.classes.classOf[v]?.[i] ?? 0;
    const amount = problem.lookup.variables[v]?.amountsMinor[i] ?? 0;
    amounts[(costs.from[v] ?? 0) + c] = question.sign * amount;
  }
  return { from: costs.from, amounts };
}

/** The cheapest class left of a variable, the lowest of equals, or -1 of an empty domain. */
export function cheapestClass(layout: Layout, costs: Costs, store: Store, v: number): number {
  const from = costs.from[v] ?? 0;
  let best = -1;
  for (let c = nextClass(layout, store, v, 0); c >= 0; c = nextClass(layout, store, v, c + 1)) {
    if (best < 0 || (costs.amounts[from + c] ?? 0) < (costs.amounts[from + best] ?? 0)) best = c;
  }
  return best;
}

/** The sum of the cheapest classes left: no assignment costs less. */
export function boundOf(
  layout: Layout,
  costs: Costs,
  store: Store,
  variables: readonly number[],
): number {
  let sum = 0;
  for (const v of variables) {
    const c = cheapestClass(layout, costs, store, v);
    sum += costs.amounts[(costs.from[v] ?? 0) + c] ?? 0;
  }
  return sum;
}

/** The sum of a full assignment of classes. */
export function sumOf(costs: Costs, classes: Int32Array, variables: readonly number[]): number {
  let sum = 0;
  for (const v of variables) sum += costs.amounts[(costs.from[v] ?? 0) + (classes[v] ?? 0)] ?? 0;
  return sum;
}

/** Whether an assignment lies within a store. */
export function liesIn(
  layout: Layout,
  store: Store,
  classes: Int32Array,
  variables: readonly number[],
): boolean {
  return variables.every((v) => hasClass(layout, store, v, classes[v] ?? 0));
}
