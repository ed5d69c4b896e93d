import { INVALID, VALID } from '../search/answers.ts';
import { type Search, solve, sweep } from '../search/search.ts';
import { classesDecided, literalOfClass, literalsOfClasses } from './component-search.ts';
import { withDecided } from './costs.ts';
import { type Desk, decidedStore, taskOf } from './desk.ts';
import { addClass, hasClass, type Layout, type Store } from './domains.ts';
import type { Meter } from './network.ts';
import { minimise } from './optimise.ts';
import type { Decided, Sweep } from './problem.ts';

/** Witnesses kept for each component at most; a new one takes the place of the oldest. */
const WITNESSES_MAX = 96;

/** A question about one component. */
export interface SweepTask {
  readonly component: number;
  readonly variables: readonly number[];
  readonly decided: Decided;
  readonly meter: Meter;
  /** The answer with one variable less decided, which this one can only narrow. */
  readonly prior: Sweep | undefined;
}

interface Sweeping {
  readonly desk: Desk;
  readonly of: SweepTask;
  readonly search: Search;
  /** The decided class of each variable of the component, or -1. */
  readonly classes: Int32Array;
  readonly valid: Store;
  readonly unsure: Store;
  readonly isPossible: boolean;
}

function keep({ desk, of }: Sweeping, witness: Int32Array): void {
  const list = desk.witnesses[of.component];
  if (list === undefined) return;
  if (list.length >= WITNESSES_MAX) list.shift();
  list.push(witness);
}

/**
 * Marks what a witness proves of decided variables: the class of the only one whose decision it does
 * not keep.
 */
function markOdd({ classes, desk, of, valid }: Sweeping, witness: Int32Array): void {
  let odd = -1;
  for (const v of of.variables) {
    if ((classes[v] ?? -1) < 0 || classes[v] === witness[v]) continue;
    if (odd >= 0) return;
    odd = v;
  }
  if (odd >= 0) addClass(desk.problem.network.layout, valid, odd, witness[odd] ?? 0);
}

/** Marks the classes of an open variable as their options stand. */
function markOpen({ desk, valid, unsure }: Sweeping, v: number, standings: Uint8Array): void {
  const { layout } = desk.problem.network;
  standings.forEach((standing, c) => {
    if (standing === VALID) addClass(layout, valid, v, c);
    else if (standing !== INVALID) addClass(layout, unsure, v, c);
  });
}

/** Settles the classes that a decided variable could be switched to while all others stay. */
function settleDecided(sweeping: Sweeping, v: number): void {
  const { desk, of, search, classes, isPossible, valid, unsure } = sweeping;
  const { layout } = desk.problem.network;
  const own = classes[v] ?? 0;
  if (isPossible) addClass(layout, valid, v, own);
  const others = classes.slice();
  others[v] = -1;
  const kept = literalsOfClasses(search, others);
  const size = layout.sizes[v] ?? 1;
  for (let c = 0; c < size; c++) {
    if (hasClass(layout, valid, v, c) || (isPossible && c === own)) continue;
    // One decision more: what was out stays out.
    if (of.prior !== undefined && isOut(of.prior, layout, v, c)) continue;
    const assumed = Int32Array.of(...kept, literalOfClass(search, v, c));
    const solved = solve(search, { assumed }, of.meter);
    if (solved.kind === 'unknown') addClass(layout, unsure, v, c);
    if (solved.kind !== 'solution') continue;
    addClass(layout, valid, v, c);
    keep(sweeping, solved.values);
  }
}

function isOut({ valid, unsure }: Sweep, layout: Layout, v: number, c: number): boolean {
  return !hasClass(layout, valid, v, c) && !hasClass(layout, unsure, v, c);
}

function markAll(sweeping: Sweeping, validity: Uint8Array): void {
  const { classes, desk, of, search } = sweeping;
  const { optionAt } = search.problem;
  for (const witness of desk.witnesses[of.component] ?? []) markOdd(sweeping, witness);
  for (const v of of.variables) {
    if ((classes[v] ?? -1) >= 0) settleDecided(sweeping, v);
    else markOpen(sweeping, v, validity.subarray(optionAt[v], optionAt[v + 1]));
  }
}

/** The least or the most that the component adds, or a bound of it. */
function priceOf(
  sweeping: Sweeping,
  store: Store,
  direction: 'cheapest' | 'dearest',
): { readonly amount: number; readonly isExact: boolean } {
  const { desk, of } = sweeping;
  const sign = direction === 'cheapest' ? 1 : -1;
  const { variables, decided } = of;
  const costs = withDecided(desk.problem, desk[direction], { variables, decided, sign });
  // One decision more can only raise the least sum.
  const before = direction === 'cheapest' ? of.prior?.minMinor : of.prior?.maxMinor;
  const optimum = minimise(taskOf(desk, variables, of.meter), store, {
    costs,
    relaxation: desk.relaxation,
    witnesses: desk.witnesses[of.component] ?? [],
    atLeast: before === undefined ? Number.NEGATIVE_INFINITY : sign * before,
  });
  if (optimum.kind === 'unknown') return { amount: sign * optimum.atLeast + 0, isExact: false };
  if (!isKnownWitness(sweeping, optimum.classes)) keep(sweeping, optimum.classes);
  return { amount: sign * optimum.sum + 0, isExact: true };
}

function isKnownWitness({ desk, of }: Sweeping, classes: Int32Array): boolean {
  const known = desk.witnesses[of.component] ?? [];
  return known.some((witness) => of.variables.every((v) => witness[v] === classes[v]));
}

/** An assignment from which the hunt for better ones can start. */
function findWitness(sweeping: Sweeping): void {
  const { desk, of, classes, search } = sweeping;
  const known = desk.witnesses[of.component] ?? [];
  const keeps = (witness: Int32Array): boolean =>
    of.variables.every((v) => (classes[v] ?? -1) < 0 || classes[v] === witness[v]);
  if (known.some(keeps)) return;
  const solved = solve(search, { assumed: literalsOfClasses(search, classes) }, of.meter);
  if (solved.kind === 'solution') keep(sweeping, solved.values);
}

/**
 * What search tells of a component: valid classes by clause learning, prices by branch and bound from
 * the assignments met so far.
 */
export function sweepBySearch(desk: Desk, of: SweepTask): Sweep {
  const { layout } = desk.problem.network;
  const size = layout.at[layout.sizes.length] ?? 0;
  const search = desk.problem.search(of.component);
  const classes = classesDecided(desk.problem, of.variables, of.decided);
  const [valid, unsure] = [new Int32Array(size), new Int32Array(size)];
  const { outcome, validity } = sweep(search, classes, of.meter, { only: of.variables });
  const store = decidedStore(desk, of.variables, of.decided, of.meter);
  if (outcome === 'impossible' || store === undefined) {
    return { outcome: 'impossible', valid, unsure, minMinor: 0, maxMinor: 0, isExact: true };
  }
  const isPossible = outcome === 'possible';
  const sweeping: Sweeping = { desk, of, search, classes, valid, unsure, isPossible };
  markAll(sweeping, validity);
  if (isPossible) findWitness(sweeping);
  // What can be had comes first: where the budget is short, bounds of a price are worth less.
  const min = priceOf(sweeping, store, 'cheapest');
  const max = priceOf(sweeping, store, 'dearest');
  const isExact = min.isExact && max.isExact;
  return { outcome, valid, unsure, minMinor: min.amount, maxMinor: max.amount, isExact };
}
