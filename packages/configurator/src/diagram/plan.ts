import type { Progress, Work } from '@keepsake/kernel';
import type { Budget } from './combine.ts';
import { type RankedOrder, rankOrders, siftOrder } from './order.ts';
import { type OrderTask, orderTask, statesOnly } from './order-task.ts';
import type { Part } from './relation.ts';
import { relationWidths } from './relation-width.ts';

/** An order to try, and the nodes that it may hold. */
export interface Try {
  readonly order: Int32Array;
  readonly nodesMax: number;
  /** Whether it is one of a round: what fails is tried again with more nodes. */
  readonly isRepeated?: true;
}

/** How tries are planned. */
export interface PlanOptions {
  /** Nodes that any try may hold. */
  readonly nodesMax: number;
  /** What is left for reading relations; tries have meters of their own. */
  readonly budget: Budget;
  /** Of the order lottery. */
  readonly seed: number;
  /** Whether a small diagram is looked for, rather than any. */
  readonly isPolished: boolean;
}

/** Orders that are tried as they come, and the nodes that each may hold. */
const EASY = 2;
const NODES_EASY = 60_000;
/** Predicted logarithm of nodes beyond which an order is not easy, or not good enough to stop. */
const LOG_EASY = 15;
/** The same beyond which an order of tables is not tried before all others have been. */
const LOG_HOPEFUL = 17.5;
/** The same up to which the room of the first round is worth a try. */
const LOG_FIRST = 16;
/** Orders by either measure of width that are sifted and tried in every round. */
const STARTS = 2;
/** The same where a small diagram is looked for. */
const STARTS_POLISH = 6;
/** Orders by values that are sifted while none of them is good. */
const SIFTED_MAX = 4;
/** Nodes of the first round of those; each further round may hold three times as many. */
const NODES_FIRST = 300_000;
const ROUND_FACTOR = 3;

/** The orders that a measure of width ranks, the best first. */
interface Ranking {
  readonly task: OrderTask;
  readonly list: readonly RankedOrder[];
}

/** The measures by which orders are ranked, made when asked for. Without tables both are the same. */
function* tasksOf(
  part: Part,
  { nodesMax, budget }: PlanOptions,
): Work<readonly (() => OrderTask)[]> {
  const widths = yield* relationWidths(part, Math.min(NODES_FIRST, nodesMax), budget);
  const byValues = yield* orderTask(part, widths);
  const hasTables = byValues.isTable.includes(1);
  return hasTables ? [() => byValues, () => statesOnly(byValues)] : [() => byValues];
}

/** The best orders as they come, where they may be good enough, with little room. */
function* easyTries({ task, list }: Ranking, nodesMax: number): Generator<Try, void> {
  const room = Math.min(NODES_EASY, nodesMax);
  for (const { order, logNodes } of list.slice(0, EASY)) {
    // What is predicted of tables is near enough.
    if (task.projections.length > 0 && logNodes > LOG_EASY) continue;
    yield { order, nodesMax: room };
  }
}

/** The best sifted orders of a ranking. Some more are sifted while none of them is good. */
function* bestSifted({ task, list }: Ranking): Work<readonly RankedOrder[]> {
  const sifted: RankedOrder[] = [];
  for (const ranked of list.slice(0, SIFTED_MAX)) {
    const own = yield* siftOrder(task, ranked);
    sifted.push(own);
    if (own.logNodes < LOG_EASY) break;
  }
  return sifted.sort((a, b) => a.width - b.width).slice(0, STARTS);
}

/** Tries of a sifted order in the first round: what is predicted of tables tells with how much room. */
function* hopefulTries(
  { task }: Ranking,
  { order, logNodes }: RankedOrder,
  nodesMax: number,
): Generator<Try, void> {
  const isTold = task.projections.length > 0;
  const [first, second] = [NODES_FIRST, ROUND_FACTOR * NODES_FIRST];
  if (!isTold || logNodes < LOG_FIRST || logNodes > LOG_HOPEFUL) {
    yield { order, nodesMax: Math.min(first, nodesMax), isRepeated: true };
  }
  if (isTold && logNodes < LOG_HOPEFUL && nodesMax > first) {
    yield { order, nodesMax: Math.min(second, nodesMax), isRepeated: true };
  }
}

/** Tries of the first round: by one measure, then by the other. */
function* firstTries(
  makers: readonly (() => OrderTask)[],
  { nodesMax, seed }: PlanOptions,
): Generator<Try | Progress, void> {
  for (const make of makers) {
    const task = make();
    const ranking = { task, list: yield* rankOrders(task, { seed, isQuick: true }) };
    yield* easyTries(ranking, nodesMax);
    for (const sifted of yield* bestSifted(ranking)) {
      yield* hopefulTries(ranking, sifted, nodesMax);
    }
  }
}

/** The same where a small diagram is looked for: many orders, by either measure in turn. */
function* polishTries(
  makers: readonly (() => OrderTask)[],
  { nodesMax, seed }: PlanOptions,
): Generator<Try | Progress, void> {
  const room = Math.min(NODES_FIRST, nodesMax);
  const rankings: Ranking[] = [];
  for (const make of makers) {
    const task = make();
    rankings.push({ task, list: yield* rankOrders(task, { seed, isQuick: false }) });
  }
  for (const ranking of rankings) yield* easyTries(ranking, nodesMax);
  for (let i = 0; i < STARTS_POLISH; i++) {
    for (const { task, list } of rankings) {
      const ranked = list[i];
      if (ranked === undefined) continue;
      const { order } = yield* siftOrder(task, ranked);
      yield { order, nodesMax: room, isRepeated: true };
    }
  }
}

/**
 * Which order is tried with how many nodes: the best ones as they come with little room, for what
 * is easy; then sifted ones, each with more room in every further round.
 */
export function* planTries(part: Part, options: PlanOptions): Generator<Try | Progress, void> {
  const { nodesMax, isPolished } = options;
  const makers = yield* tasksOf(part, options);
  const orders: Int32Array[] = [];
  for (const next of (isPolished ? polishTries : firstTries)(makers, options)) {
    if ('order' in next && next.isRepeated === true && !orders.includes(next.order)) {
      orders.push(next.order);
    }
    yield next;
  }
  for (let room = Math.min(NODES_FIRST, nodesMax); ; ) {
    if (room === nodesMax) return;
    room = Math.min(room * ROUND_FACTOR, nodesMax);
    for (const order of orders) yield { order, nodesMax: room };
  }
}
