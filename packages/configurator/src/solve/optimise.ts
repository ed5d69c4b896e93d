import { ascend, type Branch, dropGone, dualBound, widestBranch } from './ascent.ts';
import { boundOf, type Costs, cheapestClass, liesIn, sumOf } from './costs.ts';
import { assign, countOf, dropClass, nextClass, type Store } from './domains.ts';
import { type Part, splitOpen } from './parts.ts';
import { type BoundTask, buildBoundTask, type Potentials, type Relaxation } from './relaxation.ts';
import { chooseVariable, follow, readOff, type Task } from './task.ts';

/** The cheapest assignment, or a lower bound of its sum when the budget ran out. */
export type Optimum =
  | { readonly kind: 'optimal'; readonly sum: number; readonly classes: Int32Array }
  | { readonly kind: 'unknown'; readonly atLeast: number };

/** What to minimise over. */
export interface Goal {
  readonly costs: Costs;
  readonly relaxation: Relaxation;
  /** Assignments that obey all constraints; those outside the store are passed over. */
  readonly witnesses: readonly Int32Array[];
  /** A sum below which there is none, if one is known. */
  readonly atLeast: number;
  /**
   * Whether the assignment must be the first in search order, whatever the witnesses are; otherwise
   * a witness will do.
   */
  readonly isCanonical: boolean;
}

/** Rounds of ascent at the first node and at each other one at most, chosen by measuring. */
const ROUNDS_FIRST = 30;
const ROUNDS_EACH = 2;

/** Domains of more classes are split at a class instead of losing it. */
const WIDE = 8;

