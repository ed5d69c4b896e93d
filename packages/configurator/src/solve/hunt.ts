import { ascend, type Branch, dropGone, dualBound, widestBranch } from './ascent.ts';
import { type Costs, sumOf } from './costs.ts';
import { assign, countOf, dropClass, nextClass, type Store } from './domains.ts';
import type { BoundTask, Potentials } from './relaxation.ts';
import { chooseVariable, follow, readOff, type Task } from './task.ts';

/** Rounds of ascent at the first node and at each other one at most, chosen by measuring. */
export const ROUNDS_FIRST = 30;
const ROUNDS_EACH = 2;

/** Domains of more classes are split at a class instead of losing it. */
const WIDE = 8;

/** A depth-first branch and bound over one part, with the best assignment so far. */
export interface Hunt {
  readonly task: Task;
  readonly costs: Costs;
  readonly bounds: BoundTask;
  /** Sums differ by multiples of it, so that bounds can be rounded up. */
  readonly grain: number;
  readonly offset: number;
  /** Potentials of each depth, reused. */
  readonly stack: Potentials[];
  /** Only what sums to less is sought. */
  best: number;
  /** A sum with which the hunt is over. */
  readonly enough: number;
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
export function grainOf(costs: Costs, store: Store, task: Task): { grain: number; offset: number } {
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
export function isHopeless(
  hunt: Hunt,
  store: Store,
  potentials: Potentials,
  rounds: number,
): boolean {
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
    if (bound - before < hunt.grain / 8) return false;
    before = bound;
  }
  return false;
}

/** Notes a store in which every variable is assigned. */
function record(hunt: Hunt, store: Store): void {
  hunt.classes = readOff(hunt.task, store);
  const sum = sumOf(hunt.costs, hunt.classes, hunt.task.variables);
  hunt.best = sum <= hunt.enough ? Number.NEGATIVE_INFINITY : sum;
}

/** Whether to leave a node: nothing better is in it, or the budget has run out. */
function isDone(hunt: Hunt, store: Store, potentials: Potentials, depth: number): boolean {
  const rounds = depth === 0 ? ROUNDS_FIRST : ROUNDS_EACH;
  if (hunt.isCut || isHopeless(hunt, store, potentials, rounds)) return true;
  hunt.isCut = hunt.task.meter.left <= 0;
  return hunt.isCut;
}

/**
 * Hunts in a store, which it uses up; `inherited` are the potentials of the node above. Notes in the
 * hunt what is better than its best.
 */
export function descend(hunt: Hunt, store: Store, inherited: Potentials, depth: number): void {
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
