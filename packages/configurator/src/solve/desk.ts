import type { Costs } from './costs.ts';
import { assign, type Store } from './domains.ts';
import type { Meter } from './network.ts';
import type { Decided, Problem } from './problem.ts';
import type { Relaxation } from './relaxation.ts';
import { follow, type Task } from './task.ts';

/** What the search keeps at hand for one problem. */
export interface Desk {
  readonly problem: Problem;
  /** All domains after propagation of all constraints, with nothing decided. */
  readonly root: Store;
  /** Of each component: whether the root has no empty domain in it. */
  readonly isConsistent: readonly boolean[];
  readonly cheapest: Costs;
  /** Negated, so that the dearest design is the cheapest here. */
  readonly dearest: Costs;
  readonly relaxation: Relaxation;
  /** Of each component: assignments found so far, which obey all constraints. */
  readonly witnesses: readonly Int32Array[][];
}

/** A task over the variables of one component under all constraints. */
export function taskOf(desk: Desk, variables: readonly number[], meter: Meter): Task {
  return { network: desk.problem.network, variables, meter, active: undefined };
}

/** The root with the decided values of some variables, propagated; undefined when that fails. */
export function decidedStore(
  desk: Desk,
  variables: readonly number[],
  decided: Decided,
  meter: Meter,
  except = -1,
): Store | undefined {
  const { network, classes, componentOf } = desk.problem;
  if (desk.isConsistent[componentOf[variables[0] ?? 0] ?? 0] === false) return undefined;
  const store = desk.root.slice();
  const task = taskOf(desk, variables, meter);
  for (const v of variables) {
    const i = decided[v] ?? -1;
    if (i < 0 || v === except) continue;
    if (!assign(network.layout, store, v, classes.classOf[v]?.[i] ?? 0)) return undefined;
    if (!follow(task, store, v)) return undefined;
  }
  return store;
}
