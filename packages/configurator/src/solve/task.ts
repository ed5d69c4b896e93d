import { countOf, nextClass, type Store } from './domains.ts';
import { type Active, type Meter, type Network, propagate } from './network.ts';

/** What to search and how. */
export interface Task {
  readonly network: Network;
  /** The variables to assign: a union of connected components. */
  readonly variables: readonly number[];
  readonly meter: Meter;
  readonly active: Active;
}

/** The open variable with the fewest classes for its constraints, or -1. */
export function chooseVariable(task: Task, store: Store): number {
  const { layout, watching } = task.network;
  let best = -1;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const v of task.variables) {
    const count = countOf(layout, store, v);
    if (count < 2) continue;
    const score = count / (1 + (watching[v]?.length ?? 0));
    if (score < bestScore) {
      best = v;
      bestScore = score;
    }
  }
  return best;
}

/** The single classes of a store in which every variable of the task is assigned. */
export function readOff(task: Task, store: Store): Int32Array {
  const classes = new Int32Array(task.network.layout.sizes.length);
  for (const v of task.variables) classes[v] = nextClass(task.network.layout, store, v, 0);
  return classes;
}

/** Propagates what changed at one variable. */
export function follow(task: Task, store: Store, v: number): boolean {
  if (nextClass(task.network.layout, store, v, 0) < 0) {
    task.network.queue.failed = -1;
    return false;
  }
  return propagate(task.network, store, { variable: v }, task);
}
