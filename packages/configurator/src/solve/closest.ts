import { solve } from '../search/search.ts';
import { type Costs, costsOf } from './costs.ts';
import { fullStore } from './domains.ts';
import { type Meter, propagate } from './network.ts';
import { minimise } from './optimise.ts';
import type { Completed, Problem } from './problem.ts';
import { buildRelaxation, type Relaxation } from './relaxation.ts';
import type { Task } from './task.ts';

/** What each value of each variable costs; nothing where a variable has no costs. */
export type ValueCosts = readonly (Float64Array | undefined)[];

/** The index of the cheapest value of a class, the first of equals. */
function cheapestMember(members: readonly number[], costs: Float64Array | undefined): number {
  let best = members[0] ?? 0;
  for (const i of members) if ((costs?.[i] ?? 0) < (costs?.[best] ?? 0)) best = i;
  return best;
}

function toCosts(problem: Problem, values: ValueCosts): Costs {
  const { amounts, from } = costsOf(problem, 'cheapest');
  const own = new Float64Array(amounts.length);
  problem.classes.members.forEach((groups, v) => {
    groups.forEach((members, c) => {
      own[(from[v] ?? 0) + c] = values[v]?.[cheapestMember(members, values[v])] ?? 0;
    });
  });
  return { from, amounts: own };
}

/** Finds assignments of least cost, component by component. */
export interface Closest {
  /** The assignment of a component whose values cost least together. */
  find(component: number, values: ValueCosts, meter: Meter): Completed;
}

function search(problem: Problem, relaxation: Relaxation, costs: Costs, task: Task) {
  const component = problem.componentOf[task.variables[0] ?? 0] ?? 0;
  const store = fullStore(problem.network.layout);
  const own = new Set(task.variables.flatMap((v) => [...(problem.network.watching[v] ?? [])]));
  const isStart = propagate(problem.network, store, { constraints: Int32Array.from(own) }, task);
  if (!isStart) return 'impossible';
  const nothing = { assumed: new Int32Array(0) };
  const first = solve(problem.search(component), nothing, task.meter);
  if (first.kind !== 'solution') return first.kind === 'conflict' ? 'impossible' : 'unknown';
  return minimise(task, store, {
    costs,
    relaxation,
    witnesses: [first.values],
    atLeast: Number.NEGATIVE_INFINITY,
    isCanonical: true,
  });
}

/** Prepares a problem for such questions: exact, by branch and bound, within the meter. */
export function openClosest(problem: Problem): Closest {
  const relaxation = buildRelaxation(problem.network);
  return {
    find(component, values, meter) {
      const variables = problem.components[component] ?? [];
      const task: Task = { network: problem.network, variables, meter, active: undefined };
      const optimum = search(problem, relaxation, toCosts(problem, values), task);
      if (optimum === 'impossible') return { kind: 'impossible' };
      if (optimum === 'unknown' || optimum.kind === 'unknown') return { kind: 'unknown' };
      const indexes = new Int32Array(problem.lookup.variables.length).fill(-1);
      for (const v of variables) {
        const members = problem.classes.members[v]?.[optimum.classes[v] ?? 0] ?? [];
        indexes[v] = cheapestMember(members, values[v]);
      }
      return { kind: 'complete', indexes };
    },
  };
}
