import { seededRandom, type Work } from '@keepsake/kernel';
import { growOrder, stepsOfGrowth } from './grow-order.ts';
import type { OrderTask } from './order-task.ts';
import { cutWidth, type Standing, standingOf, swapAt } from './order-width.ts';

/** An order of variables, and the weight of its cuts. */
export interface RankedOrder {
  readonly order: Int32Array;
  readonly width: number;
  /** Predicted logarithm of the nodes of all levels. */
  readonly logNodes: number;
}

/** How much a wide cut weighs: the exponential of this share of its logarithm. */
const SHARPNESS = 0.3;

function weightAt(standing: Standing, cut: number): number {
  return Math.exp(SHARPNESS * cutWidth(standing, cut));
}

/** Weight of all cuts; what counts is that it ranks orders. */
function weightsOf(standing: Standing): Float64Array {
  return Float64Array.from(standing.order, (_, cut) => weightAt(standing, cut));
}

function total(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function rankedOf(standing: Standing): RankedOrder {
  const weights = weightsOf(standing);
  // A weight is the nodes of a level to the power of the sharpness.
  const nodes = weights.reduce((sum, weight) => sum + weight ** (1 / SHARPNESS), 0);
  return { order: standing.order, width: total(weights), logNodes: Math.log(nodes) };
}

interface Sifting {
  readonly standing: Standing;
  readonly weights: Float64Array;
  /** Cuts that may still be worked out. */
  cutsLeft: number;
}

/** Moves a variable one place, and tells by how much the weight grows. */
function step({ standing, weights }: Sifting, cut: number): number {
  swapAt(standing, cut);
  const before = weights[cut] ?? 0;
  const after = weightAt(standing, cut);
  weights[cut] = after;
  return after - before;
}

/** Moves a variable to the end of the order in a direction, and tells the best place on the way. */
function probe(
  sifting: Sifting,
  v: number,
  direction: 1 | -1,
  grownMax: number,
): { readonly at: number; readonly gain: number } {
  const { place, order } = sifting.standing;
  let best = { at: place[v] ?? 0, gain: 0 };
  let grown = 0;
  for (;;) {
    const at = place[v] ?? 0;
    if (at + direction < 0 || at + direction >= order.length) return best;
    grown += step(sifting, direction > 0 ? at : at - 1);
    sifting.cutsLeft--;
    if (-grown > best.gain + 1e-9) best = { at: place[v] ?? 0, gain: -grown };
    // What costs so much on the way does not pay behind it.
    if (grown > grownMax) return best;
  }
}

/** Moves a variable to a place; the weights on the way are those that stood there before. */
function moveTo({ standing, weights }: Sifting, v: number, to: number, known?: Float64Array): void {
  for (;;) {
    const at = standing.place[v] ?? 0;
    if (at === to) return;
    const cut = at < to ? at : at - 1;
    swapAt(standing, cut);
    weights[cut] = known?.[cut] ?? weightAt(standing, cut);
  }
}

/** Sifting (Rudell 1993), on the predicted widths: a variable at its best place, others fixed. */
function sift(sifting: Sifting, v: number): number {
  const start = sifting.standing.place[v] ?? 0;
  const known = sifting.weights.slice();
  const grownMax = total(known) / 20;
  const down = probe(sifting, v, 1, grownMax);
  moveTo(sifting, v, start, known);
  const up = probe(sifting, v, -1, grownMax);
  moveTo(sifting, v, start, known);
  const best = down.gain >= up.gain ? down : up;
  moveTo(sifting, v, best.at);
  return best.gain;
}

/** Sifts every variable, again and again while it pays. */
function* improved(task: OrderTask, ranked: RankedOrder, cutsMax: number): Work<RankedOrder> {
  const standing = standingOf(task, ranked.order);
  const sifting: Sifting = { standing, weights: weightsOf(standing), cutsLeft: cutsMax };
  const stepsPer = stepsOf(task) / task.logSizes.length;
  let steps = 0;
  for (let isBetter = true; isBetter && sifting.cutsLeft > 0; ) {
    const before = total(sifting.weights);
    for (const v of standing.order.slice()) {
      if ((task.scopesOf[v]?.length ?? 0) === 0) continue;
      const left = sifting.cutsLeft;
      sift(sifting, v);
      steps += (left - sifting.cutsLeft) * stepsPer;
      if (steps >= SLICE) {
        steps = 0;
        yield SEARCHING;
      }
      if (sifting.cutsLeft <= 0) break;
    }
    isBetter = total(sifting.weights) < 0.995 * before;
  }
  return rankedOf(standing);
}

/** Orders that are grown at most, and those beside which the given one is not looked at. */
const GROWN_MAX = 16;
const GROWN_ENOUGH = 4;
/** Logarithm of nodes that are made in no time. */
const LOG_SMALL = Math.log(10_000);
/** The same of orders that are good enough among a few. */
const LOG_GOOD = 15;
const STEPS_MAX = 60_000_000;
/** The same of all growing: where it is quick it ends as soon as an order is good enough. */
const GROWN_STEPS_MAX = 140_000_000;
const CUTS_MAX = 400_000;

/** Steps between two chances to pause. */
const SLICE = 500_000;

const SEARCHING = { done: 0, of: 1 };

/** How orders are ranked. */
export interface Ranking {
  readonly seed: number;
  /** Whether to stop at an order that is predicted to be good enough. */
  readonly isQuick: boolean;
}

/**
 * Orders of the variables, the one with the narrowest cuts first: grown along relations, and the
 * given one either way where growing many would take too long: whoever wrote it down kept together
 * what belongs together.
 */
export function* rankOrders(
  task: OrderTask,
  { seed, isQuick }: Ranking,
): Work<readonly RankedOrder[]> {
  const dice = seededRandom(seed);
  const count = task.logSizes.length;
  const found = new Map<string, RankedOrder>();
  let least = Number.POSITIVE_INFINITY;
  const note = (order: Int32Array): void => {
    const ranked = rankedOf(standingOf(task, order));
    found.set(order.join(), ranked);
    least = Math.min(least, ranked.logNodes);
  };
  const grown = Math.min(GROWN_MAX, Math.floor(GROWN_STEPS_MAX / stepsOfGrowth(task)));
  for (let i = 0; i < grown; i++) {
    note(yield* growOrder(task, dice.below(count), dice));
    if (isQuick && least < (i + 1 < GROWN_ENOUGH ? LOG_SMALL : LOG_GOOD)) break;
  }
  if (grown < GROWN_ENOUGH) {
    const order = Int32Array.from({ length: count }, (_, v) => v);
    note(order);
    note(order.toReversed());
  }
  return [...found.values()].sort((a, b) => a.width - b.width);
}

/** Steps of working out all cuts of an order, about. */
function stepsOf({ logSizes, loose }: OrderTask): number {
  return logSizes.length * (8 * logSizes.length + loose.length);
}

/** An order with every variable sifted to its best place. Takes as many cuts as its budget has. */
export function* siftOrder(task: OrderTask, ranked: RankedOrder): Work<RankedOrder> {
  const cuts = Math.floor((10 * STEPS_MAX * task.logSizes.length) / stepsOf(task));
  return yield* improved(task, ranked, Math.min(CUTS_MAX, cuts));
}