interface Hunt {
  readonly task: Task;
  readonly costs: Costs;
  readonly bounds: BoundTask;
  /** Sums differ by multiples of it, so that bounds can be rounded up. */
  readonly grain: number;
  readonly offset: number;
  /** Potentials of each depth, reused. */
  readonly stack: Potentials[];
  best: number;
  classes: Int32Array | undefined;
  isCut: boolean;
  /** The bound of the whole part, once it has been raised. */
  atLeast: number;
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** By how much sums can differ at least, and one of them. */
function grainOf(costs: Costs, store: Store, task: Task): { grain: number; offset: number } {
  const { layout } = task.network;
  let [grain, offset] = [0, 0];
  for (const v of task.variables) {
    const base = costs.from[v] ?? 0;
    const first = costs.amounts[base + nextClass(layout, store, v, 0)] ?? 0;
    offset += first;
    for (let c = nextClass(layout, store, v, 0); c >= 0; c = nextClass(layout, store, v, c + 1)) {
      grain = greatestDivisor(grain, (costs.amounts[base + c] ?? 0) - first);
    }
  }
  return { grain: grain === 0 ? 1 : grain, offset };
}

/** Whether a bound, rounded up to the next possible sum, is no better than the best. */
function isWorthless(hunt: Hunt, bound: number): boolean {
  // The slack forgives the rounding of doubles; amounts are whole numbers.
  const steps = Math.ceil((bound - 1e-3 - hunt.offset) / hunt.grain);
  return hunt.offset + steps * hunt.grain >= hunt.best;
}

/** The variable whose cheapest class saves most by its potentials, else the most constrained one. */
function chooseBranch(hunt: Hunt, store: Store, potentials: Potentials): Branch | undefined {
  const branch = widestBranch(hunt.bounds, potentials);
  if (branch !== undefined) return branch;
  const v = chooseVariable(hunt.task, store);
  return v < 0 ? undefined : { v, c: nextClass(hunt.task.network.layout, store, v, 0) };
}

/** Raises the bound in a store; true when nothing better can be in it. */
function isHopeless(hunt: Hunt, store: Store, potentials: Potentials, rounds: number): boolean {
  const { bounds, task } = hunt;
  const due = new Uint8Array(bounds.blocks.length);
  // At the first node nothing has been updated yet; later only what changed since need be.
  if (rounds === ROUNDS_FIRST) due.fill(1);
  dropGone(bounds, store, potentials, due);
  let before = dualBound(bounds, potentials);
  if (isWorthless(hunt, before)) return true;
  for (let round = 0; round < rounds; round++) {
    task.meter.left -= ascend(bounds, potentials, due);
    const bound = dualBound(bounds, potentials);
    if (rounds === ROUNDS_FIRST) hunt.atLeast = Math.max(hunt.atLeast, bound - 1e-3);
    if (isWorthless(hunt, bound)) return true;
    // When to stop must not depend on the best so far, or the first optimum found would.
    if (bound - before < hunt.grain / 8) return false;
    before = bound;
  }
  return false;
}

/** Notes a store in which every variable is assigned. */
function record(hunt: Hunt, store: Store): void {
  hunt.classes = readOff(hunt.task, store);
  hunt.best = sumOf(hunt.costs, hunt.classes, hunt.task.variables);
}

/** Whether to leave a node: nothing better is in it, or the budget has run out. */
function isDone(hunt: Hunt, store: Store, potentials: Potentials, depth: number): boolean {
  const rounds = depth === 0 ? ROUNDS_FIRST : ROUNDS_EACH;
  if (hunt.isCut || isHopeless(hunt, store, potentials, rounds)) return true;
  hunt.isCut = hunt.task.meter.left <= 0;
  return hunt.isCut;
}

function descend(hunt: Hunt, store: Store, inherited: Potentials, depth: number): void {
  const { task } = hunt;
  const { layout } = task.network;
  const potentials = hunt.stack[depth] ?? new Float64Array(inherited.length);
  hunt.stack[depth] = potentials;
  potentials.set(inherited);
  while (!isDone(hunt, store, potentials, depth)) {
    const branch = chooseBranch(hunt, store, potentials);
    if (branch === undefined) {
      record(hunt, store);
      return;
    }
    const { v, c } = branch;
    const child = store.slice();
    if (assign(layout, child, v, c) && follow(task, child, v)) {
      descend(hunt, child, potentials, depth + 1);
    }
    if (countOf(layout, store, v) > WIDE) splitOff(hunt, store, { v, c }, { potentials, depth });
    else dropClass(layout, store, v, c);
    if (!follow(task, store, v)) return;
  }
}

/**
 * Hunts among the classes before one, and leaves those behind it. Neighbours in a wide domain are
 * mostly neighbours in amount: without one of them little changes, without a side much does.
 */
function splitOff(
  hunt: Hunt,
  store: Store,
  { c, v }: Branch,
  at: { readonly potentials: Potentials; readonly depth: number },
): void {
  const { layout } = hunt.task.network;
  const before = store.slice();
  for (let i = nextClass(layout, store, v, 0); i >= 0; i = nextClass(layout, store, v, i + 1)) {
    dropClass(layout, i < c ? store : before, v, i);
    if (i === c) dropClass(layout, store, v, i);
  }
  if (follow(hunt.task, before, v)) descend(hunt, before, at.potentials, at.depth + 1);
}

/** The witness with the least sum over some variables. */
function bestWitness(
  goal: Goal,
  witnesses: readonly Int32Array[],
  variables: readonly number[],
): { readonly sum: number; readonly classes: Int32Array | undefined } {
  let [sum, classes]: [number, Int32Array | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (const witness of witnesses) {
    const own = sumOf(goal.costs, witness, variables);
    if (own < sum) [sum, classes] = [own, witness];
  }
  return { sum, classes };
}

type Solved =
  | { readonly kind: 'solved'; readonly classes: Int32Array }
  | { readonly kind: 'unknown'; readonly atLeast: number };

function solvePart(
  task: Task,
  store: Store,
  goal: Goal,
  of: { readonly part: Part; readonly known: ReturnType<typeof bestWitness> },
): Solved {
  const { costs, relaxation } = goal;
  const { known, part } = of;
  const own = { ...task, variables: part.variables };
  const { grain, offset } = grainOf(costs, store, own);
  const bounds = buildBoundTask(relaxation, costs, { ...part, store });
  const best = goal.isCanonical ? known.sum + grain : known.sum;
  const hunt: Hunt = {
    task: own,
    costs,
    bounds,
    grain,
    offset,
    stack: [],
    best,
    classes: undefined,
    isCut: false,
    atLeast: boundOf(task.network.layout, costs, store, part.variables),
  };
  descend(hunt, store.slice(), bounds.start, 0);
  const classes = hunt.classes ?? known.classes;
  if (!hunt.isCut && classes !== undefined) return { kind: 'solved', classes };
  // Sums are whole numbers of grains apart.
  const steps = Math.ceil((hunt.atLeast - offset) / grain);
  return { kind: 'unknown', atLeast: offset + steps * grain };
}

/** A part without constraints: each variable takes its cheapest class. */
function solveFree(task: Task, store: Store, costs: Costs, part: Part): Int32Array {
  const classes = new Int32Array(task.network.layout.sizes.length);
  for (const v of part.variables) {
    classes[v] = cheapestClass(task.network.layout, costs, store, v);
  }
  return classes;
}

/**
 * The least sum over all assignments in a store that has been propagated and holds one at least.
 * What is left of the component is split into independent parts; each is solved by depth-first
 * branch and bound under the dual bound of its linear relaxation, from the best part of a witness.
 */
export function minimise(task: Task, store: Store, goal: Goal): Optimum {
  const { costs } = goal;
  const { layout } = task.network;
  const witnesses = goal.witnesses.filter((each) => liesIn(layout, store, each, task.variables));
  const parts = splitOpen(task, store, goal.relaxation).map((part) => ({
    part,
    known: bestWitness(goal, witnesses, part.variables),
  }));
  const classes = readOff(task, store);
  const put = (part: Part, from: Int32Array): void => {
    for (const v of part.variables) classes[v] = from[v] ?? 0;
  };
  for (const { part, known } of parts) {
    if (part.live.length === 0) put(part, solveFree(task, store, costs, part));
    else if (known.classes !== undefined) put(part, known.classes);
  }
  const isKnown = parts.every(({ part, known }) => part.live.length === 0 || known.classes);
  const free = boundOf(layout, costs, store, task.variables);
  const bound = Math.max(goal.atLeast, free);
  const sum = sumOf(costs, classes, task.variables);
  if (isKnown && !goal.isCanonical && sum <= bound) return { kind: 'optimal', sum, classes };
  for (const each of parts) {
    if (each.part.live.length === 0) continue;
    const solved = solvePart(task, store, goal, each);
    if (solved.kind === 'unknown') {
      const naive = boundOf(layout, costs, store, each.part.variables);
      return { kind: 'unknown', atLeast: Math.max(bound, free + solved.atLeast - naive) };
    }
    put(each.part, solved.classes);
  }
  return { kind: 'optimal', sum: sumOf(costs, classes, task.variables), classes };
}
