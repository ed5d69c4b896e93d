import { withDecided } from './costs.ts';
import { type Desk, decidedStore, taskOf } from './desk.ts';
import { addClass, assign, countOf, hasClass, nextClass, type Store } from './domains.ts';
import type { Meter } from './network.ts';
import { minimise } from './optimise.ts';
import type { Decided, Sweep } from './problem.ts';
import { findSolution, follow, type Task } from './search.ts';

/** Witnesses kept for each component at most; a new one takes the place of the oldest. */
const WITNESSES_MAX = 96;

/** A question about one component. */
export interface SweepTask {
  readonly component: number;
  readonly variables: readonly number[];
  readonly decided: Decided;
  readonly meter: Meter;
  /** The answer with one variable less decided, which this one can only narrow. */
  readonly prior: { readonly sweep: Sweep; readonly added: number } | undefined;
}

interface Sweeping {
  readonly desk: Desk;
  readonly of: SweepTask;
  readonly task: Task;
  readonly valid: Store;
  readonly unsure: Store;
  /** An assignment that keeps all that is decided. */
  base: Int32Array | undefined;
}

/**
 * Marks what a witness proves: everything when it keeps all that is decided; only the value of one
 * variable when that is all it does not keep; nothing otherwise.
 */
function mark(sweeping: Sweeping, witness: Int32Array): void {
  const { desk, of, valid } = sweeping;
  const { classes, network } = desk.problem;
  let odd = -1;
  for (const v of of.variables) {
    const i = of.decided[v] ?? -1;
    if (i < 0 || classes.classOf[v]?.[i] === witness[v]) continue;
    if (odd >= 0) return;
    odd = v;
  }
  if (odd >= 0) {
    addClass(network.layout, valid, odd, witness[odd] ?? 0);
    return;
  }
  sweeping.base ??= witness;
  for (const v of of.variables) addClass(network.layout, valid, v, witness[v] ?? 0);
}

function keep(sweeping: Sweeping, witness: Int32Array): void {
  const list = sweeping.desk.witnesses[sweeping.of.component];
  if (list === undefined) return;
  if (list.length >= WITNESSES_MAX) list.shift();
  list.push(witness);
  mark(sweeping, witness);
}

/** A constraint of the component that a full assignment breaks, or -1. */
function findBroken(sweeping: Sweeping, classes: Int32Array): number {
  const { constraints, watching } = sweeping.desk.problem.network;
  for (const v of sweeping.of.variables) {
    for (const k of watching[v] ?? []) {
      const constraint = constraints[k];
      // Each constraint is asked once, at the first variable of its scope.
      if (constraint?.scope[0] === v && !constraint.accepts(classes)) return k;
    }
  }
  return -1;
}

/** The base with every variable that a store takes elsewhere set to its first class. */
function patch(sweeping: Sweeping, store: Store, base: Int32Array): Int32Array {
  const { layout } = sweeping.desk.problem.network;
  const patched = base.slice();
  for (const v of sweeping.of.variables) {
    if (hasClass(layout, store, v, patched[v] ?? 0)) continue;
    patched[v] = nextClass(layout, store, v, 0);
  }
  return patched;
}

/** The open variable of a constraint with the fewest classes, or -1. */
function narrowest(sweeping: Sweeping, store: Store, k: number): number {
  const { constraints, layout } = sweeping.desk.problem.network;
  let [best, fewest] = [-1, Number.POSITIVE_INFINITY];
  for (const v of constraints[k]?.scope ?? []) {
    const count = countOf(layout, store, v);
    if (count > 1 && count < fewest) [best, fewest] = [v, count];
  }
  return best;
}

/** Turns of a patch at most, before it is left to a whole search. */
const TURNS_MAX = 12;

/**
 * Patches a propagated store onto the base; while a constraint is broken, one of its variables is
 * assigned and propagated. Without going back: undefined where that leads nowhere, which proves
 * nothing.
 */
function patchOnto(sweeping: Sweeping, from: Store, base: Int32Array): Int32Array | undefined {
  const { layout } = sweeping.desk.problem.network;
  const store = from.slice();
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    const patched = patch(sweeping, store, base);
    const broken = findBroken(sweeping, patched);
    if (broken < 0) return patched;
    const v = narrowest(sweeping, store, broken);
    if (v < 0 || !assign(layout, store, v, patched[v] ?? 0)) return undefined;
    if (!follow(sweeping.task, store, v)) return undefined;
  }
  return undefined;
}

/** Settles one class of one variable in a store where the variable is open. */
function probe(sweeping: Sweeping, open: Store, v: number, c: number): void {
  const { layout } = sweeping.desk.problem.network;
  if (sweeping.of.meter.left <= 0) {
    addClass(layout, sweeping.unsure, v, c);
    return;
  }
  const child = open.slice();
  if (!assign(layout, child, v, c) || !follow(sweeping.task, child, v)) return;
  const patched = sweeping.base && patchOnto(sweeping, child, sweeping.base);
  if (patched !== undefined) {
    keep(sweeping, patched);
    return;
  }
  const found = findSolution({ ...sweeping.task, seen: sweeping.valid }, child);
  if (found.kind === 'solution') keep(sweeping, found.classes);
  else if (found.kind === 'unknown') addClass(layout, sweeping.unsure, v, c);
}

