import { type Instant, ok, type Result, refused, SECOND_MS } from '@keepsake/kernel';
import type {
  Decision,
  MakingRefusal,
  OperationCommand,
  OrderCommand,
  PlantDecision,
} from './decision.ts';
import type { PlantEvent } from './events.ts';
import type { OperationStage, Order, OrderOperation, WorkOrderStage } from './order.ts';
import { withFinish } from './order-finish.ts';
import { floorStage, isOnFloor, operationMoves, workOrderMoves } from './order-stages.ts';
import { findPartsFault, issueParts } from './parts-issue.ts';
import { getCentre, type PlantState } from './plant-state.ts';
import { openTimeBetween } from './working-time.ts';

/** Makes a held order a promise: planned → firm. */
export function firmOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal> {
  const found = orderFor(state, command, 'firm');
  if (found.kind === 'refused') return found;
  const order: Order = { ...found.value, stage: 'firm' };
  return ok({ order, events: [{ kind: 'order.firmed', order }] });
}

/**
 * Hands an order to the floor: firm → released; operations that wait for nothing are ready. An
 * order without operations has its parts issued and is complete at once.
 */
export function releaseOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal> {
  const found = orderFor(state, command, 'released');
  if (found.kind === 'refused') return found;
  const { at } = command;
  const before = found.value;
  if (before.operations.length > 0) {
    const order = onFloor({ ...before, stage: 'released' });
    return ok({ order, events: [{ kind: 'order.released', order, at }] });
  }
  const fault = findPartsFault(state, before);
  if (fault !== undefined) return refused(fault);
  const order = issueParts({ ...before, stage: 'complete', finish: at }, at);
  const released: PlantEvent = {
    kind: 'order.released',
    order: { ...before, stage: 'released' },
    at,
  };
  return ok({ order, events: [released, ...issueEvents(before, order, at)] });
}

function issueEvents(before: Order, order: Order, at: Instant): readonly PlantEvent[] {
  return before.issuedAt === null ? [{ kind: 'parts.issued', order, at }] : [];
}

/** Frees everything an order claims. Parts that were issued stay issued. */
export function cancelOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal> {
  const found = orderFor(state, command, 'cancelled');
  if (found.kind === 'refused') return found;
  const { at } = command;
  const operations = found.value.operations.map((operation) => ({ ...operation, claim: null }));
  const order: Order = {
    ...found.value,
    stage: 'cancelled',
    finish: null,
    moved: null,
    operations,
    reservations: [],
  };
  return ok({ order, events: [{ kind: 'order.cancelled', order, at }] });
}

/** Notes that a made order came back: complete → returned. */
export function returnOrder(
  state: PlantState,
  command: OrderCommand,
): Result<Decision, MakingRefusal> {
  const found = orderFor(state, command, 'returned');
  if (found.kind === 'refused') return found;
  const order: Order = { ...found.value, stage: 'returned' };
  return ok({ order, events: [{ kind: 'order.returned', order, at: command.at }] });
}

/** Lets the plant forget an order that is complete, returned or cancelled. */
export function closeOrder(
  state: PlantState,
  command: OrderCommand,
): Result<PlantDecision, MakingRefusal> {
  const found = orderFor(state, command, 'closed');
  if (found.kind === 'refused') return found;
  return ok({ events: [{ kind: 'order.closed', id: command.order }] });
}

/**
 * Starts a ready operation. The first one of an order takes all its parts from stock: they must be
 * there, and taking them now must break no other promise. The plan stays as it is: `refreshPromises`
 * compares it with what happened.
 */
export function startOperation(
  state: PlantState,
  command: OperationCommand,
): Result<Decision, MakingRefusal> {
  const found = operationFor(state, command, 'running');
  if (found.kind === 'refused') return found;
  const { order: before, operation } = found.value;
  const { id: workCentre, running, timelines } = getCentre(state, operation.workCentre);
  const units = timelines.length;
  if (running >= units) return refused({ kind: 'work-centre-full', workCentre, units });
  const { at } = command;
  const isFirst = before.issuedAt === null;
  const fault = isFirst ? findPartsFault(state, before) : undefined;
  if (fault !== undefined) return refused(fault);
  const issued = isFirst ? issueParts(before, at) : before;
  const order = onFloor(changed(issued, { ...operation, stage: 'running', startedAt: at }));
  return ok({
    order,
    events: [
      ...issueEvents(before, issued, at),
      { kind: 'operation.started', order, operation: operation.id, at },
    ],
  });
}

