import { classesDecided, isPossibleWith } from './component-search.ts';
import { cheapestIndex, placesOf, withDecided } from './costs.ts';
import { type Desk, decidedStore, taskOf } from './desk.ts';
import { assign, type Store } from './domains.ts';
import type { Meter } from './network.ts';
import { minimise } from './optimise.ts';
import type { Completed, Decided, Trilean } from './problem.ts';
import { follow, type Task } from './task.ts';

/** What to complete. */
export interface CompletionTask {
  readonly component: number;
  readonly variables: readonly number[];
  readonly decided: Decided;
  readonly meter: Meter;
}

type Wished = { readonly store: Store; readonly decided: Decided } | 'impossible' | 'unknown';

/** The store with one more wish, if propagation lets it stand. */
function grantWish(task: Task, store: Store, v: number, c: number): Store | undefined {
  const child = store.slice();
  if (!assign(task.network.layout, child, v, c) || !follow(task, child, v)) return undefined;
  return child;
}

/** Wishes granted so far. */
interface Granting {
  readonly desk: Desk;
  readonly of: CompletionTask;
  store: Store;
  /** What is decided and granted, as value indexes and as classes. */
  readonly decided: Decided;
  readonly classes: Int32Array;
}

/** Grants one wish if it still fits; false when the meter ran out. */
function tryWish(granting: Granting, v: number, wish: number, check: boolean): boolean {
  const { classes, decided, desk, of } = granting;
  const c = desk.problem.classes.classOf[v]?.[wish] ?? 0;
  const child = grantWish(taskOf(desk, of.variables, of.meter), granting.store, v, c);
  if (child === undefined) return true;
  classes[v] = c;
  const proof = check ? provenBy(granting) : true;
  if (proof === true) {
    granting.store = child;
    decided[v] = wish;
  } else classes[v] = -1;
  return proof !== 'unknown';
}

function provenBy({ classes, desk, of }: Granting): Trilean {
  return isPossibleWith(desk.problem.search(of.component), classes, of.meter);
}

/** Takes each wish that still fits; `check` proves each one, else propagation is believed. */
function grantWishes(desk: Desk, of: CompletionTask, store: Store, check: boolean): Wished {
  const decided = of.decided.slice();
  const classes = classesDecided(desk.problem, of.variables, decided);
  const granting: Granting = { desk, of, store, decided, classes };
  for (const v of of.variables) {
    const wish = desk.problem.lookup.variables[v]?.wish ?? -1;
    if (wish < 0 || (decided[v] ?? -1) >= 0) continue;
    if (!tryWish(granting, v, wish, check)) return 'unknown';
  }
  const found = provenBy(granting);
  if (found === 'unknown') return 'unknown';
  return found ? { store: granting.store, decided } : 'impossible';
}

/** The value index of each variable: decided and granted ones, else the cheapest of the class. */
function toIndexes(desk: Desk, task: Task, decided: Decided, assigned: Int32Array): Int32Array {
  const { classes, lookup } = desk.problem;
  const indexes = new Int32Array(decided.length).fill(-1);
  for (const v of task.variables) {
    const own = decided[v] ?? -1;
    const members = classes.members[v]?.[assigned[v] ?? 0] ?? [];
    const amounts = lookup.variables[v]?.amountsMinor ?? [];
    indexes[v] = own >= 0 ? own : cheapestIndex(members, amounts);
  }
  return indexes;
}

/**
 * Completes a component: what is decided, then each wish in the order of the variables where some
 * assignment still has it, then the cheapest rest. Of equally cheap ones the first: variable by
 * variable in the order of their numbers, by the index of its value.
 */
export function completeBySearch(desk: Desk, of: CompletionTask): Completed {
  const start = decidedStore(desk, of.variables, of.decided, of.meter);
  if (start === undefined) return { kind: 'impossible' };
  let granted = grantWishes(desk, of, start, false);
  // Propagation alone may believe wishes that dead-end together: then each one is proven.
  if (granted === 'impossible') granted = grantWishes(desk, of, start, true);
  if (typeof granted === 'string') return { kind: granted };
  const { decided, store } = granted;
  const task = taskOf(desk, of.variables, of.meter);
  const costs = withDecided(desk.problem, desk.cheapest, {
    variables: of.variables,
    decided,
    sign: 1,
  });
  const optimum = minimise(task, store, {
    costs,
    relaxation: desk.relaxation,
    witnesses: desk.witnesses[of.component] ?? [],
    atLeast: Number.NEGATIVE_INFINITY,
    places: placesOf(desk.problem, (v) => desk.problem.lookup.variables[v]?.amountsMinor ?? []),
  });
  if (optimum.kind === 'unknown') return { kind: 'unknown' };
  return { kind: 'complete', indexes: toIndexes(desk, task, decided, optimum.classes) };
}