/** Whether a class is settled by what was known before this variable was decided. */
function isSettled(sweeping: Sweeping, v: number, c: number): boolean {
  const { layout } = sweeping.desk.problem.network;
  if (hasClass(layout, sweeping.valid, v, c)) return true;
  const { prior } = sweeping.of;
  // One decision more: what was out stays out. The variable that was decided has the same others
  // decided as before, so for it the whole answer stands.
  return prior !== undefined && !hasClass(layout, prior.sweep.valid, v, c);
}

function probeAll(sweeping: Sweeping, v: number, openStore: () => Store | undefined): void {
  const { layout } = sweeping.desk.problem.network;
  const { root } = sweeping.desk;
  let open: Store | undefined;
  for (let c = nextClass(layout, root, v, 0); c >= 0; c = nextClass(layout, root, v, c + 1)) {
    if (isSettled(sweeping, v, c)) continue;
    open ??= openStore();
    if (open === undefined) return;
    if (hasClass(layout, open, v, c)) probe(sweeping, open, v, c);
  }
}

/** Copies the prior answer about the variable that was decided since. */
function inherit(sweeping: Sweeping): void {
  const { prior } = sweeping.of;
  if (prior === undefined) return;
  const { at } = sweeping.desk.problem.network.layout;
  const from = at[prior.added] ?? 0;
  const words = prior.sweep.valid.subarray(from, at[prior.added + 1] ?? 0);
  words.forEach((word, w) => {
    sweeping.valid[from + w] = (sweeping.valid[from + w] ?? 0) | word;
  });
}

/** The least or the most that the component adds, or a bound of it. */
function priceOf(
  sweeping: Sweeping,
  store: Store,
  direction: 'cheapest' | 'dearest',
): { readonly amount: number; readonly isExact: boolean } {
  const { desk, of, task } = sweeping;
  const sign = direction === 'cheapest' ? 1 : -1;
  const { variables, decided } = of;
  const costs = withDecided(desk.problem, desk[direction], { variables, decided, sign });
  // One decision more can only raise the least sum.
  const before = direction === 'cheapest' ? of.prior?.sweep.minMinor : of.prior?.sweep.maxMinor;
  const optimum = minimise(task, store, {
    costs,
    relaxation: desk.relaxation,
    witnesses: desk.witnesses[of.component] ?? [],
    atLeast: before === undefined ? Number.NEGATIVE_INFINITY : sign * before,
    isCanonical: false,
  });
  if (optimum.kind === 'unknown') return { amount: sign * optimum.atLeast + 0, isExact: false };
  if (!isKnownWitness(sweeping, optimum.classes)) keep(sweeping, optimum.classes);
  return { amount: sign * optimum.sum + 0, isExact: true };
}

function isKnownWitness(sweeping: Sweeping, classes: Int32Array): boolean {
  const { component, variables } = sweeping.of;
  const known = sweeping.desk.witnesses[component] ?? [];
  return known.some((witness) => variables.every((v) => witness[v] === classes[v]));
}

function findBase(sweeping: Sweeping, store: Store): 'possible' | 'impossible' | 'unknown' {
  for (const witness of sweeping.desk.witnesses[sweeping.of.component] ?? []) {
    mark(sweeping, witness);
  }
  if (sweeping.base !== undefined) return 'possible';
  const found = findSolution(sweeping.task, store.slice());
  if (found.kind === 'solution') keep(sweeping, found.classes);
  if (found.kind === 'none') return 'impossible';
  return found.kind === 'unknown' ? 'unknown' : 'possible';
}

/**
 * Propagate and patch: every class that is still open is propagated on top of what is decided; if
 * the outcome patched onto a witness obeys all constraints it is proven, and only otherwise searched
 * for. Witnesses are kept between questions and checked against each new one before they count.
 */
export function sweepBySearch(desk: Desk, of: SweepTask): Sweep {
  const { layout } = desk.problem.network;
  const size = layout.at[layout.sizes.length] ?? 0;
  const task = taskOf(desk, of.variables, of.meter);
  const valid = new Int32Array(size);
  const unsure = new Int32Array(size);
  const sweeping: Sweeping = { desk, of, task, valid, unsure, base: undefined };
  const store = decidedStore(desk, of.variables, of.decided, of.meter);
  const outcome = store === undefined ? 'impossible' : findBase(sweeping, store);
  if (store === undefined || outcome === 'impossible') {
    const none = { minMinor: 0, maxMinor: 0, isExact: true };
    return { outcome: 'impossible', valid: new Int32Array(size), unsure, ...none };
  }
  inherit(sweeping);
  for (const v of of.variables) {
    const isDecided = (of.decided[v] ?? -1) >= 0;
    probeAll(sweeping, v, () =>
      isDecided ? decidedStore(desk, of.variables, of.decided, of.meter, v) : store,
    );
  }
  // What can be had comes first: where the budget is short, bounds of a price are worth less.
  const min = priceOf(sweeping, store, 'cheapest');
  const max = priceOf(sweeping, store, 'dearest');
  const isExact = min.isExact && max.isExact;
  const prices = { minMinor: min.amount, maxMinor: max.amount, isExact };
  return { outcome, valid, unsure, ...prices };
}