/** Finishes a running operation and frees the rest of its claim. */
export function completeOperation(
  state: PlantState,
  command: OperationCommand,
): Result<Decision, MakingRefusal> {
  const found = operationFor(state, command, 'done');
  if (found.kind === 'refused') return found;
  const { at } = command;
  const operation: OrderOperation = {
    ...found.value.operation,
    stage: 'done',
    claim: null,
    remainingSeconds: 0,
    finishedAt: at,
  };
  const { id } = operation;
  const reason = found.value.order.moved ?? { kind: 'operation-overran', operation: id };
  const order = withFinish(onFloor(changed(found.value.order, operation)), reason);
  return ok({
    order,
    events: [{ kind: 'operation.completed', order, operation: id, at }],
  });
}

/** Stops an operation for a reason. Work done so far counts; the claim stays until a refresh. */
export function blockOperation(
  state: PlantState,
  command: OperationCommand & { readonly reason: string },
): Result<Decision, MakingRefusal> {
  const found = operationFor(state, command, 'blocked');
  if (found.kind === 'refused') return found;
  const { at, reason } = command;
  const { operation } = found.value;
  const order = onFloor(
    changed(found.value.order, {
      ...operation,
      stage: 'blocked',
      remainingSeconds: remainingSeconds(state, operation, at),
      blockedBecause: reason,
    }),
  );
  return ok({ order, events: [{ kind: 'operation.blocked', order, operation: operation.id, at }] });
}

/** Lets a blocked operation go on: ready if all before it is done, else waiting. */
export function unblockOperation(
  state: PlantState,
  command: OperationCommand,
): Result<Decision, MakingRefusal> {
  const found = operationFor(state, command, 'waiting');
  if (found.kind === 'refused') return found;
  const { operation } = found.value;
  const order = onFloor(
    changed(found.value.order, { ...operation, stage: 'waiting', blockedBecause: null }),
  );
  const { at } = command;
  return ok({
    order,
    events: [{ kind: 'operation.unblocked', order, operation: operation.id, at }],
  });
}

/** The work left of an operation at an instant, in whole seconds: at least one once begun. */
function remainingSeconds(state: PlantState, operation: OrderOperation, at: Instant): number {
  const { stage, startedAt, seconds, workCentre } = operation;
  if (stage !== 'running' || startedAt === null || seconds === 'stay' || seconds === 0) {
    return operation.remainingSeconds;
  }
  const { time } = getCentre(state, workCentre);
  const worked = at <= startedAt ? 0 : openTimeBetween(time, startedAt, at);
  return Math.max(1, operation.remainingSeconds - Math.floor(worked / SECOND_MS));
}

function changed(order: Order, operation: OrderOperation): Order {
  const operations = order.operations.map((other) =>
    other.id === operation.id ? operation : other,
  );
  return { ...order, operations };
}

/** An order on the floor with what follows from its operations: which are ready, its own stage. */
function onFloor(order: Order): Order {
  const done = new Set(
    order.operations.filter(({ stage }) => stage === 'done').map(({ id }) => id),
  );
  const operations = order.operations.map((operation): OrderOperation => {
    const isReady = operation.stage === 'waiting' && operation.after.every((id) => done.has(id));
    return isReady ? { ...operation, stage: 'ready' } : operation;
  });
  return { ...order, operations, stage: floorStage(operations) };
}

function orderFor(
  state: PlantState,
  { order: id }: OrderCommand,
  to: WorkOrderStage | 'closed',
): Result<Order, MakingRefusal> {
  const order = state.orders.get(id);
  if (order === undefined) return refused({ kind: 'unknown-order', order: id });
  if (workOrderMoves[order.stage].includes(to)) return ok(order);
  return refused({ kind: 'illegal-order-move', order: id, from: order.stage, to });
}

function operationFor(
  state: PlantState,
  command: OperationCommand,
  to: OperationStage,
): Result<{ readonly order: Order; readonly operation: OrderOperation }, MakingRefusal> {
  const { order: id } = command;
  const order = state.orders.get(id);
  if (order === undefined) return refused({ kind: 'unknown-order', order: id });
  const operation = order.operations.find((other) => other.id === command.operation);
  if (operation === undefined) {
    return refused({ kind: 'unknown-operation', order: id, operation: command.operation });
  }
  if (!isOnFloor(order)) {
    return refused({ kind: 'illegal-order-move', order: id, from: order.stage, to: 'running' });
  }
  const { stage: from } = operation;
  if (operationMoves[from].includes(to)) return ok({ order, operation });
  return refused({ kind: 'illegal-operation-move', order: id, operation: operation.id, from, to });
}
