import { boundOf, type Costs, cheapestClass, regretOf, sumOf } from './costs.ts';
import { assign, dropClass, type Store } from './domains.ts';
import { findSolution, follow, type Task } from './search.ts';

/** The cheapest assignment, or the best lower bound when the budget ran out. */
export type Optimum =
  | { readonly kind: 'optimal'; readonly sum: number; readonly classes: Int32Array | undefined }
  | { readonly kind: 'unknown'; readonly atLeast: number };

interface Hunt {
  readonly task: Task;
  readonly costs: Costs;
  best: number;
  classes: Int32Array | undefined;
  isCut: boolean;
}

/** The open variable whose cheapest class saves most, or -1 when the rest costs alike. */
function chooseCostly(hunt: Hunt, store: Store): number {
  const { layout } = hunt.task.network;
  let best = -1;
  let bestRegret = 0;
  for (const v of hunt.task.variables) {
    const regret = regretOf(layout, hunt.costs, store, v);
    if (regret > bestRegret) {
      best = v;
      bestRegret = regret;
    }
  }
  return best;
}

function settle(hunt: Hunt, store: Store): void {
  const found = findSolution(hunt.task, store);
  if (found.kind === 'unknown') hunt.isCut = true;
  if (found.kind !== 'solution') return;
  hunt.best = sumOf(hunt.costs, found.classes, hunt.task.variables);
  hunt.classes = found.classes;
}

function descend(hunt: Hunt, store: Store): void {
  const { task, costs } = hunt;
  const { layout } = task.network;
  for (;;) {
    if (hunt.isCut || boundOf(layout, costs, store, task.variables) >= hunt.best) return;
    if (task.meter.left <= 0) {
      hunt.isCut = true;
      return;
    }
    const v = chooseCostly(hunt, store);
    if (v < 0) {
      settle(hunt, store);
      return;
    }
    const c = cheapestClass(layout, costs, store, v);
    const child = store.slice();
    if (assign(layout, child, v, c) && follow(task, child, v)) descend(hunt, child);
    dropClass(layout, store, v, c);
    if (!follow(task, store, v)) return;
  }
}

/**
 * The least sum over all assignments in a store that has been propagated: depth-first branch and
 * bound over the variables that cost. `known` is the sum of an assignment seen before; when nothing
 * is cheaper the answer has no classes. The store is spoiled.
 */
export function minimise(task: Task, store: Store, costs: Costs, known: number): Optimum {
  const atLeast = boundOf(task.network.layout, costs, store, task.variables);
  const hunt: Hunt = { task, costs, best: known, classes: undefined, isCut: false };
  descend(hunt, store);
  if (hunt.isCut) return { kind: 'unknown', atLeast };
  return { kind: 'optimal', sum: hunt.best, classes: hunt.classes };
}
