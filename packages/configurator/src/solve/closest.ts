import { solve } from '../search/search.ts';
import { type Costs, cheapestIndex, costsOf, placesOf } from './costs.ts';
import { fullStore } from './domains.ts';
import { type Meter, propagate } from './network.ts';
import { type Goal, minimise } from './optimise.ts';
import type { Completed, Problem } from './problem.ts';
import { buildRelaxation } from './relaxation.ts';
import type { Task } from './task.ts';

/** What each value of each variable costs; nothing where a variable has no costs. */
export type ValueCosts = readonly (Float64Array | undefined)[];

const FREE = new Float64Array(0);

function toCosts(problem: Problem, values: ValueCosts): Costs {
  const { amounts, from } = costsOf(problem, 'cheapest');
  const own = new Float64Array(amounts.length);
  problem.classes.members.forEach((groups, v) => {
    groups.forEach((members, c) => {
      own[(from[v] ?? 0) + c] = values[v]?.[cheapestIndex(members, values[v] ?? FREE)] ?? 0;
    });
  });
  return { from, amounts: own };
}

/** Finds assignments of least cost, component by component. */
export interface Closest {
  /**
   * The assignment of a component whose values cost least together; of equals the first, variable by
   * variable in the order of their numbers, by the index of its value.
   */
  find(component: number, values: ValueCosts, meter: Meter): Completed;
}

function search(problem: Problem, goal: Pick<Goal, 'relaxation' | 'costs' | 'places'>, task: Task) {
  const component = problem.componentOf[task.variables[0] ?? 0] ?? 0;
  const store = fullStore(problem.network.layout);
  const own = new Set(task.variables.flatMap((v) => [...(problem.network.watching[v] ?? [])]));
  const isStart = propagate(problem.network, store, { constraints: Int32Array.from(own) }, task);
  if (!isStart) return 'impossible';
  const nothing = { assumed: new Int32Array(0) };
  const first = solve(problem.search(component), nothing, task.meter);
  if (first.kind !== 'solution') return first.kind === 'conflict' ? 'impossible' : 'unknown';
  return minimise(task, store, {
    ...goal,
    witnesses: [first.values],
    atLeast: Number.NEGATIVE_INFINITY,
  });
}

/** Prepares a problem for such questions: exact, by branch and bound, within the meter. */
export function openClosest(problem: Problem): Closest {
  const relaxation = buildRelaxation(problem.network);
  return {
    find(component, values, meter) {
      const variables = problem.components[component] ?? [];
      const task: Task = { network: problem.network, variables, meter, active: undefined };
      const places = placesOf(problem, (v) => values[v] ?? FREE);
      const goal = { costs: toCosts(problem, values), relaxation, places };
      const optimum = search(problem, goal, task);
      if (optimum === 'impossible') return { kind: 'impossible' };
      if (optimum === 'unknown' || optimum.kind === 'unknown') return { kind: 'unknown' };
      const indexes = new Int32Array(problem.lookup.variables.length).fill(-1);
      for (const v of variables) {
        const members = problem.classes.members[v]?.[optimum.classes[v] ?? 0] ?? [];
        indexes[v] = cheapestIndex(members, values[v] ?? FREE);
      }
      return { kind: 'complete', indexes };
    },
  };
}
