import { type Instant, invariant, SECOND_MS } from '@keepsake/kernel';
import type { MoveReason } from './binding.ts';
import type { PlantDecision } from './decision.ts';
import type { PlantEvent } from './events.ts';
import type { Order, OrderOperation } from './order.ts';
import { withFinish } from './order-finish.ts';
import { duringOrAfterStay, isLive } from './order-stages.ts';
import type { Task } from './place.ts';
import { findPlan, type Plan } from './plan.ts';
import { type PlantState, rollback, savepoint, swap } from './plant-state.ts';
import { sortOperations } from './routing.ts';
import { shiftClaims } from './shift-claims.ts';
import { findShortOrder } from './short-stock.ts';

/**
 * Compares the plan with what is true at `now` and decides the new plans of orders that must move:
 * one `order.replanned` each, with the reason. Nothing is applied; no promise is rewritten.
 *
 * Work that overran or was not started pushes what follows on its unit and in its order, no further
 * than needed and in the same sequence. Orders that wait for a blocked operation or for late stock
 * leave the sequence and take the earliest free places, in the order of their promises. Linear in
 * the open operations where nothing moves; else sorting them.
 */
export function refreshPromises(state: PlantState, now: Instant): PlantDecision {
  const mark = savepoint(state);
  const before = new Map<string, Order>();
  const reasons = new Map<string, MoveReason>();
  const put = (orders: readonly Order[]): void => {
    for (const { id } of orders) {
      const order = state.orders.get(id);
      invariant(order !== undefined, 'only open orders are replanned');
      if (!before.has(id)) before.set(id, order);
    }
    swap(state, { orders: new Map(orders.map((order) => [order.id, order])) });
  };
  const pulled = pullOrders(state, now, put);
  const shifted = shiftClaims(state, now);
  put(shifted.map(({ order }) => order));
  for (const { order, reason } of shifted) {
    reasons.set(order.id, reason);
    if (order.finish !== null) continue;
    // Half a plan helps nobody: what lost a place looks for new ones with all it has.
    pulled.set(order.id, reason);
    put([withoutPlan(state, order.id)]);
  }
  for (const [id, reason] of byPromise(state, pulled)) {
    const replaced = replaceOrder(state, id, reason, now);
    put([replaced.order]);
    reasons.set(id, replaced.reason);
  }
  const after = new Map([...before.keys()].map((id) => [id, state.orders.get(id)]));
  rollback(state, mark);
  return { events: replannedEvents(before, after, reasons) };
}

function replannedEvents(
  before: ReadonlyMap<string, Order>,
  after: ReadonlyMap<string, Order | undefined>,
  reasons: ReadonlyMap<string, MoveReason>,
): readonly PlantEvent[] {
  return [...before.keys()].sort().flatMap((id): readonly PlantEvent[] => {
    const order = after.get(id);
    const old = before.get(id);
    const reason = reasons.get(id);
    if (order === undefined || old === undefined || reason === undefined) return [];
    if (JSON.stringify(order) === JSON.stringify(old)) return [];
    return [{ kind: 'order.replanned', order, finishBefore: old.finish, reason }];
  });
}

/** Takes out of the plan whatever must look for new places, and says why. */
function pullOrders(
  state: PlantState,
  now: Instant,
  put: (orders: readonly Order[]) => void,
): Map<string, MoveReason> {
  const pulled = new Map<string, MoveReason>();
  for (const order of state.orders.values()) {
    const reason = isLive(order) ? reasonToPull(order, now) : undefined;
    if (reason !== undefined) pulled.set(order.id, reason);
  }
  put([...pulled.keys()].map((id) => withoutPlan(state, id)));
  for (;;) {
    const short = findShortOrder(state, now);
    if (short === undefined) return pulled;
    pulled.set(short.order, { kind: 'waits-for-part', item: short.item, availableAt: now });
    put([withoutPlan(state, short.order)]);
  }
}

