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
  return chooseWeighted(task, store, undefined);
}

/** The open variable with the fewest classes for the weight of its constraints, or -1. */
function chooseWeighted(task: Task, store: Store, weights: Float64Array | undefined): number {
  const { layout, watching } = task.network;
  let best = -1;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const v of task.variables) {
    const count = countOf(layout, store, v);
    if (count < 2) continue;
    const own = watching[v] ?? NOTHING;
    let weight = 1;
    if (weights === undefined) weight += own.length;
    else for (let i = 0; i < own.length; i++) weight += weights[own[i] ?? 0] ?? 0;
    const score = count / weight;
    if (score < bestScore) {
      best = v;
      bestScore = score;
    }
  }
  return best;
}

const NOTHING = new Int32Array(0);

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

/** Failures before the first restart, and how much more patient each further try is. */
const FAILURES_FIRST = 30;
const PATIENCE = 1.5;

/** One search: what failures have taught so far. */
interface Quest {
  readonly task: Task;
  /** One more for each failure of a constraint. */
  readonly weights: Float64Array;
  failuresLeft: number;
  /** The variable at which the last failure happened; it is tried first. */
  culprit: number;
}

function blame(quest: Quest, v: number): void {
  const { failed } = quest.task.network.queue;
  quest.weights[failed] = (quest.weights[failed] ?? 0) + 1;
  quest.failuresLeft--;
  quest.culprit = v;
}

function chooseNext(quest: Quest, store: Store): number {
  const { culprit, task } = quest;
  if (culprit >= 0 && countOf(task.network.layout, store, culprit) > 1) return culprit;
  return chooseWeighted(task, store, quest.weights);
}

function pursue(quest: Quest, store: Store): Found | { readonly kind: 'restart' } {
  const { task } = quest;
  for (;;) {
    const v = chooseNext(quest, store);
    if (v < 0) return { kind: 'solution', classes: readOff(task, store) };
    if (task.meter.left <= 0) return { kind: 'unknown' };
    if (quest.failuresLeft <= 0) return { kind: 'restart' };
    const c = chooseClass(task, store, v);
    const child = store.slice();
    if (assign(task.network.layout, child, v, c) && follow(task, child, v)) {
      const found = pursue(quest, child);
      if (found.kind !== 'none') return found;
    } else blame(quest, v);
    dropClass(task.network.layout, store, v, c);
    if (!follow(task, store, v)) {
      blame(quest, v);
      return { kind: 'none' };
    }
  }
}

/**
 * Finds an assignment in a store that has been propagated, or proves that there is none. Depth first
 * with full propagation; variables by the weight of failures (dom/wdeg, Boussemart et al., ECAI
 * 2004) and the last conflict first, with restarts that grow more patient, so that a small
 * contradiction is not met again under every choice that has nothing to do with it.
 */
export function findSolution(task: Task, store: Store): Found {
  const weights = new Float64Array(task.network.constraints.length).fill(1);
  for (let patience = FAILURES_FIRST; ; patience *= PATIENCE) {
    const quest: Quest = { task, weights, failuresLeft: patience, culprit: -1 };
    const found = pursue(quest, store.slice());
    if (found.kind !== 'restart') return found;
  }
}

/** Propagates what changed at one variable. */
export function follow(task: Task, store: Store, v: number): boolean {
  if (nextClass(task.network.layout, store, v, 0) < 0) {
    task.network.queue.failed = -1;
    return false;
  }
  return propagate(task.network, store, { variable: v }, task);
}
