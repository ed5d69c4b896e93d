import { assign, countOf, dropClass, hasClass, nextClass, type Store } from './domains.ts';
import { type Active, type Meter, type Network, propagate } from './network.ts';

/** The answer of a search; a solution holds a class for every variable that was searched. */
export type Found =
  | { readonly kind: 'solution'; readonly classes: Int32Array }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** What to search and how. */
export interface Task {
  readonly network: Network;
  /** The variables to assign: a union of connected components. */
  readonly variables: readonly number[];
  readonly meter: Meter;
  readonly active: Active;
  /** Classes that were seen already: the others are tried first. It changes no answer. */
  readonly seen?: Store;
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

function chooseClass(task: Task, store: Store, v: number): number {
  const { layout } = task.network;
  const { seen } = task;
  const first = nextClass(layout, store, v, 0);
  if (seen === undefined) return first;
  let c = first;
  while (c >= 0 && hasClass(layout, seen, v, c)) c = nextClass(layout, store, v, c + 1);
  return c < 0 ? first : c;
}

/** The single classes of a store in which every variable of the task is assigned. */
export function readOff(task: Task, store: Store): Int32Array {
  const classes = new Int32Array(task.network.layout.sizes.length);
  for (const v of task.variables) classes[v] = nextClass(task.network.layout, store, v, 0);
  return classes;
}

/**
 * Finds an assignment in a store that has been propagated, or proves that there is none. Depth
 * first with full propagation; the store is spoiled.
 */
export function findSolution(task: Task, store: Store): Found {
  for (;;) {
    const v = chooseVariable(task, store);
    if (v < 0) return { kind: 'solution', classes: readOff(task, store) };
    if (task.meter.left <= 0) return { kind: 'unknown' };
    const c = chooseClass(task, store, v);
    const child = store.slice();
    if (assign(task.network.layout, child, v, c) && follow(task, child, v)) {
      const found = findSolution(task, child);
      if (found.kind !== 'none') return found;
    }
    dropClass(task.network.layout, store, v, c);
    if (!follow(task, store, v)) return { kind: 'none' };
  }
}

/** Propagates what changed at one variable. */
export function follow(task: Task, store: Store, v: number): boolean {
  if (nextClass(task.network.layout, store, v, 0) < 0) return false;
  return propagate(task.network, store, { variable: v }, task);
}