function reasonToPull({ operations, finish, moved }: Order, now: Instant): MoveReason | undefined {
  const blocked = operations.find(
    ({ stage, claim }) => stage === 'blocked' && claim !== null && claim.start < now,
  );
  if (blocked !== undefined) {
    const { id, blockedBecause } = blocked;
    return { kind: 'operation-blocked', operation: id, reason: blockedBecause ?? '' };
  }
  if (finish !== null) return undefined;
  const lost = operations.find(({ claim, stage }) => claim === null && stage !== 'done');
  const { workCentre = '', id = '' } = lost ?? {};
  return moved ?? { kind: 'no-capacity', workCentre, operation: id };
}

/** An order without the claims and reservations that may still move. */
function withoutPlan(state: PlantState, id: string): Order {
  const order = state.orders.get(id);
  invariant(order !== undefined, 'a pulled order is open');
  const operations = order.operations.map((operation) =>
    isSettled(operation) ? operation : { ...operation, claim: null },
  );
  return { ...order, operations, reservations: [] };
}

/** Whether an operation's time no longer moves: done, under way, or a stay with its unit. */
function isSettled({ stage, seconds, claim }: OrderOperation): boolean {
  return stage === 'done' || (claim !== null && (stage === 'running' || seconds === 'stay'));
}

function byPromise(
  state: PlantState,
  pulled: ReadonlyMap<string, MoveReason>,
): readonly (readonly [string, MoveReason])[] {
  const promiseOf = (id: string): Instant => state.orders.get(id)?.promise ?? 0;
  return [...pulled].sort(([a], [b]) => promiseOf(a) - promiseOf(b) || (a < b ? -1 : 1));
}

function replaceOrder(
  state: PlantState,
  id: string,
  pulledFor: MoveReason,
  now: Instant,
): { readonly order: Order; readonly reason: MoveReason } {
  const order = state.orders.get(id);
  invariant(order !== undefined, 'a pulled order is open');
  const planning = findPlan(state, {
    now,
    earliest: Math.max(now, order.earliest),
    parts: order.issuedAt === null ? order.parts : [],
    tasks: sortOperations(order.operations).map((operation) => taskOf(operation, now)),
    later: duringOrAfterStay(order.operations),
    stay: order.stay,
    deadline: null,
  });
  if (planning.kind === 'plan') {
    const reason = withAvailability(pulledFor, planning.plan);
    return { order: withPlan(order, planning.plan, reason), reason };
  }
  invariant(planning.kind !== 'deadline-missed', 'a promise that moves has no deadline');
  const { workCentre, id: operation } = planning.task;
  const reason: MoveReason = { kind: 'no-capacity', workCentre, operation };
  return { order: { ...order, finish: null, moved: reason }, reason };
}

function taskOf(operation: OrderOperation, now: Instant): Task {
  const { id, workCentre, after, seconds, remainingSeconds, stage, claim, finishedAt } = operation;
  const work = seconds === 'stay' ? seconds : remainingSeconds * SECOND_MS;
  const task = { id, workCentre, after, work };
  if (stage === 'done') return { ...task, endsAt: finishedAt ?? now };
  return isSettled(operation) && claim !== null ? { ...task, endsAt: claim.end } : task;
}

function withAvailability(reason: MoveReason, plan: Plan): MoveReason {
  if (reason.kind !== 'waits-for-part') return reason;
  const part = plan.parts.find(({ item }) => item === reason.item);
  return { ...reason, availableAt: part?.availableAt ?? reason.availableAt };
}

function withPlan(order: Order, plan: Plan, reason: MoveReason): Order {
  const operations = order.operations.map((operation) => {
    const placed = plan.placed.get(operation.id);
    if (placed === undefined || isSettled(operation) || placed.start === placed.end) {
      return operation;
    }
    const { workCentre, unit, start, end } = placed;
    return { ...operation, claim: { workCentre, unit, start, end } };
  });
  const reservations = plan.parts.map(({ item, quantity, toBuy }) => ({
    item,
    quantity,
    at: plan.partsAt,
    toBuy,
  }));
  return withFinish({ ...order, finish: plan.finish, operations, reservations }, reason);
}
